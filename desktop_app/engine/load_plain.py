"""Loading a file that may be clean: which values its fields must be, and the statement that takes them as they come.

The reader gives a field's value only where the texts of all rows around it are plain; the few other rows come as
lists of their texts, and their values are computed as in a file that is not clean.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from sqlglot import exp

from desktop_app.domain.columns import NUMERIC, ColumnType
from desktop_app.domain.mapping import Constant, ReadOptions
from desktop_app.domain.plans import PlainField
from desktop_app.engine.expressions import NULL, choose, is_null, to_sql
from desktop_app.engine.expressions import column as named
from desktop_app.engine.load_checks import Checks
from desktop_app.engine.load_columns import DECIMALS, WIDTHS, Layout, LoadColumn
from desktop_app.engine.load_forms import ISO_DAY, pattern_of
from desktop_app.engine.load_odd import listed
from desktop_app.engine.load_source import PLAIN, TEXTS, field
from desktop_app.engine.load_texts import FIRST_DAY
from desktop_app.engine.load_values import KEPT_IN_UNITS, Values


def plain_fields(layout: Layout, options: ReadOptions) -> tuple[PlainField, ...] | None:
    """What each field that the layout reads must be like; None where more is made of a field than one kind of value."""
    wanted: dict[int, PlainField] = {}
    for column in layout.columns:
        if column.place is not None:
            field = _plain_field(column, column.place, options)
            if wanted.setdefault(column.place, field) != field:
                return None
        elif not isinstance(column.value, Constant):
            return None
    return tuple(wanted[place] for place in sorted(wanted))


def plain_statement(
    layout: Layout, places: dict[str, int], options: ReadOptions, fields: Iterable[PlainField], raw: str
) -> str:
    """The statement that makes `accounts` of the registered plain rows; `raw` is as in other files."""
    typed = frozenset(plain.place for plain in fields if plain.type is not ColumnType.TEXT)
    words = frozenset(plain.place for plain in fields if not options.missing and not plain.patterns)
    texts = listed(TEXTS)
    as_read = Values(field, places, options, ready=typed | words)
    as_text = Values(texts, places, options)
    is_plain = is_null(named(TEXTS))
    columns = []
    for column in layout.columns:
        value = as_read.stored(column)
        if column.place in typed:
            value = choose([(is_plain.copy(), value)], as_text.stored(column))
        columns.append(value.as_(column.name, quoted=True))
    plain = Checks(layout, places, options).plain(texts, len(places))
    kept = choose([(is_plain.copy(), NULL.copy()), (plain, NULL.copy())], named(TEXTS))
    query = exp.select(*columns, kept.as_(raw, quoted=True)).from_(exp.to_table(PLAIN))
    return f"CREATE OR REPLACE TABLE accounts AS {to_sql(query)}"


def _plain_field(column: LoadColumn, place: int, options: ReadOptions) -> PlainField:
    """The field of a column: as a value where that is certain to be the right one, else as a text of its form."""
    pattern = pattern_of(column, options)
    if pattern is None:
        return PlainField(place, ColumnType.TEXT, required=column.required)
    if column.guessed:
        return _guessed_field(column, place, pattern, options)
    plain = PlainField(place, column.type, required=column.required, first_day=FIRST_DAY)
    return _numeric(plain, column) if column.type in NUMERIC else plain


def _guessed_field(column: LoadColumn, place: int, pattern: str, options: ReadOptions) -> PlainField:
    """A text must look like the type, since nobody stated that it is one."""
    match column.type:
        case ColumnType.DATE:
            return PlainField(place, ColumnType.DATE, patterns=(ISO_DAY,), first_day=FIRST_DAY)
        case ColumnType.INTEGER:
            return _numeric(PlainField(place, ColumnType.INTEGER, patterns=(pattern,)), column)
        case ColumnType.NUMBER if options.decimal == ".":
            return _numeric(PlainField(place, ColumnType.NUMBER, patterns=(pattern,)), column)
        case _:
            return PlainField(place, ColumnType.TEXT, patterns=(pattern,))


def _numeric(plain: PlainField, column: LoadColumn) -> PlainField:
    width, decimals = WIDTHS[column.type], DECIMALS[column.type]
    most = Decimal(10) ** (width - decimals) - Decimal(10) ** -decimals
    low = -most if column.minimum is None else Decimal(column.minimum)
    high = most if column.maximum is None else Decimal(column.maximum)
    in_units = column.type in KEPT_IN_UNITS
    return replace(plain, width=width, decimals=decimals, low=max(low, -most), high=min(high, most), in_units=in_units)
