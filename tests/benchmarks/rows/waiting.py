"""Row 8: whether the window stays alive while the engine works, and how soon work stops when it is cancelled."""

from __future__ import annotations

import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QObject, QTimer

from desktop_app.ui.main_window import MainWindow
from desktop_app.workspace.opening import DEMO
from tests.benchmarks.books import Book
from tests.benchmarks.desks import desk_on, wait_ms, wait_until
from tests.benchmarks.results import Result

_BEAT_MS = 1
_INTO_THE_WORK_MS = 1_000
_INTO_THE_SCAN_MS = 20
_SCANS = 5


class Pulse(QObject):
    """A timer that wants to fire every millisecond.

    Attributes: longest is how long it had to wait at most, in ms.
    """

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(self, interval=_BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def stop(self) -> float:
        """End it; says the longest wait."""
        self._timer.stop()
        return self.longest

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, 1000 * (now - self._last))
        self._last = now


def measure(book: Book) -> Iterator[Result]:
    """An import in a window on the sample, then scans in a window on the book itself."""
    with desk_on(None) as window, TemporaryDirectory(dir=book.folder) as folder:
        yield Result("8c", book.accounts, _cancelled_import(window, book, Path(folder)))
        yield Result("8a", book.accounts, _import(window, book, Path(folder)))
    book.load().close()
    with desk_on(book.project) as window:
        longest, seconds = _scans(window)
        yield Result("8b", book.accounts, longest, note=f"a scan with its histogram takes {1000 * seconds:.0f} ms")
        yield Result("8d", book.accounts, _cancelled_scan(window))


def _show(window: MainWindow, book: Book, target: Path) -> None:
    """The file on the import page, ready to be loaded."""
    page = window.files.page
    window.files.open(book.csv)
    wait_until(lambda: page.loaded and not page.work.lane.busy)
    page.mapping_files.open(DEMO.file("mapping.json"))
    wait_until(lambda: page.load.isEnabled() and not page.work.lane.busy)
    page.choose_target(target)


def _cancelled_import(window: MainWindow, book: Book, folder: Path) -> float:
    _show(window, book, folder / "cancelled.greyline")
    page = window.files.page
    page.begin_loading()
    wait_ms(_INTO_THE_WORK_MS)
    assert page.work.lane.busy, "the import was over before it could be cancelled"
    started = time.perf_counter()
    page.give_up()
    page.work.lane.drain()
    taken = 1000 * (time.perf_counter() - started)
    window.files.show_desk()
    return taken


def _import(window: MainWindow, book: Book, folder: Path) -> float:
    """From the file's first look until its desk has every figure."""
    before = window.controller.workspace
    pulse = Pulse()
    _show(window, book, folder / "loaded.greyline")
    window.files.page.begin_loading()
    wait_until(lambda: window.controller.workspace is not before and window.controller.settled)
    return pulse.stop()


def _scans(window: MainWindow) -> tuple[float, float]:
    """Thresholds set one after the other, each waited for: the longest stall, and a scan's seconds."""
    pulse, started = Pulse(), time.perf_counter()
    for step in range(_SCANS):
        _set(window, 550 + 3 * step)
        wait_until(lambda: window.controller.settled)
    return pulse.stop(), (time.perf_counter() - started) / _SCANS


def _cancelled_scan(window: MainWindow) -> float:
    """The longest of several."""
    longest = 0.0
    for step in range(_SCANS):
        _set(window, 600 + 3 * step)
        wait_ms(_INTO_THE_SCAN_MS)
        started = time.perf_counter()
        window.controller.cancel()
        window.controller.interactive.drain()
        longest = max(longest, 1000 * (time.perf_counter() - started))
    return longest


def _set(window: MainWindow, value: int) -> None:
    workspace = window.controller.workspace
    handle = workspace.view.handle
    assert handle is not None
    window.controller.do(lambda: workspace.set_value(handle, Decimal(value)))
