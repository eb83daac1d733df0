"""Marks on a chart of pairs: where the scenario stands, where the baseline does, contours; and the key to them."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.charts.ink import Ink

_ROOM, _GAP, _BETWEEN = 22, 5, 14
_RADIUS = 5.0
# Contours differ by their dashes, in widths of the pen.
_DASHES: tuple[tuple[float, ...], ...] = ((1.0, 0.0), (5.0, 3.0), (1.5, 2.5), (6.0, 2.5, 1.5, 2.5))


class Mark(Enum):
    """A kind of mark."""

    PRESENT = "present"
    BASELINE = "baseline"
    EFFICIENT = "efficient"
    MISSES_A_GOAL = "misses"
    OTHER = "other"


def contour_pen(ink: Ink, number: int) -> QPen:
    """The pen of the goal of that number."""
    pen = QPen(QColor(ink.text), 1.8)
    dashes = _DASHES[number % len(_DASHES)]
    if number % len(_DASHES):
        pen.setDashPattern(list(dashes))
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def paint_mark(painter: QPainter, mark: Mark, at: QPointF, ink: Ink) -> None:
    """One mark, told apart by its shape as well as by its colour, with a rim of the ground."""
    painter.setPen(QPen(QColor(ink.ground), 1.5))
    match mark:
        case Mark.PRESENT:
            painter.setBrush(QColor(ink.accent))
            painter.drawEllipse(at, _RADIUS + 1, _RADIUS + 1)
        case Mark.BASELINE:
            painter.setBrush(QColor(ink.ghost))
            painter.drawPolygon([at + QPointF(*away) for away in ((0, -7), (7, 0), (0, 7), (-7, 0))])
        case Mark.EFFICIENT:
            painter.setBrush(QColor(ink.text))
            painter.drawEllipse(at, _RADIUS - 1, _RADIUS - 1)
        case Mark.MISSES_A_GOAL:
            painter.setPen(QPen(QColor(ink.text), 1.3))
            painter.setBrush(QColor(ink.ground))
            painter.drawEllipse(at, _RADIUS - 1.5, _RADIUS - 1.5)
        case Mark.OTHER:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ink.faint))
            painter.drawEllipse(at, 1.5, 1.5)
    painter.setBrush(Qt.BrushStyle.NoBrush)


class MarkKey(QWidget):
    """What the marks and contours mean, on as many lines as the width needs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[tuple[Mark | int, str], ...] = ()
        self._ink: Ink | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_entries(self, entries: tuple[tuple[Mark | int, str], ...], ink: Ink) -> None:
        """Marks, and contours by their number, each with what it means."""
        self._entries, self._ink = entries, ink
        self.setAccessibleName(", ".join(text for _, text in entries))
        self.updateGeometry()
        self.update()

    def _places(self, width: int) -> list[QPointF]:
        found, left, line = [], 0.0, 0
        for _, text in self._entries:
            needed = _ROOM + _GAP + self.fontMetrics().horizontalAdvance(text)
            if left and left + needed > width:
                left, line = 0.0, line + 1
            found.append(QPointF(left, line * self._line()))
            left += needed + _BETWEEN
        return found

    def _line(self) -> int:
        return self.fontMetrics().height() + 4

    # Qt overrides

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        """A narrow key has more lines."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """The lines that the entries need."""
        return round(max((place.y() for place in self._places(width)), default=0.0)) + self._line()

    def sizeHint(self) -> QSize:  # noqa: N802
        """What the present width needs."""
        return QSize(120, self.heightForWidth(max(self.width(), 120)))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Every entry behind its mark."""
        if self._ink is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for (mark, text), corner in zip(self._entries, self._places(self.width()), strict=True):
            middle = corner + QPointF(_ROOM / 2, self._line() / 2)
            if isinstance(mark, Mark):
                paint_mark(painter, mark, middle, self._ink)
            else:
                painter.setPen(contour_pen(self._ink, mark))
                painter.drawLine(QLineF(middle.x() - _ROOM / 2, middle.y(), middle.x() + _ROOM / 2, middle.y()))
            painter.setPen(QColor(self._ink.faint))
            area = QRectF(corner.x() + _ROOM + _GAP, corner.y(), self.width(), self._line())
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
