"""A figure wherever two thresholds stand: coloured cells, contours of goals, the scenario and the baseline marked."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QLineF, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.charts.chart import Chart
from desktop_app.charts.colour_bar import ColourBar, colours_of, span_of
from desktop_app.charts.ink import Ink
from desktop_app.charts.marks import Mark, MarkKey, contour_pen, paint_mark
from desktop_app.charts.plotting import Format, Plot, Span
from desktop_app.charts.saving import Cell, ChartTable
from desktop_app.domain.chart_values import FigureAxis, HeatmapValue, ThresholdAxis
from desktop_app.domain.columns import ColumnType
from desktop_app.domain.problems import Message, message
from desktop_app.domain.readings import Unit
from desktop_app.text.words import Words

_PAGE = 10
# No title of an axis is cut shorter than this.
_LEAST = 60
_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
    Qt.Key.Key_PageUp: (0, _PAGE),
    Qt.Key.Key_PageDown: (0, -_PAGE),
}
_TAKE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


def exactly(axis: FigureAxis, value: float, words: Words) -> str:
    """A value of a figure, money in full."""
    return words.money(value, axis.currency) if axis.measure is Unit.MONEY else _short(axis, value, words)


def _short(axis: FigureAxis, value: float, words: Words) -> str:
    return words.quantity(value, axis.measure, axis.currency)


class Heatmap(Chart):
    """Draws one HeatmapValue; a cell is adopted by mouse or keyboard.

    Attributes:
        board, readout: its parts, for tests.

    Signals:
        adopted: Decimal, Decimal: where both thresholds shall stand.
    """

    adopted = Signal(object, object)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._value: HeatmapValue | None = None
        self._plot, self._bar, self._key = Plot(self), ColourBar(self), MarkKey(self)
        self._heat = self._plot.add_heat()
        self.readout = QLabel()
        self.board = _Board(self._plot, self.ink)
        across = QHBoxLayout()
        across.setSpacing(8)
        across.addWidget(self._plot, 1)
        across.addWidget(self._bar)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self._key)
        layout.addLayout(across, 1)
        layout.addWidget(self.readout)
        # A long readout must not widen the page.
        self.readout.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.veil.raise_()
        self.board.raise_()
        self.setFocusProxy(self.board)
        self._plot.installEventFilter(self)
        self.board.pointed.connect(self._say)
        self.board.taken.connect(lambda column, row: self._value and self.adopted.emit(*self._value.at(column, row)))
        self.restyle()

    def set_value(self, value: HeatmapValue | None) -> None:
        """Draw another value, None for nothing."""
        self._value = value
        self.board.set_value(value)
        self._plot.setVisible(value is not None)
        if value is not None:
            x, y = _span(value.x), _span(value.y)
            self._heat.set_cells(colours_of(value.values), x, y)
            self._plot.set_range(x, y, float("-inf"))
        self.restyle()

    def restyle(self) -> None:
        """Colours and words anew."""
        self._plot.set_ink(self.ink, grid=False)
        self.board.restyle(self.ink)
        value, words = self._value, self._words
        self.setAccessibleName(self.title())
        self.board.setAccessibleName(self.title())
        if value is not None:
            self._title_axes(value)
            self._plot.set_formats(*(_format(axis, value.figure.currency, words) for axis in (value.x, value.y)))
            self._write_key(value)
        self._say()
        self.update()

    def title(self) -> str:
        """The value's own title."""
        return self._value.title if self._value else ""

    def table(self) -> ChartTable:
        """One row a pair of thresholds: the figure, and which goals are met."""
        value = self._value
        if value is None:
            return ChartTable("", (), ())
        yes, no = self._words.translate("met"), self._words.translate("not met")
        goals = tuple(contour.label for contour in value.contours)
        rows: list[tuple[Cell, ...]] = []
        for (column, row), number in np.ndenumerate(value.values):
            x, y = value.at(column, row)
            met = tuple(yes if contour.met[column, row] else no for contour in value.contours)
            rows.append((float(x), float(y), float(number) if np.isfinite(number) else None, *met))
        return ChartTable(self.title(), (value.x.label, value.y.label, value.figure.label, *goals), tuple(rows))

    def cell_point(self, column: int, row: int) -> QPointF:
        """The middle of a cell, in the board's pixels."""
        return self.board.cell_area(column, row).center()

    def said(self, column: int, row: int) -> str:
        """Both thresholds of a cell, the figure there in full, and its goals."""
        value, words = self._value, self._words
        if value is None:
            return ""
        x, y = value.at(column, row)
        number = exactly(value.figure, float(value.values[column, row]), words)
        found = message("{figure}: {value}", figure=value.figure.label, value=number)
        where = message("{x} {a}; {y} {b}", x=value.x.label, a=x, y=value.y.label, b=y)
        kept = (
            message("{goal}: met", goal=one.label)
            if one.met[column, row]
            else message("{goal}: not met", goal=one.label)
            for one in value.contours
        )
        return " · ".join(map(words.say, (found, *kept, where)))

    def _title_axes(self, value: HeatmapValue) -> None:
        """Name the axes, as far as they have room."""
        area, metrics = self._plot.area(), self.fontMetrics()
        rooms = zip((value.x.label, value.y.label), (area.width(), area.height()), strict=True)
        x, y = (metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(int(room), _LEAST)) for text, room in rooms)
        self._plot.set_titles(x, y)

    def _write_key(self, value: HeatmapValue) -> None:
        say, words = self._words.say, self._words
        marks: list[tuple[Mark | int, str]] = [(Mark.PRESENT, say(message("Scenario")))]
        if value.x.baseline is not None and value.y.baseline is not None:
            marks.append((Mark.BASELINE, say(message("Baseline"))))
        marks += [(number, contour.label) for number, contour in enumerate(value.contours)]
        self._key.set_entries(tuple(marks), self.ink)
        low, high = span_of(value.values)
        parts = (0.0, 0.25, 0.5, 0.75, 1.0) if high > low else (0.0,)
        texts = tuple(_short(value.figure, low + part * (high - low), words) for part in parts)
        self._bar.set_values(texts, value.figure.label, self.ink)

    def _say(self) -> None:
        place = self.board.place
        text = self.said(*place) if place is not None else ""
        self.board.setAccessibleDescription(text)
        hint = Message("") if self._value is None else message("Click a cell, or press Enter on it, to adopt it.")
        self.readout.setText(text or self._words.say(hint))
        self.readout.setToolTip(text)

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """The board follows the plot."""
        if watched is self._plot and event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self.board.setGeometry(self._plot.geometry())
            if self._value is not None:
                self._title_axes(self._value)
        return super().eventFilter(watched, event)


