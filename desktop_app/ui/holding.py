"""The key that is held to see the baseline alone, with a command for those who cannot hold one."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

_ENDING = (QEvent.Type.WindowDeactivate, QEvent.Type.ApplicationStateChange)


class Holding(QObject):
    """Whether the baseline is to be seen alone.

    A shortcut begins it, so that a field that is being typed in keeps the letter; only while the key is down does
    it listen to every event of the program.

    Attributes: command stays on until it is switched off; held says what is wanted now.

    Signals:
        turned: bool.
    """

    turned = Signal(bool)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.held = False
        self.command = QAction(window, checkable=True)
        self._key = QShortcut(QKeySequence(Qt.Key.Key_B), window)
        self._key.setAutoRepeat(False)
        self._key.activated.connect(self._begin)
        self.command.toggled.connect(self._turn)

    def _begin(self) -> None:
        app = QApplication.instance()
        if app is not None and not self.held:
            app.installEventFilter(self)
            self._turn(True)

    def _end(self) -> None:
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        self._turn(self.command.isChecked())

    def _turn(self, held: bool) -> None:
        if held != self.held:
            self.held = held
            self.turned.emit(held)

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """The key let go, or the window left, ends it."""
        if event.type() in _ENDING or (isinstance(event, QKeyEvent) and _lets_go(event)):
            self._end()
        return super().eventFilter(watched, event)


def _lets_go(event: QKeyEvent) -> bool:
    is_key = event.key() == Qt.Key.Key_B and not event.isAutoRepeat()
    return is_key and event.type() is QEvent.Type.KeyRelease
