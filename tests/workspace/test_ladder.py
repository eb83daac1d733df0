"""The ladder of what changed: each edit's own effect, together the desk's difference, nothing counted twice."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from desktop_app.domain.edits import FieldEdit, RuleEdit
from desktop_app.domain.handles import AssumptionHandle, ThresholdHandle
from desktop_app.domain.policy import Policy
from desktop_app.domain.problems import BookUnusable
from desktop_app.domain.requests import RungRequest
from desktop_app.domain.watch import CancelWatch
from desktop_app.engine.project import Project
from desktop_app.text.language import Language
from desktop_app.text.words import Words
from desktop_app.workspace.desk import BASELINE, Desk, scenario_of
from desktop_app.workspace.workspace import Workspace
from tests.reference.samples import rule
from tests.small_projects import BOOK, ONE_THREAD, TYPES, make_project, mapping_of

FIGURES = ("users_blocked", "users_restricted", "ead")
LOW = ThresholdHandle("low", "low.1")
LATE = {"field": "days_past_due", "operator": ">=", "value": 10}


def low(score: int) -> dict[str, Any]:
    return rule("low", "block", {"field": "score", "operator": "<", "value": score})


def desk() -> Desk:
    before = Policy.model_validate({"id": "before", "rules": [low(500)]})
    after = Policy.model_validate({"id": "after", "rules": [rule("late", "refer", LATE), low(650)]})
    return Desk(scenario_of(before, BASELINE), (scenario_of(after, "scenario-1"),), "scenario-1")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    make_project(tmp_path, BOOK, mapping_of(BOOK, types=TYPES)).close()
    made = Workspace(Project.open(tmp_path / "book.greyline", ONE_THREAD), desk(), Words(Language.ENGLISH))
    made.unfold(True)
    settle(made)
    yield made
    made.close()


def settle(workspace: Workspace) -> list[type]:
    """Answer everything that is wanted; which kinds of questions that took."""
    asked = []
    while wanted := workspace.wanted():
        asked.append(type(wanted[0]))
        workspace.accept(workspace.job(wanted[0])(CancelWatch()))
        workspace.shown()
    return asked


def edits(workspace: Workspace) -> list[object]:
    return [rung.edit for rung in workspace.changed().rungs]


def test_every_edit_has_its_own_effect(workspace: Workspace) -> None:
    late, low = workspace.changed().rungs
    assert (late.edit, low.edit) == (RuleEdit("late"), LOW)
    assert (late.effect("users_referred"), late.effect("users_blocked")) == (2, 0)
    assert (low.effect("users_referred"), low.effect("users_blocked")) == (-2, 3)
    assert "Added: late" in workspace.words.say(late.title)


@pytest.mark.parametrize("figure", FIGURES)
def test_the_edits_of_the_policy_add_up_to_the_desks_difference(workspace: Workspace, figure: str) -> None:
    workspace.suppose(AssumptionHandle("ccf"), Decimal("0.9"))
    settle(workspace)
    ladder = workspace.changed()
    of_policy = [rung.effect(figure) for rung in ladder.rungs if not isinstance(rung.edit, AssumptionHandle)]
    assert sum(of_policy) == pytest.approx(workspace.shown().readings[figure].delta)


def test_a_linear_assumption_costs_no_scan(workspace: Workspace) -> None:
    workspace.suppose(AssumptionHandle("ccf"), Decimal("0.9"))
    assert RungRequest not in settle(workspace)
    first = workspace.changed().rungs[0]
    assert first.effect("users_blocked") == 0
    assert first.effect("ead") > 0


def test_the_two_ends_are_known_already(workspace: Workspace) -> None:
    workspace.set_value(LOW, Decimal(700))
    assert settle(workspace).count(RungRequest) == 0


def test_a_rung_between_is_counted_once(workspace: Workspace) -> None:
    workspace.switch_rule("late", False)
    assert settle(workspace).count(RungRequest) == 1
    workspace.undo()
    workspace.redo()
    assert settle(workspace) == []


def test_nothing_is_asked_while_it_is_shut(workspace: Workspace) -> None:
    workspace.unfold(False)
    workspace.switch_rule("late", False)
    assert RungRequest not in settle(workspace)
    assert not workspace.changed().counted


def test_an_edit_is_taken_back_in_one_step(workspace: Workspace) -> None:
    rung = workspace.changed().rungs[0]
    workspace.revert(rung.edit, rung.title)
    assert edits(workspace) == [LOW]
    assert str(workspace.undo_label).startswith("Revert: ")
    workspace.undo()
    assert edits(workspace) == [RuleEdit("late"), LOW]


def test_the_last_edit_taken_back_leaves_the_baselines_policy(workspace: Workspace) -> None:
    for rung in workspace.changed().rungs:
        workspace.revert(rung.edit, rung.title)
    assert workspace.desk.scenario.policy.rules == workspace.desk.baseline.policy.rules
    assert workspace.changed().rungs == ()


def test_the_baseline_has_no_edits_and_takes_none_back(workspace: Workspace) -> None:
    rung = workspace.changed().rungs[0]
    workspace.activate(BASELINE)
    assert workspace.changed().rungs == ()
    with pytest.raises(BookUnusable, match="locked"):
        workspace.revert(rung.edit, rung.title)


def test_a_drag_changes_nothing_yet(workspace: Workspace) -> None:
    workspace.preview(LOW, Decimal(700))
    assert workspace.changed().rungs[1].changes == workspace.changed().rungs[1].changes
    assert "650" in workspace.words.say(workspace.changed().rungs[1].changes[0])


def test_words_of_a_switch_are_its_own(workspace: Workspace) -> None:
    workspace.switch_rule("low", False)
    switched = next(rung for rung in workspace.changed().rungs if rung.edit == FieldEdit("low", "enabled"))
    assert [workspace.words.say(change) for change in switched.changes] == ["switched off"]
