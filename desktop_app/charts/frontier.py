"""Every pair of two thresholds by two figures; those that no other pair beats are linked and can be adopted."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.charts.chart import Chart
from desktop_app.charts.heatmap import exactly
from desktop_app.charts.ink import Ink
from desktop_app.charts.marks import Mark, MarkKey, paint_mark
from desktop_app.charts.plotting import Format, Plot, Span
from desktop_app.charts.saving import Cell, ChartTable
from desktop_app.domain.chart_values import FigureAxis, FrontierPoint, FrontierValue
from desktop_app.domain.problems import Message, message
from desktop_app.text.words import Words

# How far from a point the mouse may be to mean it.
_NEAR = 24.0
_MARGIN = 0.05
# Pixels of an axis's title that are always written.
_LEAST = 60
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Down: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 1}
_TAKE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Frontier(Chart):
    """Draws one FrontierValue; a point of the frontier is adopted by mouse or keyboard.

    Attributes:
        board, readout: its parts, for tests.

    Signals:
        adopted: Decimal, Decimal: where both thresholds shall stand.
    """

    adopted = Signal(object, object)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._value: FrontierValue | None = None
        self._plot, self._key = Plot(self), MarkKey(self)
        self.readout = QLabel()
        self.board = _Board(self._plot, self.ink)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self._key)
        layout.addWidget(self._plot, 1)
        layout.addWidget(self.readout)
        # A long readout must not widen the page.
        self.readout.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.veil.raise_()
        self.board.raise_()
        self.setFocusProxy(self.board)
        self._plot.installEventFilter(self)
        self.board.pointed.connect(self._say)
        self.board.taken.connect(lambda point: self.adopted.emit(point.x, point.y))
        self.restyle()

    def set_value(self, value: FrontierValue | None) -> None:
        """Draw another value, None for nothing."""
        self._value = value
        self.board.set_value(value)
        self._plot.setVisible(value is not None)
        if value is not None:
            self._plot.set_range(_span(value, 0), _span(value, 1), float("-inf"))
        self.restyle()

    def restyle(self) -> None:
        """Colours and words anew."""
        self._plot.set_ink(self.ink)
        self.board.restyle(self.ink)
        value = self._value
        self.setAccessibleName(self.title())
        self.board.setAccessibleName(self.title())
        if value is not None:
            self._title_axes()
            self._plot.set_formats(*(_format(axis, self._words) for axis in (value.costs, value.gains)))
            self._write_key(value)
        self._say()
        self.update()

    def title(self) -> str:
        """The value's own title."""
        return self._value.title if self._value else ""

    def table(self) -> ChartTable:
        """One row a point of the frontier, with both thresholds, both figures and whether every goal is met."""
        value = self._value
        if value is None:
            return ChartTable("", (), ())
        goals = self._words.say(message("Every goal"))
        yes, no = self._words.translate("met"), self._words.translate("not met")
        rows: list[tuple[Cell, ...]] = [
            (float(one.x), float(one.y), one.costs, one.gains, yes if one.feasible else no) for one in value.points
        ]
        headings = (*value.labels, value.costs.label, value.gains.label, goals)
        return ChartTable(self.title(), headings, tuple(rows))

    def point_at(self, number: int) -> QPointF:
        """Where a point of the frontier lies, in the board's pixels."""
        assert self._value is not None
        point = self._value.points[number]
        return self.board.at(point.costs, point.gains)

    def said(self, number: int) -> str:
        """Both thresholds and both figures of a point of the frontier, in full."""
        value, words = self._value, self._words
        if value is None:
            return ""
        point = value.points[number]
        figures = zip((value.costs, value.gains), (point.costs, point.gains), strict=True)
        found = [
            message("{figure}: {value}", figure=axis.label, value=exactly(axis, number, words))
            for axis, number in figures
        ]
        missed = () if point.feasible else (message("Misses a goal"),)
        where = message("{x} {a}; {y} {b}", x=value.labels[0], a=point.x, y=value.labels[1], b=point.y)
        return " · ".join(map(words.say, (*found, *missed, where)))

    def _title_axes(self) -> None:
        """Name the axes, as far as they have room."""
        value, area, metrics = self._value, self._plot.area(), self.fontMetrics()
        if value is not None:
            rooms = zip((value.costs, value.gains), (area.width(), area.height()), strict=True)
            self._plot.set_titles(
                *(_fitting(self._axis_title(axis), axis.label, metrics, room) for axis, room in rooms)
            )

    def _axis_title(self, axis: FigureAxis) -> str:
        hints = {"less": message("{figure} (less is better)", figure=axis.label)}
        hints["more"] = message("{figure} (more is better)", figure=axis.label)
        return self._words.say(hints[axis.good]) if axis.good in hints else axis.label

    def _write_key(self, value: FrontierValue) -> None:
        say = self._words.say
        marks: list[tuple[Mark | int, str]] = []
        if value.present is not None:
            marks.append((Mark.PRESENT, say(message("Scenario"))))
        if value.baseline is not None:
            marks.append((Mark.BASELINE, say(message("Baseline"))))
        if any(point.feasible for point in value.points):
            marks.append((Mark.EFFICIENT, say(message("No pair is better in both"))))
        if not all(point.feasible for point in value.points):
            marks.append((Mark.MISSES_A_GOAL, say(message("Misses a goal"))))
        marks.append((Mark.OTHER, say(message("Every other pair"))))
        self._key.set_entries(tuple(marks), self.ink)

    def _say(self) -> None:
        place, value = self.board.place, self._value
        text = self.said(place) if place is not None else ""
        self.board.setAccessibleDescription(text)
        hint = Message("")
        if value is not None:
            hint = message("Click a point of the line, or press Enter on it, to adopt it.")
            if not value.points:
                hint = message("One of the two figures cannot be computed for this book.")
        self.readout.setText(text or self._words.say(hint))
        self.readout.setToolTip(text)

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """The board follows the plot."""
        if watched is self._plot and event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self.board.setGeometry(self._plot.geometry())
            self._title_axes()
        return super().eventFilter(watched, event)


