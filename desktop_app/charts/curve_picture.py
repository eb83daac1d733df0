"""How a curve is painted: grid, what misses a goal, baseline and goal lines, the curve, where the threshold stands."""

from __future__ import annotations

import math

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen

from desktop_app.charts.curve_layout import CurveLayout
from desktop_app.charts.ink import Ink
from desktop_app.text.words import Words

_MISSED_ALPHA = 26
_HATCH_ALPHA = 90
_NAME_ALPHA = 215
_DOT = 3.5
_GAP = 4
_VCENTER_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_VCENTER_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class CurvePicture:
    """Paints one CurveLayout with one painter."""

    def __init__(self, painter: QPainter, layout: CurveLayout, ink: Ink) -> None:
        self._painter, self._layout, self._ink = painter, layout, ink
        self._line_height = painter.fontMetrics().height()

    def paint_title(self, title: str, said: str, width: float) -> None:
        """The curve's name, and what it says, on the line above it."""
        painter, plain = self._painter, self._painter.font()
        bold = QFont(plain)
        bold.setBold(True)
        room = QRectF(0, 0, width, self._line_height + 2)
        painter.setFont(bold)
        painter.setPen(QColor(self._ink.text))
        metrics = painter.fontMetrics()
        name = metrics.elidedText(title, Qt.TextElideMode.ElideRight, int(width))
        painter.drawText(room, _VCENTER_LEFT, name)
        taken = metrics.horizontalAdvance(name) + 2 * _GAP
        painter.setFont(plain)
        painter.setPen(QColor(self._ink.faint))
        rest = painter.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, max(int(width - taken), 0))
        painter.drawText(room.adjusted(taken, 0, 0, 0), _VCENTER_LEFT, rest)

    def paint_ground(self, words: Words) -> None:
        """Everything that the curve is read against."""
        self._paint_grid()
        self._paint_missed()
        layout, area = self._layout, self._layout.area
        lines = (
            (layout.baseline, words.translate("Baseline"), QPen(QColor(self._ink.ghost), 1)),
            (layout.bound, words.translate("Goal"), QPen(QColor(self._ink.accent), 1.2, Qt.PenStyle.DashLine)),
        )
        near = layout.baseline is not None and layout.bound is not None
        near = near and abs((layout.baseline or 0.0) - (layout.bound or 0.0)) < self._line_height
        for place, (pixel, name, pen) in enumerate(lines):
            if pixel is not None:
                self._painter.setPen(pen)
                self._painter.drawLine(QLineF(area.left(), pixel, area.right(), pixel))
                self._name(pixel, name, left=near and place == 1)

    def paint_curve(self) -> None:
        """The curve itself."""
        painter = self._painter
        painter.save()
        painter.setClipRect(self._layout.area)
        painter.setPen(QPen(QColor(self._ink.text), 1.8))
        for piece in self._layout.pieces:
            painter.drawPolyline(piece)
        painter.restore()

    def paint_present(self, present: float, height: float | None) -> None:
        """The threshold on the curve; `height` is None where it stands between two positions."""
        painter, layout = self._painter, self._layout
        painter.save()
        painter.setClipRect(layout.area)
        painter.setPen(QPen(QColor(self._ink.accent), 1.5))
        painter.drawLine(QLineF(present, layout.area.top(), present, layout.area.bottom()))
        painter.restore()
        if height is not None:
            self._dot(QPointF(present, height), QColor(self._ink.accent))

    def paint_read(self, at: QPointF) -> None:
        """The position that the keyboard reads."""
        area = self._layout.area
        self._painter.setPen(QPen(QColor(self._ink.faint), 1, Qt.PenStyle.DotLine))
        self._painter.drawLine(QLineF(at.x(), area.top(), at.x(), area.bottom()))
        self._dot(at, QColor(self._ink.faint))

    def paint_focus(self, room: QRectF) -> None:
        """A dotted frame around all of it."""
        self._painter.setPen(QPen(QColor(self._ink.accent), 1, Qt.PenStyle.DotLine))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawRect(room.adjusted(0.5, 0.5, -0.5, -0.5))

    def _paint_grid(self) -> None:
        painter, area = self._painter, self._layout.area
        for pixel, text in self._layout.ticks:
            painter.setPen(QColor(self._ink.grid))
            painter.drawLine(QLineF(area.left(), pixel, area.right(), pixel))
            painter.setPen(QColor(self._ink.faint))
            room = QRectF(0, pixel - self._line_height / 2, area.left() - _GAP, self._line_height)
            painter.drawText(room, _VCENTER_RIGHT, text)
        painter.setPen(QColor(self._ink.faint))
        painter.drawLine(QLineF(area.left(), area.top(), area.left(), area.bottom()))
        painter.drawLine(QLineF(area.left(), area.bottom(), area.right(), area.bottom()))

    def _paint_missed(self) -> None:
        area = self._layout.area
        ground, hatch = QColor(self._ink.faint), QColor(self._ink.faint)
        ground.setAlpha(_MISSED_ALPHA)
        hatch.setAlpha(_HATCH_ALPHA)
        for left, right in self._layout.missed:
            span = QRectF(left, area.top(), right - left, area.height()) & area
            self._painter.fillRect(span, ground)
            self._painter.fillRect(span, QBrush(hatch, Qt.BrushStyle.BDiagPattern))

    def _name(self, pixel: float, name: str, *, left: bool) -> None:
        """What a line is called, above it, or below where there is no room."""
        area, height = self._layout.area, self._line_height
        top = pixel - height if pixel - height >= area.top() - 2 else pixel
        width = self._painter.fontMetrics().horizontalAdvance(name) + _GAP
        room = QRectF(area.left() + _GAP if left else area.right() - _GAP - width, top + 1, width, height - 2)
        ground = QColor(self._ink.ground)
        ground.setAlpha(_NAME_ALPHA)
        self._painter.fillRect(room, ground)
        self._painter.setPen(QColor(self._ink.faint))
        self._painter.drawText(room, Qt.AlignmentFlag.AlignCenter, name)

    def _dot(self, at: QPointF, colour: QColor) -> None:
        if math.isfinite(at.y()) and self._layout.area.left() - 1 <= at.x() <= self._layout.area.right() + 1:
            self._painter.setPen(QPen(QColor(self._ink.ground), 1.2))
            self._painter.setBrush(colour)
            self._painter.drawEllipse(at, _DOT, _DOT)
