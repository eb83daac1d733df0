"""What the desk hands to the files: the whole book, by the grouping that was chosen for them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.domain.filters import Filter, InGroup
from desktop_app.domain.policy import Policy
from desktop_app.domain.watch import CancelWatch
from desktop_app.reports.export import Targets
from desktop_app.text.language import Language
from desktop_app.text.words import Words
from desktop_app.workspace.desk import BASELINE, Desk, scenario_of
from desktop_app.workspace.exporting import Wanted
from desktop_app.workspace.workspace import Workspace
from tests.reference.samples import policy, rule
from tests.small_projects import BOOK, TYPES, make_project, mapping_of

ENGLISH = Words(Language.ENGLISH)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    policies = [Policy.model_validate(policy(rule("low", "block"))), Policy.model_validate(policy())]
    scenario, baseline = (scenario_of(one, name) for one, name in zip(policies, ("scenario-1", BASELINE), strict=True))
    project = make_project(tmp_path, BOOK, mapping_of(BOOK, types=TYPES))
    made = Workspace(project, Desk(baseline, (scenario,), scenario.id), ENGLISH)
    yield made
    made.close()


def users(workspace: Workspace, out: Path, grouping: str | None = None) -> dict[str, str]:
    """Users of the scenario by group, after an export."""
    workspace.export_job(Wanted(Targets(out), ENGLISH), grouping)(CancelWatch())
    with (out / "groups.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["group"]: row["users"] for row in csv.DictReader(file) if row["policy"] == "scenario"}


def test_the_files_are_grouped_as_asked(workspace: Workspace, tmp_path: Path) -> None:
    assert users(workspace, tmp_path / "one", "segment") == {"prime": "1", "thin_file": "2", "": "1"}
    assert users(workspace, tmp_path / "two") == {}


def test_what_is_chosen_on_the_desk_does_not_narrow_the_files(workspace: Workspace, tmp_path: Path) -> None:
    workspace.filters.choose(Filter((InGroup("segment", ("prime",)),)))
    assert users(workspace, tmp_path / "out", "segment") == {"prime": "1", "thin_file": "2", "": "1"}
    assert (tmp_path / "out" / "accounts.csv").read_bytes().count(b"\r\n") == 6
