"""The readout at a line that is dragged: what the move does, on a card beside the line."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from desktop_app.charts.ink import Ink
from desktop_app.domain.chart_values import ReadoutValue
from desktop_app.text.words import Words

_PADDING = 8
_AWAY = 10
_OPAQUE = 0.93


def readout_lines(value: ReadoutValue, words: Words) -> tuple[str, ...]:
    """From where to where, then what it does."""
    return f"{words.number(value.start)} → {words.number(value.value)}", *value.lines


class ReadoutPainter:
    """Draws one ReadoutValue."""

    def __init__(self, words: Words, ink: Ink) -> None:
        self._words, self._ink = words, ink

    def area(self, value: ReadoutValue, room: QRectF, line: float | None, metrics: QFontMetrics) -> QRectF:
        """Where the card lies: on the side of the line that has room, at the right where there is no line."""
        lines = readout_lines(value, self._words)
        width = max(map(metrics.horizontalAdvance, lines)) * 1.08 + 2 * _PADDING
        height = len(lines) * (metrics.height() + 2) + 2 * _PADDING - 2
        top = room.top() + room.height() * 0.3
        if line is None:
            return QRectF(room.right() - width, top, width, height)
        left = line + _AWAY if line + _AWAY + width <= room.right() else line - _AWAY - width
        return QRectF(max(left, room.left()), top, width, height)

    def paint(self, painter: QPainter, value: ReadoutValue, area: QRectF) -> None:
        """The card with its lines, the first one bold."""
        ground = QColor(self._ink.ground)
        ground.setAlphaF(_OPAQUE)
        painter.setPen(QPen(QColor(self._ink.accent), 1))
        painter.setBrush(ground)
        painter.drawRoundedRect(area, 5, 5)
        painter.setPen(QColor(self._ink.text))
        plain = painter.font()
        bold = QFont(plain)
        bold.setBold(True)
        step = painter.fontMetrics().height() + 2
        for row, text in enumerate(readout_lines(value, self._words)):
            painter.setFont(plain if row else bold)
            painter.drawText(QPointF(area.left() + _PADDING, area.top() + _PADDING + row * step + step * 0.72), text)
        painter.setFont(plain)
