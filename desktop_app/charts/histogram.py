"""The histogram of one field, stacked by outcome, with the baseline in outline and lines to drag."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.charts.chart import Chart
from desktop_app.charts.legend import Legend
from desktop_app.charts.lines import LineLayer
from desktop_app.charts.plotting import Plot, Span
from desktop_app.charts.saving import Cell, ChartTable
from desktop_app.domain.chart_values import HistogramValue
from desktop_app.domain.columns import ColumnType
from desktop_app.domain.filters import InRange, IsMissing
from desktop_app.domain.outcomes import OUTCOMES, Outcome
from desktop_app.domain.problems import Message, message
from desktop_app.text.labels import OUTCOME_LABELS, column_label
from desktop_app.text.words import Words

# From the axis upwards: what a policy takes away stands on the ground, where it can be compared with the outline.
STACKING: tuple[Outcome, ...] = (
    Outcome.BLOCKED,
    Outcome.REFERRED,
    Outcome.REDUCED,
    Outcome.WATCHED,
    Outcome.RAISED,
    Outcome.UNCHANGED,
)
# Room above the highest bin, for the labels of lines.
_HEADROOM = 1.22
# The bar of missing values, as shares of the axis: its width, and the gap to the first bin.
_MISSING_WIDTH = 0.035
_MISSING_GAP = 0.025
_Floats = NDArray[np.float64]
# The bar of missing values, where bins are told by their number.
MISSING = -1


class Histogram(Chart):
    """Draws one HistogramValue.

    Attributes:
        lines, legend, plot: its parts, for tests, for the window around it and for charts on the same axis.

    Signals:
        moved: ThresholdHandle, Decimal, while a line is dragged; at most once a frame.
        released: ThresholdHandle, Decimal, when it is let go.
        returned: ThresholdHandle, when it was put back.
        picked: the number of a bin, MISSING for the bar of missing values.
        swept: the numbers of the first and the last bin that the mouse was drawn over.
    """

    moved = Signal(object, object)
    released = Signal(object, object)
    returned = Signal(object)
    picked = Signal(int)
    swept = Signal(int, int)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._value: HistogramValue | None = None
        self._top = 0.0
        self._occurring: frozenset[Outcome] = frozenset()
        self.legend = Legend(self)
        self.plot = Plot(self)
        self._layers = {outcome: self.plot.add_bars() for outcome in STACKING}
        self._missing_bar = self.plot.add_bars()
        self._ghost = self.plot.add_steps()
        self.lines = LineLayer(self.plot, words, self.ink)
        self._missing_label = _MissingLabel(self.plot, self)
        self.veil.raise_()
        self.lines.raise_()
        self._join()
        self.restyle()

    def _join(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.legend)
        layout.addWidget(self.plot, 1)
        self.plot.installEventFilter(self)
        self.lines.moved.connect(self.moved)
        self.lines.released.connect(self.released)
        self.lines.returned.connect(self.returned)
        self.lines.swept.connect(self._take_swept)
        self.lines.set_tip(self.tip)
        self.setFocusProxy(self.lines)

    @property
    def value(self) -> HistogramValue | None:
        """What is drawn."""
        return self._value

    def mark(self, part: InRange | IsMissing | None) -> None:
        """Tint what is looked at of this field."""
        value = self._value
        if value is None or part is None:
            self.lines.mark(None)
        elif isinstance(part, IsMissing):
            self.lines.mark(self._missing_span(value))
        else:
            ends = zip((part.low, part.high), (value.edges[0], value.edges[-1]), strict=True)
            low, high = (float(edge if bound is None else bound) for bound, edge in ends)
            self.lines.mark((low, high))

    def set_value(self, value: HistogramValue | None) -> None:
        """Draw another value; the same bins only get other heights."""
        same = self._value is not None and value is not None and _same_bins(self._value, value)
        self._value = value
        if value is not None:
            if not same:
                self._set_bins(value)
            self._set_heights(value)
        self.lines.set_value(value)
        self._missing_label.setVisible(value is not None and value.missing > 0)
        if not same:
            self.restyle()

    def hold_still(self, holding: bool) -> None:
        """Keep axes and grid as they are painted while a line is dragged."""
        self.plot.hold(holding)

    def restyle(self) -> None:
        """Colours, titles and legend anew."""
        self.plot.set_ink(self.ink)
        for outcome, layer in self._layers.items():
            layer.set_colours(self.ink.colour(outcome), self.ink.hatch(outcome))
        plain = self.ink.hatch(Outcome.UNCHANGED)
        self._missing_bar.set_colours(QColor(self.ink.grid), plain)
        self._ghost.set_colour(QColor(self.ink.ghost))
        self._write_texts()
        self.lines.restyle(self._words, self.ink)
        self.update()

    def title(self) -> str:
        """The field, as a heading."""
        return self._words.say(message("Users by {field}", field=self._field()))

    def table(self) -> ChartTable:
        """One row a bin: its bounds, users by outcome, restricted under the baseline; then the missing."""
        say, value = self._words.say, self._value
        headings = (
            say(message("From")),
            say(message("To")),
            *(say(OUTCOME_LABELS[outcome]) for outcome in OUTCOMES),
            say(message("Baseline, restricted")),
        )
        if value is None:
            return ChartTable(self.title(), headings, ())
        columns = [value.counts[outcome] for outcome in OUTCOMES if outcome in value.counts]
        rows: list[tuple[Cell, ...]] = [
            (float(low), float(high), *(int(column[index]) for column in columns), int(value.baseline[index]))
            for index, (low, high) in enumerate(zip(value.edges[:-1], value.edges[1:], strict=True))
        ]
        blanks: tuple[Cell, ...] = (None,) * len(columns)
        rows.append((say(message("Missing")), value.missing, *blanks, None))
        return ChartTable(self.title(), headings, tuple(rows))

    def _field(self) -> Message:
        return column_label(self._value.field) if self._value else Message("")

    def _write_texts(self) -> None:
        say = self._words.say
        self._write_legend()
        self.plot.set_titles(say(self._field()), say(message("Users")))
        is_money = self._value is not None and self._value.type is ColumnType.MONEY
        write = self._words.short_money if is_money else self._words.number
        self.plot.set_formats(lambda tick: write(round(tick, 9)), self._words.integer)
        self.setAccessibleName(self.title())
        self.lines.setAccessibleName(say(message("Threshold lines on {field}", field=self._field())))
        if self._value:
            self._missing_label.set_text(
                say(message("missing: {count}", count=self._value.missing)), QColor(self.ink.faint)
            )

    def _write_legend(self) -> None:
        """Name the outcomes that somebody has: room is short."""
        say = self._words.say
        names = tuple((outcome, say(OUTCOME_LABELS[outcome])) for outcome in STACKING if outcome in self._occurring)
        self.legend.set_entries(names, say(message("Baseline")), self.ink)

    def _set_bins(self, value: HistogramValue) -> None:
        edges = value.edges.astype(np.float64)
        for layer in self._layers.values():
            layer.set_edges(edges[:-1], edges[1:])
        low, high = float(edges[0]), float(edges[-1])
        span = high - low
        self._top = float(_total(value).max(initial=1)) * _HEADROOM
        left, right = self._missing_span(value) if value.missing else (low, low)
        if value.missing:
            self._missing_bar.set_edges(np.array([left]), np.array([right]))
            # A column that is mostly empty would press everything else flat: its number tells, its bar stops.
            height = min(float(value.missing), self._top / _HEADROOM)
            self._missing_bar.set_heights(np.zeros(1), np.array([height]))
            self._missing_label.set_span(left, right)
        else:
            self._missing_bar.set_edges(np.zeros(0), np.zeros(0))
        margin = span * 0.01
        self.plot.set_range((left - margin, high + margin), (0.0, self._top), low)

    def _set_heights(self, value: HistogramValue) -> None:
        base: _Floats = np.zeros(len(value.edges) - 1)
        for outcome, layer in self._layers.items():
            height = value.counts[outcome].astype(np.float64) if outcome in value.counts else np.zeros_like(base)
            layer.set_heights(base, height)
            base = base + height
        occurring = frozenset(outcome for outcome, count in value.counts.items() if count.any())
        if occurring != self._occurring:
            self._occurring = occurring
            self._write_legend()
        self._ghost.set_steps(value.edges.astype(np.float64), value.baseline.astype(np.float64))

    @staticmethod
    def _missing_span(value: HistogramValue) -> Span:
        """Where on the axis the bar of missing values stands."""
        low, span = float(value.edges[0]), float(value.edges[-1] - value.edges[0])
        left = low - span * (_MISSING_WIDTH + _MISSING_GAP)
        return left, left + span * _MISSING_WIDTH

    def _bin_at(self, position: float) -> int:
        """The number of the bin at a value of the axis, MISSING before the first."""
        value = self._value
        if value is None or (position < value.edges[0] and value.missing):
            return MISSING
        last = len(value.edges) - 2
        return min(max(int(np.searchsorted(value.edges, position, side="right")) - 1, 0), last)

    def _take_swept(self, low: float, high: float) -> None:
        if self._value is None:
            return
        first, last = self._bin_at(low), self._bin_at(high)
        if low == high or last == MISSING:
            self.picked.emit(first)
        else:
            self.swept.emit(max(first, 0), last)

    def tip(self, position: float) -> str:
        """The bin at a value of the axis, in exact numbers; "" outside the bins."""
        value = self._value
        if value is None or not value.edges[0] <= position <= value.edges[-1]:
            return ""
        index = self._bin_at(position)
        low, high = (self._words.number(round(float(edge), 6)) for edge in value.edges[index : index + 2])
        counts = [
            f"{self._words.say(OUTCOME_LABELS[outcome])}: {self._words.integer(int(value.counts[outcome][index]))}"
            for outcome in STACKING
            if outcome in value.counts and value.counts[outcome][index]
        ]
        ghost = f"{self._words.translate('Baseline, restricted')}: "
        return "\n".join([f"{low} – {high}", *counts, ghost + self._words.integer(int(value.baseline[index]))])

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """The layers over the plot follow its size."""
        if watched is self.plot and event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self.lines.setGeometry(self.plot.geometry())
            self._missing_label.setGeometry(self.plot.geometry())
        return super().eventFilter(watched, event)


class _MissingLabel(QWidget):
    """How many users have no value, written upwards along their bar."""

    def __init__(self, plot: Plot, parent: QWidget) -> None:
        super().__init__(parent)
        self.plot = plot
        self._text = ""
        self._colour = QColor()
        self._span = (0.0, 1.0)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        plot.moved.connect(self.update)

    def set_text(self, text: str, colour: QColor) -> None:
        self._text, self._colour = text, colour
        self.update()

    def set_span(self, low: float, high: float) -> None:
        self._span = (low, high)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setPen(self._colour)
        area = self.plot.area()
        left, right = (self.plot.x_pixel(value) for value in self._span)
        painter.translate(left, area.bottom() - 6)
        painter.rotate(-90)
        along = QRectF(0, 0, area.height() - 12, right - left)
        painter.drawText(along, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._text)


def _total(value: HistogramValue) -> NDArray[np.int64]:
    total = np.zeros(len(value.edges) - 1, np.int64)
    for count in value.counts.values():
        total += count
    return total


def _same_bins(old: HistogramValue, new: HistogramValue) -> bool:
    if (old.field, old.missing) != (new.field, new.missing) or not np.array_equal(old.edges, new.edges):
        return False
    return bool(_total(old).max(initial=1) == _total(new).max(initial=1))
