"""The outcomes' colours and patterns with their names, in the order in which they are stacked."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.charts.ink import Ink
from desktop_app.domain.outcomes import Outcome

_SWATCH = 11
_GAP = 5
_BETWEEN = 12


def paint_swatch(painter: QPainter, area: QRectF, ink: Ink, outcome: Outcome) -> None:
    """Fill `area` with the colour and pattern of an outcome."""
    painter.fillRect(area, ink.colour(outcome))
    painter.fillRect(area, ink.hatch(outcome))


class Legend(QWidget):
    """Swatches with names, in as many lines as the width needs; nothing is left out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[tuple[Outcome | None, str], ...] = ()
        self._ink: Ink | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_entries(self, entries: tuple[tuple[Outcome, str], ...], ghost: str, ink: Ink) -> None:
        """Which outcomes are named, and what the outline is called ("" for none)."""
        self._entries, self._ink = (*entries, *(((None, ghost),) if ghost else ())), ink
        self.setAccessibleName(", ".join(name for _, name in self._entries))
        self.updateGeometry()
        self.update()

    def places(self, width: int) -> list[tuple[float, int]]:
        """Where each entry begins: pixels from the left, line."""
        found: list[tuple[float, int]] = []
        left, line = 0.0, 0
        for _, name in self._entries:
            if left and left + self._width(name) > width:
                left, line = 0.0, line + 1
            found.append((left, line))
            left += self._width(name) + _BETWEEN
        return found

    # Qt overrides

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        """A narrow legend has more lines."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """The lines that the entries need."""
        lines = 1 + max((line for _, line in self.places(width)), default=0)
        return lines * self._line_height()

    def sizeHint(self) -> QSize:  # noqa: N802
        """One line of text, or what the present width needs."""
        return QSize(120, self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """As the hint: no line is ever hidden."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Another width may need another height."""
        super().resizeEvent(event)
        if self.heightForWidth(event.size().width()) != event.size().height():
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Every entry with its swatch."""
        if self._ink is None:
            return
        painter = QPainter(self)
        for (outcome, name), (left, line) in zip(self._entries, self.places(self.width()), strict=True):
            self._paint(painter, self._ink, outcome, name, QPointF(left, line * self._line_height()))

    def _paint(self, painter: QPainter, ink: Ink, outcome: Outcome | None, name: str, corner: QPointF) -> None:
        height = self._line_height()
        square = QRectF(corner.x(), corner.y() + (height - _SWATCH) / 2, _SWATCH, _SWATCH)
        if outcome is not None:
            paint_swatch(painter, square, ink, outcome)
        else:
            painter.setPen(QPen(QColor(ink.ghost), 1.5))
            painter.drawRect(square.adjusted(0.75, 0.75, -0.75, -0.75))
        painter.setPen(QColor(ink.faint))
        area = QRectF(corner.x() + _SWATCH + _GAP, corner.y(), self.width(), height)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)

    def _width(self, name: str) -> float:
        return _SWATCH + _GAP + self.fontMetrics().horizontalAdvance(name)

    def _line_height(self) -> int:
        return self.fontMetrics().height() + 4
