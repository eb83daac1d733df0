"""What conditions can and cannot be, proved over their columns: true, false, or unknown.

A condition is written as alternatives, each a set of values a column; what leaves no alternative cannot be. Columns
are taken as independent of one another, so "cannot" is always right and "can" may be too much.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain, islice
from typing import TypeAlias, assert_never

from desktop_app.domain.book import Book
from desktop_app.domain.columns import NUMERIC, STANDARD, ColumnType
from desktop_app.domain.conditions import AllOf, AnyOf, Comparison, Condition, Not, Operator, Scalar, Value, comparisons
from desktop_app.domain.policy import OnMissing, Policy, Rule
from desktop_app.domain.value_sets import NO_VALUE, NOTHING_KNOWN, Held, held_by_column, held_by_type, values_where

Verdict: TypeAlias = bool | None
Verdicts: TypeAlias = frozenset[Verdict]

ALL: Verdicts = frozenset({True, False, None})
HOLDS: Verdicts = frozenset({True})
_NOT_FALSE: Verdicts = frozenset({True, None})

# One way for accounts to be: what each column named holds.
_Way: TypeAlias = dict[str, Held]

# More alternatives than this are not looked through: then anything can be.
_MOST = 4000


def firing(rule: Rule) -> Verdicts:
    """The verdicts of its condition for which a rule may fire."""
    return HOLDS if rule.on_missing is OnMissing.SKIP else _NOT_FALSE


class Possibilities:
    """What may stand in the columns that a policy reads.

    Attributes: kinds are the columns' types, None where the policy leaves it open.
    """

    def __init__(self, kinds: Mapping[str, ColumnType | None], held: Callable[[str], Held]) -> None:
        self.kinds = kinds
        self._held = held

    @classmethod
    def anywhere(cls, policy: Policy, book: Book | None = None) -> Possibilities:
        """In any book with columns of these types: those of `book`, the standard ones, or as the policy uses them."""
        kinds = _kinds(policy, book)

        def held(name: str) -> Held:
            kind = kinds.get(name)
            return NOTHING_KNOWN if kind is None else held_by_type(name, kind)

        return cls(kinds, held)

    @classmethod
    def within(cls, policy: Policy, book: Book) -> Possibilities:
        """In this book."""
        columns = {column.name: held_by_column(column) for column in book.columns}
        return cls(_kinds(policy, book), lambda name: columns.get(name, NOTHING_KNOWN))

    def can_be(self, *wanted: tuple[Condition, Verdicts]) -> bool:
        """Whether an account may have all these conditions at one of these verdicts each."""
        try:
            ways: list[_Way] = [{}]
            for condition, verdicts in wanted:
                ways = self._product(ways, self._ways(condition, verdicts))
        except _TooMany:
            return True
        return bool(ways)

    def decided(self, comparison: Comparison, value: Value) -> bool | None:
        """Whether every known value of the column holds or fails against `value`; None where some do."""
        kind = self.kinds.get(comparison.field)
        where = None if kind is None else values_where(comparison.operator, value, kind)
        if where is None:
            return None
        known = Held(self._held(comparison.field).values, missing=False)
        if known.common(Held(where, missing=False)).empty:
            return False
        return True if known.common(Held(where.others(), missing=False)).empty else None

    def _ways(self, condition: Condition, wanted: Verdicts) -> list[_Way]:
        if wanted == ALL:
            return [{}]
        match condition:
            case Comparison():
                return self._of_comparison(condition, wanted)
            case AllOf(all=parts):
                return self._of_all(parts, wanted, lambda verdicts: verdicts)
            case AnyOf(any=parts):
                # One of them holds where it is not so that each of them does not.
                return self._of_all(parts, _negated(wanted), _negated)
            case Not(negated=part):
                return self._ways(part, _negated(wanted))
            case _:
                assert_never(condition)

    def _of_all(
        self, parts: Sequence[Condition], wanted: Verdicts, turned: Callable[[Verdicts], Verdicts]
    ) -> list[_Way]:
        if wanted <= _NOT_FALSE and True in wanted:
            return self._every([(part, turned(wanted)) for part in parts])
        if wanted == {None}:
            return _bounded(
                chain.from_iterable(
                    self._every([(part, turned(wanted if part is unsure else _NOT_FALSE)) for part in parts])
                    for unsure in parts
                )
            )
        if True in wanted:
            return [*self._of_all(parts, HOLDS, turned), *self._of_all(parts, wanted - HOLDS, turned)]
        return _bounded(chain.from_iterable(self._ways(part, turned(wanted)) for part in parts))

    def _every(self, wanted: Sequence[tuple[Condition, Verdicts]]) -> list[_Way]:
        ways: list[_Way] = [{}]
        for part, verdicts in wanted:
            ways = self._product(ways, self._ways(part, verdicts))
        return ways

    def _product(self, ways: Sequence[_Way], others: Sequence[_Way]) -> list[_Way]:
        both = (self._joined(one, other) for one in ways for other in others)
        return _bounded(way for way in both if way is not None)

    def _joined(self, one: _Way, other: _Way) -> _Way | None:
        found = dict(one)
        for name, held in other.items():
            found[name] = found.get(name, self._held(name)).common(held)
            if found[name].empty:
                return None
        return found

    def _of_comparison(self, comparison: Comparison, wanted: Verdicts) -> list[_Way]:
        ways: list[_Way] = []
        for group, value in self._by_group(comparison):
            held = [self._where(comparison, value, verdict) for verdict in wanted]
            for one in held:
                way = self._joined({}, {comparison.field: one})
                joined = None if way is None else self._joined(way, group)
                if joined is not None:
                    ways.append(joined)
        return ways

    def _by_group(self, comparison: Comparison) -> Iterator[tuple[_Way, Value | None]]:
        """The groups that have a value of their own, and the rest of the accounts."""
        if comparison.by is None:
            yield {}, comparison.value
            return
        column = comparison.by.column
        kind = self.kinds.get(column)
        rest = NOTHING_KNOWN
        for label, value in comparison.by.values.items():
            values = None if kind is None else values_where(Operator.EQUAL, _as_value(label, kind), kind)
            yield {column: Held(values, missing=False)}, value
            if values is not None:
                rest = rest.common(Held(values.others(), missing=True))
        yield {column: rest}, comparison.value

    def _where(self, comparison: Comparison, value: Value | None, verdict: Verdict) -> Held:
        """What the field holds where the comparison has that verdict."""
        if comparison.operator is Operator.MISSING or value is None:
            # Never unknown itself.
            return Held(None if verdict is False else NO_VALUE, missing=verdict is True)
        if verdict is None:
            return Held(NO_VALUE, missing=True)
        kind = self.kinds.get(comparison.field)
        values = None if kind is None else values_where(comparison.operator, value, kind)
        return Held(values if verdict or values is None else values.others(), missing=False)


class _TooMany(Exception):
    """More alternatives than are looked through."""


def _bounded(ways: Iterable[_Way]) -> list[_Way]:
    found = list(islice(ways, _MOST + 1))
    if len(found) > _MOST:
        raise _TooMany
    return found


def _negated(verdicts: Verdicts) -> Verdicts:
    return frozenset(None if verdict is None else not verdict for verdict in verdicts)


def _as_value(label: str, kind: ColumnType) -> Scalar:
    """A group's label as a value of its column."""
    if kind is ColumnType.BOOLEAN and label in ("true", "false"):
        return label == "true"
    return Decimal(label) if kind in NUMERIC and label.lstrip("-").isdecimal() else label


