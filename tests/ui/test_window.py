"""The window with a real book: what the analyst does, and what is seen then."""

from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QApplication, QComboBox, QSlider, QTableView
from pytestqt.qtbot import QtBot

from desktop_app.domain.handles import SizeHandle, ThresholdHandle, value_of
from desktop_app.domain.problems import ExportFailed, message
from desktop_app.reports.export import Targets
from desktop_app.text.language import Language
from desktop_app.ui.data_page import DataPage
from desktop_app.ui.groups_page import GroupsPage
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.theme import Theme
from desktop_app.workspace.desk import BASELINE
from desktop_app.workspace.exporting import Wanted
from tests.ui.conftest import settle

SCORE = ThresholdHandle("low-score", "low-score.1")
LEFT = Qt.MouseButton.LeftButton


def blocked(window: MainWindow) -> float:
    value = window.controller.workspace.shown().readings["users_blocked"].value
    assert value is not None
    return value


def threshold(window: MainWindow) -> Decimal:
    return value_of(window.controller.workspace.desk.scenario, SCORE)


def test_opens_with_a_difference(window: MainWindow) -> None:
    assert window.headline.sentence.text().startswith("Scenario 1 blocks ")


def test_whole_on_a_small_screen(window: MainWindow) -> None:
    assert (window.width(), window.height()) == (1280, 720)


def test_slider_changes_the_policy(qtbot: QtBot, window: MainWindow) -> None:
    before = blocked(window)
    window.rules.cards[0].sliders[0].field.setValue(640)
    settle(qtbot, window)
    assert threshold(window) == 640
    assert blocked(window) > before


def test_line_dragged_previews_and_keeps_nothing(qtbot: QtBot, window: MainWindow) -> None:
    before = blocked(window)
    window.desk.histogram.moved.emit(SCORE, Decimal(700))
    settle(qtbot, window)
    assert blocked(window) > before
    assert threshold(window) == 600


def test_a_drag_says_what_it_does_since_it_began(qtbot: QtBot, window: MainWindow) -> None:
    before = blocked(window)
    for value in (650, 700):
        window.desk.histogram.moved.emit(SCORE, Decimal(value))
    settle(qtbot, window)
    spoken = window.desk.histogram.lines.accessibleDescription()
    assert f"600 → 700, +{blocked(window) - before:,.0f} users blocked" in spoken
    window.desk.histogram.returned.emit(SCORE)
    assert "→" not in window.desk.histogram.lines.accessibleDescription()


def test_a_size_that_is_dragged_has_its_readout_as_well(qtbot: QtBot, window: MainWindow) -> None:
    window.rules.cards[2].moved.emit(SizeHandle("drawn"), Decimal(40))
    settle(qtbot, window)
    assert "80 → 40, 0 users limit-reduced" in window.desk.histogram.lines.accessibleDescription()
    assert "exact" in window.status.facts.text()
    assert window.desk.reasons.veil.isHidden()
    assert not window.desk.histogram.veil.isHidden()


def test_escape_brings_the_figures_back(qtbot: QtBot, window: MainWindow) -> None:
    before = blocked(window)
    window.desk.histogram.moved.emit(SCORE, Decimal(700))
    window.desk.histogram.returned.emit(SCORE)
    settle(qtbot, window)
    assert blocked(window) == before


def test_release_is_one_step_of_undo(qtbot: QtBot, window: MainWindow) -> None:
    for value in (620, 640, 660):
        window.desk.histogram.moved.emit(SCORE, Decimal(value))
    window.desk.histogram.released.emit(SCORE, Decimal(660))
    assert threshold(window) == 660
    window.toolbar.undo.trigger()
    assert threshold(window) == 600
    assert not window.toolbar.undo.isEnabled()


def test_undo_says_what_it_would_undo(window: MainWindow) -> None:
    window.desk.histogram.released.emit(SCORE, Decimal(660))
    assert "Undo: Set Score" in window.toolbar.undo.toolTip()


def test_redo_does_it_again(window: MainWindow) -> None:
    window.desk.histogram.released.emit(SCORE, Decimal(660))
    window.toolbar.undo.trigger()
    window.toolbar.redo.trigger()
    assert threshold(window) == 660


