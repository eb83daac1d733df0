"""The frames of a session's drags in a CSV file: for a benchmark, or for a report that something is slow."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TextIO

from PySide6.QtCore import QEvent, QObject, QTimer

from desktop_app.domain.problems import ExportFailed, message
from desktop_app.ui.main_window import MainWindow

HEADINGS = ("at_ms", "frame_ms", "cpu_ms")


class FrameTrace(QObject):
    """Writes one row for each frame: from a number moved by the hand until the window is painted.

    at_ms counts from the start of the trace, frame_ms is on the clock, cpu_ms the processor time of the whole program.
    Rows are written as they come, so that a crash keeps them.
    """

    def __init__(self, window: MainWindow, file: TextIO) -> None:
        super().__init__(window)
        self._file = file
        self._start = time.perf_counter()
        self._began: tuple[float, float] | None = None
        self._ending = False
        self._write(*HEADINGS)
        window.previewed.connect(self._begin)
        window.destroyed.connect(lambda *_: file.close())
        window.installEventFilter(self)

    def _begin(self) -> None:
        # What comes before the last was painted belongs to the same frame.
        if self._began is None:
            self._began = time.perf_counter(), time.process_time()

    def _end(self) -> None:
        self._ending = False
        if self._began is None or self._file.closed:
            return
        now, used = time.perf_counter(), time.process_time()
        numbers = (self._began[0] - self._start, now - self._began[0], used - self._began[1])
        self._began = None
        self._write(*(f"{1000 * seconds:.3f}" for seconds in numbers))

    def _write(self, *fields: str) -> None:
        self._file.write(",".join(fields) + "\n")
        self._file.flush()

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """The window is about to be painted: the frame is over in the next round of events."""
        if event.type() is QEvent.Type.UpdateRequest and self._began is not None and not self._ending:
            self._ending = True
            QTimer.singleShot(0, self, self._end)
        return super().eventFilter(watched, event)


def trace_frames(window: MainWindow, path: Path) -> FrameTrace:
    """Write the frames of the window's drags to `path` until it is closed; ExportFailed where it cannot be written."""
    try:
        file = path.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise ExportFailed(
            message("{file} cannot be written: {reason}.", file=str(path), reason=error.strerror or str(error))
        ) from error
    return FrameTrace(window, file)
