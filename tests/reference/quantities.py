"""Exact quantities: the one rounding, ratios, losses on amounts, and thresholds without a double in between."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias

Row: TypeAlias = dict[str, Any]

MILLION = 10**6
RATIO_UNITS = 10**4
RATIO_CAP = 10 * RATIO_UNITS
SPLIT = 10**7

# Stored units in one of the analyst's units.
UNITS: dict[str, int] = {"money": 100, "rate": MILLION, "ratio": RATIO_UNITS, "integer": 1, "number": 1}


def exact(value: int | float | Decimal) -> Fraction:
    """A number of a document as it was written: 15 digits survive the double that JSON reads them into."""
    return Fraction(str(value))


def rounded(numerator: int, denominator: int) -> int:
    """r(n, d) = (n + d // 2) // d."""
    return (numerator + denominator // 2) // denominator


def half_away(value: Fraction) -> int:
    """The nearest integer to a value that is not negative, halves upwards."""
    return int(value + Fraction(1, 2))


def ratio(part: int | None, whole: int | None) -> int | None:
    """`part / whole` in 1e-4, capped at 10; 10 over a zero whole, NULL for 0 / 0 and for any NULL."""
    if part is None or whole is None:
        return None
    if whole == 0:
        return None if part == 0 else RATIO_CAP
    return min((2 * RATIO_UNITS * part + whole) // (2 * whole), RATIO_CAP)


def on_amount(per_unit: int, amount: int) -> int:
    """A product in 1e-9 (pl, pi, pk) on an amount in minor units, in 1/10,000 of a currency unit."""
    return per_unit * (amount // SPLIT) + rounded(per_unit * (amount % SPLIT), SPLIT)


def units(value: int | float | Decimal, per_one: int) -> int:
    """A number of a document in whole stored units; the document allows no finer ones here."""
    scaled = exact(value) * per_one
    assert scaled.denominator == 1, value
    return int(scaled)
