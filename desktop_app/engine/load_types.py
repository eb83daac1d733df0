"""Types of columns that nobody stated: guessed from the first rows, widened when a later row does not fit."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from desktop_app.domain.columns import ColumnType
from desktop_app.domain.mapping import ReadOptions
from desktop_app.engine.connection import Connection
from desktop_app.engine.expressions import FALSE, either, text, to_sql
from desktop_app.engine.load_checks import Checks
from desktop_app.engine.load_columns import Layout, LoadColumn
from desktop_app.engine.load_forms import GUESSED_FORMS, guessed_form, localised
from desktop_app.engine.load_odd import listed, odd_rows
from desktop_app.engine.load_source import field
from desktop_app.engine.load_texts import call, matches
from desktop_app.engine.staging import single_row

# How many of the first rows tell the types.
SAMPLE = 20_000


def guess_types(
    connection: Connection, source: exp.Expr, columns: Sequence[LoadColumn], options: ReadOptions
) -> dict[str, ColumnType]:
    """The narrowest type of each column that all of the first rows have; text where they are empty."""
    forms = [localised(guessed_form(kind, options), options) for kind in GUESSED_FORMS]
    fits = [_fits(item, form) for item in columns for form in forms]
    sample = exp.select(exp.Star()).from_(source).limit(SAMPLE).subquery("head")
    row = single_row(connection, to_sql(exp.select(*fits).from_(sample)))
    return {item.name: _narrowest(row[n * len(GUESSED_FORMS) :]) for n, item in enumerate(columns)}


def _fits(item: LoadColumn, form: str) -> exp.Expr:
    assert item.place is not None
    known = call("nullif", field(item.place), text(""))
    return exp.Coalesce(this=call("bool_and", matches(known, form)), expressions=[FALSE.copy()])


def _narrowest(fits: Sequence[bool]) -> ColumnType:
    for column_type, fit in zip(GUESSED_FORMS, fits, strict=False):
        if fit:
            return column_type
    return ColumnType.CATEGORY


def widen_types(
    connection: Connection, layout: Layout, checks: Checks, raw: str, options: ReadOptions
) -> dict[str, ColumnType]:
    """Wider types for the guessed columns that some row does not fit; none where all do."""
    guessed = [item for item in layout.columns if item.guessed and not item.is_words]
    if not guessed:
        return {}
    tests = [_any(checks.misfit(item, listed(raw))) for item in guessed]
    numbers = [_any(checks.no_number(item, listed(raw))) for item in guessed]
    tested = to_sql(exp.select(*tests, *numbers).from_("odd"))
    row = single_row(connection, f"WITH odd AS ({odd_rows(raw, guessed, options)}) {tested}")
    wider = {}
    for number, item in enumerate(guessed):
        if row[number]:
            numeric = item.type is ColumnType.INTEGER and not row[len(guessed) + number]
            wider[item.name] = ColumnType.NUMBER if numeric else ColumnType.CATEGORY
    return wider


def _any(test: exp.Expr) -> exp.Expr:
    return exp.Coalesce(this=call("bool_or", either([test])), expressions=[FALSE.copy()])
