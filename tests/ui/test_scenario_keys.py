"""Scenarios and pages by key, and where the keyboard is afterwards."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.ui.main_window import MainWindow
from tests.ui.conftest import settle

CTRL = Qt.KeyboardModifier.ControlModifier


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = CTRL) -> None:
    window.activateWindow()
    qtbot.keyClick(window, key, modifier)
    settle(qtbot, window)


def test_a_key_opens_a_scenario_and_another_closes_it(qtbot: QtBot, window: MainWindow) -> None:
    there = window.tabs.bar.count()
    press(qtbot, window, Qt.Key.Key_T)
    assert window.tabs.bar.count() == there + 1
    press(qtbot, window, Qt.Key.Key_W)
    assert window.tabs.bar.count() == there


def test_the_locked_baseline_is_not_closed(qtbot: QtBot, window: MainWindow) -> None:
    there = window.tabs.bar.count()
    window.tabs.bar.setCurrentIndex(0)
    press(qtbot, window, Qt.Key.Key_W)
    assert window.tabs.bar.count() == there


def test_keys_go_round_the_scenarios(qtbot: QtBot, window: MainWindow) -> None:
    window.tabs.bar.setCurrentIndex(window.tabs.bar.count() - 1)
    press(qtbot, window, Qt.Key.Key_Tab)
    assert window.tabs.bar.currentIndex() == 0
    press(qtbot, window, Qt.Key.Key_PageUp)
    assert window.tabs.bar.currentIndex() == window.tabs.bar.count() - 1


def test_a_key_brings_a_page_to_the_front(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, Qt.Key.Key_5, Qt.KeyboardModifier.AltModifier)
    assert window.pages.currentIndex() == 4


def test_a_shut_drawer_gives_the_keyboard_back_and_chooses_no_rule(qtbot: QtBot, window: MainWindow) -> None:
    window.activateWindow()
    window.desk.reasons.setFocus()
    looked_at = window.controller.workspace.view.active_rule
    window.drawer.open("suppositions")
    next(iter(window.drawer.suppositions.rows.values())).editor.setFocus()
    window.drawer.close_button.click()
    settle(qtbot, window)
    assert QApplication.focusWidget() is window.desk.reasons
    assert window.controller.workspace.view.active_rule == looked_at
