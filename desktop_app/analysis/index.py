"""The what-if index as it is read: the cubes at one position, and a figure's whole curve."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

import numpy as np

from desktop_app.analysis.steps import SLIDER_POSITIONS, Steps, coarse_step
from desktop_app.domain.cubes import Axis, Cube
from desktop_app.domain.indexing import IndexSums, Positions
from desktop_app.domain.outcomes import OUTCOMES
from desktop_app.domain.scenario import Assumptions
from desktop_app.figures.types import Figure, Floats, OutcomeSums

# How many positions an index has between two of a dragged line's.
_FINER = {1: 5, 2: 4, 5: 5}


def positions_of(grid: Steps) -> Positions:
    """Where an index of a threshold stands: the grid itself, or where that has too many steps, a coarser one.

    It holds every position that a dragged line rests on, which are multiples of `coarse_step`, and some between.
    """
    coarse = coarse_step(grid.minimum, grid.maximum, grid.step)
    ratio = coarse / grid.step
    leading = int(str(int(ratio))[0])
    step = grid.step if ratio <= 5 else coarse / _FINER[leading]
    return covering(grid, step)


def size_positions_of(grid: Steps) -> Positions:
    """Where an index of an action's size stands: where its slider can rest, since each position costs a look."""
    return covering(grid, coarse_step(grid.minimum, grid.maximum, grid.step, SLIDER_POSITIONS))


def covering(grid: Steps, step: Decimal) -> Positions:
    """The multiples of `step` from at or below the grid's minimum to at or above its maximum."""
    first, last = (
        (bound / step).to_integral_value(rounding)
        for bound, rounding in ((grid.minimum, ROUND_FLOOR), (grid.maximum, ROUND_CEILING))
    )
    return Positions(first * step, step, int(last - first) + 1)


class Index:
    """Every sum of one scenario along one threshold.

    Attributes: sums are the arrays that it reads.
    """

    def __init__(self, sums: IndexSums) -> None:
        self.sums = sums
        self._reasons = (Axis("outcome", tuple(OUTCOMES)), Axis("reason", sums.reasons))
        self._groups = (Axis("outcome", tuple(OUTCOMES)), Axis("group", sums.groups))
        self._along: OutcomeSums | None = None
        self._curves: dict[tuple[str, Assumptions], Floats] = {}

    @property
    def positions(self) -> Positions:
        """Where the threshold may stand."""
        return self.sums.positions

    def place(self, value: Decimal) -> int | None:
        """The position of `value`; None where only a scan can answer."""
        return self.positions.place(value)

    def by_reason(self, place: int) -> Cube:
        """The sums at a position by outcome × reason."""
        return Cube(self._reasons, {measure: array[place] for measure, array in self.sums.by_reason.items()})

    def by_group(self, place: int) -> Cube:
        """The sums at a position by outcome × group."""
        return Cube(self._groups, {measure: array[place] for measure, array in self.sums.by_group.items()})

    def curve(self, figure: Figure, assumptions: Assumptions) -> Floats:
        """The figure over the whole book at every position, float64 of shape (positions,); NaN where there is none."""
        key = (figure.id, assumptions)
        if key not in self._curves:
            self._curves[key] = figure.of(self._whole(), assumptions)
        return self._curves[key]

    def _whole(self) -> OutcomeSums:
        if self._along is None:
            arrays = self.sums.by_reason.items()
            self._along = OutcomeSums({measure: array.sum(axis=2, dtype=np.int64) for measure, array in arrays})
        return self._along
