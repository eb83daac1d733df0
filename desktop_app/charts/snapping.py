"""Where a dragged number may rest: a coarse grid for the hand, the exact step for care."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

# About one position for every two pixels of a chart.
POSITIONS = 300
_NICE = (Decimal(1), Decimal(2), Decimal(5))


def coarse_step(minimum: Decimal, maximum: Decimal, step: Decimal, positions: int = POSITIONS) -> Decimal:
    """The smallest of 1, 2, 5, 10, … times `step` with at most `positions` of them between the bounds."""
    span = maximum - minimum
    power = Decimal(1)
    while True:
        for factor in _NICE:
            candidate = step * factor * power
            if span <= candidate * positions:
                return candidate
        power *= 10


def snapped(raw: float, minimum: Decimal, maximum: Decimal, step: Decimal) -> Decimal:
    """The multiple of `step` nearest to `raw`, kept within the bounds (half a step goes up)."""
    ratio = Decimal(repr(float(raw))) / step
    value = ratio.to_integral_value(rounding=ROUND_HALF_UP) * step
    return min(max(value, minimum), maximum)
