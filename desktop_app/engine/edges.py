"""Where along a field the comparisons of an account's rules change their verdict, and the nearest value beyond."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from desktop_app.domain.actions import Cut, IncomeMultiple, Matrix, Raise
from desktop_app.domain.book import Column
from desktop_app.domain.columns import NUMERIC, STANDARD, UNITS_PER_ONE, ColumnType
from desktop_app.domain.conditions import Operator, Scalar, Value
from desktop_app.domain.nearest import Change, Seen
from desktop_app.engine.changed_accounts import Stored
from desktop_app.engine.explain import AccountTrace, as_written
from desktop_app.engine.schema import Fields

# What a comparison asks of a field: an operator, and the value that applies to the account.
_Test = tuple[Operator, Scalar]
_CENT = Decimal("0.01")
# Beyond every value of a column that is stated without bounds.
_FAR = 10**15


@dataclass(frozen=True)
class Step:
    """A change of one field, with what to store; distance is a share of the field's range, 1 where there is none."""

    change: Change
    stored: Stored
    distance: float


@dataclass(frozen=True)
class _Edge:
    """A whole number from which on a comparison decides otherwise than below it, with the words for both sides."""

    first: int
    value: Scalar
    up: Operator
    down: Operator


def steps_by_field(trace: AccountTrace, fields: Fields, row: Mapping[str, Stored]) -> dict[str, list[Step]]:
    """For each field that a rule compares, the nearest value in every stretch in which all of them decide alike.

    The stretch that the account is in is left out: nothing would change there. Nor is a known value made missing.
    """
    found = {}
    for name, tests in _tests(trace, fields).items():
        column = fields.columns[name]
        if _is_counted(column):
            found[name] = list(_along(column, tests, row[name]))
        elif column.type is not ColumnType.TEXT:
            found[name] = list(_among(column, tests, row[name]))
    return {name: steps for name, steps in found.items() if steps}


def _tests(trace: AccountTrace, fields: Fields) -> dict[str, list[_Test]]:
    tests: dict[str, list[_Test]] = {}
    for rule in trace.rules:
        for one in rule.comparisons:
            here = tests.setdefault(one.comparison.field, [])
            here.extend((one.comparison.operator, value) for value in _singles(one.value))
        if rule.comparisons and isinstance(rule.rule.action, Cut | Raise):
            for name, edge in _edges_of_target(rule.rule.action, trace.credit_limit):
                tests.setdefault(name, []).append((Operator.AT_LEAST, edge))
    return {name: found for name, found in tests.items() if name in fields.columns}


def _singles(value: Value | None) -> tuple[Scalar, ...]:
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


def _edges_of_target(action: Cut | Raise, limit: Decimal) -> Iterator[tuple[str, Decimal]]:
    """The bands of a matrix; the income of which a multiple is the present limit."""
    match action.target:
        case Matrix(rows=rows, columns=columns):
            for bands in (rows, columns):
                if bands is not None:
                    yield from ((bands.field, edge) for edge in bands.edges)
        case IncomeMultiple(multiple=multiple) if multiple > 0:
            yield "income_monthly", (limit / multiple).quantize(_CENT, rounding=ROUND_CEILING)
        case _:
            pass


def _is_counted(column: Column) -> bool:
    """Whether its values are whole numbers, days of dates included."""
    return column.type in NUMERIC or column.type is ColumnType.DATE


# Numbers and dates: the edges part the field into stretches.


def _along(column: Column, tests: list[_Test], stored: Stored) -> Iterator[Step]:
    edges = _edges(column, tests)
    firsts, here = sorted(edges), _whole(stored)
    if here is None and not firsts:
        yield from _known(column)
    least, most = _valid(column)
    for place in range(len(firsts) + 1 if firsts else 0):
        first = max(firsts[place - 1], least) if place else least
        last = min(firsts[place] - 1, most) if place < len(firsts) else most
        if first > last or (here is not None and first <= here <= last):
            continue
        if place and (here is None or here < first):
            yield _step(column, here, first, _reached_from_below(edges[firsts[place - 1]], first, last))
        else:
            edge = edges[firsts[place]]
            yield _step(column, here, last, (edge.down, edge.value))


def _reached_from_below(edge: _Edge, first: int, last: int) -> _Test:
    """What a stretch asks for, where an account stands below it."""
    alone = first == last and edge.up is Operator.AT_LEAST
    return (Operator.EQUAL if alone else edge.up, edge.value)


