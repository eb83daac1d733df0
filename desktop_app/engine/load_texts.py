"""Texts of a file to numbers, dates and truths by stated rule, as SQL; other texts stay unreadable."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from sqlglot import exp

from desktop_app.domain.mapping import ReadOptions
from desktop_app.engine.expressions import NULL, choose, text, whole

NUMBER_FORM = r"\s*[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?\s*"
CURRENCY_SIGN = "[$¥￥€£₩₹元円]"
_TRUE = ("true", "t", "yes", "y", "1", "1.0", "是")
_FALSE = ("false", "f", "no", "n", "0", "0.0", "否")
# Forms of dates by the order of their parts; dates with the year first are read in any order.
_WITH_YEAR_FIRST = ("%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日")
_DATE_FORMS = {
    "ymd": _WITH_YEAR_FIRST,
    "dmy": ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", *_WITH_YEAR_FIRST),
    "mdy": ("%m/%d/%Y", "%m.%d.%Y", "%m-%d-%Y", *_WITH_YEAR_FIRST),
    "serial": _WITH_YEAR_FIRST,
}
_YES = ("true", "True", "1")
_NO = ("false", "False", "0")
# No book is older; years before the first are beyond what a date can be.
YEAR = "[1-9][0-9]{3}"
FIRST_DAY = date(1000, 1, 1)
YEAR_FIRST = rf"\s*{YEAR}[-/][0-9]{{1,2}}[-/][0-9]{{1,2}}([ T]00:00(:00(\.0+)?)?)?\s*"
_OTHER_DAYS = r"\s*[0-9]{1,4}[-/.年]?[0-9]{1,2}[-/.月]?[0-9]{1,4}日?\s*"
_SERIAL = r"^\s*([1-9][0-9]{4})(?:\.0+)?\s*$"
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
    result = present(value, options) if options.missing else value.copy()
    if options.full_width:
        result = call("translate", result, text(_FULL_WIDTH[0]), text(_FULL_WIDTH[1]))
    if options.parentheses:
        result = _replaced(result, r"^\s*\(([^()-]*)\)\s*$", r"-\1")
    if options.currency_sign:
        result = _replaced(result, rf"^\s*([+-]?)\s*{CURRENCY_SIGN}\s*", r"\1")
        result = _replaced(result, rf"\s*{CURRENCY_SIGN}\s*$", "")
    if options.thousands:
        result = _without_thousands(result, options)
    if options.decimal == ",":
        result = call("translate", result, text(",."), text(".?"))
    if options.percent:
        result = _replaced(result, r"^([^%eE]*[0-9.])\s*%\s*$", r"\1e-2")
    return result


def digits_beyond(plain: exp.Expr, decimals: int) -> exp.Expr:
    """Whether a plain text has digits other than zero after so many decimals."""
    return call("regexp_matches", plain, text(rf"\.[0-9]{{{decimals}}}[0-9]*[1-9]"))


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
    others = [other] if options.date_order != "serial" else [other, _serial_day(known)]
    return exp.Coalesce(this=year_first, expressions=others)


def _serial_day(value: exp.Expr) -> exp.Expr:
    """The day of the number that a spreadsheet keeps for it, where it has the five digits of our time."""
    number = as_type(call("regexp_extract", value.copy(), text(_SERIAL), whole(1)), "INTEGER")
    return exp.cast(exp.Add(this=exp.cast(text("1899-12-30"), "DATE"), expression=number), "DATE")


def day_form(options: ReadOptions) -> str:
    """The forms of dates that are taken; the database itself takes more, such as "epoch"."""
    return f"({YEAR_FIRST}|{_OTHER_DAYS})" if options.date_order else YEAR_FIRST