class _Board(QWidget):
    """Covers the plot: draws every pair and the frontier, and takes mouse and keyboard.

    Signals:
        pointed: another point is looked at, or none.
        taken: a FrontierPoint.
    """

    pointed = Signal()
    taken = Signal(object)

    def __init__(self, plot: Plot, ink: Ink) -> None:
        super().__init__(plot.parentWidget())
        self._plot, self._ink = plot, ink
        self._points: tuple[FrontierPoint, ...] = ()
        self._value: FrontierValue | None = None
        self._others: list[tuple[float, float]] = []
        self.place: int | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        plot.moved.connect(self.update)

    def set_value(self, value: FrontierValue | None) -> None:
        self._value = value
        points = value.points if value is not None else ()
        if points != self._points:
            self._points, self.place = points, None
        self._others = [] if value is None else _distinct(value)
        self.update()

    def restyle(self, ink: Ink) -> None:
        self._ink = ink
        self.update()

    def at(self, costs: float, gains: float) -> QPointF:
        """Where two figures lie, in pixels."""
        return QPointF(self._plot.x_pixel(costs), self._plot.y_pixel(gains))

    def _near(self, where: QPointF) -> int | None:
        """The point of the frontier that the mouse means."""
        away = [(self.at(one.costs, one.gains) - where).manhattanLength() for one in self._points]
        nearest = min(range(len(away)), key=away.__getitem__, default=None)
        return nearest if nearest is not None and away[nearest] <= _NEAR else None

    def _point(self, place: int | None) -> None:
        if place != self.place:
            self.place = place
            self.pointed.emit()
            self.update()

    # Qt overrides

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """All pairs as dots, the frontier linked, baseline and scenario, the point that is looked at."""
        value = self._value
        if value is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(self._plot.area().adjusted(-4, -8, 8, 4))
        faint = QColor(self._ink.faint)
        faint.setAlpha(120)
        painter.setPen(QPen(faint, 3.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPoints(QPolygonF([self.at(*pair) for pair in self._others]))
        painter.setPen(QPen(QColor(self._ink.text), 1.2))
        painter.drawPolyline(QPolygonF([self.at(one.costs, one.gains) for one in value.points]))
        for point in value.points:
            mark = Mark.EFFICIENT if point.feasible else Mark.MISSES_A_GOAL
            paint_mark(painter, mark, self.at(point.costs, point.gains), self._ink)
        for mark, pair in ((Mark.BASELINE, value.baseline), (Mark.PRESENT, value.present)):
            if pair is not None:
                paint_mark(painter, mark, self.at(*pair), self._ink)
        if self.place is not None:
            painter.setPen(QPen(QColor(self._ink.accent), 2.5))
            chosen = value.points[self.place]
            painter.drawEllipse(self.at(chosen.costs, chosen.gains), 8.0, 8.0)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Say what is under the pointer."""
        self._point(self._near(event.position()))

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """Nothing is under the pointer any more."""
        self._point(None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Adopt the point."""
        found = self._near(event.position())
        if found is not None and event.button() is Qt.MouseButton.LeftButton:
            self.taken.emit(self._points[found])

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """The keyboard begins at the first point."""
        super().focusInEvent(event)
        if event.reason() is not Qt.FocusReason.MouseFocusReason and self.place is None and self._points:
            self._point(0)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Nothing is looked at any more."""
        super().focusOutEvent(event)
        self._point(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows go along the frontier, Home and End to its ends, Enter adopts."""
        key, last = Qt.Key(event.key()), len(self._points) - 1
        if last < 0:
            super().keyPressEvent(event)
        elif key in _STEPS:
            here = -1 if self.place is None else self.place
            self._point(min(max(here + _STEPS[key], 0), last))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._point(0 if key is Qt.Key.Key_Home else last)
        elif key in _TAKE and self.place is not None:
            self.taken.emit(self._points[self.place])
        else:
            super().keyPressEvent(event)


def _fitting(title: str, short: str, metrics: QFontMetrics, room: float) -> str:
    """A title that has room: whole, else without its hint, else cut."""
    found = next((text for text in (title, short) if metrics.horizontalAdvance(text) <= room), None)
    return found or metrics.elidedText(short, Qt.TextElideMode.ElideRight, max(int(room), _LEAST))


def _distinct(value: FrontierValue) -> list[tuple[float, float]]:
    """Every pair of figures once; those of places that differ in nothing lie on one another."""
    pairs = np.column_stack([value.all_costs, value.all_gains])
    known = pairs[np.isfinite(pairs).all(axis=1)]
    return [(float(costs), float(gains)) for costs, gains in np.unique(known, axis=0)]


def _span(value: FrontierValue, axis: int) -> Span:
    """What is seen of an axis: every pair, the scenario and the baseline, and a margin."""
    every = (value.all_costs, value.all_gains)[axis]
    marked = [pair[axis] for pair in (value.present, value.baseline) if pair is not None]
    numbers = [*every[np.isfinite(every)].tolist(), *marked] or [0.0]
    low, high = min(numbers), max(numbers)
    margin = (high - low) * _MARGIN or 1.0
    return low - margin, high + margin


def _format(axis: FigureAxis, words: Words) -> Format:
    return lambda tick: words.quantity(round(tick, 9), axis.measure, axis.currency)
