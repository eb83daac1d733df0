"""Scenarios side by side: each tab's own question, asked only while they are looked at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.domain.filters import Filter, InGroup
from desktop_app.domain.handles import AssumptionHandle
from desktop_app.domain.policy import Policy
from desktop_app.domain.problems import message
from desktop_app.domain.watch import CancelWatch
from desktop_app.text.language import Language
from desktop_app.text.words import Words
from desktop_app.workspace.comparing import MOST_SCENARIOS, sheet_of
from desktop_app.workspace.desk import BASELINE, Desk, scenario_of
from desktop_app.workspace.workspace import Workspace
from tests.reference.samples import policy, rule
from tests.small_projects import BOOK, TYPES, make_project, mapping_of


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    low = Policy.model_validate(policy(rule("low", "block")))
    baseline, first = scenario_of(Policy.model_validate(policy()), BASELINE), scenario_of(low, "scenario-1")
    project = make_project(tmp_path, BOOK, mapping_of(BOOK, types=TYPES))
    made = Workspace(project, Desk(baseline, (first,), first.id), Words(Language.ENGLISH))
    made.new_scenario()
    late = policy(rule("late", "refer", {"field": "days_past_due", "operator": ">=", "value": 5}))
    made.replace_policy(Policy.model_validate(late), message("Undo"))
    yield made
    made.close()


def settle(workspace: Workspace) -> int:
    """Answer everything; says how many questions that took."""
    asked = 0
    while wanted := workspace.wanted():
        workspace.accept(workspace.job(wanted[0])(CancelWatch()))
        asked += 1
    return asked


def counted(workspace: Workspace, figure: str) -> list[float | None]:
    settle(workspace)
    columns = workspace.comparing.columns(sheet_of(workspace))
    return [one.readings[figure].value if one.readings else None for one in columns]


def test_only_the_tab_in_front_is_counted_while_nobody_compares(workspace: Workspace) -> None:
    assert counted(workspace, "users_blocked") == [None, 0]


def test_every_tab_is_counted_while_they_are_compared(workspace: Workspace) -> None:
    workspace.comparing.open = True
    assert counted(workspace, "users_blocked") == [2, 0]
    assert counted(workspace, "users_referred") == [0, 2]


def test_a_tab_that_was_compared_needs_no_scan_when_it_comes_to_the_front(workspace: Workspace) -> None:
    workspace.comparing.open = True
    settle(workspace)
    workspace.activate("scenario-1")
    assert workspace.question().key not in {request.key for request in workspace.wanted()}


def test_each_scenario_has_its_own_assumptions(workspace: Workspace) -> None:
    workspace.comparing.open = True
    before = counted(workspace, "ead")
    workspace.set_value(AssumptionHandle("ccf"), type(workspace.scenario.assumptions.ccf)("0.9"))
    after = counted(workspace, "ead")
    assert after[0] == before[0]
    assert after[1] > before[1]


def test_the_filter_of_the_desk_holds_for_all(workspace: Workspace) -> None:
    workspace.comparing.open = True
    workspace.filters.choose(Filter((InGroup("segment", ("thin_file",)),)))
    assert counted(workspace, "users") == [2, 2]


def test_no_more_than_six_are_compared(workspace: Workspace) -> None:
    for _ in range(MOST_SCENARIOS):
        workspace.new_scenario()
    assert len(workspace.comparing.columns(sheet_of(workspace))) == MOST_SCENARIOS
