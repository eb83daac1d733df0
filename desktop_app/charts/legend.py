"""The outcomes' colours and patterns with their names, in the order in which they are stacked."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.charts.ink import Ink
from desktop_app.domain.outcomes import Outcome

_SWATCH = 11
_GAP = 5
_BETWEEN = 14


def paint_swatch(painter: QPainter, area: QRectF, ink: Ink, outcome: Outcome) -> None:
    """Fill `area` with the colour and pattern of an outcome."""
    painter.fillRect(area, ink.colour(outcome))
    painter.fillRect(area, ink.hatch(outcome))


class Legend(QWidget):
    """One line of swatches with names; names that do not fit are left out from the right, never cut."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[tuple[Outcome, str], ...] = ()
        self._ghost = ""
        self._ink: Ink | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_entries(self, entries: tuple[tuple[Outcome, str], ...], ghost: str, ink: Ink) -> None:
        """Which outcomes are named, and what the outline is called ("" for none)."""
        self._entries, self._ghost, self._ink = entries, ghost, ink
        self.setAccessibleName(", ".join([name for _, name in entries] + [ghost] * bool(ghost)))
        self.update()

    # Qt overrides

    def sizeHint(self) -> QSize:  # noqa: N802
        """As high as a line of text."""
        return QSize(120, self.fontMetrics().height() + 4)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw from the left until the width is used up."""
        if self._ink is None:
            return
        painter = QPainter(self)
        left = 0.0
        for outcome, name in self._entries:
            width = self._width(name)
            if left + width > self.width():
                return
            paint_swatch(painter, self._square(left), self._ink, outcome)
            self._write(painter, left, name)
            left += width + _BETWEEN
        if self._ghost and left + self._width(self._ghost) <= self.width():
            painter.setPen(QPen(QColor(self._ink.ghost), 1.5))
            painter.drawRect(self._square(left).adjusted(0.75, 0.75, -0.75, -0.75))
            self._write(painter, left, self._ghost)

    def _width(self, name: str) -> float:
        return _SWATCH + _GAP + self.fontMetrics().horizontalAdvance(name)

    def _square(self, left: float) -> QRectF:
        return QRectF(left, (self.height() - _SWATCH) / 2, _SWATCH, _SWATCH)

    def _write(self, painter: QPainter, left: float, name: str) -> None:
        assert self._ink is not None
        painter.setPen(QColor(self._ink.faint))
        area = QRectF(left + _SWATCH + _GAP, 0, self.width(), self.height())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
