"""Numbers and dates as people write them in a language (Unicode CLDR through Babel); an em dash for what is none."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from itertools import pairwise
from typing import TypeAlias

from babel.core import Locale
from babel.dates import format_date
from babel.numbers import get_currency_symbol, get_decimal_symbol, get_group_symbol

from desktop_app.domain.readings import Unit
from desktop_app.text.language import Language

Quantity: TypeAlias = int | float | Decimal | None

EM_DASH = "—"
# ISO 4217's code where no currency is meant; its sign would only puzzle.
NO_CURRENCY = "XXX"
MINUS = "−"

# English shortens by thousands, Chinese by ten-thousands; an amount below the first bound is written out.
_SHORT: dict[Language, tuple[tuple[Decimal, str], ...]] = {
    Language.ENGLISH: ((Decimal(10) ** 12, " T"), (Decimal(10) ** 9, " B"), (Decimal(10) ** 6, " M")),
    Language.CHINESE: ((Decimal(10) ** 12, "万亿"), (Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万")),
}
_POINTS = {Language.ENGLISH: " pp", Language.CHINESE: "个百分点"}
_SHORT_DIGITS = 3
_RATIO_DIGITS = 2
# More than any sum of 64-bit minor units can have.
_PRECISION = 60


@dataclass(frozen=True)
class _Signs:
    """How a locale parts thousands and decimals (CLDR).

    Babel's own patterns write the same a hundred times slower, and a drag writes fifty numbers a frame.
    """

    group: str
    point: str

    @classmethod
    def of(cls, locale: Locale) -> _Signs:
        """The signs of a locale."""
        return cls(get_group_symbol(locale), get_decimal_symbol(locale))

    def in_locale(self, plain: str) -> str:
        """A number written with commas and a point, as the locale writes it."""
        if (self.group, self.point) == (",", "."):
            return plain
        return plain.translate({ord(","): self.group, ord("."): self.point})


class Formats:
    """How one language writes counts, money, shares and dates.

    Every method takes None (or NaN, or an infinity) and gives an em dash. `signed` puts a plus before what rises;
    a number that rounds to zero has no sign.
    """

    def __init__(self, language: Language) -> None:
        self.language = language
        self._locale = Locale.parse(language.locale)
        self._signs = _Signs.of(self._locale)
        self._symbols: dict[str, str] = {"": "", NO_CURRENCY: ""}

    def integer(self, value: Quantity, *, signed: bool = False) -> str:
        """A count with separators: 18,203."""
        return self._written(value, 0, signed, self._decimal)

    def decimal(self, value: Quantity, digits: int, *, signed: bool = False) -> str:
        """A number with exactly `digits` decimals: 9.40."""
        return self._written(value, digits, signed, self._decimal)

    def number(self, value: Quantity) -> str:
        """A number with the decimals it has, at most six: 0.05."""
        exact = _exact(value)
        return EM_DASH if exact is None else self.decimal(exact, min(_decimals(_rounded(exact, 6)), 6))

    def money(self, value: Quantity, currency: str = "", *, signed: bool = False) -> str:
        """An amount in currency units in full: ¥2,123,456.78; no symbol for the currency ""."""
        return self._written(value, 2, signed, lambda size, digits: self.symbol(currency) + self._decimal(size, digits))

    def short_money(self, value: Quantity, currency: str = "", *, signed: bool = False) -> str:
        """An amount in three digits: ¥2.12 M, ¥212万; written out where it is small."""
        exact = _exact(value)
        if exact is None:
            return EM_DASH
        unit, suffix = self._scale(exact)
        scaled = exact / unit
        digits = max(_SHORT_DIGITS - _leading_digits(scaled), 0) if suffix else _small_digits(exact)
        symbol = self.symbol(currency)
        return self._written(scaled, digits, signed, lambda size, kept: symbol + self._decimal(size, kept) + suffix)

    def share(self, value: Quantity, digits: int | None = None, *, signed: bool = False) -> str:
        """A share in 0–1 as a percentage: 3.4%; small shares get a second or third decimal."""
        exact = _exact(value)
        kept = _percent_digits(exact) if digits is None else digits
        return self._written(exact, kept + 2, signed, self._percent)

    def percentage_points(self, value: Quantity, digits: int | None = None) -> str:
        """A difference of two shares, signed: +1.8 pp."""
        exact = _exact(value)
        if exact is None:
            return EM_DASH
        kept = _percent_digits(exact) if digits is None else digits
        return self.decimal(exact * 100, kept, signed=True) + _POINTS[self.language]

    def quantity(self, value: Quantity, unit: Unit, currency: str = "") -> str:
        """A figure's value in its unit, short enough for a tile or an axis."""
        match unit:
            case Unit.MONEY:
                return self.short_money(value, currency)
            case Unit.SHARE:
                return self.share(value)
            case Unit.RATIO:
                return self.decimal(value, _RATIO_DIGITS)
            case _:
                return self.integer(value)

    def change(self, value: Quantity, unit: Unit, currency: str = "") -> str:
        """A difference between two figures of one unit, signed; shares differ by percentage points."""
        match unit:
            case Unit.MONEY:
                return self.short_money(value, currency, signed=True)
            case Unit.SHARE:
                return self.percentage_points(value)
            case Unit.RATIO:
                return self.decimal(value, _RATIO_DIGITS, signed=True)
            case _:
                return self.integer(value, signed=True)

    def date(self, value: date | None) -> str:
        """A day: Jan 31, 2026; 2026年1月31日."""
        return EM_DASH if value is None else format_date(value, format="medium", locale=self._locale)

    def symbol(self, currency: str) -> str:
        """The currency's sign in this language: ¥; the code itself where it has none; "" for ""."""
        if currency not in self._symbols:
            self._symbols[currency] = get_currency_symbol(currency, locale=self._locale)
        return self._symbols[currency]

    def _written(self, value: Quantity, digits: int, signed: bool, write: Callable[[Decimal, int], str]) -> str:
        exact = _exact(value)
        if exact is None:
            return EM_DASH
        size = _rounded(exact, digits)
        sign = "" if size == 0 else MINUS if size < 0 else "+" if signed else ""
        return sign + write(abs(size), digits)

    def _decimal(self, size: Decimal, digits: int) -> str:
        return self._signs.in_locale(f"{size:,.{digits}f}")

    def _percent(self, size: Decimal, digits: int) -> str:
        with localcontext(prec=_PRECISION):
            hundredfold = size * 100
        return self._signs.in_locale(f"{hundredfold:,.{max(digits - 2, 0)}f}") + "%"

    def _scale(self, exact: Decimal) -> tuple[Decimal, str]:
        units = [*_SHORT[self.language], (Decimal(1), "")]
        for (unit, suffix), (smaller, _) in pairwise(units):
            # What would round up to a whole larger unit is written in that one: 999,999.6 is 1.00 M.
            if _rounded(abs(exact) / smaller, 0) * smaller >= unit:
                return unit, suffix
        return units[-1]


def _exact(value: Quantity) -> Decimal | None:
    if value is None or not math.isfinite(value):
        return None
    # A double is meant as the shortest number that reads back to it: 0.285, not 0.28499….
    return Decimal(repr(float(value))) if isinstance(value, float) else Decimal(value)


def _rounded(value: Decimal, digits: int) -> Decimal:
    """`value` to `digits` decimals, half away from zero."""
    with localcontext(prec=_PRECISION):
        return value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def _leading_digits(value: Decimal) -> int:
    """Digits before the point once the value is rounded to `_SHORT_DIGITS` figures: 9.996 has two."""
    size = abs(value)
    bounds = (Decimal("9.995"), Decimal("99.95"))
    return 1 + sum(size >= bound for bound in bounds)


def _small_digits(value: Decimal) -> int:
    return 0 if abs(value) >= 100 or value == value.to_integral_value() else 2


def _percent_digits(value: Decimal | None) -> int:
    """One decimal of a percentage, two below 1 %, three below 0.1 %; one for zero."""
    size = abs(value) if value is not None else Decimal(0)
    return 1 + sum(0 < size < bound for bound in (Decimal("0.01"), Decimal("0.001")))
