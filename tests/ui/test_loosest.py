"""The loosest value that keeps the goals, in one click."""

from decimal import Decimal

from PySide6.QtWidgets import QSplitter
from pytestqt.qtbot import QtBot

from desktop_app.domain.handles import value_of
from desktop_app.domain.scenario import Goal
from desktop_app.ui.main_window import MainWindow
from tests.ui.conftest import settle


def aim(qtbot: QtBot, window: MainWindow, most: int) -> None:
    goal = Goal(figure="users_restricted", operator="<=", value=Decimal(most))
    window.controller.do(lambda: window.controller.workspace.set_goal("users_restricted", goal))
    settle(qtbot, window)


def position(window: MainWindow) -> Decimal:
    workspace = window.controller.workspace
    assert workspace.view.handle is not None
    return value_of(workspace.scenario, workspace.view.handle)


def test_without_a_goal_there_is_nothing_to_click(qtbot: QtBot, window: MainWindow) -> None:
    settle(qtbot, window)
    assert not window.desk.loosest.command.isEnabled()
    assert "Set a goal" in window.desk.loosest.command.toolTip()


def test_one_click_sets_the_line_and_one_undo_takes_it_back(qtbot: QtBot, window: MainWindow) -> None:
    aim(qtbot, window, 1_000_000)
    before = position(window)
    window.desk.loosest.command.trigger()
    settle(qtbot, window)
    after = position(window)
    shown = window.controller.workspace.shown()
    assert shown.curve is not None
    assert after != before
    assert shown.readings["users_restricted"].value == shown.curve.values.min()
    assert not window.desk.loosest.command.isEnabled()
    window.toolbar.undo.trigger()
    assert position(window) == before


def test_where_no_value_keeps_the_goals_it_says_so(qtbot: QtBot, window: MainWindow) -> None:
    aim(qtbot, window, 0)
    assert not window.desk.loosest.command.isEnabled()
    assert window.desk.loosest.command.toolTip().startswith("No value of this line")


def test_the_curve_follows_the_line_and_the_lens(qtbot: QtBot, window: MainWindow) -> None:
    settle(qtbot, window)
    window.controller.do(lambda: window.controller.workspace.look_through("blocked_rate"))
    curve = window.desk.curve.value
    assert curve is not None
    assert curve.label == "Blocked rate"
    assert curve.position == float(position(window))


def test_a_low_desk_has_the_histogram_alone(qtbot: QtBot, window: MainWindow) -> None:
    settle(qtbot, window)
    assert window.desk.curve.isVisible()
    parts = next(one for one in window.findChildren(QSplitter) if one.objectName() == "pages")
    parts.setSizes([200, 600])
    assert not window.desk.curve.isVisible()