class _Board(QWidget):
    """Covers the plot: draws marks and contours, and takes mouse and keyboard.

    Signals:
        pointed: another cell is looked at, or none.
        taken: the column and the row of a cell.
    """

    pointed = Signal()
    taken = Signal(int, int)

    def __init__(self, plot: Plot, ink: Ink) -> None:
        super().__init__(plot.parentWidget())
        self._plot, self._ink = plot, ink
        self._value: HeatmapValue | None = None
        self.place: tuple[int, int] | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        plot.moved.connect(self.update)

    def set_value(self, value: HeatmapValue | None) -> None:
        self._value = value
        shape = value.values.shape if value is not None else (0, 0)
        if self.place and not (self.place[0] < shape[0] and self.place[1] < shape[1]):
            self.place = None
        self.update()

    def restyle(self, ink: Ink) -> None:
        self._ink = ink
        self.update()

    def cell_area(self, column: int, row: int) -> QRectF:
        """A cell in pixels."""
        return QRectF(self._at(column - 0.5, row + 0.5), self._at(column + 0.5, row - 0.5))

    def _at(self, column: float, row: float) -> QPointF:
        """A place, which may lie between two, in pixels."""
        assert self._value is not None
        x, y = self._value.x.positions, self._value.y.positions
        across = float(x.first) + column * float(x.step)
        return QPointF(self._plot.x_pixel(across), self._plot.y_pixel(float(y.first) + row * float(y.step)))

    def _cell_at(self, point: QPointF) -> tuple[int, int] | None:
        value = self._value
        if value is None or not self._plot.area().contains(point):
            return None
        found = (self._plot.x_value(point.x()), self._plot.y_value(point.y()))
        axes = zip((value.x.positions, value.y.positions), found, strict=True)
        column, row = (min(max(round((at - float(one.first)) / float(one.step)), 0), one.count - 1) for one, at in axes)
        return column, row

    def _point(self, place: tuple[int, int] | None) -> None:
        if place != self.place:
            self.place = place
            self.pointed.emit()
            self.update()

    def _nearest_to_present(self) -> tuple[int, int] | None:
        value = self._value
        if value is None:
            return None
        column, row = (
            min(max(round((axis.present - axis.positions.first) / axis.positions.step), 0), axis.positions.count - 1)
            for axis in (value.x, value.y)
        )
        return column, row

    # Qt overrides

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Contours, baseline, scenario, the cell that is looked at."""
        value = self._value
        if value is None:
            return
        painter = QPainter(self)
        painter.setClipRect(self._plot.area())
        for number, contour in enumerate(value.contours):
            lines = [QLineF(self._at(*one[:2]), self._at(*one[2:])) for one in contour.segments.tolist()]
            for pen in (QPen(QColor(self._ink.ground), 4.5), contour_pen(self._ink, number)):
                painter.setPen(pen)
                painter.drawLines(lines)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if value.x.baseline is not None and value.y.baseline is not None:
            where = QPointF(self._plot.x_pixel(float(value.x.baseline)), self._plot.y_pixel(float(value.y.baseline)))
            paint_mark(painter, Mark.BASELINE, where, self._ink)
        here = QPointF(self._plot.x_pixel(float(value.x.present)), self._plot.y_pixel(float(value.y.present)))
        paint_mark(painter, Mark.PRESENT, here, self._ink)
        if self.place is not None:
            for colour, width in ((self._ink.ground, 4.0), (self._ink.accent, 2.0)):
                painter.setPen(QPen(QColor(colour), width))
                painter.drawRect(self.cell_area(*self.place))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Say what is under the pointer."""
        self._point(self._cell_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """Nothing is under the pointer any more."""
        self._point(None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Adopt the cell."""
        found = self._cell_at(event.position())
        if found is not None and event.button() is Qt.MouseButton.LeftButton:
            self.taken.emit(*found)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """The keyboard begins where the scenario stands."""
        super().focusInEvent(event)
        if event.reason() is not Qt.FocusReason.MouseFocusReason and self.place is None:
            self._point(self._nearest_to_present())

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Nothing is looked at any more."""
        super().focusOutEvent(event)
        self._point(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows go from cell to cell, Enter adopts."""
        key, value = Qt.Key(event.key()), self._value
        if value is None or (key not in _STEPS and key not in _TAKE):
            super().keyPressEvent(event)
            return
        here = self.place or self._nearest_to_present()
        assert here is not None
        if key in _TAKE:
            self.taken.emit(*here)
            return
        counts = value.values.shape
        column, row = (min(max(at + by, 0), count - 1) for at, by, count in zip(here, _STEPS[key], counts, strict=True))
        self._point((column, row))


def _span(axis: ThresholdAxis) -> Span:
    """From the left edge of the first cell to the right edge of the last."""
    first, step = float(axis.positions.first), float(axis.positions.step)
    return first - step / 2, first + (axis.positions.count - 0.5) * step


def _format(axis: ThresholdAxis, currency: str, words: Words) -> Format:
    if axis.type is ColumnType.MONEY:
        return lambda tick: words.short_money(round(tick, 9), currency)
    return lambda tick: words.number(round(tick, 9))
