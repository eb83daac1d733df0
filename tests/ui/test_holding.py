"""B held down: the baseline alone, and the scenario again when it is let go."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.domain.requests import EvaluateRequest
from desktop_app.ui.main_window import MainWindow


def blocked(window: MainWindow) -> str:
    return window.strip.tiles[0].accessibleName()


def hold(qtbot: QtBot, window: MainWindow) -> None:
    window.activateWindow()
    qtbot.keyPress(window.strip.tiles[0], Qt.Key.Key_B)


def test_held_it_shows_the_baselines_figures(qtbot: QtBot, window: MainWindow) -> None:
    reading = window.controller.workspace.shown().readings["users_blocked"]
    hold(qtbot, window)
    assert blocked(window) == f"Blocked users: {reading.baseline:,.0f}. as the baseline"
    assert [line.position for line in window.desk.histogram.lines._hand.lines] == [560.0, 600.0]
    assert "locked" in window.headline.sentence.text()


def test_let_go_it_shows_the_scenario(qtbot: QtBot, window: MainWindow) -> None:
    before = blocked(window)
    hold(qtbot, window)
    qtbot.keyRelease(window.strip.tiles[0], Qt.Key.Key_B)
    assert blocked(window) == before
    assert window.status.currentMessage() == ""


def test_it_asks_for_no_scan(qtbot: QtBot, window: MainWindow) -> None:
    hold(qtbot, window)
    assert not any(isinstance(one, EvaluateRequest) for one in window.controller.workspace.wanted())
    assert not window.controller.interactive.busy


def test_rules_stay_those_of_the_scenario(qtbot: QtBot, window: MainWindow) -> None:
    hold(qtbot, window)
    assert window.rules.cards[0].sliders[0].field.value() == 600


def test_a_letter_that_is_typed_stays_a_letter(qtbot: QtBot, window: MainWindow) -> None:
    window.activateWindow()
    window.tabs.rename(1)
    editor = window.tabs.editor
    assert editor is not None
    qtbot.keyClicks(editor, "b")
    assert editor.text() == "b"
    assert not window.alone.held


def test_leaving_the_window_ends_it(qtbot: QtBot, window: MainWindow) -> None:
    hold(qtbot, window)
    QApplication.sendEvent(window, QEvent(QEvent.Type.WindowDeactivate))
    assert not window.alone.held


def test_the_command_keeps_it_until_it_is_switched_off(window: MainWindow) -> None:
    before = blocked(window)
    window.alone.command.trigger()
    assert "as the baseline" in blocked(window)
    window.alone.command.trigger()
    assert blocked(window) == before
