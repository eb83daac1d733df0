"""Numbers and dates in two languages."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.readings import Unit
from desktop_app.text.formats import EM_DASH, MINUS, Formats
from desktop_app.text.language import Language

ENGLISH = Formats(Language.ENGLISH)
CHINESE = Formats(Language.CHINESE)


@pytest.mark.parametrize("none", [None, float("nan"), float("inf")])
def test_what_is_none_is_an_em_dash(none: float | None) -> None:
    written = [
        ENGLISH.integer(none),
        ENGLISH.decimal(none, 2),
        ENGLISH.number(none),
        ENGLISH.money(none, "CNY"),
        ENGLISH.short_money(none, "CNY"),
        ENGLISH.share(none),
        ENGLISH.percentage_points(none),
    ]
    assert written == [EM_DASH] * 7


def test_no_date_is_an_em_dash() -> None:
    assert ENGLISH.date(None) == EM_DASH


def test_counts_have_separators() -> None:
    assert ENGLISH.integer(18203) == "18,203"


def test_a_rise_has_a_plus_and_a_fall_a_minus() -> None:
    assert [ENGLISH.integer(value, signed=True) for value in (7, -7, 0)] == ["+7", "−7", "0"]


def test_what_rounds_to_zero_has_no_sign() -> None:
    assert ENGLISH.decimal(-0.004, 2, signed=True) == "0.00"


def test_halves_round_away_from_zero() -> None:
    assert [ENGLISH.decimal(value, 2) for value in (0.285, -0.285, 2.675)] == ["0.29", "−0.29", "2.68"]


def test_a_number_keeps_its_own_decimals() -> None:
    assert [ENGLISH.number(value) for value in (5, 0.05, Decimal("1200.50"), 1e-9)] == ["5", "0.05", "1,200.5", "0"]


def test_full_money_has_all_its_digits() -> None:
    assert CHINESE.money(Decimal("-2123456.785"), "CNY") == "−¥2,123,456.79"


def test_money_without_a_currency_has_no_symbol() -> None:
    assert ENGLISH.money(12) == "12.00"


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [
        (0, "0", "0"),
        (12.5, "12.50", "12.50"),
        (9_999, "9,999", "9,999"),
        (99_999, "99,999", "10.0万"),
        (2_123_456, "2.12 M", "212万"),
        (21_234_567, "21.2 M", "2,123万"),
        (999_999.6, "1.00 M", "100万"),
        (99_960_000, "100 M", "9,996万"),
        (212_345_678, "212 M", "2.12亿"),
        (-1_000_000_000, "−1.00 B", "−10.0亿"),
        (12_345_678_901_234, "12.3 T", "12.3万亿"),
    ],
)
def test_short_money_keeps_three_figures(value: float, english: str, chinese: str) -> None:
    assert (ENGLISH.short_money(value), CHINESE.short_money(value)) == (english, chinese)


@given(st.integers(-(2**63), 2**63 - 1))
def test_full_money_loses_nothing(minor: int) -> None:
    written = ENGLISH.money(Decimal(minor).scaleb(-2)).replace(",", "").replace("−", "-")
    assert Decimal(written) * 100 == minor


def test_small_shares_get_more_decimals() -> None:
    assert [ENGLISH.share(value) for value in (0, 0.034, 0.0034, 0.00034, 1)] == [
        "0.0%",
        "3.4%",
        "0.34%",
        "0.034%",
        "100.0%",
    ]


def test_shares_differ_by_percentage_points() -> None:
    assert (ENGLISH.percentage_points(0.018), CHINESE.percentage_points(-0.018)) == ("+1.8 pp", "−1.8个百分点")


def test_dates_are_written_as_in_the_language() -> None:
    day = date(2026, 1, 31)
    assert (ENGLISH.date(day), CHINESE.date(day)) == ("Jan 31, 2026", "2026年1月31日")


@pytest.mark.parametrize(
    ("unit", "value", "change"),
    [
        (Unit.USERS, "1,234", "+1,234"),
        (Unit.ACCOUNTS, "1,234", "+1,234"),
        (Unit.MONEY, "¥1,234", "+¥1,234"),
        (Unit.SHARE, "123,400.0%", "+123,400.0个百分点"),
        (Unit.RATIO, "1,234.00", "+1,234.00"),
    ],
)
def test_a_figure_is_written_in_its_unit(unit: Unit, value: str, change: str) -> None:
    assert (CHINESE.quantity(1234, unit, "CNY"), CHINESE.change(1234, unit, "CNY")) == (value, change)


@given(st.decimals(-(10**20), 10**20, allow_nan=False, allow_infinity=False, places=8), st.sampled_from(Language))
def test_numbers_are_written_as_babel_writes_them(value: Decimal, language: Language) -> None:
    formats = Formats(language)
    for digits, pattern in ((0, "#,##0"), (2, "#,##0.00")):
        rounded = value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
        sign = MINUS if rounded < 0 else ""
        expected = sign + format_decimal(abs(rounded), pattern, locale=language.locale)
        assert formats.decimal(value, digits) == expected
    share = value / 10**20
    hundredfold = (share * 100).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    expected = format_decimal(abs(hundredfold), "#,##0.0", locale=language.locale) + "%"
    assert formats.share(share, 1).removeprefix(MINUS) == expected
