"""How finely a threshold on a column can be moved, and between which bounds."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from desktop_app.domain.actions import Action, Cut, FixedAmount, IncomeMultiple, PercentOfLimit, Raise
from desktop_app.domain.book import Book, Bound, Column
from desktop_app.domain.columns import UNITS_PER_ONE, ColumnType

# What people say thresholds in; a column with a narrow range gets a finer step.
_USUAL: dict[ColumnType, Decimal] = {
    ColumnType.INTEGER: Decimal(1),
    ColumnType.MONEY: Decimal(1),
    ColumnType.RATE: Decimal("0.0001"),
    ColumnType.RATIO: Decimal("0.001"),
    ColumnType.NUMBER: Decimal("0.001"),
}
_FEWEST_STEPS = 100
# About one position for every two pixels of a chart.
POSITIONS = 300
# A slider a hundred pixels long cannot tell more apart.
SLIDER_POSITIONS = 100
_NICE = (Decimal(1), Decimal(2), Decimal(5))


@dataclass(frozen=True)
class Steps:
    """The grid of a threshold: multiples of step from minimum to maximum, in the analyst's unit."""

    step: Decimal
    minimum: Decimal
    maximum: Decimal


def steps_of(column: Column, *positions: Decimal) -> Steps:
    """The grid for a numeric column, wide enough for every value of it, one step beyond, and for `positions`.

    One step beyond the largest value lets "less than" take in everyone.
    """
    low, high = _number(column.minimum), _number(column.maximum)
    step = _step(column, high - low)
    low, high = min(low, *positions) if positions else low, max(high + step, *positions) if positions else high + step
    return Steps(step, _to_grid(low, step, ROUND_FLOOR), _to_grid(high, step, ROUND_CEILING))


def size_steps(action: Action, book: Book) -> Steps | None:
    """The grid of an action's size; None where the action has none, or has a matrix."""
    if not isinstance(action, Cut | Raise):
        return None
    most = Decimal(100) if isinstance(action, Cut) else Decimal(300)
    match action.target:
        case PercentOfLimit(percent=percent):
            return Steps(Decimal(1), Decimal(0), max(most, percent))
        case FixedAmount(amount=amount):
            return steps_of(book.column("credit_limit"), amount)
        case IncomeMultiple(multiple=multiple):
            return Steps(Decimal("0.1"), Decimal(0), max(Decimal(20), multiple))
        case _:
            return None


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


def _step(column: Column, span: Decimal) -> Decimal:
    if column.type is ColumnType.INTEGER or _counts_in_ones(column, span):
        return Decimal(1)
    step, finest = _USUAL[column.type], Decimal(1) / UNITS_PER_ONE[column.type]
    while 0 < span < step * _FEWEST_STEPS and step > finest:
        step /= 10
    return step


def _counts_in_ones(column: Column, span: Decimal) -> bool:
    """Whether a column of decimals holds, as far as is known, whole numbers only: a score."""
    if column.type is not ColumnType.NUMBER or span <= 1:
        return False
    whole = all(_number(bound) % 1 == 0 for bound in (column.minimum, column.maximum))
    return whole and (column.distinct is None or column.distinct <= span + 1)


def _number(bound: Bound) -> Decimal:
    return bound if isinstance(bound, Decimal) else Decimal(0)


def _to_grid(value: Decimal, step: Decimal, rounding: str) -> Decimal:
    return (value / step).to_integral_value(rounding=rounding) * step
