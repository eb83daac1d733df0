"""Targets of cuts and raises as SQL: minor units, NULL where a target cannot be computed."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import assert_never

from sqlglot import exp

from desktop_app.domain.actions import Bands, FixedAmount, IncomeMultiple, Matrix, PercentOfLimit, Target
from desktop_app.domain.conditions import Operator
from desktop_app.engine import expressions as sql
from desktop_app.engine.conditions import compare
from desktop_app.engine.schema import Fields

_PPM_PER_PERCENT = 10_000
_PPM_PER_MULTIPLE = 1_000_000
_MINOR_PER_UNIT = 100


def target_tree(target: Target, fields: Fields, where: str, size: exp.Expr | None = None) -> exp.Expr:
    """The raw target, before rounding and floors (domain rules, section 3); NULL where it is unknown.

    `size` stands in for the percentage, amount or multiple, as `size_units` gives it.
    """
    match target:
        case PercentOfLimit(percent=percent):
            return sql.share_of(sql.column("credit_limit"), size or sql.whole(size_units(target, percent)))
        case FixedAmount(amount=amount):
            return size or sql.cast(sql.whole(size_units(target, amount)), "bigint")
        case IncomeMultiple(multiple=multiple):
            return sql.share_of(sql.column("income_monthly"), size or sql.whole(size_units(target, multiple)))
        case Matrix():
            return _matrix(target, fields, where)
        case _:
            assert_never(target)


def size_units(target: Target, size: Decimal) -> int:
    """A target's size as the query needs it: parts per million, or minor units."""
    match target:
        case PercentOfLimit():
            return int(size * _PPM_PER_PERCENT)
        case FixedAmount():
            return int(size * _MINOR_PER_UNIT)
        case IncomeMultiple():
            return int(size * _PPM_PER_MULTIPLE)
        case Matrix():
            raise TypeError("a matrix has no single size")
        case _:
            assert_never(target)


def can_be_unknown(target: Target) -> bool:
    """Whether some account may have no such target."""
    return isinstance(target, IncomeMultiple | Matrix)


def _percent(percent: Decimal) -> exp.Expr:
    return sql.share_of(sql.column("credit_limit"), sql.whole(int(percent * _PPM_PER_PERCENT)))


def _amount(amount: Decimal) -> exp.Expr:
    return sql.cast(sql.whole(int(amount * _MINOR_PER_UNIT)), "bigint")


def _matrix(matrix: Matrix, fields: Fields, where: str) -> exp.Expr:
    cell = _percent if matrix.cells_are == "percent" else _amount
    cases = []
    for row, in_row in zip(matrix.cells, _in_bands(matrix.rows, fields, where), strict=True):
        columns = _in_bands(matrix.columns, fields, where) if matrix.columns else [sql.TRUE.copy()]
        for value, in_column in zip(row, columns, strict=True):
            if value is not None:
                cases.append((sql.both([in_row.copy(), in_column]), cell(value)))
    return sql.bracketed(sql.choose(cases, sql.cast(sql.NULL.copy(), "bigint")))


def _in_bands(bands: Bands, fields: Fields, where: str) -> list[exp.Expr]:
    """One condition a band: [edge, next edge)."""
    column = fields.columns[bands.field]
    return [
        sql.both([compare(column, Operator.AT_LEAST, low, where), compare(column, Operator.LESS, high, where)])
        for low, high in pairwise(bands.edges)
    ]
