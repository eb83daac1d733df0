"""Wilson's interval and the test of two shares, by known answers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, chi2_contingency

from desktop_app.figures.intervals import difference_p, is_thin, wilson

COUNTS = st.integers(1, 10**6)


def of(*numbers):
    return [np.array([float(number)]) for number in numbers]


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    # Newcombe 1998, table I: method 3, the score interval.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0000, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_as_published(hits, n, low, high):
    found = wilson(*of(hits, n))
    assert [float(end[0]) for end in found] == pytest.approx([low, high], abs=5e-5)


@given(COUNTS, st.floats(0, 1))
def test_wilson_is_scipys(n, share):
    hits = round(share * n)
    expected = binomtest(hits, n).proportion_ci(0.95, method="wilson")
    low, high = (float(end[0]) for end in wilson(*of(hits, n)))
    assert (low, high) == pytest.approx((expected.low, expected.high), abs=1e-7)
    assert 0 <= low <= hits / n <= high <= 1


def test_nobody_has_no_interval():
    assert np.isnan(wilson(*of(0, 0))).all()


@pytest.mark.parametrize(
    ("hits", "n", "thin"), [(15, 29, True), (15, 30, False), (4, 100, True), (5, 100, False), (96, 100, True)]
)
def test_few_cases_of_either_kind_are_thin(hits, n, thin):
    assert bool(is_thin(*of(hits, n))[0]) is thin


@given(COUNTS, COUNTS, st.floats(0.05, 0.95), st.floats(0.05, 0.95))
def test_two_shares_are_compared_as_in_a_table_of_four(n, m, share, other):
    a, b = max(1, round(share * n)), max(1, round(other * m))
    if a + b == n + m:
        return
    table = [[a, n - a], [b, m - b]]
    expected = chi2_contingency(table, correction=False).pvalue
    assert float(difference_p(*of(a, n, b, m))[0]) == pytest.approx(expected, abs=1e-9)


def test_equal_shares_do_not_differ():
    assert float(difference_p(*of(10, 100, 20, 200))[0]) == pytest.approx(1)


@pytest.mark.parametrize("numbers", [(0, 0, 5, 10), (10, 10, 20, 20), (0, 10, 0, 20)])
def test_where_nothing_varies_there_is_no_p(numbers):
    assert np.isnan(difference_p(*of(*numbers))[0])
