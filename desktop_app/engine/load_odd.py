"""Odd rows, the ones that are not plain: their raw texts from the list kept of them, their numbers digit by digit."""

from __future__ import annotations

from collections.abc import Iterable

from sqlglot import exp

from desktop_app.domain.columns import NUMERIC
from desktop_app.domain.mapping import ReadOptions
from desktop_app.engine.expressions import column, is_null, to_sql, whole
from desktop_app.engine.load_columns import LoadColumn
from desktop_app.engine.load_texts import NUMBER_FORM, call, number_text
from desktop_app.engine.load_values import Field

# What stands around a number and is no part of it.
_BLANKS = r"E' \t\n\f\r'"
# The database rounds decimals right, but cuts digits off, or gives up, where there is an exponent. Such a number is
# taken apart, its point is moved, and it is put together again; farther than a hundred places beyond its own digits
# it is too large, or rounds to nothing.
_EXPONENT = r"^\s*([+-]?)([0-9]*)\.?([0-9]*)[eE]([+-]?[0-9]+)\s*$"
_PARTS = f"""
, CASE WHEN regexp_full_match("~number@", '{NUMBER_FORM}') AND regexp_matches("~number@", '[eE]') THEN
regexp_extract("~number@", '{_EXPONENT}', ['sign', 'before', 'after', 'power']) END AS "~parts@"
"""
_POINT = """
, length("~parts@".before || "~parts@".after) + 100 AS "~far@"
, length("~parts@".before) + greatest(least(coalesce(TRY_CAST("~parts@".power AS BIGINT),
CASE WHEN starts_with("~parts@".power, '-') THEN -"~far@" ELSE "~far@" END), "~far@"), -"~far@") AS "~point@"
, repeat('0', greatest(-"~point@", 0)) || "~parts@".before || "~parts@".after
|| repeat('0', greatest("~point@" - length("~parts@".before || "~parts@".after), 0)) AS "~padded@"
"""
_PLAIN = f"""
, CASE WHEN "~parts@" IS NOT NULL THEN "~parts@".sign || left("~padded@", greatest("~point@", 0)) || '.'
|| substr("~padded@", greatest("~point@", 0) + 1)
WHEN regexp_full_match("~number@", '{NUMBER_FORM}') THEN trim("~number@", {_BLANKS}) END AS "~plain@"
"""


def listed(raw: str) -> Field:
    """The fields of an odd row, kept in the list of that name."""
    return lambda place: call("list_extract", column(raw), whole(place + 1))


def plain_digits(place: int) -> exp.Expr:
    """The number in a field of an odd row as a plain text; NULL where it is none."""
    return column(f"~plain{place}")


def odd_rows(raw: str, columns: Iterable[LoadColumn], options: ReadOptions) -> str:
    """SQL of all columns of the odd rows, their `rowid` as `id`, and the plain numbers that `columns` are made of."""
    readings = [reading for item in columns for reading in (item, *item.readings)]
    places = sorted({r.place for r in readings if r.place is not None and r.type in NUMERIC})
    numbers = [number_text(listed(raw)(place), options).as_(f"~number{place}", quoted=True) for place in places]
    odd = exp.not_(is_null(column(raw)))
    found = exp.select(exp.Star(), exp.column("rowid").as_("id"), *numbers).from_("accounts").where(odd)
    query = to_sql(found)
    # In steps, so that each text is looked at once.
    for step in (_PARTS, _POINT, _PLAIN):
        query = f"SELECT *{''.join(step.replace('@', str(place)) for place in places)} FROM ({query}) AS step"
    return query