def test_switch_takes_a_rule_out(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.mouseClick(window.rules.cards[0].switch, LEFT)
    settle(qtbot, window)
    assert blocked(window) == 0


def test_rule_without_its_column_says_so(window: MainWindow) -> None:
    assert "Applications, 7 days" in window.rules.cards[3].accessibleName()
    assert window.rules.cards[3].sliders == ()


def test_alt_down_moves_a_rule(qtbot: QtBot, window: MainWindow) -> None:
    window.rules.cards[0].setFocus()
    qtbot.keyClick(window.rules.cards[0], Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [card.rule for card in window.rules.cards][:2] == ["late", "low-score"]


def test_grip_moves_a_rule(window: MainWindow) -> None:
    cards = window.rules.cards
    below = cards[1].mapToGlobal(cards[1].rect().bottomLeft()).y()
    cards[0].gripped.emit(below)
    cards[0].dropped.emit(below)
    assert [card.rule for card in window.rules.cards][:2] == ["late", "low-score"]


def test_click_on_a_rule_draws_its_field(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.mouseClick(window.rules.cards[1], LEFT)
    settle(qtbot, window)
    assert window.desk.histogram.title() == "Users by Days past due"


def test_reason_picked_in_the_bars_becomes_the_rule(qtbot: QtBot, window: MainWindow) -> None:
    window.desk.reasons.picked.emit("late")
    assert window.controller.workspace.view.active_rule == "late"


def test_size_of_a_cut_can_be_set(qtbot: QtBot, window: MainWindow) -> None:
    window.rules.cards[2].sliders[1].field.setValue(50)
    assert value_of(window.controller.workspace.desk.scenario, SizeHandle("drawn")) == 50


def test_baseline_is_locked(qtbot: QtBot, window: MainWindow) -> None:
    window.tabs.bar.setCurrentIndex(0)
    settle(qtbot, window)
    assert not window.rules.cards[0].switch.isEnabled()
    assert not window.rules.cards[0].sliders[0].field.isEnabled()


def test_line_of_the_baseline_says_that_it_is_locked(qtbot: QtBot, window: MainWindow) -> None:
    window.tabs.bar.setCurrentIndex(0)
    settle(qtbot, window)
    qtbot.keyClick(window.desk.histogram.lines, Qt.Key.Key_Right)
    assert "locked" in window.notice.text.text()


def test_plus_opens_a_copy_of_the_baseline(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.mouseClick(window.tabs.add_button, LEFT)
    assert window.tabs.bar.count() == 3
    assert window.controller.workspace.desk.scenario.policy == window.controller.workspace.desk.baseline.policy


def test_closed_tab_comes_back_with_undo(window: MainWindow) -> None:
    window.tabs.closed.emit("scenario-1")
    assert window.tabs.bar.count() == 1
    window.toolbar.undo.trigger()
    assert window.tabs.bar.count() == 2


def test_tab_is_renamed_in_place(qtbot: QtBot, window: MainWindow) -> None:
    window.tabs.rename(1)
    assert window.tabs.editor is not None
    qtbot.keyClicks(window.tabs.editor, "Tighter")
    qtbot.keyClick(window.tabs.editor, Qt.Key.Key_Return)
    assert window.tabs.bar.tabText(1) == "Tighter"


def test_make_baseline_leaves_no_difference(qtbot: QtBot, window: MainWindow) -> None:
    window.toolbar.promote.trigger()
    settle(qtbot, window)
    assert window.controller.workspace.shown().readings["users_blocked"].delta == 0


def test_groups_are_in_the_table(window: MainWindow) -> None:
    assert [window.pages.page(GroupsPage).table.text_at(row, 0) for row in range(3)] == [
        "mass",
        "new_to_credit",
        "premium",
    ]


def test_groups_add_up_to_all_users(window: MainWindow) -> None:
    groups = window.controller.workspace.shown().groups
    assert sum(row.readings["users"].value or 0 for row in groups) == 3000


def test_without_grouping_the_page_says_how_to_get_one(qtbot: QtBot, window: MainWindow) -> None:
    window.toolbar.grouped.emit("")
    settle(qtbot, window)
    assert not window.pages.page(GroupsPage).table.isVisible()


def test_chinese_reaches_every_panel(window: MainWindow) -> None:
    window.toolbar.language_chosen.emit(Language.CHINESE)
    words = window.words
    assert words.language is Language.CHINESE
    assert window.tabs.bar.tabText(1) == "情景 1"
    assert window.rules.cards[0].accessibleName().startswith("规则 low-score")
    assert window.pages.tabText(0) == words.translate("Trade-off")


def test_language_is_remembered(window: MainWindow, tmp_path: Path) -> None:
    window.toolbar.language_chosen.emit(Language.CHINESE)
    assert '"zh"' in (tmp_path / "window.json").read_text(encoding="utf-8")


def test_dark_theme_reaches_the_charts(qtbot: QtBot, window: MainWindow) -> None:
    window.toolbar.theme_chosen.emit(Theme.DARK)
    assert window.desk.histogram.ink.ground == "#1d2229"


def test_tile_shows_another_figure(window: MainWindow, tmp_path: Path) -> None:
    window.strip.tiles[0].chosen.emit("accounts")
    assert window.strip.tiles[0].accessibleName().startswith("Accounts: 3,000")
    assert "accounts" in (tmp_path / "window.json").read_text(encoding="utf-8")


def test_tile_says_better_or_worse_in_words(window: MainWindow) -> None:
    assert "worse" in window.strip.tiles[0].accessibleName()


def test_headline_can_be_copied(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.mouseClick(window.headline.copy_button, LEFT)
    assert QApplication.clipboard().text() == window.headline.sentence.text()


def test_problem_is_shown_in_one_sentence(window: MainWindow) -> None:
    window.show_problem(ExportFailed(message("The disk is full."), (message("0 bytes left."),)))
    assert window.notice.isVisible()
    assert window.notice.text.text() == "The disk is full."
    assert not window.notice.details.isVisible()


def test_details_of_a_problem_can_be_copied(qtbot: QtBot, window: MainWindow) -> None:
    window.show_problem(ExportFailed(message("The disk is full."), (message("0 bytes left."),)))
    qtbot.mouseClick(window.notice.copy_button, LEFT)
    assert QApplication.clipboard().text() == "The disk is full.\n0 bytes left."


def test_export_writes_a_folder_and_says_where(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    with qtbot.wait_signal(window.controller.exported, timeout=30_000):
        window.controller.export(Wanted(Targets(tmp_path / "tables"), window.words), "segment")
    assert (tmp_path / "tables" / "summary.csv").exists()
    assert str(tmp_path / "tables") in window.notice.text.text()


def test_status_says_exact_with_the_time(window: MainWindow) -> None:
    text = window.status.facts.text()
    assert "3,000 accounts" in text
    assert "exact" in text


def test_data_page_counts_the_rows(window: MainWindow) -> None:
    assert "3,000 rows in the file, 3,000 loaded, 0 rejected" in window.pages.turn_to(DataPage).summary.text()


@pytest.mark.parametrize("kind", [QAbstractButton, QSlider, QAbstractSpinBox, QComboBox, QTableView])
def test_every_control_has_a_name(window: MainWindow, kind: type) -> None:
    controls = [one for one in window.findChildren(kind) if not one.objectName().startswith("qt_")]
    nameless = [one for one in controls if one.isVisible() and not _spoken(one)]
    assert not nameless


def _spoken(control: object) -> str:
    text = control.text() if isinstance(control, QAbstractButton) else ""
    return control.accessibleName() or text


def test_tab_key_reaches_rules_and_chart(qtbot: QtBot, window: MainWindow) -> None:
    first = window.tabs.bar
    reached, widget = set(), first.nextInFocusChain()
    while widget is not first:
        widget = widget.nextInFocusChain()
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            reached.add(widget)
    assert {window.rules.cards[0], window.rules.cards[0].sliders[0].slider, window.desk.histogram.lines} <= reached


def test_answer_of_a_tab_that_was_left_changes_nothing(qtbot: QtBot, window: MainWindow) -> None:
    window.desk.histogram.released.emit(SCORE, Decimal(700))
    window.tabs.activated.emit(BASELINE)
    settle(qtbot, window)
    assert window.controller.workspace.shown().locked
    assert window.controller.workspace.shown().readings["users_blocked"].delta == 0


def test_one_date_leaves_no_choice(window: MainWindow) -> None:
    assert window.toolbar.as_of.count() == 1
    assert not window.toolbar.as_of.isEnabled()


def test_a_tile_says_which_accounts_it_is_about(qtbot: QtBot, window: MainWindow) -> None:
    tile = window.strip.tiles[0]
    QApplication.sendEvent(tile, QHelpEvent(QEvent.Type.ToolTip, QPoint(5, 5), tile.mapToGlobal(QPoint(5, 5))))
    assert "Current: the accounts of Jan 31, 2026" in tile.toolTip()
