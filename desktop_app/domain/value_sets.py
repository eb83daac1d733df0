"""Sets of values that a column may hold, for proving what a condition can never be.

Every set is at least as large as the truth: what it lacks, no account can have.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TypeAlias

from desktop_app.domain.book import Column
from desktop_app.domain.columns import NUMERIC, RATIO_CAP, STANDARD, UNITS_PER_ONE, ColumnType
from desktop_app.domain.conditions import Operator, Scalar, Value

# Beyond every stored number.
_FAR = 2**80


@dataclass(frozen=True)
class Spans:
    """Whole numbers in stored units (days of a date, 0 and 1 of a boolean): disjoint inclusive spans that rise."""

    spans: tuple[tuple[int, int], ...]

    def common(self, other: Spans) -> Spans:
        """The numbers of both."""
        pairs = ((max(a, c), min(b, d)) for a, b in self.spans for c, d in other.spans)
        return Spans(tuple(sorted(pair for pair in pairs if pair[0] <= pair[1])))

    def others(self) -> Spans:
        """The numbers that are not in it."""
        found, low = [], -_FAR
        for start, end in self.spans:
            found.append((low, start - 1))
            low = end + 1
        return Spans(tuple(span for span in (*found, (low, _FAR)) if span[0] <= span[1]))

    @property
    def empty(self) -> bool:
        """Whether no number is in it."""
        return not self.spans


@dataclass(frozen=True)
class Labels:
    """Texts: those listed, or all but those."""

    listed: frozenset[str]
    all_but: bool = False

    def common(self, other: Labels) -> Labels:
        """The texts of both."""
        if self.all_but and other.all_but:
            return Labels(self.listed | other.listed, all_but=True)
        if self.all_but:
            return Labels(other.listed - self.listed)
        return Labels(self.listed - other.listed if other.all_but else self.listed & other.listed)

    def others(self) -> Labels:
        """The texts that are not in it."""
        return Labels(self.listed, not self.all_but)

    @property
    def empty(self) -> bool:
        """Whether no text is in it."""
        return not self.listed and not self.all_but


# None where nothing is known of the values.
Values: TypeAlias = Spans | Labels | None

ANY_NUMBER = Spans(((-_FAR, _FAR),))
ANY_LABEL = Labels(frozenset(), all_but=True)


@dataclass(frozen=True)
class Held:
    """What a column may hold in a row: one of the values, or nothing where `missing`."""

    values: Values
    missing: bool

    def common(self, other: Held) -> Held:
        """What both allow."""
        return Held(_common(self.values, other.values), self.missing and other.missing)

    @property
    def empty(self) -> bool:
        """Whether no row can have it."""
        return not self.missing and self.values is not None and self.values.empty


NO_VALUE = Spans(())
NOTHING_KNOWN = Held(None, missing=True)


def held_by_column(column: Column) -> Held:
    """What a column of an opened book holds: its range or its labels, missing or not."""
    general = held_by_type(column.name, column.type)
    low, high = column.minimum, column.maximum
    missing = column.missing > 0 or (low is None and not column.domain)
    if column.type in NUMERIC and isinstance(low, Decimal) and isinstance(high, Decimal):
        unit = UNITS_PER_ONE[column.type]
        return Held(Spans(((int(low * unit), int(high * unit)),)), missing)
    if column.type is ColumnType.DATE and isinstance(low, date) and isinstance(high, date):
        return Held(Spans(((low.toordinal(), high.toordinal()),)), missing)
    if column.type is ColumnType.CATEGORY and column.domain:
        return Held(Labels(frozenset(column.domain)), missing)
    return general


def held_by_type(name: str, kind: ColumnType) -> Held:
    """What any book may hold in a column of that name and type."""
    if kind is ColumnType.BOOLEAN:
        return Held(Spans(((0, 1),)), missing=True)
    if kind is ColumnType.RATIO:
        return Held(Spans(((0, RATIO_CAP * UNITS_PER_ONE[kind]),)), missing=True)
    standard = STANDARD.get(name)
    if kind in NUMERIC and standard is not None and standard.type is kind:
        unit = UNITS_PER_ONE[kind]
        low = -_FAR if standard.minimum is None else standard.minimum * unit
        high = _FAR if standard.maximum is None else standard.maximum * unit
        return Held(Spans(((low, high),)), missing=True)
    return Held(ANY_NUMBER if kind in NUMERIC or kind is ColumnType.DATE else ANY_LABEL, missing=True)


def values_where(operator: Operator, value: Value, kind: ColumnType) -> Values:
    """The values for which a comparison holds; None where that is not known."""
    if operator is Operator.IN:
        singles = [values_where(Operator.EQUAL, item, kind) for item in (value if isinstance(value, tuple) else ())]
        return _union(singles)
    if isinstance(value, tuple):
        return None
    if kind in NUMERIC:
        return _numbers_where(operator, value, UNITS_PER_ONE[kind])
    if kind is ColumnType.DATE:
        return _days_where(operator, value)
    if operator is not Operator.EQUAL:
        return None
    if kind is ColumnType.BOOLEAN:
        return Spans(((int(value), int(value)),)) if isinstance(value, bool) else None
    return Labels(frozenset({value})) if isinstance(value, str) else None


def _common(one: Values, other: Values) -> Values:
    for part in (one, other):
        if part is not None and part.empty:
            return part
    match one, other:
        case (Spans(), Spans()):
            return one.common(other)
        case (Labels(), Labels()):
            return one.common(other)
        case (None, _):
            return other
        case _:
            return one


def _union(parts: Iterable[Values]) -> Values:
    # What is in one of them is what is not in none of them.
    found: Values = None
    for part in parts:
        if part is None:
            return None
        found = part.others() if found is None else _common(found, part.others())
    return None if found is None else found.others()


def _numbers_where(operator: Operator, value: Scalar, unit: int) -> Values:
    if isinstance(value, bool) or not isinstance(value, Decimal):
        return None
    stored = value * unit
    floor, ceiling = (int(stored.to_integral_value(rounding=way)) for way in (ROUND_FLOOR, ROUND_CEILING))
    return _ordered(operator, floor, ceiling)


def _days_where(operator: Operator, value: Scalar) -> Values:
    try:
        day = date.fromisoformat(value).toordinal() if isinstance(value, str) else None
    except ValueError:
        return None
    return None if day is None else _ordered(operator, day, day)


def _ordered(operator: Operator, floor: int, ceiling: int) -> Spans:
    """The whole numbers below, above or at a number between `floor` and `ceiling`."""
    low, high = {
        Operator.LESS: (-_FAR, ceiling - 1),
        Operator.AT_MOST: (-_FAR, floor),
        Operator.MORE: (floor + 1, _FAR),
        Operator.AT_LEAST: (ceiling, _FAR),
        Operator.EQUAL: (ceiling, floor),
    }[operator]
    return Spans(((low, high),) if low <= high else ())
