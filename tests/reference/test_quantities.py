"""The one rounding, ratios and amounts, as the domain rules state them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.reference.quantities import exact, on_amount, ratio, rounded


def test_the_one_rounding_takes_halves_up() -> None:
    assert [rounded(n, 10) for n in (14, 15, 25)] == [1, 2, 3]


def test_ratio_rounds_to_ten_thousandths_half_up() -> None:
    assert ratio(1, 3) == 3333
    assert ratio(1, 20_000) == 1
    assert ratio(1, 20_001) == 0


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(5, 0, 100_000), (0, 0, None), (None, 5, None), (5, None, None), (999, 1, 100_000), (10, 1, 100_000)],
)
def test_ratio_at_its_edges(part: Any, whole: Any, expected: Any) -> None:
    assert ratio(part, whole) == expected


def test_amount_beyond_the_split_is_summed_in_two_parts() -> None:
    # 0.0213 × 1,234,567.89 = 26,296.296057, in 1/10,000: the whole tens of millions exactly, the rest rounded.
    assert on_amount(21_300_000, 123_456_789) == 262_962_961


def test_largest_amount_stays_within_int64_and_exact() -> None:
    assert on_amount(10**9, 9 * 10**13) == 9 * 10**15


def test_threshold_survives_the_double_of_json() -> None:
    assert exact(0.0000005) * 10**6 == exact(0.5)
    assert exact(100.005) * 100 == exact(10000.5)
