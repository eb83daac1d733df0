"""The grid that a threshold moves on."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.analysis.steps import steps_of
from desktop_app.domain.book import Column
from desktop_app.domain.columns import ColumnType


def column(type_, low, high, **more):
    return Column("x", type_, Decimal(str(low)), Decimal(str(high)), **more)


@pytest.mark.parametrize(
    ("found", "step"),
    [
        (column(ColumnType.INTEGER, 0, 4), "1"),
        (column(ColumnType.NUMBER, 350, 950, distinct=500), "1"),
        (column(ColumnType.NUMBER, 350, 950, distinct=5000), "0.001"),
        (column(ColumnType.NUMBER, "0.5", 950), "0.001"),
        (column(ColumnType.NUMBER, 0, 1), "0.001"),
        (column(ColumnType.MONEY, 500, 200_000), "1"),
        (column(ColumnType.MONEY, 0, 20), "0.1"),
        (column(ColumnType.MONEY, 0, "0.1"), "0.01"),
        (column(ColumnType.RATE, "0.01", "0.9"), "0.0001"),
        (column(ColumnType.RATIO, 0, 10), "0.001"),
        (Column("x", ColumnType.RATE), "0.0001"),
    ],
)
def test_the_step_suits_type_and_range(found, step):
    assert steps_of(found).step == Decimal(step)


def test_one_step_beyond_the_largest_value_takes_in_everyone():
    grid = steps_of(column(ColumnType.NUMBER, 350, 950, distinct=500))
    assert (grid.minimum, grid.maximum) == (350, 951)


def test_the_range_holds_a_threshold_outside_the_data():
    grid = steps_of(column(ColumnType.INTEGER, 0, 4), Decimal(-2), Decimal(90))
    assert (grid.minimum, grid.maximum) == (-2, 90)


@given(st.sampled_from([ColumnType.MONEY, ColumnType.RATE, ColumnType.NUMBER]), st.data())
def test_the_bounds_are_on_the_grid_and_hold_the_data(type_, data):
    numbers = st.decimals(0, 1000, places=2)
    low, high = sorted([data.draw(numbers), data.draw(numbers)])
    grid = steps_of(column(type_, low, high))
    assert grid.minimum % grid.step == grid.maximum % grid.step == 0
    assert grid.minimum <= low <= high < grid.maximum
