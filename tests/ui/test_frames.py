"""A frame of a drag: numbers and heights change, nothing else is laid out or painted again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.charts.chart import Chart
from desktop_app.domain.problems import ExportFailed
from desktop_app.ui.frame_trace import trace_frames
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


def take_hold(qtbot: QtBot, window: MainWindow) -> None:
    """Press the mouse on the first line."""
    lines = window.desk.histogram.lines
    value = window.desk.histogram.value
    assert value is not None
    start = QPoint(round(lines.x_pixel(value.lines[0].position)), lines.height() // 2)
    qtbot.mousePress(lines, LEFT, pos=start)


@pytest.fixture
def dragged(qtbot: QtBot, window: MainWindow) -> MainWindow:
    """A window with the line in the hand, after the first frames of a drag."""
    settle(qtbot, window)
    take_hold(qtbot, window)
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


def test_the_trace_has_a_row_for_each_frame(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    settle(qtbot, window)
    trace_frames(window, tmp_path / "frames.csv")
    take_hold(qtbot, window)

    def rows() -> list[list[str]]:
        return [line.split(",") for line in (tmp_path / "frames.csv").read_text().splitlines()]

    for place, pixels in enumerate((10, 30, 50)):
        move(qtbot, window, pixels)
        qtbot.wait_until(lambda place=place: len(rows()) == place + 2)
    assert rows()[0] == ["at_ms", "frame_ms", "cpu_ms"]
    assert all(0 < float(row[1]) < 60_000 for row in rows()[1:])


def test_a_trace_that_cannot_be_written_says_so(window: MainWindow, tmp_path: Path) -> None:
    with pytest.raises(ExportFailed):
        trace_frames(window, tmp_path / "nowhere" / "frames.csv")
