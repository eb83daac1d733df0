"""Horizontal bars: a name, a bar with the baseline in outline, the value at its end."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop_app.charts.chart import Chart
from desktop_app.charts.legend import paint_swatch
from desktop_app.charts.saving import Cell, ChartTable
from desktop_app.domain.chart_values import Bar, BarsValue
from desktop_app.domain.problems import message
from desktop_app.domain.readings import Unit
from desktop_app.text.labels import OUTCOME_LABELS
from desktop_app.text.words import Words

_ROW = 22
_USUAL_WIDTH = 300
_BAR = 12
_NAME_SHARE = 0.42
_GAP = 8
_MARK_ALPHA = 46
_TICKS = 4
# What an axis need not divide into whole numbers.
_PARTS = frozenset({Unit.SHARE, Unit.RATIO})
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True)
class _Layout:
    """Texts as they are drawn, and the ends of the bars' axis in pixels; ticks are values with their labels."""

    left: float
    right: float
    names: tuple[str, ...]
    values: tuple[str, ...]
    ticks: tuple[tuple[float, str], ...]


class Bars(Chart):
    """Draws one BarsValue; every bar can be picked by mouse or keyboard.

    Signals:
        picked: the key of a bar.
        narrowed: the key of a bar that is to be looked at alone, or no longer: Ctrl and a click, or Ctrl and Enter.
    """

    picked = Signal(str)
    narrowed = Signal(str)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._value = BarsValue("", "", ())
        self._counted = False
        self._low, self._top, self._step = 0.0, 1.0, 1.0
        self._holding = False
        self._active = 0
        self._marked: frozenset[str] = frozenset()
        self._layout = _Layout(0, 20, (), (), ())
        # It paints its whole ground: what lies under it need not.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def set_value(self, value: BarsValue | None) -> None:
        """Draw other bars."""
        self._counted = value is not None
        old, self._value = self._value, value or BarsValue(self._value.title, self._value.unit, ())
        ends = [0.0, *(end for bar in self._value.bars for end in (bar.value, bar.baseline))]
        held = self._holding and old.measure is self._value.measure
        if not held or min(ends) < self._low or max(ends) > self._top:
            self._low, self._top, self._step = nice_axis(min(ends), max(ends), whole=self._value.measure not in _PARTS)
        self._active = min(self._active, max(len(self._value.bars) - 1, 0))
        self._describe()
        self._lay_out()
        if self.minimumHeight() != self._height():
            self.setMinimumHeight(self._height())
            self.updateGeometry()

    def mark(self, keys: frozenset[str]) -> None:
        """Tint the bars that are looked at."""
        self._marked = keys
        self.update()

    def hold_range(self, holding: bool) -> None:
        """Keep the axis as it is during a drag, unless a bar would leave it."""
        self._holding = holding
        if not holding and self._counted:
            self.set_value(self._value)

    def restyle(self) -> None:
        """Names and colours anew."""
        self._describe()
        self._lay_out()

    def title(self) -> str:
        """The value's own title."""
        return self._words.translate(self._value.title)

    def table(self) -> ChartTable:
        """One row a bar."""
        say = self._words.say
        by_outcome = self._value.by_outcome
        outcome = (say(message("Outcome")),) if by_outcome else ()
        headings = (say(message("Name")), *outcome, say(message("Scenario")), say(message("Baseline")))
        rows: list[tuple[Cell, ...]] = [
            (
                self._name(bar),
                *((say(OUTCOME_LABELS[bar.outcome]),) if by_outcome else ()),
                _number(bar.value),
                _number(bar.baseline),
            )
            for bar in self._value.bars
        ]
        return ChartTable(self.title(), headings, tuple(rows))

    def _name(self, bar: Bar) -> str:
        return self._words.translate(bar.label)

    def _describe(self) -> None:
        self.setAccessibleName(self.title())
        self.setAccessibleDescription("; ".join(self._spoken(bar) for bar in self._value.bars))

    def _spoken(self, bar: Bar) -> str:
        value, baseline = (self._written(end, self._value.currency) for end in (bar.value, bar.baseline))
        said = message("{name}: {value}, baseline {baseline}", name=self._name(bar), value=value, baseline=baseline)
        return self._words.say(said)

    def _written(self, value: float, currency: str = "") -> str:
        """A value as it is drawn: the axis names the currency once."""
        return self._words.quantity(value, self._value.measure, currency)

    def _height(self) -> int:
        return self._head() + max(len(self._value.bars), 1) * _ROW + self._foot()

    def _head(self) -> int:
        return self.fontMetrics().height() + 8

    def _foot(self) -> int:
        return self.fontMetrics().height() + 6

    def _lay_out(self) -> None:
        """Write and measure every text once: a repaint during a drag has no time for it."""
        metrics = self.fontMetrics()
        names = [self._name(bar) for bar in self._value.bars]
        values = [self._value_text(bar) for bar in self._value.bars]
        name_width = min(max(map(metrics.horizontalAdvance, names), default=0), int(self.width() * _NAME_SHARE))
        elided = [metrics.elidedText(name, Qt.TextElideMode.ElideRight, name_width + 1) for name in names]
        left = name_width + _GAP
        right = max(self.width() - max(map(metrics.horizontalAdvance, values), default=0) - _GAP, left + 20)
        written = self._ticks(right - left)
        self._layout = _Layout(left, right, tuple(elided), tuple(values), written)
        self.update()

    def _ticks(self, width: float) -> tuple[tuple[float, str], ...]:
        """As many ticks as have room for their numbers; 0 is always one."""
        first, last = round(self._low / self._step), round(self._top / self._step)
        texts = {tick: self._written(tick * self._step) for tick in range(first, last + 1)}
        widest = max(self.fontMetrics().horizontalAdvance(f"  {text}  ") for text in texts.values())
        room = max(width / (last - first), 1.0)
        if not first and widest / 2 < width < widest:
            # A narrow axis still says where it ends: the number has room beyond it.
            return (0.0, texts[0]), (self._top, texts[last])
        every = next((by for by in (1, 2, _TICKS) if widest <= room * by), last - first + 1)
        return tuple((tick * self._step, text) for tick, text in texts.items() if tick % every == 0)

    def _value_text(self, bar: Bar) -> str:
        value, change = self._written(bar.value), bar.value - bar.baseline
        said = self._words.change(change, self._value.measure)
        return f"{value} ({said})" if change else value

    def _pixel(self, value: float) -> float:
        left, right = self._layout.left, self._layout.right
        return left + (value - self._low) / (self._top - self._low) * (right - left)

    def _say_picked(self, modifiers: Qt.KeyboardModifier) -> None:
        signal = self.narrowed if modifiers & Qt.KeyboardModifier.ControlModifier else self.picked
        signal.emit(self._value.bars[self._active].key)

    @property
    def bars(self) -> tuple[Bar, ...]:
        """The bars that are drawn."""
        return self._value.bars

    def bar(self, key: str) -> Bar | None:
        """The bar of a key, where it is drawn."""
        return next((bar for bar in self._value.bars if bar.key == key), None)

    def end_of(self, bar: Bar) -> QPoint:
        """The pixel at the end of a bar."""
        return QPoint(round(self._pixel(bar.value)), self.row_middle(self._value.bars.index(bar)))

    def row_middle(self, row: int) -> int:
        """The vertical pixel in the middle of a row."""
        return self._head() + row * _ROW + _ROW // 2

    def _row_at(self, y: float) -> int | None:
        row = int((y - self._head()) // _ROW)
        return row if 0 <= row < len(self._value.bars) and y >= self._head() else None

    def _paint_bar(self, painter: QPainter, row: int, bar: Bar) -> None:
        layout = self._layout
        top = self._head() + row * _ROW
        middle = top + (_ROW - _BAR) / 2
        painter.setPen(QColor(self.ink.text))
        painter.drawText(QRectF(0, top, layout.left - _GAP, _ROW), _RIGHT, layout.names[row])
        ground = self._pixel(0.0)
        bar_area = QRectF(ground, middle, self._pixel(bar.value) - ground, _BAR).normalized()
        if self._value.by_outcome:
            paint_swatch(painter, bar_area, self.ink, bar.outcome)
        else:
            painter.fillRect(bar_area, QColor(self.ink.plain))
        if bar.baseline:
            painter.setPen(QPen(QColor(self.ink.ghost), 1.2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(ground, middle - 2, self._pixel(bar.baseline) - ground, _BAR + 4).normalized())
        painter.setPen(QColor(self.ink.text))
        end = self._pixel(max(bar.value, bar.baseline, 0.0)) + _GAP / 2
        painter.drawText(QRectF(end, top, self.width(), _ROW), _LEFT, layout.values[row])

    def _paint_mark(self, painter: QPainter, row: int) -> None:
        ground = QColor(self.ink.accent)
        ground.setAlpha(_MARK_ALPHA)
        area = QRectF(0, self._head() + row * _ROW + 1, self.width(), _ROW - 2)
        painter.fillRect(area, ground)
        painter.fillRect(QRectF(0, area.top(), 3, area.height()), QColor(self.ink.accent))

    def _paint_axis(self, painter: QPainter) -> None:
        bottom = self._head() + max(len(self._value.bars), 1) * _ROW
        for value, written in self._layout.ticks:
            x = self._pixel(value)
            painter.setPen(QColor(self.ink.grid))
            painter.drawLine(int(x), self._head(), int(x), bottom)
            painter.setPen(QColor(self.ink.faint))
            area = QRectF(x - 60, bottom + 2, 120, self._foot())
            painter.drawText(area, Qt.AlignmentFlag.AlignHCenter, written)
        first = self._layout.ticks[0][1]
        left = self._pixel(self._layout.ticks[0][0]) - self.fontMetrics().horizontalAdvance(first) / 2
        unit = QRectF(0, bottom + 2, max(min(left, self._layout.left) - _GAP, 0.0), self._foot())
        painter.drawText(unit, Qt.AlignmentFlag.AlignRight, self._words.translate(self._value.unit))

    # Qt overrides

    def sizeHint(self) -> QSize:  # noqa: N802
        """Room for every row."""
        return QSize(_USUAL_WIDTH, self._height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Names are elided to the new width."""
        super().resizeEvent(event)
        self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Title, axis, bars."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self.ink.ground))
        font = painter.font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(self.ink.text))
        title = painter.fontMetrics().elidedText(self.title(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(QRectF(0, 0, self.width(), self._head() - 4), _LEFT, title)
        painter.setFont(self.font())
        if not self._value.bars and self._counted:
            painter.setPen(QColor(self.ink.faint))
            painter.drawText(QRectF(0, self._head(), self.width(), _ROW), _LEFT, self._words.translate("Nobody."))
        if not self._value.bars:
            return
        self._paint_axis(painter)
        for row, bar in enumerate(self._value.bars):
            if bar.key in self._marked:
                self._paint_mark(painter, row)
            self._paint_bar(painter, row, bar)
        if self.hasFocus():
            painter.setPen(QPen(QColor(self.ink.accent), 1, Qt.PenStyle.DotLine))
            painter.drawRect(QRectF(0, self._head() + self._active * _ROW, self.width() - 1, _ROW - 1))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Pick the bar under the pointer."""
        row = self._row_at(event.position().y())
        if row is not None and event.button() is Qt.MouseButton.LeftButton:
            self._active = row
            self.update()
            self._say_picked(event.modifiers())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Up and Down go from bar to bar, Enter picks; with Ctrl it narrows the desk."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        key = Qt.Key(event.key())
        if key in steps and self._value.bars:
            self._active = min(max(self._active + steps[key], 0), len(self._value.bars) - 1)
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Space) and self._value.bars:
            self._say_picked(event.modifiers())
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """The whole name and both numbers under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            row = self._row_at(event.pos().y())
            QToolTip.showText(event.globalPos(), "" if row is None else self._spoken(self._value.bars[row]), self)
            return True
        return super().event(event)


def nice_axis(low: float, high: float, *, whole: bool = True) -> tuple[float, float, float]:
    """Both ends of an axis from `low` ≤ 0 to `high` ≥ 0, and the step of its ticks, of which 0 is one."""
    step = nice_top(max(-low, high), whole=whole) / _TICKS
    return math.floor(low / step) * step, max(math.ceil(high / step), 1) * step, step


def nice_top(largest: float, *, whole: bool = True) -> float:
    """The end of an axis from 0 that four ticks divide evenly: 4, 8, 20, 40, 80, 200, …

    whole divides it into whole numbers; shares and ratios need no such.
    """
    if largest <= (_TICKS if whole else 0):
        return float(_TICKS)
    power = 10.0 ** math.floor(math.log10(largest / _TICKS))
    return next(
        step * power * _TICKS for step in (1, 1.5, 2, 2.5, 3, 4, 5, 7.5, 10) if step * power * _TICKS >= largest
    )


def _number(value: float) -> int | float:
    return int(value) if value == int(value) else value
