"""A number that is pointed at has its index built ahead; who only passes by asks for nothing."""

from decimal import Decimal

from PySide6.QtCore import QEvent, QPoint, QPointF
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.handles import Handle, ThresholdHandle
from desktop_app.ui.dwell import Dwell
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.value_slider import ValueSlider
from tests.ui.conftest import settle

SCORE = ThresholdHandle("low-score", "low-score.1")


def enter(widget: QWidget) -> None:
    QApplication.sendEvent(widget, QEnterEvent(QPointF(2, 2), QPointF(2, 2), QPointF(2, 2)))


def leave(widget: QWidget) -> None:
    QApplication.sendEvent(widget, QEvent(QEvent.Type.Leave))


def other_slider(window: MainWindow) -> ValueSlider:
    """A slider of a rule whose line is not the one that is looked at."""
    active = window.controller.workspace.view.active_rule
    return next(card.sliders[0] for card in window.rules.cards if card.sliders and card.rule != active)


def asked(window: MainWindow) -> Handle | None:
    question = window.controller.workspace.index_question()
    return question.handle if question else None


def test_a_slider_under_the_pointer_has_its_index_built(qtbot: QtBot, window: MainWindow) -> None:
    settle(qtbot, window)
    slider = other_slider(window)
    with qtbot.wait_signal(window.dwell.held):
        enter(slider.slider)
    settle(qtbot, window)
    assert asked(window) == slider.handle.handle
    assert window.controller.workspace.index() is not None


def test_its_first_frame_is_whole(qtbot: QtBot, window: MainWindow) -> None:
    settle(qtbot, window)
    slider = other_slider(window)
    with qtbot.wait_signal(window.dwell.held):
        enter(slider.slider)
    settle(qtbot, window)
    workspace, handle = window.controller.workspace, slider.handle
    slider.slider.setFocus()
    assert isinstance(handle.handle, ThresholdHandle)
    assert workspace.view.handle == handle.handle
    assert workspace.index() is not None
    workspace.preview(handle.handle, Decimal(handle.value + handle.rest))
    assert workspace.shown().fresh


def test_leaving_goes_back_to_the_line_that_is_looked_at(qtbot: QtBot, window: MainWindow) -> None:
    settle(qtbot, window)
    slider = other_slider(window)
    with qtbot.wait_signal(window.dwell.held):
        enter(slider.slider)
    with qtbot.wait_signal(window.dwell.held) as caught:
        leave(slider.slider)
    assert caught.args == [None]
    assert asked(window) == window.controller.workspace.view.handle


def test_passing_by_asks_nothing(qtbot: QtBot) -> None:
    dwell = Dwell(QApplication.instance())
    with qtbot.assert_not_emitted(dwell.held, wait=200):
        dwell.point(SCORE)
        dwell.point(None)


def test_another_number_starts_the_wait_again(qtbot: QtBot) -> None:
    dwell, other = Dwell(QApplication.instance()), ThresholdHandle("other", "other.1")
    with qtbot.wait_signal(dwell.held) as caught:
        dwell.point(SCORE)
        dwell.point(other)
    assert caught.args == [other]


def test_the_line_under_the_pointer_is_pointed_at(qtbot: QtBot, window: MainWindow) -> None:
    settle(qtbot, window)
    lines, handle = window.desk.histogram.lines, window.controller.workspace.view.handle
    value = window.desk.histogram.value
    assert value is not None
    position = next(line.position for line in value.lines if line.handle == handle)
    with qtbot.wait_signal(lines.pointed) as caught:
        qtbot.mouseMove(lines, QPoint(round(lines.x_pixel(position)), lines.height() // 2))
    assert caught.args == [handle]
