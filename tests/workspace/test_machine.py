"""Random edits, undo, crashes and answers against a plain-Python desk."""

from __future__ import annotations

import json
import shutil
import tempfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from desktop_app.domain.handles import ThresholdHandle
from desktop_app.domain.outcomes import Outcome
from desktop_app.domain.policy import Wording
from desktop_app.domain.problems import BookUnusable
from desktop_app.domain.requests import Answer
from desktop_app.domain.watch import CancelWatch
from desktop_app.engine.project import Project
from desktop_app.text.language import Language
from desktop_app.text.words import Words
from desktop_app.workspace import editing
from desktop_app.workspace.desk import BASELINE, Desk, scenario_of
from desktop_app.workspace.workspace import Workspace
from tests.reference import samples
from tests.reference.evaluate import evaluate
from tests.small_projects import ONE_THREAD, lines, make_project, policy
from tests.workspace.plain_desk import PlainHistory, Rules, plain_desk

ROWS = [
    {"account_id": f"a{number}", "user_id": f"u{number // 2}", "score": Decimal(score), "days_past_due": late}
    for number, (score, late) in enumerate([(500, 0), (580, 30), (600, 0), (620, 60), (700, 0), (640, 95), (590, 10)])
]
COLUMNS = {"account_id": "text", "user_id": "text", "score": "number", "days_past_due": "integer"}
MONEY = {"credit_limit": 100_000, "balance": 5_000}
RULES = ("low", "late")
THRESHOLDS = st.sampled_from((0, 580, 600, 601, 640))


def first_desk() -> Desk:
    start = policy(
        samples.rule("low", "block", {"field": "score", "operator": "<", "value": 580}),
        samples.rule("late", "refer", {"field": "days_past_due", "operator": ">=", "value": 60}),
    )
    scenario = scenario_of(start, "scenario-1", Wording(en="Scenario 1"))
    return Desk(scenario_of(start, BASELINE, Wording(en="Baseline")), (scenario,), "scenario-1")


def blocked_users(rules: Rules) -> int:
    """By the reference, of these rules alone."""
    made = {
        "low": ("block", {"field": "score", "operator": "<"}),
        "late": ("refer", {"field": "days_past_due", "operator": ">="}),
    }
    documents = [
        samples.rule(key, made[key][0], {**made[key][1], "value": value}, enabled=enabled)
        for key, enabled, value in rules
    ]
    rows = [{**row, **MONEY} for row in ROWS]
    columns = {**COLUMNS, "credit_limit": "money", "balance": "money"}
    result = evaluate(rows, columns, samples.policy(*documents))
    return sum(user.outcome == "blocked" for user in result.users.values())


