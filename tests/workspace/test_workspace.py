"""The workspace by example: locked baseline, keys that repeat, stale answers, policies that do not fit."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.domain.handles import AssumptionHandle, SizeHandle, ThresholdHandle, value_of
from desktop_app.domain.outcomes import Outcome
from desktop_app.domain.policy import Policy, Wording
from desktop_app.domain.problems import BookUnusable, PolicyInvalid, message
from desktop_app.domain.requests import EvaluateRequest, HistogramRequest
from desktop_app.domain.watch import CancelWatch
from desktop_app.engine.project import Project
from desktop_app.text.language import Language
from desktop_app.text.words import Words
from desktop_app.workspace import editing
from desktop_app.workspace.desk import BASELINE, Desk, scenario_of
from desktop_app.workspace.workspace import Workspace
from tests.reference.samples import cut, rule
from tests.small_projects import BOOK, ONE_THREAD, TYPES, make_project, mapping_of, policy

LOW = ThresholdHandle("low", "low.1")
SIZE = SizeHandle("cut")
LATE = {"field": "days_past_due", "operator": ">=", "value": 10}


def first_desk() -> Desk:
    before, after = policy(rule("low", "block")), policy(rule("low", "block"), rule("cut", cut(percent=50), LATE))
    scenario = scenario_of(after, "scenario-1", Wording(en="Scenario 1"))
    return Desk(scenario_of(before, BASELINE, Wording(en="Baseline")), (scenario,), "scenario-1")


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(editing, "monotonic", made)
    return made


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("template")
    make_project(folder, BOOK, mapping_of(BOOK, types=TYPES)).close()
    return (folder / "book.greyline").read_bytes()


@pytest.fixture
def path(tmp_path: Path, template: bytes) -> Path:
    (tmp_path / "book.greyline").write_bytes(template)
    return tmp_path / "book.greyline"


@pytest.fixture
def workspace(path: Path):
    made = opened(path)
    yield made
    made.close()


def opened(path: Path) -> Workspace:
    return Workspace(Project.open(path, ONE_THREAD), first_desk(), Words(Language.ENGLISH))


def answer(workspace: Workspace, *kinds: type) -> None:
    while wanted := [request for request in workspace.wanted() if not kinds or isinstance(request, kinds)]:
        for request in wanted:
            workspace.accept(workspace.job(request)(CancelWatch()))


def steps(workspace: Workspace) -> int:
    """How many times undo does something; all is redone."""
    count = 0
    while workspace.undo():
        count += 1
    while workspace.redo():
        pass
    return count


def test_a_repeated_key_is_one_step(workspace: Workspace, clock: Clock) -> None:
    for value in (601, 602, 603):
        clock.now += 0.5
        workspace.set_value(LOW, Decimal(value))
    assert steps(workspace) == 1


def test_a_pause_begins_another_step(workspace: Workspace, clock: Clock) -> None:
    workspace.set_value(LOW, Decimal(601))
    clock.now += 1.01
    workspace.set_value(LOW, Decimal(602))
    assert steps(workspace) == 2


def test_another_number_begins_another_step(workspace: Workspace, clock: Clock) -> None:
    workspace.set_value(LOW, Decimal(601))
    workspace.set_value(SIZE, Decimal(60))
    workspace.set_value(LOW, Decimal(602))
    assert steps(workspace) == 3


def test_another_tab_begins_another_step(workspace: Workspace, clock: Clock) -> None:
    workspace.set_value(LOW, Decimal(601))
    workspace.activate(BASELINE)
    workspace.activate("scenario-1")
    workspace.set_value(LOW, Decimal(602))
    assert steps(workspace) == 2


def test_a_merged_step_is_undone_whole_after_opening_again(workspace: Workspace, path: Path, clock: Clock) -> None:
    for value in (601, 602, 603):
        workspace.set_value(LOW, Decimal(value))
    workspace.close()
    again = opened(path)
    assert again.scenario.policy.rule("low").condition.value == Decimal(603)
    assert bool(again.undo())
    assert again.desk == first_desk()
    again.close()


def test_what_was_undone_can_be_redone_after_opening_again(workspace: Workspace, path: Path, clock: Clock) -> None:
    workspace.set_value(LOW, Decimal(601))
    workspace.switch_rule("cut", False)
    workspace.undo()
    workspace.close()
    again = opened(path)
    assert again.redo_label == message("Switch {rule} off", rule="cut")
    assert bool(again.redo())
    assert not again.scenario.policy.rule("cut").enabled
    again.close()


def test_a_preview_ends_where_another_tab_comes_to_the_front(workspace: Workspace) -> None:
    workspace.preview(SIZE, Decimal(60))
    workspace.activate(BASELINE)
    assert workspace.scenario == first_desk().baseline


def test_a_step_after_undo_takes_the_place_of_what_was_undone(workspace: Workspace, clock: Clock) -> None:
    workspace.set_value(LOW, Decimal(601))
    workspace.undo()
    workspace.set_value(SIZE, Decimal(60))
    workspace.undo()
    assert workspace.desk == first_desk()
    assert workspace.undo_label is None


def test_a_step_after_undo_is_in_force_after_opening_again(workspace: Workspace, path: Path, clock: Clock) -> None:
    workspace.set_value(LOW, Decimal(601))
    workspace.switch_rule("cut", False)
    workspace.undo()
    workspace.undo()
    workspace.set_value(SIZE, Decimal(60))
    workspace.close()
    again = opened(path)
    assert again.scenario.policy.rule("cut").action.target.percent == Decimal(60)
    assert again.redo_label is None
    again.close()


def test_the_baseline_is_locked(workspace: Workspace) -> None:
    workspace.activate(BASELINE)
    for edit in (
        lambda: workspace.set_value(LOW, Decimal(1)),
        lambda: workspace.switch_rule("low", False),
        lambda: workspace.move_rule("low", 0),
        lambda: workspace.preview(LOW, Decimal(1)),
        lambda: workspace.replace_policy(policy(), message("Open")),
    ):
        with pytest.raises(BookUnusable, match="locked"):
            edit()
    assert workspace.desk.baseline == first_desk().baseline
    assert workspace.undo_label is None


def test_a_scenario_becomes_the_baseline_and_back(workspace: Workspace) -> None:
    workspace.make_baseline()
    assert workspace.desk.baseline.policy == workspace.desk.scenario.policy
    assert workspace.desk.baseline.id == BASELINE
    workspace.undo()
    assert workspace.desk == first_desk()


def test_assumptions_are_shared_with_the_baseline_in_a_question(workspace: Workspace) -> None:
    workspace.set_value(AssumptionHandle("ccf"), Decimal("0.5"))
    question = workspace.question()
    assert question.baseline.assumptions == question.scenario.assumptions
    assert workspace.desk.baseline.assumptions.ccf == Decimal("0.40")


def test_an_answer_nobody_asks_for_any_more_changes_nothing(workspace: Workspace) -> None:
    late = workspace.job(workspace.question())(CancelWatch())
    workspace.set_value(LOW, Decimal(700))
    assert not workspace.accept(late)
    shown = workspace.shown()
    assert not shown.fresh
    assert shown.readings == {}


def test_undo_needs_no_second_answer(workspace: Workspace) -> None:
    answer(workspace)
    workspace.set_value(LOW, Decimal(700))
    answer(workspace)
    workspace.undo()
    assert workspace.wanted() == ()
    assert workspace.shown().readings["users_blocked"].value == 2


def test_figures_with_another_histogram_are_not_fresh(workspace: Workspace) -> None:
    answer(workspace, EvaluateRequest, HistogramRequest)
    workspace.set_value(LOW, Decimal(700))
    answer(workspace, EvaluateRequest)
    assert not workspace.shown().fresh
    answer(workspace, HistogramRequest)
    shown = workspace.shown()
    assert shown.fresh
    assert shown.histogram.counts[Outcome.BLOCKED].sum() == shown.readings["users_blocked"].value


def test_a_preview_is_shown_and_not_kept(workspace: Workspace) -> None:
    workspace.preview(LOW, Decimal(700))
    assert workspace.shown().scenario.policy.rule("low").condition.value == Decimal(700)
    assert workspace.desk == first_desk()
    workspace.end_preview()
    assert workspace.scenario == first_desk().scenario


@pytest.mark.parametrize(
    "condition",
    [
        {"field": "segment", "operator": "<", "value": 5},
        {"field": "score", "operator": "=", "value": "high"},
        {"field": "default_12m", "operator": "is missing"},
    ],
)
def test_a_policy_that_does_not_fit_is_not_taken(workspace: Workspace, condition: dict) -> None:
    with pytest.raises(PolicyInvalid):
        workspace.replace_policy(policy(rule("new", "block", condition)), message("Open"))
    assert workspace.desk == first_desk()


def test_the_line_in_view_is_always_one_of_the_policy(workspace: Workspace) -> None:
    workspace.look_at("low", LOW)
    other = {"id": "another", "field": "days_past_due", "operator": ">", "value": 5}
    workspace.replace_policy(policy(rule("low", "block", other)), message("Open"))
    answer(workspace)
    assert workspace.shown().histogram.field == "days_past_due"


def test_a_policy_without_rules_can_be_shown(workspace: Workspace) -> None:
    workspace.replace_policy(Policy(id="empty"), message("Open"))
    answer(workspace)
    shown = workspace.shown()
    assert (shown.fresh, shown.histogram, shown.rules) == (True, None, ())
    assert shown.readings["users_unchanged"].value == 4


def test_only_groupings_group(workspace: Workspace) -> None:
    with pytest.raises(KeyError):
        workspace.group_by("balance")
    workspace.group_by("segment")
    answer(workspace)
    assert [row.label for row in workspace.shown().groups] == ["prime", "thin_file", None]


def test_a_number_that_a_document_cannot_hold_is_not_taken(workspace: Workspace, path: Path) -> None:
    with pytest.raises(ValueError, match="digits"):
        workspace.set_value(LOW, Decimal("600.12345678901234567"))
    workspace.close()
    opened(path).close()


HOSTILE = {
    "journal": ["[" * 100_000, "{", "[]", "null", '{"serial": 1}', '{"order": ["x"], "scenarios": []}'],
    "first_desk": ["[" * 100_000, "{", "[]", "null", '{"order": [], "scenarios": [], "active": "x"}'],
    "undo_cursor": ["[" * 100_000, "{", "[]", "null", "[1, 2, 3]"],
}


@pytest.mark.parametrize(("place", "text"), [(place, text) for place, texts in HOSTILE.items() for text in texts])
def test_steps_that_cannot_be_read_are_told(path: Path, place: str, text: str) -> None:
    workspace = opened(path)
    workspace.flush()
    workspace.close()
    project = Project.open(path, ONE_THREAD)
    if place == "journal":
        project.write_entry(1, text)
    else:
        project.write_note(place, text)
    with pytest.raises(BookUnusable, match="its steps cannot be read; restore a backup"):
        Workspace(project, first_desk(), Words(Language.ENGLISH))
    project.close()


def test_a_setting_apart_is_a_step_of_its_own_right_after_a_drag_and_before_one(workspace: Workspace) -> None:
    first = value_of(workspace.scenario, LOW)
    workspace.set_value(LOW, Decimal(640))
    workspace.set_value(LOW, Decimal(650), apart=True)
    workspace.set_value(LOW, Decimal(660))
    for before in (Decimal(650), Decimal(640), first):
        workspace.undo()
        assert value_of(workspace.scenario, LOW) == before
