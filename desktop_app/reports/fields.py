"""One field of a CSV file: plain numbers, quoting (RFC 4180), and formulas made harmless (OWASP CSV injection)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from enum import StrEnum
from typing import Self

from desktop_app.domain.readings import Unit

LINE_END = "\r\n"
SEPARATOR = ","
QUOTE = '"'
# Put before a character that a spreadsheet would take for the start of a formula.
GUARD = "'"

# These patterns must mean the same to Python's `re` and to RE2, which Arrow uses.
# The full-width signs start a formula in East Asian versions of Excel.
_SIGNS = "=+\\-@＝＋－＠"
STARTS_FORMULA = f'^([" ]*)([{_SIGNS}\t\r\n])'
# A program that splits at another separator, or mends quotes, would see a cell begin in the middle of a text.
CONTINUES_FORMULA = f'([,;|\t\r\n][" ]*)([{_SIGNS}])'
GUARDED = rf"\1{GUARD}\2"
# A signed number computes to itself: ids and phone numbers such as +8613800000000 stay as they are.
SIGNED_NUMBER = r"[+\-]?[0-9]+(\.[0-9]+)?"
NEEDS_QUOTES = '[",\r\n]'

# More than any sum of 64-bit minor units can have.
_PRECISION = 60


class Form(StrEnum):
    """What a field that the program wrote is: how a spreadsheet is to show it."""

    COUNT = "count"
    MONEY = "money"
    SHARE = "share"
    RATIO = "ratio"
    FLAG = "flag"
    DAY = "day"


class Plain(str):
    """A field that the program wrote itself, a number, a flag or a date: it is never guarded.

    Attributes: form is what it is; the text is "" where there is none.
    """

    __slots__ = ("form",)
    form: Form

    def __new__(cls, text: str, form: Form) -> Self:
        """The text with its form."""
        made = super().__new__(cls, text)
        made.form = form
        return made


def count(value: float | None) -> Plain:
    """A whole number; empty for None."""
    return _number(value, 0, Form.COUNT)


def money(value: float | None) -> Plain:
    """Currency units with two decimals; empty for None."""
    return _number(value, 2, Form.MONEY)


def share(value: float | None) -> Plain:
    """A share in 0–1 with six decimals; empty for None."""
    return _number(value, 6, Form.SHARE)


def ratio(value: float | None) -> Plain:
    """A quotient with six decimals; empty for None."""
    return _number(value, 6, Form.RATIO)


def quantity(value: float | None, unit: Unit) -> Plain:
    """A figure's value in its unit."""
    match unit:
        case Unit.MONEY:
            return money(value)
        case Unit.SHARE:
            return share(value)
        case Unit.RATIO:
            return ratio(value)
        case _:
            return count(value)


def flag(value: bool | None) -> Plain:
    """The words true and false, as every file writes them; empty for None."""
    return Plain("" if value is None else "true" if value else "false", Form.FLAG)


def day(value: date | None) -> Plain:
    """An ISO date; empty for None."""
    return Plain("" if value is None else value.isoformat(), Form.DAY)


def guarded(text: str) -> str:
    """`text` that no spreadsheet takes for a formula; numbers stay numbers."""
    if re.fullmatch(SIGNED_NUMBER, text):
        return text
    return re.sub(CONTINUES_FORMULA, GUARDED, re.sub(STARTS_FORMULA, GUARDED, text))


def quoted(text: str) -> str:
    """`text` in quotes where it holds a separator, a quote or a line end."""
    if re.search(NEEDS_QUOTES, text):
        return QUOTE + text.replace(QUOTE, QUOTE * 2) + QUOTE
    return text


def csv_line(fields: Iterable[str], guard: bool) -> str:
    """One line with its end; texts that are not Plain are guarded where `guard` says so."""
    safe = (field if isinstance(field, Plain) or not guard else guarded(field) for field in fields)
    return SEPARATOR.join(quoted(field) for field in safe) + LINE_END


def _number(value: float | None, digits: int, form: Form) -> Plain:
    """Decimal digits without an exponent, half away from zero as on screen; no sign before a zero."""
    if value is None:
        return Plain("", form)
    with localcontext(prec=_PRECISION):
        # The shortest decimal that reads back to the double is what it means: 0.285, not 0.28499….
        exact = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
        return Plain(format(exact if exact else abs(exact), "f"), form)
