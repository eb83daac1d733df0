"""Two thresholds weighed: which pairs are efficient, where a goal is just met, which places are tried."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from desktop_app.analysis.trade_off import borders, efficient, surface_positions
from desktop_app.domain.book import Book, Column
from desktop_app.domain.columns import ColumnType
from desktop_app.domain.handles import ThresholdHandle, threshold_handles
from desktop_app.domain.scenario import Scenario
from desktop_app.workspace.desk import scenario_of
from tests.analysis.answers import book
from tests.reference.samples import rule
from tests.small_projects import policy

_GRID = arrays(np.float64, (4, 3), elements=st.integers(0, 6).map(float))


@given(_GRID, _GRID)
def test_no_pair_beats_an_efficient_one(costs: np.ndarray, gains: np.ndarray) -> None:
    for place in efficient(costs, gains):
        as_good = (costs <= costs[place]) & (gains >= gains[place])
        better = as_good & ((costs < costs[place]) | (gains > gains[place]))
        assert not better.any()


@given(_GRID, _GRID)
def test_every_other_pair_is_matched_or_beaten(costs: np.ndarray, gains: np.ndarray) -> None:
    kept = efficient(costs, gains)
    for place in np.ndindex(*costs.shape):
        assert any(costs[one] <= costs[place] and gains[one] >= gains[place] for one in kept)


def test_pair_without_a_figure_is_never_efficient() -> None:
    costs, gains = np.array([[np.nan, 1.0]]), np.array([[9.0, 1.0]])
    assert efficient(costs, gains) == [(0, 1)]


def test_border_runs_between_met_and_unmet() -> None:
    met = np.array([[True, True], [False, True]])
    assert borders(met).tolist() == [[0.5, -0.5, 0.5, 0.5], [0.5, 0.5, 1.5, 0.5]]


def test_goal_met_everywhere_has_no_border() -> None:
    assert borders(np.ones((3, 3), dtype=np.bool_)).shape == (0, 4)


def tried(column: Column, value: int) -> tuple[Book, Scenario, ThresholdHandle]:
    scenario = scenario_of(policy(rule("low", "block", {"field": column.name, "operator": "<", "value": value})), "one")
    return book(column), scenario, threshold_handles(scenario.policy)[0]


@pytest.mark.parametrize("near", [False, True])
@pytest.mark.parametrize("most", [7, 950, 3_000_000])
def test_at_most_fifty_places_are_tried(most: int, near: bool) -> None:
    column = Column("score", ColumnType.INTEGER, Decimal(0), Decimal(most))
    positions = surface_positions(*tried(column, min(600, most)), near=near)
    assert positions.count <= 50


def test_whole_range_is_tried() -> None:
    column = Column("score", ColumnType.INTEGER, Decimal(350), Decimal(950))
    positions = surface_positions(*tried(column, 600), near=False)
    assert positions.value(0) <= 350
    assert positions.value(positions.count - 1) > 950


def test_near_surrounds_the_present_value_closely() -> None:
    column = Column("income_monthly", ColumnType.MONEY, Decimal(0), Decimal(9_000_000))
    positions = surface_positions(*tried(column, 5000), near=True)
    first, last = positions.value(0), positions.value(positions.count - 1)
    assert 0 <= first < 5000 < last < 40_000


def test_near_stays_while_the_value_moves_a_little() -> None:
    column = Column("score", ColumnType.INTEGER, Decimal(350), Decimal(950))
    places = {surface_positions(*tried(column, value), near=True) for value in (611, 612, 613)}
    assert len(places) == 1
