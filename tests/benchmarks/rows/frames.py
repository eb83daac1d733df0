"""Row 7: the frames of a drag in a real window, by the mouse, every chart painted."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from PySide6.QtCore import QEvent, QEventLoop, QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.charts.chart import Chart
from desktop_app.charts.histogram import Histogram
from desktop_app.charts.lines import LineLayer
from desktop_app.domain.handles import value_of
from desktop_app.ui.groups_page import GroupsPage
from desktop_app.ui.main_window import MainWindow
from tests.benchmarks.books import Book
from tests.benchmarks.desks import desk_on, wait_until
from tests.benchmarks.results import Result
from tests.benchmarks.timing import Timing, percentile

_FRAMES = 200
_REACH_PIXELS = 100
_PIXELS_A_FRAME = 5
_SHARE = 0.95
# Histogram, curve, users by reason and by cause, groups.
_CHARTS = 5
_BARS = 1
_LEFT = Qt.MouseButton.LeftButton


@dataclass(frozen=True)
class Drag:
    """What the frames of one drag took, in seconds, and how many charts were painted in nearly all of them."""

    timing: Timing
    charts: int


def measure(book: Book) -> Iterator[Result]:
    """A threshold on the scores is dragged back and forth; its index is there before."""
    book.load().close()
    with desk_on(book.project) as window:
        window.pages.turn_to(GroupsPage).views.setCurrentIndex(_BARS)
        found = drag(window)
    assert found.charts >= _CHARTS, f"only {found.charts} charts were painted"
    timing = found.timing
    note = (
        f"{found.charts} charts; the middle frame {1000 * median(timing.cpu):.1f} ms of processor time, "
        f"95 % within {1000 * percentile(timing.wall, _SHARE):.1f} ms on the clock, waiting for the frame included"
    )
    yield Result("7", book.accounts, 1000 * percentile(timing.cpu, _SHARE), timing, note=note)


def drag(window: MainWindow, frames: int = _FRAMES) -> Drag:
    """Move the line that is looked at by the mouse, and wait after each move until all is painted."""
    wait_until(lambda: window.controller.settled)
    lines = window.desk.histogram.lines
    start, height = _grip(window, lines), lines.height() // 2
    QTest.mousePress(lines, _LEFT, pos=QPoint(start, height))
    assert lines.held, "no line under the pointer"
    wall, cpu = [], []
    painted = Painted(window)
    for step in range(frames):
        began, used = time.perf_counter(), time.process_time()
        _move(lines, start + _offset(step), height)
        wall.append(time.perf_counter() - began)
        cpu.append(time.process_time() - used)
        assert window.controller.workspace.shown().fresh, "a frame without its figures"
    QTest.keyClick(lines, Qt.Key.Key_Escape)
    charts = sum(times >= _SHARE * frames for times in painted.times.values())
    return Drag(Timing(tuple(wall), tuple(cpu)), charts)


class Painted(QObject):
    """Counts how often each chart of a window is painted.

    Attributes: times are by the widget that is watched.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.times: Counter[QObject] = Counter()
        for chart in window.findChildren(Chart):
            # The ground of a histogram is never seen: its lines lie over all of it.
            (chart.lines if isinstance(chart, Histogram) else chart).installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """One more."""
        if event.type() is QEvent.Type.Paint:
            self.times[watched] += 1
        return False


def _grip(window: MainWindow, lines: LineLayer) -> int:
    workspace = window.controller.workspace
    handle = workspace.view.handle
    assert handle is not None
    return round(lines.x_pixel(float(value_of(workspace.scenario, handle))))


def _offset(step: int) -> int:
    """To one side and back again; each time so far that the line comes to rest at another value."""
    place = (step + 1) * _PIXELS_A_FRAME % (2 * _REACH_PIXELS)
    return place if place <= _REACH_PIXELS else 2 * _REACH_PIXELS - place


def _move(lines: LineLayer, x: int, y: int) -> None:
    """One move of the mouse, until the desk has answered it and painted itself."""
    loop = QEventLoop()
    lines.moved.connect(loop.quit)
    QTest.mouseMove(lines, QPoint(x, y))
    loop.exec()
    lines.moved.disconnect(loop.quit)
    QApplication.processEvents()