def _kinds(policy: Policy, book: Book | None) -> dict[str, ColumnType | None]:
    if book is not None:
        return {column.name: column.type for column in book.columns}
    found: dict[str, ColumnType | None] = {}
    for rule in policy.rules:
        for comparison in comparisons(rule.condition):
            groups = comparison.by.values if comparison.by else {}
            for value in (comparison.value, *groups.values()):
                _learn(found, comparison.field, value)
            for label in groups:
                _learn(found, comparison.by.column if comparison.by else "", label)
    return {**found, **{name: column.type for name, column in STANDARD.items()}}


def _learn(kinds: dict[str, ColumnType | None], name: str, value: Value | None) -> None:
    """The type that a column no one has described seems to have; None where its uses do not agree."""
    for single in value if isinstance(value, tuple) else (value,):
        kind = _kind_of(single)
        if single is not None:
            kinds[name] = kind if kinds.get(name, kind) == kind else None


def _kind_of(value: Scalar | None) -> ColumnType | None:
    match value:
        case bool():
            return ColumnType.BOOLEAN
        case Decimal():
            # The finest steps that any column is kept in.
            return ColumnType.NUMBER
        case str() if not _is_date(value) and not value.lstrip("-").isdecimal() and value not in ("true", "false"):
            return ColumnType.CATEGORY
        case _:
            return None


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
