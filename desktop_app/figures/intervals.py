"""How far a counted share can be trusted: Wilson's interval, and the test of two shares (domain rules, §3 and §4)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

Floats = NDArray[np.float64]

# 95 % of a normal distribution lie within so many standard deviations.
_Z = 1.959964
# Fewer than these are too few to rely on: cases in all, and cases of either kind.
FEWEST_CASES = 30
FEWEST_IN_CELL = 5


def wilson(hits: Floats, of: Floats) -> tuple[Floats, Floats]:
    """The 95 % interval of the share `hits` ÷ `of` (Wilson 1927); NaN where there is nobody."""
    n = np.where(of == 0, np.nan, of)
    share = hits / n
    middle = share + _Z**2 / (2 * n)
    reach = _Z * np.sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
    whole = 1 + _Z**2 / n
    low, high = (middle - reach) / whole, (middle + reach) / whole
    # Where nobody or everybody is a hit the bound is exact, and the formula a hair off.
    return np.where(hits == 0, 0 * n, low), np.where(hits == of, 0 * n + 1, high)


def is_thin(hits: Floats, of: Floats) -> NDArray[np.bool_]:
    """Whether a share rests on fewer than 30 cases, or on fewer than 5 of either kind."""
    few = (hits < FEWEST_IN_CELL) | (of - hits < FEWEST_IN_CELL)
    return np.asarray((of < FEWEST_CASES) | few, dtype=np.bool_)


def difference_p(hits: Floats, of: Floats, other_hits: Floats, other_of: Floats) -> Floats:
    """Two-sided p of the pooled z test that two shares are the same; NaN where a side is empty or nothing varies."""
    with np.errstate(divide="ignore", invalid="ignore"):
        pooled = (hits + other_hits) / (of + other_of)
        deviation = np.sqrt(pooled * (1 - pooled) * (1 / of + 1 / other_of))
        z = (hits / of - other_hits / other_of) / deviation
    return np.asarray(2 * ndtr(-np.abs(z)), dtype=np.float64)
