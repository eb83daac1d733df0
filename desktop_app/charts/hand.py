"""The hand on a histogram's lines: which one is active, which is held, and where it may rest. No painting."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from desktop_app.analysis.steps import coarse_step
from desktop_app.charts.snapping import snapped
from desktop_app.domain.chart_values import HistogramValue, ThresholdLine
from desktop_app.domain.handles import ThresholdHandle


@dataclass
class Held:
    """A line in the hand: where it was, where the hand is, where it rests."""

    line: ThresholdLine
    start: Decimal
    raw: float
    value: Decimal
    pixel: float


class Hand:
    """Holds at most one line of a histogram.

    Attributes: value is the histogram, active the number of the line that the keyboard moves, held the line in the
    hand.
    """

    def __init__(self) -> None:
        self.value: HistogramValue | None = None
        self.held: Held | None = None
        self.active = 0
        self._rests: tuple[Decimal, ...] = ()
        self._rests_of: ThresholdHandle | None = None

    @property
    def lines(self) -> tuple[ThresholdLine, ...]:
        """The histogram's lines."""
        return self.value.lines if self.value else ()

    @property
    def active_line(self) -> ThresholdLine | None:
        """The line that the keyboard moves."""
        return self.lines[self.active] if self.lines else None

    def set_value(self, value: HistogramValue | None) -> None:
        """Take another histogram; a line that it lacks falls out of the hand."""
        self.value = value
        if self.held and self.held.line.handle not in [line.handle for line in self.lines]:
            self.held = None
        self.active = min(self.active, max(len(self.lines) - 1, 0))

    def position(self, line: ThresholdLine) -> Decimal:
        """Where a line stands; the held one where the hand is."""
        if self.held and self.held.line.handle == line.handle:
            return self.held.value
        return Decimal(repr(line.position))

    def grab(self, index: int, pixel: float) -> None:
        """Take hold of a line."""
        line = self.lines[index]
        start = self.position(line)
        self.active = index
        self.held = Held(line, start, float(start), start, pixel)

    def set_rests(self, handle: ThresholdHandle | None, rests: tuple[Decimal, ...]) -> None:
        """Values at which one of the lines likes to rest, beside those of the grid."""
        self._rests_of, self._rests = handle, rests

    def move_to(self, raw: float, fine: bool, reach: float = 0.0) -> bool:
        """Move the held line to a value of the axis, snapped; says whether it rests elsewhere now.

        A rest at most `reach` away, in values of the axis, draws it there.
        """
        held, value = self.held, self.value
        if held is None or value is None:
            return False
        held.raw = min(max(raw, float(value.minimum)), float(value.maximum))
        rest = self._drawn_to(held, reach)
        if rest is None:
            rest = snapped(held.raw, value.minimum, value.maximum, self.step(fine))
        moved, held.value = rest != held.value, rest
        return moved

    def _drawn_to(self, held: Held, reach: float) -> Decimal | None:
        if held.line.handle != self._rests_of or not reach:
            return None
        nearest = min(self._rests, key=lambda rest: abs(float(rest) - held.raw), default=None)
        return nearest if nearest is not None and abs(float(nearest) - held.raw) <= reach else None

    def step(self, fine: bool) -> Decimal:
        """How far one step goes; 0 without a histogram."""
        value = self.value
        if value is None:
            return Decimal(0)
        return value.step if fine else coarse_step(value.minimum, value.maximum, value.step)

    def open(self) -> Held | None:
        """Let the line go, where it is if it moved; returns what was held."""
        held, self.held = self.held, None
        if held is not None and held.value != held.start:
            self._rest(held)
        return held

    def drop(self) -> Held | None:
        """Let the line fall back; returns what was held."""
        held, self.held = self.held, None
        return held

    def choose(self, by: int) -> None:
        """Make another line the active one."""
        self.active = (self.active + by) % len(self.lines)

    def _rest(self, held: Held) -> None:
        """Keep the line where it was let go until the next value says the same."""
        if self.value is None:
            return
        line = ThresholdLine(held.line.handle, float(held.value), held.line.label)
        lines = tuple(line if old.handle == line.handle else old for old in self.value.lines)
        self.value = HistogramValue(**{**self.value.__dict__, "lines": lines})
