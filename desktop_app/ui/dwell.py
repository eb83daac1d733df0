"""An index is built before the number is taken hold of: once the pointer or the keyboard rests on it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.domain.handles import Handle

# Who only passes by asks for nothing.
DWELL_MS = 150


class Dwell(QObject):
    """Waits until a number has been pointed at for a while.

    Signals:
        held: the Handle, or None once it is left.
    """

    held = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pointed: Handle | None = None
        self._holds = False
        self._wait = QTimer(self, singleShot=True, interval=DWELL_MS)
        self._wait.timeout.connect(self._hold)

    def point(self, handle: Handle | None) -> None:
        """Something is pointed at, or nothing any more."""
        if handle == self._pointed:
            return
        self._pointed = handle
        if handle is not None:
            self._wait.start()
            return
        self._wait.stop()
        if self._holds:
            self._holds = False
            self.held.emit(None)

    def _hold(self) -> None:
        self._holds = True
        self.held.emit(self._pointed)
