"""When a widget was first painted, since the process was started; for the programs whose start is measured."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget


class FirstPaint(QObject):
    """Notes when a widget's first paint is over, on the clock and in processor seconds, and then calls `then`.

    Attributes: wall and cpu are None before.
    """

    def __init__(self, widget: QWidget, then: Callable[[], None]) -> None:
        super().__init__(widget)
        self._then = then
        self.wall: float | None = None
        self.cpu: float | None = None
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """The paint itself comes after this, and the timer after the paint."""
        if event.type() is QEvent.Type.Paint and self.wall is None:
            self.wall = 0.0
            QTimer.singleShot(0, self, self._painted)
        return super().eventFilter(watched, event)

    def _painted(self) -> None:
        self.wall, self.cpu = since_start(), time.process_time()
        self._then()


def since_start() -> float:
    """Seconds since the parent started this process; its clock is the first argument."""
    return time.monotonic() - float(sys.argv[1])


def say(**figures: float | None) -> None:
    """Print the figures for the parent."""
    sys.stdout.write(json.dumps(figures) + "\n")
