"""The texts that parse unchanged: a row whose texts all have these forms is plain and needs no second look."""

from __future__ import annotations

from sqlglot import exp

from desktop_app.domain.columns import ColumnType
from desktop_app.domain.mapping import ReadOptions
from desktop_app.engine.expressions import text
from desktop_app.engine.load_columns import DECIMALS, WIDTHS, LoadColumn
from desktop_app.engine.load_texts import YEAR, call, matches

# What a text must look like for a column that nobody stated to be of that type, narrowest first. Codes with leading
# zeros, long numbers and 1E5 stay texts; exponents are taken as programs write them, with a sign.
GUESSED_FORMS: dict[ColumnType, str] = {
    ColumnType.BOOLEAN: "true|false|True|False|TRUE|FALSE",
    ColumnType.INTEGER: "-?(0|[1-9][0-9]{0,14})",
    ColumnType.NUMBER: r"-?(0|[1-9][0-9]{0,11})(\.[0-9]+)?([eE][+-][0-9]+)?",
    ColumnType.DATE: f"{YEAR}-[0-9]{{1,2}}-[0-9]{{1,2}}|{YEAR}/[0-9]{{1,2}}/[0-9]{{1,2}}",
}
ISO_DAY = f"{YEAR}-[0-9]{{2}}-[0-9]{{2}}"
# A number of more digits before the point gets a second look.
_MOST_DIGITS = 12
# Dates that are read where an order of their parts is known.
_YEAR_FIRST = f"{YEAR}[.年][0-9]{{1,2}}[.月][0-9]{{1,2}}日?"
_YEAR_LAST = f"[0-9]{{1,2}}[-/.][0-9]{{1,2}}[-/.]{YEAR}"


def guessed_form(column_type: ColumnType, options: ReadOptions) -> str:
    """What a text must look like for a guessed column of that type, its numbers with a decimal point."""
    form = GUESSED_FORMS[column_type]
    if column_type is not ColumnType.DATE or options.date_order is None:
        return form
    return f"{form}|{_YEAR_FIRST}" if options.date_order == "ymd" else f"{form}|{_YEAR_FIRST}|{_YEAR_LAST}"


def localised(form: str, options: ReadOptions) -> str:
    """A pattern of numbers with the stated decimal mark."""
    return form.replace(r"\.", ",") if options.decimal == "," else form


def pattern_of(column: LoadColumn, options: ReadOptions) -> str | None:
    """The texts that this column takes as they are; None where any text will do."""
    if column.is_words:
        return None
    if column.guessed:
        form = guessed_form(column.type, options)
        # Longer decimals fit the type but are rounded, so that they need a second look.
        form = form.replace(r"(\.[0-9]+)?([eE][+-][0-9]+)?", r"(\.[0-9]{1,6})?")
    elif column.type is ColumnType.DATE:
        form = guessed_form(column.type, options)
    elif column.type is ColumnType.BOOLEAN:
        form = "true|false|True|False|TRUE|FALSE|0|1|Y|N"
    elif column.maximum == 1:
        form = rf"0{_decimals(column.type)}|1(\.0{{1,6}})?"
    else:
        sign = "" if column.minimum == 0 else "-?"
        digits = min(WIDTHS[column.type] - DECIMALS[column.type], _MOST_DIGITS)
        form = rf"{sign}[0-9]{{1,{digits}}}{_decimals(column.type)}"
    form = localised(form, options)
    return f"({form})" if column.required else f"({form})?"


def _decimals(column_type: ColumnType) -> str:
    digits = DECIMALS[column_type]
    return rf"(\.[0-9]{{1,{digits}}})?" if digits else ""


def all_of(values: list[tuple[exp.Expr, str]]) -> exp.Expr:
    """Whether every text matches its pattern, as one regular expression over all of them."""
    if not values:
        return exp.true()
    # A bar occurs in no pattern, and a missing field shortens the row of bars.
    joined = call("concat_ws", text("|"), *(value for value, _ in values))
    return matches(joined, r"\|".join(f"(?:{pattern})" for _, pattern in values))
