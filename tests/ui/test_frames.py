"""A frame of a drag: numbers and heights change, nothing else is laid out or painted again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.charts.chart import Chart
from desktop_app.ui.main_window import MainWindow
from tests.ui.conftest import settle

LEFT = Qt.MouseButton.LeftButton


class Events(QObject):
    """Counts events of some widgets."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[QEvent.Type, str]] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Paint):
            self.seen.append((event.type(), type(watched).__name__))
        return False


@pytest.fixture
def events(qapp: QApplication) -> Iterator[Events]:
    found = Events()
    yield found
    qapp.removeEventFilter(found)


def move(qtbot: QtBot, window: MainWindow, pixels: int) -> None:
    """One move of the held line by the mouse, until it is painted."""
    lines = window.desk.histogram.lines
    with qtbot.wait_signal(lines.moved):
        qtbot.mouseMove(lines, QPoint(lines.width() // 2 + pixels, lines.height() // 2))
    QApplication.processEvents()


@pytest.fixture
def dragged(qtbot: QtBot, window: MainWindow) -> MainWindow:
    """A window with the line in the hand, after the first frames of a drag."""
    settle(qtbot, window)
    lines = window.desk.histogram.lines
    value = window.desk.histogram.value
    assert value is not None
    start = QPoint(round(lines.x_pixel(value.lines[0].position)), lines.height() // 2)
    qtbot.mousePress(lines, LEFT, pos=start)
    for pixels in (0, 20):
        move(qtbot, window, pixels)
    return window


def test_no_frame_lays_the_window_out_again(
    qapp: QApplication, qtbot: QtBot, dragged: MainWindow, events: Events
) -> None:
    qapp.installEventFilter(events)
    move(qtbot, dragged, 40)
    laid_out = {name for kind, name in events.seen if kind is QEvent.Type.LayoutRequest}
    assert not laid_out & {"MainWindow", "QStackedWidget", "QSplitter", "ReadingsStrip", "Headline", "RulesPanel"}


def test_every_chart_is_painted_once(qapp: QApplication, qtbot: QtBot, dragged: MainWindow, events: Events) -> None:
    charts = {type(chart).__name__ for chart in dragged.findChildren(Chart) if chart.isVisible()}
    qapp.installEventFilter(events)
    move(qtbot, dragged, 40)
    painted = [name for kind, name in events.seen if kind is QEvent.Type.Paint]
    assert {"Bars", "Curve", "Histogram"} <= charts
    assert painted.count("LineLayer") == painted.count("Curve") == 1


def test_after_the_drag_the_window_fits_its_texts_again(qtbot: QtBot, dragged: MainWindow) -> None:
    sentence = dragged.headline.sentence
    assert sentence.minimumSize() == sentence.maximumSize()
    qtbot.keyClick(dragged.desk.histogram.lines, Qt.Key.Key_Escape)
    assert sentence.maximumWidth() > 10_000
