"""A band drawn over part of a histogram by the mouse: a range to look at, or a single place."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from desktop_app.charts.ink import Ink
from desktop_app.charts.plotting import Span

# A press that moves less far is a click.
_STILL = 4
_GROUND_ALPHA = 46


class Band:
    """Where the mouse went down and where it is now, in pixels; nothing while it is up."""

    def __init__(self) -> None:
        self._start: float | None = None
        self._now = 0.0

    @property
    def span(self) -> Span | None:
        """The pixels that are covered, from left to right; None while the mouse is up or has hardly moved."""
        if self._start is None or abs(self._now - self._start) <= _STILL:
            return None
        return min(self._start, self._now), max(self._start, self._now)

    def begin(self, pixel: float) -> None:
        """The mouse went down beside the lines."""
        self._start = self._now = pixel

    def move(self, pixel: float) -> bool:
        """Says whether a band is being drawn."""
        self._now = pixel
        return self._start is not None

    def end(self) -> Span | None:
        """The mouse went up: the covered pixels, the same twice for a click; None where it went down elsewhere."""
        covered, start = self.span, self._start
        self._start = None
        return covered if covered is not None or start is None else (start, start)


def paint_band(painter: QPainter, area: QRectF, span: Span, ink: Ink) -> None:
    """Tint the pixels of a span inside the plot's area, between two edges."""
    left, right = max(span[0], area.left()), min(span[1], area.right())
    if right <= left:
        return
    ground = QColor(ink.accent)
    ground.setAlpha(_GROUND_ALPHA)
    painter.fillRect(QRectF(left, area.top(), right - left, area.height()), ground)
    painter.setPen(QPen(QColor(ink.accent), 1, Qt.PenStyle.DashLine))
    for edge in (left, right):
        painter.drawLine(round(edge), round(area.top()), round(edge), round(area.bottom()))
