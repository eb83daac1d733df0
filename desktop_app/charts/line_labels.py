"""The labels on threshold lines: group and number, and where the number was while it is moved."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from desktop_app.charts.ink import Ink
from desktop_app.domain.chart_values import ThresholdLine
from desktop_app.text.words import Words

# Labels of neighbouring lines stand on different rows, so that they do not cover one another.
LABEL_ROWS = 3
_PADDING = 6


@dataclass(frozen=True)
class LineMark:
    """One line as it is drawn now; start is where it was taken up, None where it is not in the hand."""

    line: ThresholdLine
    value: Decimal
    start: Decimal | None
    focused: bool


class LabelPainter:
    """Writes and draws labels in one language and one ink."""

    def __init__(self, words: Words, ink: Ink) -> None:
        self._words = words
        self._ink = ink

    def written(self, value: Decimal) -> str:
        """The number as it is written on the line."""
        return self._words.number(value)

    def name(self, line: ThresholdLine) -> str:
        """What a line is called: its group, or "Threshold" for the default."""
        return line.label or self._words.translate("Threshold")

    def text(self, mark: LineMark) -> str:
        """Group, where the number was while it moves, and the number."""
        moved = mark.start is not None and mark.start != mark.value
        was = f"{self._words.number(mark.start)} →" if moved else ""
        return " ".join(part for part in (mark.line.label, was, self.written(mark.value)) if part)

    def spoken(self, line: ThresholdLine, value: Decimal) -> str:
        """The line for a screen reader."""
        return f"{self.name(line)} {self.written(value)}"

    def size(self, mark: LineMark, metrics: QFontMetrics) -> QSizeF:
        """How much room the label takes."""
        return QSizeF(metrics.horizontalAdvance(self.text(mark)) + 2 * _PADDING, metrics.height() + 4)

    def paint_line(self, painter: QPainter, mark: LineMark, area: QRectF, foot: QPointF) -> None:
        """The line from its label down to `foot`."""
        top = QPointF(foot.x(), area.bottom())
        for colour, width in ((self._ink.ground, 3.5), (self._ink.accent, 1.5)):
            painter.setPen(QPen(QColor(colour), width + mark.focused))
            painter.drawLine(top, foot)

    def paint_label(self, painter: QPainter, mark: LineMark, area: QRectF) -> None:
        """The label as a chip, filled where the line is held."""
        painter.setPen(QPen(QColor(self._ink.accent), 1))
        painter.setBrush(QColor(self._ink.accent if mark.focused else self._ink.ground))
        painter.drawRoundedRect(area, 4, 4)
        painter.setPen(QColor(self._ink.ground if mark.focused else self._ink.text))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self.text(mark))