def _step(column: Column, here: int | None, number: int, test: _Test) -> Step:
    to = _stored(column, number)
    operator, value = test[0], _as_seen(column, test[1])
    change = Change(column.name, _seen(column, here), as_written(to, column.type), operator, value)
    return Step(change, to, _distance(column, here, number))


def _edges(column: Column, tests: list[_Test]) -> dict[int, _Edge]:
    found: dict[int, _Edge] = {}
    for operator, value in tests:
        exact = _exact(column, value)
        if exact is None:
            continue
        low, high = (int(exact.to_integral_value(rounding=way)) for way in (ROUND_CEILING, ROUND_FLOOR))
        if operator in (Operator.LESS, Operator.AT_LEAST, Operator.EQUAL, Operator.IN):
            found.setdefault(low, _Edge(low, value, Operator.AT_LEAST, Operator.LESS))
        if operator in (Operator.AT_MOST, Operator.MORE, Operator.EQUAL, Operator.IN):
            found.setdefault(high + 1, _Edge(high + 1, value, Operator.MORE, Operator.AT_MOST))
    return found


def _known(column: Column) -> Iterator[Step]:
    """Any value at all, where only being missing is asked about."""
    least = STANDARD[column.name].minimum if column.name in STANDARD else None
    to = _stored(column, (least or 0) * UNITS_PER_ONE.get(column.type, 1))
    change = Change(column.name, None, as_written(to, column.type), Operator.MISSING, negated=True)
    yield Step(change, to, 1.0)


def _exact(column: Column, value: Scalar) -> Decimal | None:
    """A comparison's value in stored units, days of a date."""
    if column.type is ColumnType.DATE:
        return Decimal(date.fromisoformat(value).toordinal()) if isinstance(value, str) else None
    return value * UNITS_PER_ONE[column.type] if isinstance(value, Decimal) else None


def _whole(stored: Stored) -> int | None:
    return stored.toordinal() if isinstance(stored, date) else stored if isinstance(stored, int) else None


def _stored(column: Column, number: int) -> Stored:
    return date.fromordinal(number) if column.type is ColumnType.DATE else number


def _seen(column: Column, number: int | None) -> Seen:
    return None if number is None else as_written(_stored(column, number), column.type)


def _as_seen(column: Column, value: Scalar) -> Seen:
    return date.fromisoformat(value) if column.type is ColumnType.DATE and isinstance(value, str) else value


def _valid(column: Column) -> tuple[int, int]:
    """The least and the largest number that any book may hold there."""
    if column.type is ColumnType.DATE:
        return date.min.toordinal(), date.max.toordinal()
    standard, unit = STANDARD.get(column.name), UNITS_PER_ONE[column.type]
    low, high = (standard.minimum, standard.maximum) if standard else (None, None)
    return -_FAR if low is None else low * unit, _FAR if high is None else high * unit


def _distance(column: Column, here: int | None, number: int) -> float:
    if here is None:
        return 1.0
    low, high = column.minimum, column.maximum
    span = (high - low) * UNITS_PER_ONE[column.type] if isinstance(low, Decimal) and isinstance(high, Decimal) else 0
    return abs(number - here) / float(span or max(abs(here), 1))


# Categories and booleans: the labels that a comparison names, and one that none does.


def _among(column: Column, tests: list[_Test], stored: Stored) -> Iterator[Step]:
    seen = None if not isinstance(stored, bool | str) else stored
    named = tuple(dict.fromkeys(value for _, value in tests if isinstance(value, bool | str)))
    labels: tuple[bool | str, ...] = (False, True) if column.type is ColumnType.BOOLEAN else column.domain
    for label in labels:
        if label in named and label != seen:
            yield Step(Change(column.name, seen, label, Operator.EQUAL, label), label, 1.0)
    other = next((label for label in labels if label not in named), None)
    if other is None or (seen is not None and seen not in named):
        return
    if isinstance(other, bool):
        yield Step(Change(column.name, seen, other, Operator.EQUAL, other), other, 1.0)
    elif named:
        yield Step(Change(column.name, seen, other, Operator.IN, named, negated=True), other, 1.0)
    else:
        yield Step(Change(column.name, seen, other, Operator.MISSING, negated=True), other, 1.0)
