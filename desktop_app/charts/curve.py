"""The curve of one figure wherever a threshold stands, under the histogram and on its axis."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop_app.charts.chart import Chart
from desktop_app.charts.curve_layout import CurveLayout, OwnAxis, lay_out
from desktop_app.charts.curve_picture import CurvePicture
from desktop_app.charts.plotting import Plot
from desktop_app.charts.saving import Cell, ChartTable
from desktop_app.domain.chart_values import CurveValue
from desktop_app.domain.problems import message
from desktop_app.text.labels import column_label
from desktop_app.text.words import Words

_HEIGHT = 104
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageDown: -10, Qt.Key.Key_PageUp: 10}


@dataclass(frozen=True)
class _Still:
    """What was painted of a layout at a size."""

    layout: CurveLayout
    size: QSize
    picture: QPixmap


class Curve(Chart):
    """Draws one CurveValue on the horizontal axis of `plot`, which stands right above it, else on one of its own.

    The keyboard reads it position by position; the pointer says what it is over.

    Attributes:
        laid_out: where everything but the threshold lies, None without a curve.
    """

    def __init__(self, words: Words, plot: Plot | None = None, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._axis: Plot | OwnAxis = plot or OwnAxis()
        self._value: CurveValue | None = None
        self.laid_out: CurveLayout | None = None
        self._drawn: tuple[object, ...] = ()
        self._read: int | None = None
        # It paints its whole ground: what lies under it need not.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._still: _Still | None = None
        self._holding = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if plot is not None:
            plot.moved.connect(self._relate)

    @property
    def value(self) -> CurveValue | None:
        """What is drawn."""
        return self._value

    def set_value(self, value: CurveValue | None) -> None:
        """Draw another curve; one of the same values only has its threshold moved."""
        self._value = value
        if value is None:
            self._read = None
        self._lay_out()
        self._describe()
        self.update()

    def hold_still(self, holding: bool) -> None:
        """Paint what a drag does not move once, for as long as it lasts."""
        self._holding, self._still = holding, None

    def restyle(self) -> None:
        """Names, numbers and colours anew."""
        self._drawn, self._still = (), None
        self._lay_out()
        self._describe()
        self.update()

    def title(self) -> str:
        """The figure and the field."""
        value = self._value
        if value is None:
            return self._words.translate("Curve")
        said = message("{figure} by {field}", figure=value.label, field=column_label(value.field))
        return self._words.say(said)

    def table(self) -> ChartTable:
        """One row a position: the figure, and whether every goal is kept there."""
        say, value = self._words.say, self._value
        if value is None:
            return ChartTable(self.title(), (), ())
        headings = [say(column_label(value.field)), value.label]
        yes, no = say(message("yes")), say(message("no"))
        columns: list[list[Cell]] = [
            [_plain(float(position)) for position in value.positions],
            [_plain(float(number)) if np.isfinite(number) else None for number in value.values],
        ]
        if value.kept is not None:
            headings.append(say(message("Every goal is kept")))
            columns.append([yes if kept else no for kept in value.kept])
        return ChartTable(self.title(), tuple(headings), tuple(zip(*columns, strict=True)))

    def said(self, place: int | None) -> str:
        """What the curve says at one of its positions; where the threshold stands for None."""
        value = self._value
        if value is None:
            return ""
        place = self._present() if place is None else place
        parts = [self._said_at(value, place)] if place is not None else []
        if value.baseline is not None:
            parts.append(self._words.say(message("baseline {value}", value=self._written(value.baseline))))
        if value.bound is not None:
            parts.append(self._words.say(message("goal {bound}", bound=value.bound_label)))
        if place is not None and value.kept is not None and not value.kept[place]:
            parts.append(self._words.translate("a goal is missed"))
        return " · ".join(parts)

    def _said_at(self, value: CurveValue, place: int) -> str:
        position = self._words.number(round(float(value.positions[place]), 6))
        found = self._written(float(value.values[place]))
        return self._words.say(message("{value} at {position}", value=found, position=position))

    def _written(self, number: float) -> str:
        value = self._value
        return self._words.quantity(number, value.measure, value.currency) if value else ""

    def _present(self) -> int | None:
        """The position where the threshold stands; None between two or beyond them."""
        value = self._value
        if value is None or not len(value.positions):
            return None
        place = self._nearest(value.position)
        step = abs(value.positions[-1] - value.positions[0]) / max(len(value.positions) - 1, 1)
        return place if abs(value.positions[place] - value.position) <= step * 1e-6 else None

    def _nearest(self, position: float) -> int:
        assert self._value is not None
        return int(np.abs(self._value.positions - position).argmin())

    def _describe(self) -> None:
        self.setAccessibleName(self.title())
        self.setAccessibleDescription(self.said(self._read))

    def _relate(self) -> None:
        self._lay_out()
        self.update()

    def _lay_out(self) -> None:
        """Work out every point once: during a drag nothing but the threshold moves."""
        value = self._value
        if value is None or not len(value.positions):
            self.laid_out, self._drawn = None, ()
            return
        area = self._area()
        ends = self._axis.x_pixel(float(value.positions[0])), self._axis.x_pixel(float(value.positions[-1]))
        drawn = (id(value.positions), id(value.values), id(value.kept), value.baseline, value.bound, ends, area)
        if drawn != self._drawn:
            self.laid_out = lay_out(value, area, ends, lambda tick: self._words.quantity(tick, value.measure))
            self._drawn = drawn

    def _area(self) -> QRectF:
        """The rectangle of the curve: as wide as the plot's, under a line of text."""
        if isinstance(self._axis, OwnAxis):
            self._axis.fit(self.width(), self._value)
        above, head = self._axis.area(), self.fontMetrics().height() + 6
        return QRectF(above.left(), head, above.width(), max(self.height() - head - 6, 1))

    def _still_picture(self, layout: CurveLayout) -> QPixmap:
        """Ground and curve as they were painted when the drag began; anew where the curve is another one."""
        if self._still is None or self._still.layout is not layout or self._still.size != self.size():
            ratio = self.devicePixelRatioF()
            picture = QPixmap(self.size() * ratio)
            picture.setDevicePixelRatio(ratio)
            painter = QPainter(picture)
            painter.setFont(self.font())
            self._paint_still(painter, layout)
            painter.end()
            self._still = _Still(layout, self.size(), picture)
        return self._still.picture

    def _paint_still(self, painter: QPainter, layout: CurveLayout) -> None:
        painter.fillRect(self.rect(), QColor(self.ink.ground))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        picture = CurvePicture(painter, layout, self.ink)
        picture.paint_ground(self._words)
        picture.paint_curve()

    # Qt overrides

    def sizeHint(self) -> QSize:  # noqa: N802
        """As wide as there is room."""
        return QSize(300, _HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Another size, other points."""
        super().resizeEvent(event)
        self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """What the curve is, then the curve."""
        painter = QPainter(self)
        value, layout = self._value, self.laid_out
        if value is None or layout is None:
            painter.fillRect(self.rect(), QColor(self.ink.ground))
            return
        if self._holding:
            painter.drawPixmap(0, 0, self._still_picture(layout))
        else:
            self._paint_still(painter, layout)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        picture = CurvePicture(painter, layout, self.ink)
        picture.paint_title(self.title(), self.said(self._read), self.width())
        present = self._axis.x_pixel(value.position)
        place = self._present()
        picture.paint_present(present, None if place is None else layout.y(float(value.values[place])))
        if self._read is not None and self.hasFocus():
            read = self._axis.x_pixel(float(value.positions[self._read]))
            picture.paint_read(QPointF(read, layout.y(float(value.values[self._read]))))
        if self.hasFocus():
            picture.paint_focus(QRectF(self.rect()))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Left and Right read the next position, Escape reads where the threshold stands."""
        key, value = Qt.Key(event.key()), self._value
        if value is not None and key in _STEPS:
            start = self._nearest(value.position) if self._read is None else self._read
            self._read = min(max(start + _STEPS[key], 0), len(value.positions) - 1)
        elif key is Qt.Key.Key_Escape and self._read is not None:
            self._read = None
        else:
            super().keyPressEvent(event)
            return
        self._describe()
        self.update()

    def event(self, event: QEvent) -> bool:
        """Exact values under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip and self._value is not None:
            place = self._nearest(self._axis.x_value(event.pos().x()))
            QToolTip.showText(event.globalPos(), self.said(place), self)
            return True
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().event(event)


def _plain(number: float) -> int | float:
    return int(number) if number == int(number) else number
