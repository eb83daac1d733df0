"""Where a dragged number may rest: a coarse grid for the hand, the exact step for care."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal


def snapped(raw: float, minimum: Decimal, maximum: Decimal, step: Decimal) -> Decimal:
    """The multiple of `step` nearest to `raw`, kept within the bounds (half a step goes up)."""
    ratio = Decimal(repr(float(raw))) / step
    value = ratio.to_integral_value(rounding=ROUND_HALF_UP) * step
    return min(max(value, minimum), maximum)