class DeskMachine(RuleBasedStateMachine):
    """A workspace beside its model; `folder` holds a project to start from."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.patch = pytest.MonkeyPatch()
        self.now = 100.0
        self.patch.setattr(editing, "monotonic", lambda: self.now)
        self.folder = Path(tempfile.mkdtemp())
        self.lives = 0
        self.preview: int | None = None
        self.kept: list[Answer] = []

    @initialize()
    def start(self) -> None:
        shutil.copyfile(self.template, self.folder / "life-0.greyline")
        self.open()
        desk = plain_desk(first_desk())
        self.model = PlainHistory([desk], active=desk.active)

    def open(self) -> None:
        project = Project.open(self.folder / f"life-{self.lives}.greyline", ONE_THREAD)
        self.workspace = Workspace(project, first_desk(), Words(Language.ENGLISH))

    # Editing.

    @rule(key=st.sampled_from(RULES), value=THRESHOLDS, seconds=st.sampled_from((0.0, 0.4, 1.0, 1.1, 30.0)))
    def set_value(self, key: str, value: int, seconds: float) -> None:
        self.now += seconds
        handle = ThresholdHandle(key, f"{key}.1")
        desk = self.model.desk
        self.preview = None if not desk.locked else self.preview
        if desk.locked:
            with pytest.raises(BookUnusable, match="locked"):
                self.workspace.set_value(handle, Decimal(value))
            self.model.set(desk, "", self.now)
            return
        self.workspace.set_value(handle, Decimal(value))
        rules = tuple((each, on, value if each == key else old) for each, on, old in desk.rules)
        self.model.set(desk.with_rules(rules), key, self.now)

    @rule(key=st.sampled_from(RULES), enabled=st.booleans())
    def switch(self, key: str, enabled: bool) -> None:
        if self.model.desk.locked:
            with pytest.raises(BookUnusable, match="locked"):
                self.workspace.switch_rule(key, enabled)
            return
        self.workspace.switch_rule(key, enabled)
        self.preview = None
        rules = tuple((each, enabled if each == key else on, value) for each, on, value in self.model.desk.rules)
        self.model.edit(self.model.desk.with_rules(rules))

    @precondition(lambda self: not self.model.desk.locked)
    @rule(key=st.sampled_from(RULES), position=st.integers(0, 1))
    def move(self, key: str, position: int) -> None:
        self.workspace.move_rule(key, position)
        self.preview = None
        rules = [each for each in self.model.desk.rules if each[0] != key]
        rules.insert(position, next(each for each in self.model.desk.rules if each[0] == key))
        self.model.edit(self.model.desk.with_rules(tuple(rules)))

    @rule()
    def new_scenario(self) -> None:
        self.workspace.new_scenario()
        self.preview = None
        self.model.edit(self.model.desk.with_new())

    @precondition(lambda self: self.model.desk.scenarios)
    @rule(data=st.data())
    def close_scenario(self, data: st.DataObject) -> None:
        tab = data.draw(st.sampled_from(sorted(self.model.desk.scenarios)))
        self.workspace.close_scenario(tab)
        self.preview = None
        self.model.edit(self.model.desk.without(tab))

    @precondition(lambda self: self.model.desk.scenarios)
    @rule(data=st.data(), name=st.sampled_from(("Tighter", "更紧", "a'b{c}")))
    def rename(self, data: st.DataObject, name: str) -> None:
        tab = data.draw(st.sampled_from(sorted(self.model.desk.scenarios)))
        self.workspace.rename_scenario(tab, name)
        self.preview = None
        self.model.edit(self.model.desk.renamed(tab, name))

    @rule(data=st.data())
    def activate(self, data: st.DataObject) -> None:
        tab = data.draw(st.sampled_from([BASELINE, *self.model.desk.scenarios]))
        self.workspace.activate(tab)
        self.preview = None
        self.model.active = tab
        self.model.seal()

    @rule()
    def undo(self) -> None:
        moved = self.model.cursor > 0
        assert bool(self.workspace.undo()) == moved
        self.preview = None if moved else self.preview
        self.model.undo()

    @rule()
    def redo(self) -> None:
        moved = self.model.cursor < len(self.model.desks) - 1
        assert bool(self.workspace.redo()) == moved
        self.preview = None if moved else self.preview
        self.model.redo()

    @precondition(lambda self: not self.model.desk.locked)
    @rule(value=THRESHOLDS)
    def drag(self, value: int) -> None:
        self.workspace.preview(ThresholdHandle("low", "low.1"), Decimal(value))
        self.preview = value

    @rule()
    def drop(self) -> None:
        self.workspace.end_preview()
        self.preview = None

    @rule()
    def crash(self) -> None:
        """The files as kill -9 would leave them, opened again."""
        self.workspace.flush()
        self.lives += 1
        old = f"life-{self.lives - 1}.greyline"
        for path in self.folder.glob(f"{old}*"):
            if path.is_file() and path.suffix != ".lock":
                shutil.copyfile(path, path.with_name(path.name.replace(old, f"life-{self.lives}.greyline")))
        self.workspace.close()
        self.open()
        self.model.crash()
        self.preview = None

    # Answers.

    @rule(most=st.integers(1, 2))
    def answer(self, most: int) -> None:
        for request in self.workspace.wanted()[:most]:
            answer = self.workspace.job(request)(CancelWatch())
            assert self.workspace.accept(answer)
            self.kept.append(answer)

    @precondition(lambda self: self.kept)
    @rule(data=st.data())
    def late_answer(self, data: st.DataObject) -> None:
        answer = data.draw(st.sampled_from(self.kept[-5:]))
        workspace = self.workspace
        asked = (workspace.question(), workspace.histogram_question(), workspace.index_question())
        wanted = {request.key for request in asked if request is not None}
        assert bool(workspace.accept(answer)) == (answer.key in wanted)

    # What always holds.

    @invariant()
    def desk_is_the_model(self) -> None:
        found = plain_desk(self.workspace.desk)
        assert found == self.model.desk
        assert list(found.scenarios) == list(self.model.desk.scenarios)

    @invariant()
    def labels_say_what_can_be_undone(self) -> None:
        assert (self.workspace.undo_label is None) == (self.model.cursor == 0)
        assert (self.workspace.redo_label is None) == (self.model.cursor == len(self.model.desks) - 1)

    @invariant()
    def fresh_figures_are_of_what_is_shown(self) -> None:
        shown = self.workspace.shown()
        if not shown.fresh:
            return
        rules = self.seen_rules()
        assert shown.readings["users_blocked"].value == blocked_users(rules)
        assert shown.readings["users_blocked"].baseline == blocked_users(self.model.desk.baseline)
        assert [view.rule.id for view in shown.rules] == [key for key, _, _ in rules]
        if shown.histogram is not None:
            assert shown.histogram.counts[Outcome.BLOCKED].sum() == blocked_users(rules)

    @invariant()
    def what_is_not_fresh_is_asked_for(self) -> None:
        assert self.workspace.shown().fresh or self.workspace.wanted()

    def seen_rules(self) -> Rules:
        rules = self.model.desk.rules
        if self.preview is None:
            return rules
        return tuple((key, on, self.preview if key == "low" else value) for key, on, value in rules)

    def teardown(self) -> None:
        if hasattr(self, "workspace"):
            self.workspace.close()
        shutil.rmtree(self.folder, ignore_errors=True)
        self.patch.undo()


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("template")
    rows = [(row["account_id"], row["user_id"], row["score"], row["days_past_due"], 1000, 50) for row in ROWS]
    make_project(folder, lines("account_id,user_id,score,days_past_due,credit_limit,balance", rows)).close()
    return folder / "book.greyline"


def test_any_order_of_edits_crashes_and_answers(template: Path) -> None:
    machine = type("Machine", (DeskMachine,), {"template": template})
    run_state_machine_as_test(machine, settings=settings(max_examples=4, stateful_step_count=25))


@pytest.mark.slow
def test_many_orders_of_edits_crashes_and_answers(template: Path) -> None:
    machine = type("Machine", (DeskMachine,), {"template": template})
    run_state_machine_as_test(machine, settings=settings(max_examples=300, stateful_step_count=60))


def test_the_book_is_what_the_reference_was_given(template: Path) -> None:
    with_rules = json.loads(first_desk().baseline.policy.to_json())["rules"]
    assert [each["id"] for each in with_rules] == list(RULES)
    assert blocked_users((("low", True, 580), ("late", True, 60))) == 1
