"""Goals on the desk: set on a reading, marked there, told when crossed, undone as any step."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.domain.handles import ThresholdHandle
from desktop_app.domain.scenario import Goal
from desktop_app.ui.goal_editor import proposed
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.tile import Tile
from desktop_app.workspace.desk import BASELINE
from tests.ui.conftest import settle

LEFT = Qt.MouseButton.LeftButton
SCORE = ThresholdHandle("low-score", "low-score.1")


def tile(window: MainWindow, figure: str) -> Tile:
    return window.strip.tiles[window.strip.figures.index(figure)]


def goals(window: MainWindow) -> tuple[Goal, ...]:
    return window.controller.workspace.scenario.goals


def set_goal(window: MainWindow, figure: str, bound: float, side: str = "<=") -> None:
    editor = tile(window, figure).aim()
    assert editor is not None
    editor.side.setCurrentIndex(editor.side.findData(side))
    editor.bound.setValue(bound)
    editor.take.click()


def test_a_goal_is_kept_in_the_scenario_in_its_unit(window: MainWindow) -> None:
    set_goal(window, "restricted_rate", 40)
    assert goals(window) == (Goal(figure="restricted_rate", operator="<=", value=Decimal("0.4")),)


def test_a_goal_is_one_step(window: MainWindow) -> None:
    set_goal(window, "restricted_rate", 40)
    assert "Set the goal Restricted rate ≤ 40 %" in window.toolbar.undo.toolTip()
    window.toolbar.undo.trigger()
    assert goals(window) == ()


@pytest.mark.parametrize(("bound", "said"), [(99, "goal met ≤ 99.0%"), (0, "goal missed ≤ 0.0%")])
def test_the_reading_says_how_it_stands(window: MainWindow, bound: float, said: str) -> None:
    set_goal(window, "restricted_rate", bound)
    assert tile(window, "restricted_rate").accessibleName().endswith(said)


def test_more_is_asked_for_where_more_is_better(window: MainWindow) -> None:
    editor = tile(window, "el_avoided").aim()
    assert editor is not None
    assert editor.side.currentData() == ">="
    assert not editor.drop.isVisible()


def test_a_goal_is_dropped(qtbot: QtBot, window: MainWindow) -> None:
    set_goal(window, "ead", 1)
    editor = tile(window, "ead").aim()
    assert editor is not None
    qtbot.mouseClick(editor.drop, LEFT)
    assert goals(window) == ()


def test_a_crossed_goal_is_told_once(qtbot: QtBot, window: MainWindow) -> None:
    blocked = window.controller.workspace.shown().readings["users_blocked"].value or 0
    set_goal(window, "users_blocked", blocked)
    with qtbot.wait_signal(window.goals.crossed) as told:
        window.desk.histogram.released.emit(SCORE, Decimal(700))
    assert told.args[0].startswith(f"Goal missed: Blocked users ≤ {blocked:,.0f}, now ")
    assert window.status.currentMessage() == told.args[0]
    settle(qtbot, window)
    with qtbot.assert_not_emitted(window.goals.crossed):
        window.desk.histogram.released.emit(SCORE, Decimal(710))
        settle(qtbot, window)


def test_another_tab_crosses_nothing(qtbot: QtBot, window: MainWindow) -> None:
    set_goal(window, "users_blocked", 0)
    with qtbot.assert_not_emitted(window.goals.crossed):
        window.tabs.activated.emit(BASELINE)
        settle(qtbot, window)


def test_the_baseline_keeps_no_goals(qtbot: QtBot, window: MainWindow) -> None:
    window.tabs.activated.emit(BASELINE)
    settle(qtbot, window)
    menu = tile(window, "ead").menu()
    assert [action.isEnabled() for action in menu.actions() if action.text() == "Goal…"] == [False]
    menu.close()


@pytest.mark.parametrize(
    ("present", "operator", "bound"),
    [
        (0.162508, "<=", "0.163"),
        (0.162508, ">=", "0.162"),
        (12622.0, "<=", "12700"),
        (-1234.5, "<=", "-1230"),
        (0.0, "<=", "0"),
    ],
)
def test_a_round_bound_is_proposed_that_is_met_now(present: float, operator: str, bound: str) -> None:
    assert proposed(present, operator) == Decimal(bound)
