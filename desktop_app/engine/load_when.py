"""Conditions of a mapping over the headings of a file, as SQL that is NULL where they cannot be told.

A heading has no type of its own: it is read as what it is compared with, a number, a truth, an ISO date where the
comparison asks for an order, else a text, letter by letter. Texts that cannot be read so reject their row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import TypeAlias, assert_never

from sqlglot import exp

from desktop_app.domain.columns import ColumnType
from desktop_app.domain.conditions import ORDERED, AllOf, AnyOf, Comparison, Condition, Not, Operator, Scalar
from desktop_app.domain.conditions import comparisons as comparisons_of
from desktop_app.domain.problems import ImportFailed, message
from desktop_app.engine.expressions import both, cast, choose, either, is_null
from desktop_app.engine.expressions import text as words
from desktop_app.engine.load_arithmetic import Exact, compared

# A heading's value as a type: an Exact for numbers, a tree for the rest.
Number: TypeAlias = Callable[[str], Exact]
Word: TypeAlias = Callable[[str, ColumnType], exp.Expr]

_ORDERS: dict[str, type[exp.Binary]] = {"<": exp.LT, "<=": exp.LTE, ">": exp.GT, ">=": exp.GTE, "=": exp.EQ}


def readings_of_condition(condition: Condition) -> Iterator[tuple[str, ColumnType]]:
    """The headings that a condition reads, and as what."""
    for comparison in comparisons_of(condition):
        if comparison.by:
            yield comparison.by.column, ColumnType.TEXT
        for value in _values(comparison):
            yield comparison.field, _kind(comparison, value)
        if comparison.operator is Operator.MISSING:
            yield comparison.field, ColumnType.TEXT


class Conditions:
    """Conditions as SQL over one way to read the headings."""

    def __init__(self, number: Number, word: Word) -> None:
        self._number = number
        self._word = word

    def tree(self, condition: Condition) -> exp.Expr:
        """True, false or NULL."""
        match condition:
            case Comparison():
                return self._comparison(condition)
            case AllOf(all=parts):
                return both(self.tree(part) for part in parts)
            case AnyOf(any=parts):
                return either(self.tree(part) for part in parts)
            case Not(negated=part):
                return exp.paren(exp.Not(this=exp.paren(self.tree(part))))
            case _:
                assert_never(condition)

    def _comparison(self, comparison: Comparison) -> exp.Expr:
        if comparison.operator is Operator.MISSING:
            return is_null(self._word(comparison.field, ColumnType.TEXT))
        default = self._compare(comparison, comparison.value)
        if comparison.by is None:
            return default
        group = self._word(comparison.by.column, ColumnType.TEXT)
        cases = [
            (exp.EQ(this=group.copy(), expression=words(label)), self._compare(comparison, value))
            for label, value in comparison.by.values.items()
        ]
        return exp.paren(choose(cases, default))

    def _compare(self, comparison: Comparison, value: object) -> exp.Expr:
        singles = value if isinstance(value, tuple) else (value,)
        return either(self._single(comparison, single) for single in singles)

    def _single(self, comparison: Comparison, value: Scalar) -> exp.Expr:
        operator = "=" if comparison.operator is Operator.IN else comparison.operator.value
        kind = _kind(comparison, value)
        if isinstance(value, Decimal):
            return compared(self._number(comparison.field), operator, value)
        literal = exp.Boolean(this=value) if isinstance(value, bool) else words(str(value))
        right = cast(literal, "DATE") if kind is ColumnType.DATE else literal
        return exp.paren(_ORDERS[operator](this=self._word(comparison.field, kind), expression=right))


def _values(comparison: Comparison) -> Iterator[Scalar]:
    for value in (comparison.value, *(comparison.by.values.values() if comparison.by else ())):
        if isinstance(value, tuple):
            yield from value
        elif value is not None:
            yield value


def _kind(comparison: Comparison, value: Scalar) -> ColumnType:
    """What the heading of a comparison is read as; ImportFailed for an order that is none."""
    if isinstance(value, Decimal):
        return ColumnType.NUMBER
    ordered = comparison.operator in ORDERED
    if isinstance(value, str):
        if not ordered:
            return ColumnType.TEXT
        if _is_day(value):
            return ColumnType.DATE
    elif not ordered:
        return ColumnType.BOOLEAN
    words = (
        'The mapping compares "{heading}" {operator} {value}; only numbers and dates such as 2026-01-31 have an order.'
    )
    raise ImportFailed(message(words, heading=comparison.field, operator=comparison.operator.value, value=str(value)))


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
