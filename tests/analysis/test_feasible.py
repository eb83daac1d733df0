"""Where along a threshold goals are kept, and the loosest value that keeps them all."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from desktop_app.analysis.feasible import Kept, Loosest, just_met, kept_along, loosest
from desktop_app.analysis.index import Index
from desktop_app.domain.indexing import IndexSums, Positions
from desktop_app.domain.outcomes import OUTCOMES, Outcome
from desktop_app.domain.scenario import Assumptions, Goal

MOST = Goal(figure="users_blocked", operator="<=", value=Decimal(4))


def index(blocked: list[int], everyone: int = 10) -> Index:
    """An index of one rule that blocks so many at each position."""
    users = np.zeros((len(blocked), len(OUTCOMES), 2), dtype=np.int64)
    users[:, OUTCOMES.index(Outcome.BLOCKED), 1] = blocked
    users[:, OUTCOMES.index(Outcome.UNCHANGED), 0] = everyone - np.array(blocked)
    positions = Positions(Decimal(0), Decimal(1), len(blocked))
    return Index(IndexSums("k", positions, ("", "r"), (None,), {"users": users}, {}, None, 0.0))


def kept(along: Index, *goals: Goal) -> Kept:
    return kept_along(along, goals, Assumptions())


def test_a_goal_is_just_met_at_the_last_position_that_keeps_it() -> None:
    along = kept(index([1, 4, 5, 9]), MOST)
    assert along.by_goal[MOST].tolist() == [True, True, False, False]
    assert just_met(along.by_goal[MOST]) == [1]


def test_the_loosest_restricts_the_fewest_of_those_that_keep_every_goal() -> None:
    least = Goal(figure="users_blocked", operator=">=", value=Decimal(2))
    along = index([1, 2, 3, 4, 5])
    assert loosest(along, kept(along, MOST, least), 3) == Loosest(1, turns=False)


def test_of_several_that_restrict_as_few_it_is_the_nearest() -> None:
    along = index([8, 5, 3, 3, 3])
    assert loosest(along, kept(along, MOST), 1) == Loosest(2, turns=False)
    assert loosest(along, kept(along, MOST), 4) == Loosest(4, turns=False)


def test_no_position_may_keep_the_goals() -> None:
    along = index([5, 6, 7])
    assert loosest(along, kept(along, MOST), 0) == Loosest(None, turns=False)


def test_without_goals_nothing_is_loosest() -> None:
    along = index([5, 6, 7])
    assert loosest(along, kept(along), 0) is None


@pytest.mark.parametrize(("blocked", "parted"), [([1, 5, 3, 8], True), ([1, 3, 2, 8], False)])
def test_a_goal_that_is_kept_and_lost_and_kept_again_is_parted(blocked: list[int], parted: bool) -> None:
    assert kept(index(blocked), MOST).parted is parted


@pytest.mark.parametrize(
    ("blocked", "turns"), [([1, 3, 2, 8], True), ([5, 3, 4, 1], True), ([1, 1, 3, 8], False), ([8, 3, 3, 1], False)]
)
def test_a_curve_that_rises_and_falls_turns_wherever_its_goal_is(blocked: list[int], turns: bool) -> None:
    assert kept(index(blocked), MOST).turns is turns
    along = index(blocked)
    found = loosest(along, kept(along, MOST), 0)
    assert found is not None
    assert found.turns is turns
