"""The rule editor with a real book: a rule is built without typing, checked as it is built, counted, and applied."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QListWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop_app.domain.conditions import AllOf, Comparison, Not, Operator
from desktop_app.domain.handles import ThresholdHandle
from desktop_app.domain.policy import Cause, OnMissing, Policy, Rule
from desktop_app.domain.problems import Problem
from desktop_app.text.language import Language
from desktop_app.ui.controller import Controller
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.rule_editor.leaf_row import LeafRow, NodeCommand
from desktop_app.ui.rule_editor.opening import RuleOpening
from desktop_app.ui.rule_editor.window import RuleEditor
from desktop_app.ui.rules_panel import RulesPanel
from desktop_app.ui.speech import Speech
from desktop_app.ui.theme import Theme, apply_theme
from desktop_app.workspace.condition_draft import Join
from desktop_app.workspace.desk import BASELINE
from desktop_app.workspace.templates import rule_templates
from desktop_app.workspace.workspace import Workspace
from tests.ui.conftest import settle

LEFT = Qt.MouseButton.LeftButton
SCORE = ThresholdHandle("low-score", "low-score.1")
TEMPLATES = {template.id: template for template in rule_templates()}


@dataclass
class Bench:
    """The editor without the window around it: what opens it, what it changes."""

    opening: RuleOpening
    controller: Controller
    speech: Speech
    qtbot: QtBot

    @property
    def workspace(self) -> Workspace:
        return self.controller.workspace

    @property
    def editor(self) -> RuleEditor:
        return self.opening.editor

    @property
    def policy(self) -> Policy:
        return self.workspace.desk.scenario.policy

    def edit(self, rule: str) -> RuleEditor:
        self.opening.edit(rule)
        return self.counted()

    def add(self, template: str = "") -> RuleEditor:
        self.opening.add(TEMPLATES[template] if template else None)
        return self.counted()

    def counted(self) -> RuleEditor:
        wait_for_counts(self.qtbot, self.editor)
        return self.editor


@pytest.fixture
def bench(qtbot: QtBot, qapp: QApplication, workspace: Workspace) -> Iterator[Bench]:
    apply_theme(qapp, Theme.LIGHT)
    parent, rules, speech = QWidget(), RulesPanel(), Speech(Language.ENGLISH)
    controller = Controller(workspace, parent)
    opening = RuleOpening(parent, controller, rules, speech)
    yield Bench(opening, controller, speech, qtbot)
    opening.close()
    controller.stop()
    for widget in (rules, parent):
        widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def editor(bench: Bench) -> RuleEditor:
    """The editor on the first rule: score below 600, and 640 for new_to_credit."""
    return bench.edit("low-score")


def wait_for_counts(qtbot: QtBot, editor: RuleEditor) -> None:
    writing = editor.writing
    assert writing is not None
    qtbot.wait_until(lambda: editor.work.fresh or writing.hits_question() is None, timeout=20_000)


def row(editor: RuleEditor, *path: int) -> LeafRow:
    return editor.condition.rows[path or (0,)]


def written(editor: RuleEditor) -> Rule:
    assert editor.writing is not None
    rule = editor.writing.draft.rule()
    assert rule is not None
    return rule


def type_number(qtbot: QtBot, field: QAbstractSpinBox, text: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)


def hits(editor: RuleEditor) -> str:
    return editor.side.hits.values[0].text()


def test_the_editor_opens_beside_the_desk_on_the_rule_as_it_is(bench: Bench, editor: RuleEditor) -> None:
    assert not editor.isModal()
    assert editor.name.text() == "low-score"
    assert editor.where.text() == "Scenario 1, rule 1 of 4"
    assert "Score below 600" in editor.sentence.text()
    assert not editor.apply.isEnabled()


def test_hits_are_counted_beside_the_rule_of_the_scenario(editor: RuleEditor) -> None:
    assert int(hits(editor).replace(",", "")) > 0
    assert editor.side.hits.changes[0].text() == ""


def test_a_number_typed_is_counted_and_compared(qtbot: QtBot, bench: Bench, editor: RuleEditor) -> None:
    before = int(hits(editor).replace(",", ""))
    type_number(qtbot, row(editor).value.field, "650")
    bench.counted()
    after = int(hits(editor).replace(",", ""))
    assert after > before
    assert editor.side.hits.changes[0].text() == f"+{after - before:,}"


def test_old_hits_are_dimmed_until_the_new_ones_come(qtbot: QtBot, bench: Bench, editor: RuleEditor) -> None:
    old = hits(editor)
    type_number(qtbot, row(editor).value.field, "700")
    assert hits(editor) == old
    assert editor.side.hits.values[0].property("stale") == "true"
    bench.counted()
    assert editor.side.hits.values[0].property("stale") == "false"


def test_applying_is_one_step_that_undo_takes_back(qtbot: QtBot, bench: Bench, editor: RuleEditor) -> None:
    type_number(qtbot, row(editor).value.field, "650")
    editor.reason.lines["name_en"].setFocus()
    editor.tabs.setCurrentIndex(2)
    qtbot.keyClicks(editor.reason.lines["name_en"], " indeed")
    qtbot.mouseClick(editor.apply, LEFT)
    assert bench.policy.rule("low-score").condition.value == 650
    assert bench.policy.rule("low-score").name.en == "low-score indeed"
    assert not editor.apply.isEnabled()
    bench.controller.do(bench.workspace.undo)
    assert bench.policy.rule("low-score").condition.value == 600
    assert bench.workspace.undo_label is None


def test_control_enter_applies(qtbot: QtBot, bench: Bench, editor: RuleEditor) -> None:
    type_number(qtbot, row(editor).value.field, "650")
    qtbot.keyClick(row(editor).value.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert bench.policy.rule("low-score").condition.value == 650


def test_the_line_on_the_histogram_is_the_number(qtbot: QtBot, bench: Bench, editor: RuleEditor) -> None:
    leaf = written(editor).condition
    assert isinstance(leaf, Comparison)
    handle = ThresholdHandle("low-score", leaf.id)
    for value in (610, 620, 630):
        editor.side.histogram.moved.emit(handle, Decimal(value))
    editor.side.histogram.released.emit(handle, Decimal(630))
    assert row(editor).value.field.text() == "630"
    editor.undo_button.click()
    assert written(editor).condition == leaf


def test_a_line_put_back_leaves_no_trace(editor: RuleEditor) -> None:
    before = written(editor)
    handle = ThresholdHandle("low-score", "low-score.1", "new_to_credit")
    editor.side.histogram.moved.emit(handle, Decimal(700))
    assert written(editor).condition.by.values == {"new_to_credit": 700}
    editor.side.histogram.returned.emit(handle)
    assert written(editor) == before


def test_a_new_rule_is_built_without_typing(qtbot: QtBot, bench: Bench) -> None:
    editor = bench.add()
    row(editor).field.choose("days_past_due")
    row(editor).operator.choose(Operator.AT_LEAST)
    qtbot.keyClick(row(editor).value.field, Qt.Key.Key_Up)
    qtbot.mouseClick(editor.condition.root.add, LEFT)
    row(editor, 1).field.choose("segment")
    row(editor, 1).value.field.choose("premium")
    editor.tabs.setCurrentIndex(1)
    editor.action.action.choose("refer")
    editor.apply.click()
    rule = bench.policy.rule("rule_5")
    assert isinstance(rule.condition, AllOf)
    first, second = rule.condition.all
    assert (first.field, first.operator, first.value) == ("days_past_due", Operator.AT_LEAST, 61)
    assert (second.field, second.operator, second.value) == ("segment", Operator.EQUAL, "premium")
    assert rule.action.kind == "refer"
    assert bench.workspace.view.active_rule == "rule_5"
    editor.close()


def test_groups_are_nested_negated_and_dissolved(qtbot: QtBot, editor: RuleEditor) -> None:
    qtbot.mouseClick(editor.condition.root.add_group, LEFT)
    row(editor, 1, 0).field.choose("balance")
    assert editor.condition.boxes[1,].join.value is Join.ANY
    editor.condition.boxes[1,].join.choose(Join.NONE)
    rule = written(editor)
    assert isinstance(rule.condition, AllOf)
    assert isinstance(rule.condition.all[1], Not)
    editor.condition.boxes[1,].commanded.emit(NodeCommand.DISSOLVE)
    assert [leaf.field for leaf in written(editor).condition.all] == ["score", "balance"]


def test_alt_down_moves_a_condition_and_the_focus_with_it(qtbot: QtBot, editor: RuleEditor) -> None:
    qtbot.mouseClick(editor.condition.root.add, LEFT)
    row(editor, 1).field.choose("balance")
    row(editor, 0).operator.setFocus()
    qtbot.keyClick(row(editor, 0).operator, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [leaf.field for leaf in written(editor).condition.all] == ["balance", "score"]
    assert row(editor, 1).isAncestorOf(editor.focusWidget())


def test_a_condition_is_removed_and_comes_back(qtbot: QtBot, editor: RuleEditor) -> None:
    qtbot.mouseClick(editor.condition.root.add, LEFT)
    row(editor, 1).commanded.emit(NodeCommand.REMOVE)
    assert list(editor.condition.rows) == [(0,)]
    editor.undo()
    assert list(editor.condition.rows) == [(0,), (1,)]


def test_values_by_group_come_row_by_row(qtbot: QtBot, editor: RuleEditor) -> None:
    groups = row(editor).groups
    assert list(groups.rows) == ["new_to_credit"]
    qtbot.mouseClick(groups.add, LEFT)
    assert written(editor).condition.by.values == {"new_to_credit": 640, "mass": 600}
    groups.rows["mass"].group.choose("premium")
    type_number(qtbot, groups.rows["premium"].value.field, "570")
    assert written(editor).condition.by.values == {"new_to_credit": 640, "premium": 570}
    qtbot.mouseClick(groups.rows["new_to_credit"].remove, LEFT)
    assert written(editor).condition.by.values == {"premium": 570}
    qtbot.mouseClick(row(editor).by, LEFT)
    assert written(editor).condition.by is None


def test_the_groups_say_how_many_users_they_have(editor: RuleEditor) -> None:
    assert editor.condition.rows[0,].groups.rows["new_to_credit"].group.currentText().startswith("new_to_credit (")


def test_labels_are_ticked_in_the_list_and_in_the_chart(qtbot: QtBot, bench: Bench, editor: RuleEditor) -> None:
    row(editor).field.choose("segment")
    row(editor).operator.choose(Operator.IN)
    bench.counted()
    assert editor.side.labels.isVisible()
    editor.side.labels.tick("premium", on=True)
    assert written(editor).condition.value == ("mass", "premium")
    picker = row(editor).value.field
    picker.open()
    assert picker.popup is not None
    items = picker.popup.list
    items.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert written(editor).condition.value == ("premium",)
    qtbot.keyClick(items, Qt.Key.Key_Escape)
    assert picker.popup is None
    assert editor.isVisible()


def test_without_a_label_the_rule_is_not_taken(qtbot: QtBot, bench: Bench, editor: RuleEditor) -> None:
    row(editor).field.choose("segment")
    row(editor).operator.choose(Operator.IN)
    editor.side.labels.tick("mass", on=False)
    assert row(editor).fault.text() == "Give a value."
    editor.apply.click()
    assert bench.policy.rule("low-score").condition.field == "score"


def test_a_misspelt_field_is_told_as_it_is_typed_and_taken_by_a_press(qtbot: QtBot, editor: RuleEditor) -> None:
    chooser = row(editor).field
    chooser.line.setFocus()
    chooser.line.selectAll()
    qtbot.keyClicks(chooser.line, "days_past_deu")
    assert 'did you mean "days_past_due"?' in row(editor).fault.accessibleName()
    row(editor).fault.linkActivated.emit("0")
    assert written(editor).condition.field == "days_past_due"


def test_a_field_is_found_by_a_part_of_its_name(qtbot: QtBot, editor: RuleEditor) -> None:
    chooser = row(editor).field
    chooser.line.setFocus()
    chooser.line.selectAll()
    qtbot.keyClicks(chooser.line, "past")
    assert chooser.completer().completionCount() == 1
    assert written(editor).condition.field == "score"


def test_the_outcome_is_no_field_to_choose(editor: RuleEditor) -> None:
    offered = {row(editor).field.itemData(place, Qt.ItemDataRole.UserRole) for place in range(40)}
    assert {"score", "utilisation", "segment"} <= offered
    assert not {"default_12m", "recorded_action"} & offered


def test_a_missing_number_is_told_at_its_field_and_in_the_tab(qtbot: QtBot, editor: RuleEditor) -> None:
    field = row(editor).value.field
    field.setFocus()
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    assert row(editor).fault.text() == "Give a value."
    assert editor.tabs.tabText(0) == "If (1)"
    assert editor.sentence.text() == "Not complete yet."
    assert editor.side.hits.values[0].text() == "—"


def test_a_threshold_out_of_range_is_doubted(qtbot: QtBot, editor: RuleEditor) -> None:
    type_number(qtbot, row(editor).value.field, "100")
    assert "No account of this book" in row(editor).fault.accessibleName()
    assert editor.apply.isEnabled()


def test_what_is_to_be_settled_leads_to_its_field(qtbot: QtBot, bench: Bench) -> None:
    editor = bench.add()
    editor.tabs.setCurrentIndex(2)
    faults: QListWidget = editor.side.faults
    faults.itemActivated.emit(faults.item(0))
    assert editor.tabs.currentIndex() == 0
    assert editor.focusWidget() is row(editor).field
    editor.close()


def test_apply_goes_to_what_stops_it(qtbot: QtBot, bench: Bench) -> None:
    editor = bench.add()
    row(editor).field.choose("score")
    editor.tabs.setCurrentIndex(2)
    code = editor.reason.lines["code"]
    code.clear()
    code.textEdited.emit("")
    editor.tabs.setCurrentIndex(0)
    editor.apply.click()
    assert editor.tabs.currentIndex() == 2
    assert editor.focusWidget() is code
    assert len(bench.policy.rules) == 4
    editor.close()


def test_a_number_in_a_sentence_is_told(qtbot: QtBot, editor: RuleEditor) -> None:
    editor.tabs.setCurrentIndex(2)
    text = editor.reason.texts["sentence_en"]
    text.setFocus()
    qtbot.keyClicks(text, "Below 600.")
    assert 'Shows the user "600"' in editor.reason.faults["sentence_en"].accessibleName()
    assert written(editor).reason.sentence.en == "Below 600."


def test_cause_and_what_happens_to_the_missing_are_chosen(editor: RuleEditor) -> None:
    editor.tabs.setCurrentIndex(2)
    editor.reason.cause.choose(Cause.POLICY)
    editor.tabs.setCurrentIndex(1)
    editor.action.on_missing.choose(OnMissing.REFER)
    rule = written(editor)
    assert (rule.reason.cause, rule.on_missing) == (Cause.POLICY, OnMissing.REFER)
    editor.action.action.choose("watch")
    assert written(editor).on_missing is OnMissing.SKIP
    assert not editor.action.on_missing.isEnabled()


@pytest.mark.parametrize(
    ("kind", "typed", "target"),
    [
        ("percent", "70", {"kind": "percent", "percent": 70}),
        ("amount", "5,000.50", {"kind": "amount", "amount": Decimal("5000.5")}),
        ("income_multiple", "2.5", {"kind": "income_multiple", "multiple": Decimal("2.5")}),
    ],
)
def test_a_cut_has_a_size(qtbot: QtBot, editor: RuleEditor, kind: str, typed: str, target: dict) -> None:
    editor.tabs.setCurrentIndex(1)
    editor.action.action.choose("cut")
    editor.action.target.choose(kind)
    type_number(qtbot, editor.action.amount, typed)
    assert written(editor).action.target.model_dump() == target


@pytest.fixture
def matrix(qtbot: QtBot, editor: RuleEditor) -> RuleEditor:
    """The editor on a cut by a matrix over the score."""
    editor.tabs.setCurrentIndex(1)
    editor.action.action.choose("cut")
    editor.action.target.choose("matrix")
    return editor


def edges(editor: RuleEditor) -> list[Decimal]:
    return list(written(editor).action.target.rows.edges)


def test_a_matrix_begins_with_a_few_bands_over_the_whole_range(matrix: RuleEditor) -> None:
    score = matrix.writing.book.column("score")
    assert edges(matrix)[0] <= score.minimum
    assert edges(matrix)[-1] > score.maximum
    assert written(matrix).action.target.cells == ((50,), (50,), (50,))


def test_edges_are_typed_and_must_rise(qtbot: QtBot, matrix: RuleEditor) -> None:
    type_number(qtbot, matrix.action.rows.edges[1], "600")
    assert edges(matrix)[1] == 600
    type_number(qtbot, matrix.action.rows.edges[2], "500")
    assert "must rise" in matrix.action.rows.fault.accessibleName()
    assert matrix.tabs.tabText(1) == "Then (1)"


def test_edges_are_lines_on_the_histogram(qtbot: QtBot, bench: Bench, matrix: RuleEditor) -> None:
    bench.counted()
    matrix.side.histogram.released.emit(ThresholdHandle("low-score", "rows", "1"), Decimal(610))
    assert edges(matrix)[1] == 610
    assert matrix.action.rows.edges[1].text() == "610"


def test_bands_come_and_go(qtbot: QtBot, matrix: RuleEditor) -> None:
    qtbot.mouseClick(matrix.action.rows.add, LEFT)
    assert len(edges(matrix)) == 5
    qtbot.mouseClick(matrix.action.rows.remove, LEFT)
    assert len(edges(matrix)) == 4


def test_cells_are_typed_pasted_copied_and_holed(qtbot: QtBot, matrix: RuleEditor) -> None:
    matrix.action.columns.field.choose("utilisation")
    grid = matrix.action.grid
    assert grid.cells.setData(grid.cells.index(0, 0), "80 %")
    QApplication.clipboard().setText("10\t20\n30\t\n")
    grid.setCurrentIndex(grid.cells.index(1, 1))
    grid.paste()
    assert written(matrix).action.target.cells == ((80, 50, 50), (50, 10, 20), (50, 30, None))
    assert grid.cells.data(grid.cells.index(2, 2)) == "—"
    grid.selectRow(1)
    grid.copy()
    assert QApplication.clipboard().text() == "50\t10\t20"
    qtbot.keyClick(grid, Qt.Key.Key_Delete)
    assert written(matrix).action.target.cells[1] == (None, None, None)


def test_what_is_no_number_changes_no_cell(matrix: RuleEditor) -> None:
    before = written(matrix)
    assert not matrix.action.grid.cells.setData(matrix.action.grid.cells.index(0, 0), "much")
    assert written(matrix) == before


def test_a_template_becomes_a_rule(qtbot: QtBot, bench: Bench) -> None:
    editor = bench.add("past_delinquencies")
    assert "Delinquent" in editor.name.text()
    editor = bench.add("group_threshold")
    assert list(row(editor).groups.rows) == ["new_to_credit"]
    editor.apply.click()
    assert bench.policy.rule("group_threshold").reason.code == "P01"
    editor.close()


def test_a_freeze_brings_the_settings_it_needs(qtbot: QtBot, bench: Bench) -> None:
    editor = bench.add("freeze")
    editor.tabs.setCurrentIndex(1)
    assert editor.action.freeze.isVisible()
    editor.apply.click()
    policy = bench.policy
    assert (policy.floor, policy.protect_balance) == (0, True)
    assert not editor.apply.isEnabled()
    bench.controller.do(bench.workspace.undo)
    assert bench.policy.floor == 500
    editor.close()


def test_templates_that_lack_a_column_are_greyed_with_the_reason(bench: Bench) -> None:
    bench.opening.fill()
    groups = [action.menu() for action in bench.opening.menu.actions() if action.menu()]
    entries = {action.text(): action for group in groups for action in group.actions()}
    assert len(entries) == len(TEMPLATES)
    assert entries["Low score"].isEnabled()
    devices = entries["Many devices – the book has no Devices, 7 days"]
    assert not devices.isEnabled()
    assert entries["Low score"].toolTip() == "Block below a score."


def test_a_legal_template_is_off_and_counted_as_if_it_were_on(qtbot: QtBot, bench: Bench) -> None:
    editor = bench.add("line_per_person")
    assert not editor.enabled.isChecked()
    assert editor.side.hits._title.text() == "Hits, if it were switched on"
    editor.close()


def test_the_baseline_refuses_to_be_edited(bench: Bench) -> None:
    said: list[Problem] = []
    bench.controller.failed.connect(said.append)
    bench.controller.do(lambda: bench.workspace.activate(BASELINE))
    bench.opening.edit("low-score")
    bench.opening.add()
    assert [str(problem).split(";")[0] for problem in said] == ["The baseline is locked"] * 2
    assert bench.opening._editor is None


def test_a_draft_that_was_left_is_gone_on_with(qtbot: QtBot, bench: Bench, editor: RuleEditor) -> None:
    type_number(qtbot, row(editor).value.field, "650")
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert not editor.isVisible()
    bench.opening.edit("late")
    assert written(editor).id == "late"
    bench.opening.edit("low-score")
    assert written(editor).condition.value == 650
    qtbot.mouseClick(editor.revert, LEFT)
    assert written(editor).condition.value == 600


def test_a_new_draft_that_was_left_is_in_the_menu(qtbot: QtBot, bench: Bench) -> None:
    editor = bench.add("low_score")
    editor.close()
    bench.opening.fill()
    texts = [action.text() for action in bench.opening.menu.actions()]
    assert "Go on with Low score" in texts


def test_the_editor_follows_the_desk(qtbot: QtBot, bench: Bench, editor: RuleEditor) -> None:
    bench.controller.do(lambda: bench.workspace.set_value(SCORE, Decimal(620)))
    assert row(editor).value.field.text() == "620"
    type_number(qtbot, row(editor).value.field, "650")
    bench.controller.do(lambda: bench.workspace.switch_rule("low-score", False))
    assert editor.moved.isVisible()
    assert row(editor).value.field.text() == "650"


def test_a_rule_of_another_tab_is_applied_there(qtbot: QtBot, bench: Bench, editor: RuleEditor) -> None:
    type_number(qtbot, row(editor).value.field, "650")
    bench.controller.do(lambda: bench.workspace.activate(BASELINE))
    editor.apply.click()
    assert bench.workspace.desk.active == "scenario-1"
    assert bench.policy.rule("low-score").condition.value == 650


def test_a_closed_scenario_takes_nothing(qtbot: QtBot, bench: Bench, editor: RuleEditor) -> None:
    type_number(qtbot, row(editor).value.field, "650")
    bench.controller.do(lambda: bench.workspace.close_scenario("scenario-1"))
    assert not editor.apply.isEnabled()
    assert editor.where.text() == "its scenario was closed"
    bench.controller.do(bench.workspace.undo)
    assert editor.apply.isEnabled()


def test_f2_on_a_card_begins_with_the_name(qtbot: QtBot, window: MainWindow) -> None:
    window.activateWindow()
    window.rules.cards[1].setFocus()
    qtbot.keyClick(window.rules.cards[1], Qt.Key.Key_F2)
    editor = window.policy.opening.editor
    assert editor.tabs.currentIndex() == 2
    assert editor.focusWidget() is editor.reason.lines["name_en"]
    editor.close()


def test_undo_in_the_editor_leaves_the_desk_alone(qtbot: QtBot, bench: Bench, editor: RuleEditor) -> None:
    editor.tabs.setCurrentIndex(1)
    editor.action.action.choose("refer")
    qtbot.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert written(editor).action.kind == "block"
    qtbot.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert written(editor).action.kind == "refer"
    assert bench.workspace.undo_label is None


def test_every_control_has_a_name(matrix: RuleEditor) -> None:
    for tab in range(3):
        matrix.tabs.setCurrentIndex(tab)
        for kind in (QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit):
            for control in matrix.findChildren(kind):
                inside = isinstance(control.parentWidget(), QAbstractSpinBox | QComboBox)
                if control.isVisible() and not inside and not control.objectName().startswith("qt_"):
                    assert control.accessibleName() or control.property("text"), control


def test_another_language_says_everything(bench: Bench, matrix: RuleEditor) -> None:
    bench.speech.set_language(Language.CHINESE)
    assert matrix.apply.text() == "应用"
    assert [matrix.tabs.tabText(place) for place in range(3)] == ["条件", "处置", "原因"]
    assert row(matrix).operator.currentText() == "低于"


def test_dark_theme_reaches_the_histogram(qapp: QApplication, editor: RuleEditor) -> None:
    apply_theme(qapp, Theme.DARK)
    assert editor.side.histogram.ink.ground == "#1d2229"
    apply_theme(qapp, Theme.LIGHT)


def test_whole_on_a_small_screen(matrix: RuleEditor) -> None:
    matrix.resize(1280, 720)
    assert (matrix.width(), matrix.height()) == (1280, 720)
    assert matrix.minimumSizeHint().width() <= 1280
    assert matrix.minimumSizeHint().height() <= 720


def test_enter_on_a_card_opens_the_editor_and_the_desk_follows(qtbot: QtBot, window: MainWindow) -> None:
    window.activateWindow()
    window.rules.cards[0].setFocus()
    qtbot.keyClick(window.rules.cards[0], Qt.Key.Key_Return)
    editor = window.policy.opening.editor
    assert window.isVisible()
    assert editor.isVisible()
    wait_for_counts(qtbot, editor)
    counts = window.controller.workspace.shown().rules[0].counts
    assert counts is not None
    assert hits(editor) == f"{counts.any_hit_users:,}"
    type_number(qtbot, row(editor).value.field, "650")
    editor.apply.click()
    settle(qtbot, window)
    assert window.rules.cards[0].sliders[0].field.value() == 650
    assert window.toolbar.undo.isEnabled()
    editor.close()


def test_closing_the_window_closes_the_editor(window: MainWindow) -> None:
    window.policy.opening.edit("low-score")
    editor = window.policy.opening.editor
    window.close()
    assert not editor.isVisible()


def test_a_rule_that_decides_nothing_is_told_once_the_hand_rests(qtbot: QtBot, bench: Bench) -> None:
    editor = bench.add("low_score")
    type_number(qtbot, row(editor).value.field, "500")
    faults = editor.side.faults
    qtbot.wait_until(lambda: faults.count() > 0)
    assert 'wherever it fires, rule "low-score" before it fires too' in faults.item(0).text()
    assert editor.apply.isEnabled()
