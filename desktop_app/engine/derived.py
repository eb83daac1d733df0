"""Derived columns: ratios and a user's sums, computed from loaded ones (domain rules, section 2)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from sqlglot import exp

from desktop_app.domain.book import Book, Column
from desktop_app.domain.columns import RATIO_CAP, UNITS_PER_ONE, ColumnType
from desktop_app.engine import expressions as sql
from desktop_app.engine.connection import Connection, first_row
from desktop_app.engine.schema import Fields

# Part and whole of each ratio, and what is summed over a user's accounts.
RATIOS = {"utilisation": ("balance", "credit_limit"), "dti": ("debt_service_monthly", "income_monthly")}
SUMS = {"user_limit": "credit_limit", "user_balance": "balance"}


def derived_trees(fields: Fields) -> dict[str, exp.Expr]:
    """The derived columns of a book, by name.

    A user's sums are right for a user's only account; the preparation corrects the others.
    """
    names = [column.name for column in fields.columns.values() if column.derived]
    return {name: sql.column(SUMS[name]) if name in SUMS else _ratio(*RATIOS[name]) for name in names}


def describe_derived(cursor: Connection, book: Book) -> Book:
    """The book with its derived columns and the ranges they have at the as-of date."""
    fields = Fields.of(book)
    trees = derived_trees(fields)
    day = exp.EQ(this=sql.column("snapshot_date"), expression=sql.cast(sql.text(book.as_of.isoformat()), "date"))
    accounts = exp.to_table("project.accounts")
    bounds = [kind(this=trees[name].copy()) for name in trees for kind in (exp.Min, exp.Max)]
    missing = [exp.CountIf(this=sql.is_null(tree.copy())) for tree in trees.values()]
    found = first_row(cursor, sql.to_sql(sql.select_from(accounts, [*bounds, *missing]).where(day)))
    summed = _ranges_of_sums(cursor, book, day) if book.users < book.accounts else {}
    described = []
    for place, name in enumerate(trees):
        low, high = summed.get(name, found[2 * place : 2 * place + 2])
        unit = UNITS_PER_ONE[fields.columns[name].type]
        described.append(
            Column(
                name,
                fields.columns[name].type,
                _in(low, unit),
                _in(high, unit),
                found[2 * len(trees) + place],
                derived=True,
            )
        )
    return replace(book, columns=(*book.columns, *described))


def _ranges_of_sums(cursor: Connection, book: Book, day: exp.Expr) -> dict[str, tuple[int, int]]:
    """The smallest and the largest sum over one user's accounts, by derived column."""
    sums = [sql.named(exp.Sum(this=sql.column(part)), name) for name, part in SUMS.items()]
    per_user = sql.select_from(exp.to_table("project.accounts"), sums).where(day.copy()).group_by(sql.column("user_id"))
    bounds = [sql.cast(kind(this=sql.column(name)), "bigint") for name in SUMS for kind in (exp.Min, exp.Max)]
    found = first_row(cursor, sql.to_sql(sql.select_from(per_user, bounds)))
    return {name: (found[2 * place], found[2 * place + 1]) for place, name in enumerate(SUMS)}


def _in(stored: int | None, unit: int) -> Decimal | None:
    return None if stored is None else Decimal(stored) / unit


def _ratio(part: str, whole: str) -> exp.Expr:
    """Part / whole in 1e-4, half away from zero, capped; (2·10⁴·a + b) // (2·b)."""
    unit = UNITS_PER_ONE[ColumnType.RATIO]
    a, b = sql.column(part), sql.column(whole)
    cap = sql.whole(RATIO_CAP * unit)
    zero = sql.whole(0)
    value = sql.over(sql.plus(sql.times(sql.whole(2 * unit), a), b), sql.times(sql.whole(2), b.copy()))
    # Far above the cap the product would pass 64 bits, and the cap is the answer anyway.
    beyond = exp.GT(this=sql.over(a.copy(), sql.whole(RATIO_CAP + 1)), expression=b.copy())
    no_whole = exp.EQ(this=b.copy(), expression=zero)
    nothing = sql.both([exp.EQ(this=a.copy(), expression=zero.copy()), no_whole])
    cases = [
        (sql.either([sql.is_null(a.copy()), sql.is_null(b.copy()), nothing]), sql.NULL.copy()),
        (sql.either([no_whole.copy(), beyond]), cap),
    ]
    return sql.cast(sql.bracketed(sql.choose(cases, sql.least(value, cap.copy()))), "int")
