"""Conditions as SQL with three-valued logic: true, false, or NULL for unknown.

Every ordered comparison becomes one of a stored integer with an integer literal: a threshold between two stored
units is moved to the unit that decides the same accounts, so nothing is rounded and no decimal is compared.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TypeAlias, assert_never

from sqlglot import exp

from desktop_app.domain.book import Column
from desktop_app.domain.columns import NUMERIC, ColumnType
from desktop_app.domain.conditions import ORDERED, AllOf, AnyOf, Comparison, Condition, Not, Operator, Scalar, Value
from desktop_app.domain.documents import plain_number
from desktop_app.domain.handles import ThresholdHandle
from desktop_app.domain.problems import PolicyInvalid, message
from desktop_app.engine import expressions as sql
from desktop_app.engine.schema import Fields, in_stored_units

_Test: TypeAlias = Callable[[exp.Expr, exp.Expr], exp.Expr]

# How a threshold between two stored units is moved, and the comparison that then says the same.
_MOVED = {
    Operator.LESS: ROUND_CEILING,
    Operator.AT_LEAST: ROUND_CEILING,
    Operator.AT_MOST: ROUND_FLOOR,
    Operator.MORE: ROUND_FLOOR,
}
_TREES: dict[Operator, type[exp.Binary]] = {
    Operator.LESS: exp.LT,
    Operator.AT_LEAST: exp.GTE,
    Operator.AT_MOST: exp.LTE,
    Operator.MORE: exp.GT,
    Operator.EQUAL: exp.EQ,
}
# A group of whole numbers as its label is written.
_WHOLE = re.compile(r"^-?[0-9]{1,15}$")
# Beyond this no stored value lies: a threshold out here decides as the bound itself would.
_FAR = Decimal(2**62)


@dataclass(frozen=True)
class ForcedComparison:
    """A comparison that is true, or false, for everyone whose answer depends on its value for one group.

    Missing values stay unknown.
    """

    handle: ThresholdHandle
    answer: bool


class ConditionCompiler:
    """Turns conditions over a book's fields into SQL trees."""

    def __init__(self, fields: Fields) -> None:
        self._fields = fields

    def tree(self, condition: Condition, forced: Sequence[ForcedComparison] = ()) -> exp.Expr:
        """The condition as a boolean that is NULL where it is unknown; raises PolicyInvalid on a misfit value."""
        match condition:
            case Comparison():
                return self._forced(condition, forced)
            case AllOf(all=parts):
                return sql.both(self.tree(part, forced) for part in parts)
            case AnyOf(any=parts):
                return sql.either(self.tree(part, forced) for part in parts)
            case Not(negated=part):
                return sql.bracketed(exp.Not(this=sql.bracketed(self.tree(part, forced))))
            case _:
                assert_never(condition)

    def group_place(self, comparison: Comparison) -> exp.Expr:
        """The place of the account's group among those with a value of their own; NULL for all others."""
        if comparison.by is None:
            return sql.cast(sql.NULL.copy(), "int")
        group = self._fields.columns[comparison.by.column]
        cases = [(is_in_group(group, label), sql.whole(place)) for place, label in enumerate(comparison.by.values)]
        return sql.bracketed(sql.choose(cases, sql.cast(sql.NULL.copy(), "int")))

    def takes_part(self, comparison: Comparison, group: str | None) -> exp.Expr:
        """Whether the account's answer depends on the comparison's value for that group (None: the default).

        A missing value depends on nothing.
        """
        known = exp.Not(this=sql.is_null(sql.column(comparison.field)))
        if comparison.by is None:
            return sql.both([known])
        place = self.group_place(comparison)
        if group is None:
            return sql.both([known, sql.is_null(place)])
        own = exp.EQ(this=place, expression=sql.whole(list(comparison.by.values).index(group)))
        return sql.both([known, sql.known_or(sql.bracketed(own), sql.FALSE.copy())])

    def _forced(self, comparison: Comparison, forced: Sequence[ForcedComparison]) -> exp.Expr:
        """The comparison with what is decided beforehand."""
        cases = [
            (self.takes_part(comparison, one.handle.group), exp.Boolean(this=one.answer))
            for one in forced
            if one.handle.comparison == comparison.id
        ]
        known = self._comparison(comparison)
        return sql.bracketed(sql.choose(cases, known)) if cases else known

    def _comparison(self, comparison: Comparison) -> exp.Expr:
        column = self._fields.columns[comparison.field]
        if comparison.operator is Operator.MISSING:
            return sql.is_null(sql.column(column.name))
        default = compare(column, comparison.operator, _given(comparison.value), comparison.id)
        if comparison.by is None:
            return default
        group = self._fields.columns[comparison.by.column]
        tests = [
            (is_in_group(group, label), compare(column, comparison.operator, _given(value), comparison.id))
            for label, value in comparison.by.values.items()
        ]
        if column.type in NUMERIC and comparison.operator in ORDERED:
            return _with_threshold_by_group(default, tests)
        return sql.bracketed(sql.choose(tests, default))


