"""The scenarios' tabs beside the commands; under them where the tabs would not be readable otherwise."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

_GAP = 12
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class TopRow(QWidget):
    """One row while both parts fit in it, two while they do not.

    Attributes: apart says whether the tabs have a row of their own.
    """

    def __init__(self, tabs: QWidget, commands: QWidget) -> None:
        super().__init__()
        self._tabs, self._commands = tabs, commands
        self.apart = False
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._place()

    def _place(self) -> None:
        # The tabs first: the Tab key goes to them before the commands.
        if self.apart:
            self._grid.addWidget(self._tabs, 1, 0, 1, 2)
        else:
            self._grid.addWidget(self._tabs, 0, 0, _LEFT)
        self._grid.addWidget(self._commands, 0, 1, _RIGHT)

    def _fit(self) -> None:
        wanted = self._tabs.sizeHint().width() + _GAP + self._commands.sizeHint().width()
        if self.apart != (wanted > self.width()):
            self.apart = not self.apart
            for part in (self._tabs, self._commands):
                self._grid.removeWidget(part)
            self._place()

    # Qt overrides

    def event(self, event: QEvent) -> bool:
        """Another tab, or a longer name, may need the room."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """A narrower window, too."""
        super().resizeEvent(event)
        self._fit()
