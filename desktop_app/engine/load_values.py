"""Texts to values by stated rule: each column's parsing as SQL, and the pattern of texts that parse unchanged.

A row whose texts all match their patterns is plain: nothing in it is altered, missing where it may not be, or out
of range. Only the other rows are looked at again, so that a clean file costs one regular expression a row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import TypeAlias

from sqlglot import exp

from desktop_app.domain.columns import RATIO_CAP, UNITS_PER_ONE, ColumnType
from desktop_app.domain.mapping import (
    Constant,
    CountWhere,
    Expression,
    Maximum,
    ReadOptions,
    Scale,
    Source,
    ValueTable,
)
from desktop_app.engine.expressions import NULL, both, choose, either, greatest, is_null, least, plus, text
from desktop_app.engine.load_columns import LoadColumn
from desktop_app.engine.schema import STORAGE

# A field's raw text by its place: a column of the source, or an entry of the list kept of an odd row.
Field: TypeAlias = Callable[[int], exp.Expr]
# The place of a heading in the file.
Places: TypeAlias = dict[str, int]

# Widths that keep value × unit inside 64 bits.
_PARSED: dict[ColumnType, str] = {
    ColumnType.MONEY: "DECIMAL(15,2)",
    ColumnType.RATE: "DECIMAL(9,6)",
    ColumnType.RATIO: "DECIMAL(13,4)",
    ColumnType.INTEGER: "DECIMAL(18,0)",
    ColumnType.NUMBER: "DECIMAL(18,6)",
}
_WORKING = "DECIMAL(18,6)"
_EXACT = "DECIMAL(38,18)"
_DECIMALS = {ColumnType.MONEY: 2, ColumnType.RATE: 6, ColumnType.RATIO: 4, ColumnType.INTEGER: 0, ColumnType.NUMBER: 6}

NUMBER_FORM = r"\s*[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?\s*"
_TRUE = ("true", "t", "yes", "y", "1", "1.0", "是")
_FALSE = ("false", "f", "no", "n", "0", "0.0", "否")
# Forms of dates by the order of their parts; dates with the year first are read in any order.
_DATE_FORMS = {
    "ymd": ("%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日"),
    "dmy": ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y"),
    "mdy": ("%m/%d/%Y", "%m.%d.%Y", "%m-%d-%Y"),
}
_YES = ("true", "True", "1")
_NO = ("false", "False", "0")
YEAR_FIRST = r"\s*[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}([ T]00:00(:00(\.0+)?)?)?\s*"
_OTHER_DAYS = r"\s*[0-9]{1,4}[-/.年]?[0-9]{1,2}[-/.月]?[0-9]{1,4}日?\s*"
_FULL_WIDTH = ("０１２３４５６７８９．，－＋％（）　", "0123456789.,-+%() ")


def call(function: str, *arguments: exp.Expr) -> exp.Expr:
    """A function by its DuckDB name."""
    return exp.Anonymous(this=function, expressions=list(arguments))


def matches(value: exp.Expr, pattern: str) -> exp.Expr:
    """Whether a regular expression covers the whole text."""
    return call("regexp_full_match", value, text(pattern))


def as_type(value: exp.Expr, type_name: str) -> exp.Expr:
    """The value as that type, NULL where it is none."""
    return exp.TryCast(this=value, to=exp.DataType.build(type_name, dialect="duckdb"))


def present(value: exp.Expr, options: ReadOptions) -> exp.Expr:
    """The text, NULL where it is empty or stands for a missing value."""
    if not options.missing:
        return call("nullif", value, text(""))
    absent = [text(word) for word in ("", *options.missing)]
    return exp.Case(ifs=[exp.If(this=exp.In(this=value, expressions=absent), true=NULL.copy())], default=value.copy())


def number_text(value: exp.Expr, options: ReadOptions) -> exp.Expr:
    """The text of a number as the database writes numbers, by the stated conventions; others stay unreadable."""
    # An empty text is no number anyway, so that the usual case costs nothing here.
    result = present(value, options) if options.missing else value
    if options.full_width:
        result = call("translate", result, text(_FULL_WIDTH[0]), text(_FULL_WIDTH[1]))
    if options.parentheses:
        result = _replaced(result, r"^\s*\(([^()-]*)\)\s*$", r"-\1")
    if options.thousands:
        result = _without_thousands(result, options)
    if options.decimal == ",":
        result = call("translate", result, text(",."), text(".?"))
    if options.percent:
        result = _replaced(result, r"^([^%eE]*[0-9.])\s*%\s*$", r"\1e-2")
    return result


def _replaced(value: exp.Expr, pattern: str, by: str) -> exp.Expr:
    return call("regexp_replace", value, text(pattern), text(by))


def _without_thousands(value: exp.Expr, options: ReadOptions) -> exp.Expr:
    mark, point = re.escape(options.thousands), re.escape(options.decimal)
    grouped = rf"\s*[+-]?[0-9]{{1,3}}({mark}[0-9]{{3}})+({point}[0-9]*)?\s*%?\s*"
    bare = call("replace", value.copy(), text(options.thousands), text(""))
    return choose([(matches(value, grouped), bare)], value.copy())


def truth(value: exp.Expr, options: ReadOptions) -> exp.Expr:
    """A yes or no from its usual words."""
    word = call("lower", call("trim", present(value, options)))
    words = [(_one_of(word.copy(), known), outcome) for known, outcome in ((_TRUE, exp.true()), (_FALSE, exp.false()))]
    # The commonest spellings first: a CASE evaluates what follows only for the rows that are left.
    usual = [(_one_of(value.copy(), known), outcome) for known, outcome in ((_YES, exp.true()), (_NO, exp.false()))]
    return choose([*([] if options.missing else usual), *words], NULL.copy())


def _one_of(value: exp.Expr, words: Iterable[str]) -> exp.Expr:
    return exp.In(this=value, expressions=[text(word) for word in words])


def day(value: exp.Expr, options: ReadOptions) -> exp.Expr:
    """A date: year first, or in the stated order of its parts."""
    known = present(value, options) if options.missing else value
    year_first = as_type(known, "DATE")
    if options.date_order is None:
        return year_first
    forms = exp.Array(expressions=[text(form) for form in _DATE_FORMS[options.date_order]])
    other = as_type(call("try_strptime", call("trim", known.copy()), forms), "DATE")
    return exp.Coalesce(this=year_first, expressions=[other])


def day_form(options: ReadOptions) -> str:
    """The forms of dates that are taken; the database itself takes more, such as "epoch"."""
    return f"({YEAR_FIRST}|{_OTHER_DAYS})" if options.date_order else YEAR_FIRST


def to_storage(value: exp.Expr, column_type: ColumnType) -> exp.Expr:
    """A number of the analyst's unit in the column's storage type, rounded half away from zero."""
    rounded = as_type(value, _PARSED[column_type])
    if column_type is ColumnType.NUMBER:
        return rounded
    if column_type is ColumnType.RATIO:
        rounded = least_or_null(rounded, exp.cast(text(str(RATIO_CAP)), _PARSED[column_type]))
    unit = UNITS_PER_ONE[column_type]
    units = rounded if unit == 1 else exp.Mul(this=rounded, expression=exp.Literal.number(unit))
    return exp.cast(exp.paren(units), STORAGE[column_type])


def least_or_null(value: exp.Expr, bound: exp.Expr) -> exp.Expr:
    """The smaller of both, NULL where the value is (DuckDB's least skips NULL)."""
    return choose([(is_null(value), NULL.copy())], least(value.copy(), bound))


class Values:
    """The SQL of every column's value over one way to reach the fields."""

    def __init__(self, field: Field, places: Places, options: ReadOptions) -> None:
        self._field = field
        self._places = places
        self._options = options

    def stored(self, column: LoadColumn) -> exp.Expr:
        """The column's value in its storage type; NULL where it is missing or cannot be read."""
        if isinstance(column.value, Constant):
            return _constant(column)
        if column.place is None:
            return to_storage(self.number(column.value), column.type)
        raw = self._field(column.place)
        if column.is_words:
            return present(raw, self._words(column))
        if column.type is ColumnType.DATE:
            return day(raw, self._options)
        if column.type is ColumnType.BOOLEAN:
            return truth(raw, self._options)
        return to_storage(number_text(raw, self._options), column.type)

    def exact(self, column: LoadColumn) -> exp.Expr:
        """A number before it is rounded to its unit."""
        if column.place is None:
            return self.number(column.value)
        return as_type(number_text(self._field(column.place), self._options), _EXACT)

    def rounded(self, column: LoadColumn) -> exp.Expr:
        """A number as it is kept, in the analyst's unit."""
        return as_type(self.exact(column), _PARSED[column.type])

    def number(self, value: Expression) -> exp.Expr:
        """An expression of the mapping, with six decimals at every step; NULL where a part of it is."""
        match value:
            case str():
                return as_type(number_text(self._field(self._places[value]), self._options), _WORKING)
            case Source(column=heading):
                return self.number(heading)
            case Constant(constant=constant):
                return as_type(text(str(constant)), _WORKING)
            case Scale(scale=inner, by=factor):
                # One decimal more than 18 digits makes the product 128 bits wide, which cannot overflow here.
                wide = exp.cast(self.number(inner), "DECIMAL(19,6)")
                return as_type(exp.paren(exp.Mul(this=wide, expression=_literal(factor))), _WORKING)
            case Maximum(maximum=parts):
                numbers = [_literal(part) if isinstance(part, Decimal) else self.number(part) for part in parts]
                return _unless_missing(numbers, greatest(*(number.copy() for number in numbers)))
            case CountWhere(count=parts, operator=operator, value=bound):
                numbers = [self.number(part) for part in parts]
                hits = [exp.cast(_compared(number.copy(), operator, bound), "INTEGER") for number in numbers]
                return _unless_missing(numbers, exp.cast(plus(*hits), _WORKING))
            case ValueTable(table=inner):
                return self._from_table(value, self.number(inner))
            case _:
                raise TypeError(f"unknown expression {value!r}")

    def _from_table(self, table: ValueTable, argument: exp.Expr) -> exp.Expr:
        cases: list[tuple[exp.Expr, exp.Expr]] = [(is_null(argument), NULL.copy())]
        otherwise: exp.Expr = NULL.copy()
        for row in table.rows:
            value = exp.cast(_literal(row.value), _WORKING)
            if row.below is None:
                otherwise = value
            else:
                cases.append((_compared(argument.copy(), "<", row.below), value))
        return choose(cases, otherwise)

    def _words(self, column: LoadColumn) -> ReadOptions:
        # An account whose id reads "999" is an account.
        return ReadOptions() if column.name in ("account_id", "user_id") else self._options


def _constant(column: LoadColumn) -> exp.Expr:
    assert isinstance(column.value, Constant)
    value = text(str(column.value.constant))
    if column.type in _PARSED:
        return to_storage(value, column.type)
    return as_type(value, STORAGE[column.type])


def _literal(value: Decimal) -> exp.Expr:
    """An exact decimal, typed so that products keep their scale."""
    plain = f"{value:f}"
    digits = plain.lstrip("-").replace(".", "")
    scale = len(plain.partition(".")[2])
    return exp.cast(text(plain), f"DECIMAL({max(len(digits), 1)},{scale})")


_COMPARISONS: dict[str, type[exp.Binary]] = {"<": exp.LT, "<=": exp.LTE, ">": exp.GT, ">=": exp.GTE, "=": exp.EQ}


def _compared(number: exp.Expr, operator: str, bound: Decimal) -> exp.Expr:
    return exp.paren(_COMPARISONS[operator](this=number, expression=_literal(bound)))


def _unless_missing(parts: list[exp.Expr], value: exp.Expr) -> exp.Expr:
    return choose([(either(is_null(part) for part in parts), NULL.copy())], value)


def in_range(number: exp.Expr, column: LoadColumn) -> exp.Expr:
    """Whether a number of the analyst's unit is inside the column's valid range."""
    tests = []
    if column.minimum is not None:
        tests.append(_compared(number, ">=", Decimal(column.minimum)))
    if column.maximum is not None:
        tests.append(_compared(number.copy(), "<=", Decimal(column.maximum)))
    return both(tests)


# What a text must look like for a column that nobody stated to be of that type, narrowest first. Codes with leading
# zeros, long numbers and 1E5 stay texts; exponents are taken as programs write them, with a sign.
GUESSED_FORMS: dict[ColumnType, str] = {
    ColumnType.BOOLEAN: "true|false|True|False|TRUE|FALSE",
    ColumnType.INTEGER: "-?(0|[1-9][0-9]{0,14})",
    ColumnType.NUMBER: r"-?(0|[1-9][0-9]{0,11})(\.[0-9]+)?([eE][+-][0-9]+)?",
    ColumnType.DATE: "[0-9]{4}-[0-9]{2}-[0-9]{2}",
}


def localised(form: str, options: ReadOptions) -> str:
    """A pattern of numbers with the stated decimal mark."""
    return form.replace(r"\.", ",") if options.decimal == "," else form


def pattern_of(column: LoadColumn, options: ReadOptions) -> str | None:
    """The texts that this column takes as they are; None where any text will do."""
    if column.is_words:
        return None
    if column.guessed:
        form = GUESSED_FORMS[column.type]
        # Longer decimals fit the type but are rounded, so that they need a second look.
        form = form.replace(r"(\.[0-9]+)?([eE][+-][0-9]+)?", r"(\.[0-9]{1,6})?")
    elif column.type is ColumnType.DATE:
        form = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
    elif column.type is ColumnType.BOOLEAN:
        form = "true|false|True|False|TRUE|FALSE|0|1|Y|N"
    elif column.maximum == 1:
        form = rf"0{_decimals(column.type)}|1(\.0{{1,6}})?"
    else:
        sign = "" if column.minimum == 0 else "-?"
        form = rf"{sign}[0-9]{{1,12}}{_decimals(column.type)}"
    form = localised(form, options)
    return f"({form})" if column.required else f"({form})?"


PLAIN_NUMBER = r"(-?[0-9]{1,12}(\.[0-9]{1,6})?)?"


def _decimals(column_type: ColumnType) -> str:
    digits = _DECIMALS[column_type]
    return rf"(\.[0-9]{{1,{digits}}})?" if digits else ""


def all_of(values: list[tuple[exp.Expr, str]]) -> exp.Expr:
    """Whether every text matches its pattern, as one regular expression over all of them."""
    if not values:
        return exp.true()
    # A bar occurs in no pattern, and a missing field shortens the row of bars.
    joined = call("concat_ws", text("|"), *(value for value, _ in values))
    return matches(joined, r"\|".join(f"(?:{pattern})" for _, pattern in values))
