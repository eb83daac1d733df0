"""The one rounding, and a rate on an amount, in Python and in DuckDB alike."""

from __future__ import annotations

from fractions import Fraction

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.figures.amounts import rate_on_amount, rate_on_amount_sql, rounded_quotient

RATES = st.integers(0, 10**9)
AMOUNTS = st.integers(0, 9 * 10**15)


@pytest.fixture(scope="module")
def database():
    with duckdb.connect() as connection:
        yield connection


@pytest.mark.parametrize(("n", "expected"), [(0, 0), (4, 0), (5, 1), (14, 1), (15, 2), (25, 3)])
def test_a_half_rounds_up(n, expected):
    assert rounded_quotient(n, 10) == expected


def test_two_percent_times_three_quarters_of_a_thousand_is_fifteen():
    pl = rounded_quotient(20_000 * 750_000, 1000)
    assert rate_on_amount(pl, 1000 * 100) == 15 * 10_000


@given(RATES, AMOUNTS)
def test_the_split_rounds_as_the_whole_product_would(p, x):
    exact = Fraction(p * x, 10**7)
    assert abs(rate_on_amount(p, x) - exact) <= Fraction(1, 2)


@given(RATES, AMOUNTS)
def test_nothing_leaves_64_bits(p, x):
    assert p * (x % 10**7) + 5_000_000 < 2**63
    assert rate_on_amount(p, x) < 2**63


@settings(deadline=None)
@given(p=RATES, x=AMOUNTS)
def test_duckdb_computes_the_same(database, p, x):
    row = database.execute(f"SELECT {rate_on_amount_sql('p', 'x')} FROM (SELECT {p}::INTEGER p, {x}::BIGINT x)")
    assert row.fetchone() == (rate_on_amount(p, x),)