def compare(column: Column, operator: Operator, value: Value, where: str) -> exp.Expr:
    """`column` compared with `value` (in the analyst's unit); `where` names the comparison in errors."""
    if operator is Operator.IN:
        values = value if isinstance(value, tuple) else (value,)
        return sql.bracketed(sql.either(compare(column, Operator.EQUAL, single, where) for single in values))
    if isinstance(value, tuple):
        raise _misfit(column, value, where)
    if column.type in NUMERIC:
        return _compare_number(column, operator, value, where)
    if operator is not Operator.EQUAL and column.type is not ColumnType.DATE:
        text = 'Comparison "{where}": "{column}" has no order; use "=" or "in".'
        raise PolicyInvalid(message(text, where=where, column=column.name))
    literal = _literal(column, value, where)
    if literal is None:
        return _never(column)
    return sql.bracketed(_TREES[operator](this=sql.column(column.name), expression=literal))


def is_in_group(group: Column, label: str) -> exp.Expr:
    """Whether the account is in that group; for WHEN, which takes unknown (a missing group) for false."""
    value: Scalar = label
    if group.type is ColumnType.BOOLEAN and label in ("true", "false"):
        value = label == "true"
    if group.type in NUMERIC and _WHOLE.match(label):
        value = Decimal(label)
    return compare(group, Operator.EQUAL, value, group.name)


def _with_threshold_by_group(default: exp.Expr, tests: list[tuple[exp.Expr, exp.Expr]]) -> exp.Expr:
    """One comparison with a threshold chosen by group, which is quicker than a comparison a group."""
    comparison = default.unnest()
    cases = [(in_group, test.unnest().args["expression"]) for in_group, test in tests]
    comparison.set("expression", sql.bracketed(sql.choose(cases, comparison.args["expression"])))
    return sql.bracketed(comparison)


def _compare_number(column: Column, operator: Operator, value: Scalar, where: str) -> exp.Expr:
    if isinstance(value, bool) or not isinstance(value, Decimal):
        raise _misfit(column, value, where)
    stored = in_stored_units(value, column.type)
    if operator is Operator.EQUAL:
        if stored != stored.to_integral_value() or abs(stored) > _FAR:
            return _never(column)
        moved = stored
    else:
        moved = stored.to_integral_value(rounding=_MOVED[operator])
    bounded = int(max(-_FAR, min(_FAR, moved)))
    return sql.bracketed(_TREES[operator](this=sql.column(column.name), expression=sql.whole(bounded)))


def _never(column: Column) -> exp.Expr:
    """False for every known value, unknown for a missing one."""
    return sql.bracketed(sql.choose([(sql.is_null(sql.column(column.name)), sql.NULL.copy())], sql.FALSE.copy()))


def _literal(column: Column, value: Scalar, where: str) -> exp.Expr | None:
    """The literal for a column without a unit; None where no row can have that value."""
    match column.type:
        case ColumnType.BOOLEAN if isinstance(value, bool):
            return exp.Boolean(this=value)
        case ColumnType.DATE if isinstance(value, str):
            return sql.cast(sql.text(_iso_date(column, value, where)), "date")
        case ColumnType.CATEGORY if isinstance(value, str):
            # A category is an enumeration in the prepared table: a label it lacks is no literal of it.
            return sql.text(value) if value in column.domain or not column.domain else None
        case ColumnType.TEXT if isinstance(value, str):
            return sql.text(value)
        case _:
            raise _misfit(column, value, where)


def _iso_date(column: Column, value: str, where: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise _misfit(column, value, where) from error


def _given(value: Value | None) -> Value:
    """The value of a comparison that must have one (the model saw to it)."""
    if value is None:
        raise TypeError("a comparison without a value")
    return value


def _misfit(column: Column, value: Value, where: str) -> PolicyInvalid:
    text = 'Comparison "{where}": {value} is no value for "{column}", which holds {type} values.'
    return PolicyInvalid(message(text, where=where, value=_written(value), column=column.name, type=column.type.value))


def _written(value: Value) -> str:
    """A value as the policy has it."""
    match value:
        case tuple():
            return f"[{', '.join(map(_written, value))}]"
        case Decimal():
            return str(plain_number(value))
        case _:
            return json.dumps(value, ensure_ascii=False)
