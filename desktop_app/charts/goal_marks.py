"""Marks at the foot of a histogram: values of the line at which a goal is just met, where the hand snaps to."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPolygonF

from desktop_app.charts.hand import Hand
from desktop_app.charts.ink import Ink
from desktop_app.charts.plotting import Plot
from desktop_app.domain.chart_values import GoalMark
from desktop_app.domain.handles import ThresholdHandle
from desktop_app.domain.problems import message
from desktop_app.text.words import Words

# A held line that comes as near as this rests on the mark.
SNAP_PIXELS = 6
_HALF, _HEIGHT = 5, 8
_PADDING = 5


class GoalMarks:
    """The marks of one line.

    Attributes: handle is that line, None without any; marks are rising.
    """

    def __init__(self, plot: Plot, hand: Hand) -> None:
        self._plot, self._hand = plot, hand
        self.handle: ThresholdHandle | None = None
        self.marks: tuple[GoalMark, ...] = ()

    def set(self, handle: ThresholdHandle | None, marks: tuple[GoalMark, ...]) -> bool:
        """Have other marks; says whether they are others."""
        if handle == self.handle and (marks is self.marks or marks == self.marks):
            return False
        self.handle, self.marks = handle, marks
        self._hand.set_rests(handle, tuple(mark.value for mark in marks))
        return True

    @property
    def reach(self) -> float:
        """How near to a mark the hand snaps, in values of the axis."""
        return self._plot.x_value(SNAP_PIXELS) - self._plot.x_value(0)

    def near(self, value: float) -> tuple[GoalMark, ...]:
        """The marks within reach of a value of the axis."""
        reach = self.reach
        return tuple(mark for mark in self.marks if abs(float(mark.value) - value) <= reach)

    def said(self, mark: GoalMark, words: Words) -> str:
        """A mark in words: "just met at 640: Expected loss rate ≤ 4 %"."""
        return words.say(message("just met at {value}: {goal}", value=mark.value, goal=mark.label))

    def paint(self, painter: QPainter, ink: Ink, metrics: QFontMetrics) -> None:
        """A triangle for each mark; the goals on which the active line rests are written out."""
        area = self._plot.area()
        painter.setPen(QPen(QColor(ink.ground), 1.2))
        painter.setBrush(QColor(ink.accent))
        for mark in self.marks:
            x = self._plot.x_pixel(float(mark.value))
            if area.left() <= x <= area.right():
                foot = area.bottom()
                sides = QPointF(x - _HALF, foot), QPointF(x + _HALF, foot), QPointF(x, foot - _HEIGHT)
                painter.drawPolygon(QPolygonF(sides))
        self._paint_met(painter, ink, metrics)

    def _paint_met(self, painter: QPainter, ink: Ink, metrics: QFontMetrics) -> None:
        line = self._hand.active_line
        if line is None or line.handle != self.handle:
            return
        value, area = self._hand.position(line), self._plot.area()
        text = "; ".join(mark.label for mark in self.marks if mark.value == value)
        if not text:
            return
        size = metrics.horizontalAdvance(text) + 2 * _PADDING, metrics.height() + 2
        x = self._plot.x_pixel(float(value)) + _HALF + 2
        left = x if x + size[0] <= area.right() else self._plot.x_pixel(float(value)) - _HALF - 2 - size[0]
        room = QRectF(max(left, area.left()), area.bottom() - size[1] - 2, *size)
        painter.setPen(QPen(QColor(ink.accent), 1))
        painter.setBrush(QColor(ink.ground))
        painter.drawRoundedRect(room, 3, 3)
        painter.setPen(QColor(ink.text))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)
