"""Commands of the rules panel: what a key, a menu or a button does with rules and policies."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from pytestqt.qtbot import QtBot

from desktop_app.domain.handles import AssumptionHandle, StressHandle
from desktop_app.domain.policy import Policy
from desktop_app.domain.scenario import Assumptions, GroupOdds, Stress
from desktop_app.engine.dialects import Dialect
from desktop_app.text.language import Language
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.policy_settings import PolicySettingsDialog
from desktop_app.ui.rule_card import RuleCard
from desktop_app.ui.rule_menu import LABELS, RuleCommand
from desktop_app.workspace.desk import BASELINE
from desktop_app.workspace.opening import read_policy
from desktop_app.workspace.policy_files import saved_as
from tests.ui.book import policy as policy_of

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier


def rules(window: MainWindow) -> list[str]:
    return [rule.id for rule in window.controller.workspace.desk.scenario.policy.rules]


def card(window: MainWindow, place: int = 0) -> RuleCard:
    made = window.rules.cards[place]
    window.activateWindow()
    made.setFocus()
    return made


def focused(window: MainWindow) -> str:
    return next((one.rule for one in window.rules.cards if one.hasFocus()), "")


def test_control_d_copies_a_rule_and_goes_to_the_copy(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(card(window), Qt.Key.Key_D, CONTROL)
    assert rules(window)[:3] == ["low-score", "low-score_2", "late"]
    assert focused(window) == "low-score_2"
    assert window.controller.workspace.view.active_rule == "low-score_2"
    window.toolbar.undo.trigger()
    assert rules(window)[:2] == ["low-score", "late"]


def test_delete_takes_a_rule_out_and_says_how_it_comes_back(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(card(window), Qt.Key.Key_Delete)
    assert rules(window) == ["late", "drawn", "many"]
    assert focused(window) == "late"
    assert "low-score was deleted; Ctrl+Z brings it back." in window.notice.text.text()
    window.toolbar.undo.trigger()
    assert rules(window)[0] == "low-score"


def test_the_last_card_gives_the_focus_to_the_one_before(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(card(window, 3), Qt.Key.Key_Delete)
    assert focused(window) == "drawn"


def test_without_rules_the_panel_says_how_to_get_one(qtbot: QtBot, window: MainWindow) -> None:
    for _ in range(4):
        qtbot.keyClick(card(window), Qt.Key.Key_Delete)
    assert rules(window) == []
    assert window.rules._empty.isVisible()


def test_keys_in_a_field_are_the_fields(qtbot: QtBot, window: MainWindow) -> None:
    field = card(window).sliders[0].field
    field.setFocus()
    with qtbot.assert_not_emitted(window.rules.commanded):
        qtbot.keyClick(field, Qt.Key.Key_Delete)
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert len(rules(window)) == 4


def test_the_menu_of_a_card_names_every_command_with_its_key(window: MainWindow) -> None:
    actions = [one for one in card(window).menu().actions() if not one.isSeparator()]
    assert [one.text() for one in actions] == [str(text) for text in LABELS.values()]
    assert all(not one.shortcut().isEmpty() for one in actions)


def test_a_command_of_the_menu_moves_the_rule(window: MainWindow) -> None:
    entries = card(window).menu().actions()
    down: QAction = next(one for one in entries if one.text() == "Move down")
    down.trigger()
    assert rules(window)[:2] == ["late", "low-score"]


@pytest.mark.parametrize("gesture", ["key", "double click", "button"])
def test_a_rule_is_wanted_in_the_editor(qtbot: QtBot, window: MainWindow, gesture: str) -> None:
    made = card(window, 1)
    with qtbot.wait_signal(window.rules.commanded) as wanted:
        match gesture:
            case "key":
                qtbot.keyClick(made, Qt.Key.Key_Return)
            case "double click":
                qtbot.mouseDClick(made, LEFT)
            case _:
                qtbot.mouseClick(made.edit, LEFT)
    assert wanted.args == ["late", RuleCommand.EDIT]


def test_the_baseline_refuses_to_copy_and_to_delete(qtbot: QtBot, window: MainWindow) -> None:
    window.tabs.activated.emit(BASELINE)
    before = window.controller.workspace.desk.baseline
    for command in (RuleCommand.COPY, RuleCommand.DELETE):
        window.notice.hide()
        window.rules.commanded.emit("low-score", command)
        assert "The baseline is locked" in window.notice.text.text()
        assert window.notice.isVisible()
    assert window.controller.workspace.desk.baseline == before


def test_the_baseline_refuses_settings(window: MainWindow) -> None:
    window.tabs.activated.emit(BASELINE)
    assert window.policy.ask_settings() is None
    assert "The baseline is locked" in window.notice.text.text()


@pytest.fixture
def settings(qtbot: QtBot, window: MainWindow) -> PolicySettingsDialog:
    dialog = window.policy.ask_settings()
    assert dialog is not None
    qtbot.wait_until(dialog.isVisible)
    return dialog


def press_ok(qtbot: QtBot, dialog: PolicySettingsDialog) -> None:
    qtbot.mouseClick(dialog.buttons.button(QDialogButtonBox.StandardButton.Ok), LEFT)


def test_settings_are_one_step(qtbot: QtBot, window: MainWindow, settings: PolicySettingsDialog) -> None:
    settings.floor.selectAll()
    qtbot.keyClicks(settings.floor, "0")
    settings.round_to.selectAll()
    qtbot.keyClicks(settings.round_to, "1,000")
    settings.protect.click()
    settings.name_en.setText("Tighter")
    press_ok(qtbot, settings)
    changed = window.controller.workspace.desk.scenario.policy
    assert (changed.floor, changed.round_to, changed.protect_balance) == (0, 1000, True)
    assert changed.name.en == "Tighter"
    window.toolbar.undo.trigger()
    assert window.controller.workspace.desk.scenario.policy == policy_of(600, 30)


@pytest.mark.parametrize("typed", ["", "0", "0.001", "-5"])
def test_rounding_that_cannot_be_is_said_as_it_is_typed(
    qtbot: QtBot, settings: PolicySettingsDialog, typed: str
) -> None:
    settings.round_to.selectAll()
    qtbot.keyClick(settings.round_to, Qt.Key.Key_Delete)
    qtbot.keyClicks(settings.round_to, typed)
    assert settings.fault.isVisible()
    assert not settings.buttons.button(QDialogButtonBox.StandardButton.Ok).isEnabled()
    settings.reject()


def test_a_policy_is_saved_and_read_again(window: MainWindow, tmp_path: Path) -> None:
    window.policy.save_to(tmp_path / "My tight policy.json")
    read = read_policy(tmp_path / "My tight policy.json")
    assert (read.id, read.parent) == ("My-tight-policy", "policy-600")
    assert read.rules == policy_of(600, 30).rules
    assert "My tight policy.json" in window.notice.text.text()
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


def test_a_scenario_is_saved_with_what_it_supposes_and_opened_again(window: MainWindow, tmp_path: Path) -> None:
    workspace = window.controller.workspace
    window.controller.do(lambda: workspace.suppose(AssumptionHandle("ccf"), Decimal("0.7")))
    window.controller.do(lambda: workspace.suppose(StressHandle("pd_odds"), Decimal(2)))
    kept = workspace.scenario
    window.policy.save_scenario_to(tmp_path / "downturn.json")
    assert "downturn.json" in window.notice.text.text()
    for _ in range(2):
        window.toolbar.undo.trigger()
    assert workspace.scenario.stress == Stress()
    window.files.use_policy(tmp_path / "downturn.json", as_baseline=False)
    assert (workspace.scenario.assumptions, workspace.scenario.stress) == (kept.assumptions, kept.stress)
    window.toolbar.undo.trigger()
    assert workspace.scenario.assumptions == Assumptions()


def test_a_scenario_that_stresses_a_column_which_the_book_lacks_is_refused(window: MainWindow, tmp_path: Path) -> None:
    workspace = window.controller.workspace
    odds = GroupOdds(column="planet", factors={"mars": 2})
    strange = workspace.scenario.model_copy(update={"stress": Stress(group_odds=odds)})
    (tmp_path / "strange.json").write_text(strange.to_json(), encoding="utf-8")
    window.files.use_policy(tmp_path / "strange.json", as_baseline=False)
    assert "planet" in window.notice.text.text()
    assert workspace.scenario.stress == Stress()


def test_a_policy_saved_under_its_own_name_keeps_its_parent() -> None:
    named = Policy(id="tight", parent="base")
    assert saved_as(named, Path("tight.json")) == named
    assert saved_as(named, Path("收紧.json")).id == "tight"


def test_a_folder_that_is_not_there_is_told(window: MainWindow, tmp_path: Path) -> None:
    window.policy.save_to(tmp_path / "nowhere" / "policy.json")
    assert "cannot be written" in window.notice.text.text()


def test_the_policy_in_words_says_every_rule(window: MainWindow) -> None:
    window.policy.as_words.trigger()
    text = QApplication.clipboard().text()
    assert "1. low-score" in text
    assert "If Score below 600 (Segment new_to_credit: 640)" in text
    assert "then Cut the limit to 80 % of the present one." in text


def test_the_policy_in_words_speaks_chinese(window: MainWindow) -> None:
    window.speech.set_language(Language.CHINESE)
    window.policy.copy_words()
    assert "1. 规则 low-score" in QApplication.clipboard().text()


@pytest.mark.parametrize("dialect", list(Dialect))
def test_the_policy_as_sql_names_what_is_left_out(window: MainWindow, dialect: Dialect) -> None:
    window.policy.copy_sql(dialect)
    assert "SELECT" in QApplication.clipboard().text()
    assert "Rules left out, since the book lacks their columns: 1." in window.notice.text.text()


def test_the_menu_speaks_the_language(window: MainWindow) -> None:
    window.speech.set_language(Language.CHINESE)
    assert window.policy.settings.text() == "策略设置…"
    assert window.rules.add_button.text() == "规则"


def test_numbers_are_taken_with_every_key(qtbot: QtBot, settings: PolicySettingsDialog) -> None:
    field, seen = settings.floor, []
    field.edited.connect(seen.append)
    field.selectAll()
    qtbot.keyClicks(field, "1x2")
    assert seen == [Decimal(1), Decimal(12)]
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert seen[-1] == Decimal(100)
    settings.reject()
