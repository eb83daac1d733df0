"""Chart values: everything that one chart draws, frozen; charts compute nothing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from desktop_app.domain.columns import ColumnType
from desktop_app.domain.handles import Handle, ThresholdHandle
from desktop_app.domain.indexing import Positions
from desktop_app.domain.outcomes import Outcome
from desktop_app.domain.readings import Unit


@dataclass(frozen=True)
class ThresholdLine:
    """A line on a histogram that can be dragged; label is the group, "" for the default."""

    handle: ThresholdHandle
    position: float
    label: str = ""


@dataclass(frozen=True)
class ReadoutValue:
    """What the number in the hand does from where it was taken up; lines are in the analyst's language."""

    handle: Handle
    start: Decimal
    value: Decimal
    lines: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class HistogramValue:
    """How many users stand in each bin of a field, by outcome.

    Attributes: edges has bins + 1 entries, in the field's own unit; counts maps each outcome to one int64 count a
    bin; baseline is the count restricted under the baseline, a bin; missing counts users without the field;
    step is the smallest move of a line, minimum and maximum its range.
    """

    field: str
    type: ColumnType
    edges: NDArray[np.float64]
    counts: dict[Outcome, NDArray[np.int64]]
    baseline: NDArray[np.int64]
    missing: int
    lines: tuple[ThresholdLine, ...]
    step: Decimal
    minimum: Decimal
    maximum: Decimal


@dataclass(frozen=True)
class GoalMark:
    """A value of a threshold at which a goal is just met; label is the goal in words."""

    value: Decimal
    label: str


@dataclass(frozen=True)
class LoosestValue:
    """The loosest value of a threshold that keeps every goal.

    Attributes: value is None where none keeps them; turns warns that the figure of a goal rises and falls along the
    threshold, parted that a goal is kept, lost and kept again.
    """

    handle: ThresholdHandle
    value: Decimal | None
    turns: bool = False
    parted: bool = False


@dataclass(frozen=True, eq=False)
class CurveValue:
    """A figure wherever one threshold stands.

    Attributes: positions are rising, in the field's unit, values are the figure there, NaN where there is none; both
    float64 of one length. baseline is the figure under the baseline, bound that of its goal, with its label; kept
    says at which positions every goal is kept, None without goals; position is where the threshold stands now;
    label is the figure's name, field that of the threshold's field; measure is what it is counted in. fresh is False
    where the values belong to an earlier state.
    """

    handle: ThresholdHandle
    field: str
    label: str
    measure: Unit
    currency: str
    positions: NDArray[np.float64]
    values: NDArray[np.float64]
    position: float
    baseline: float | None = None
    bound: float | None = None
    bound_label: str = ""
    kept: NDArray[np.bool_] | None = None
    fresh: bool = True


@dataclass(frozen=True)
class Bar:
    """One bar: value under the scenario, baseline ghosted; colour is keyed by outcome, never by place."""

    key: str
    label: str
    outcome: Outcome
    value: float
    baseline: float


@dataclass(frozen=True)
class MatrixCell:
    """One cell of a matrix: value under the scenario, baseline under the baseline; None where it cannot be computed."""

    before: Outcome
    after: Outcome
    value: float | None
    baseline: float | None


@dataclass(frozen=True)
class MatrixValue:
    """The baseline's outcome × the scenario's: who moves where, in one figure.

    Attributes: outcomes name rows and columns; cells stand row by row.
    """

    title: str
    measure: Unit
    outcomes: tuple[Outcome, ...]
    cells: tuple[MatrixCell, ...]
    currency: str = ""

    def cell(self, row: int, column: int) -> MatrixCell:
        """The cell in a row (the baseline's outcome) and a column (the scenario's)."""
        return self.cells[row * len(self.outcomes) + column]


@dataclass(frozen=True)
class BarsValue:
    """Horizontal bars, in the order they are drawn in; unit names the axis.

    Attributes: measure is what the values are counted in, currency that of money; by_outcome is False where the bars
    are about everyone, not about an outcome, so that all have one plain colour.
    """

    title: str
    unit: str
    bars: tuple[Bar, ...]
    measure: Unit = Unit.USERS
    currency: str = ""
    by_outcome: bool = True


@dataclass(frozen=True)
class ThresholdAxis:
    """One threshold as an axis: where it may stand, where it stands now, and under the baseline where it has it."""

    handle: ThresholdHandle
    label: str
    type: ColumnType
    positions: Positions
    present: Decimal
    baseline: Decimal | None


@dataclass(frozen=True)
class FigureAxis:
    """One figure as an axis, in its unit; good says whether more or less of it is better, or neither."""

    figure: str
    label: str
    measure: Unit
    good: str
    currency: str = ""


@dataclass(frozen=True, eq=False)
class Contour:
    """Where a goal is just met.

    Attributes: met is bool (positions of x, positions of y); segments has a row of x, y, x, y for each border between
    a position that meets it and a neighbour that does not, counted in positions from the first.
    """

    label: str
    met: NDArray[np.bool_]
    segments: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class HeatmapValue:
    """A figure wherever two thresholds stand; values is float64 (positions of x, positions of y), NaN for none."""

    title: str
    figure: FigureAxis
    x: ThresholdAxis
    y: ThresholdAxis
    values: NDArray[np.float64]
    contours: tuple[Contour, ...] = ()

    def at(self, column: int, row: int) -> tuple[Decimal, Decimal]:
        """Both thresholds at a place."""
        return self.x.positions.value(column), self.y.positions.value(row)


@dataclass(frozen=True)
class FrontierPoint:
    """A pair of thresholds that no other pair of the grid beats in both figures.

    Attributes: x and y are the thresholds; costs and gains the two figures; feasible says that it meets every goal.
    """

    x: Decimal
    y: Decimal
    costs: float
    gains: float
    feasible: bool


@dataclass(frozen=True, eq=False)
class FrontierValue:
    """Every pair of thresholds by two figures, and those that no other pair beats.

    Attributes: labels name the two thresholds; all_costs and all_gains are float64, one entry a pair; points rise
    along costs; present and baseline are the two figures of the scenario and of the baseline as they stand, None where
    they are not known.
    """

    title: str
    labels: tuple[str, str]
    costs: FigureAxis
    gains: FigureAxis
    all_costs: NDArray[np.float64]
    all_gains: NDArray[np.float64]
    points: tuple[FrontierPoint, ...]
    present: tuple[float, float] | None = None
    baseline: tuple[float, float] | None = None
