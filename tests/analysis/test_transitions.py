"""The outcome × outcome matrix and the swaps."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.analysis.readings import CELL_FIGURES
from desktop_app.analysis.transitions import Swap, swap_of, swap_readings, transition_readings
from desktop_app.domain.outcomes import OUTCOMES, Outcome
from desktop_app.domain.scenario import Assumptions
from tests.analysis.answers import book, by_reason, evaluation, scenario, transitions

ASSUMING = scenario(assumptions=Assumptions(ccf=Decimal("0.5"), review_decline=Decimal("0.5")))
AFTER = transitions(
    ("unchanged", "blocked", {"users": 7, "accounts": 8, "balance": 10_000}),
    ("blocked", "unchanged", {"users": 3, "accounts": 3, "balance": 5_000, "undrawn_performing": 10_000}),
    ("referred", "blocked", {"users": 2, "accounts": 2, "balance": 1_000}),
    ("blocked", "blocked", {"users": 4, "accounts": 4}),
    ("unchanged", "unchanged", {"users": 84, "accounts": 90}),
)
BEFORE = transitions(
    ("unchanged", "blocked", {"users": 7, "accounts": 8, "balance": 10_000, "undrawn_performing": 40_000}),
    ("blocked", "unchanged", {"users": 3, "accounts": 3, "balance": 5_000}),
    ("referred", "blocked", {"users": 2, "accounts": 2, "balance": 1_000, "undrawn_performing": 8_000}),
    ("blocked", "blocked", {"users": 4, "accounts": 4}),
    ("unchanged", "unchanged", {"users": 84, "accounts": 90}),
)
ANSWER = evaluation(by_reason(), moves=AFTER, moves_baseline=BEFORE)


@pytest.fixture
def cells():
    return transition_readings(ANSWER, ASSUMING, ASSUMING, book())


@pytest.fixture
def swaps():
    return swap_readings(ANSWER, ASSUMING, ASSUMING, book())


def test_all_36_cells_have_the_same_figures(cells):
    assert len(cells) == 36
    assert all(tuple(found) == CELL_FIGURES for found in cells.values())


def test_a_cell_counts_who_moved_so(cells):
    found = cells[Outcome.UNCHANGED, Outcome.BLOCKED]
    assert (found["users"].value, found["accounts"].value) == (7, 8)


def test_a_cells_exposure_is_under_each_sides_policy(cells):
    ead = cells[Outcome.UNCHANGED, Outcome.BLOCKED]["ead"]
    assert (ead.baseline, ead.value) == (300, 100)


def test_the_referred_are_treated_by_the_side_that_refers_them(cells):
    ead = cells[Outcome.REFERRED, Outcome.BLOCKED]["ead"]
    # Under the baseline half of the 80 still open is declined in review, and half of the rest is drawn.
    assert (ead.baseline, ead.value) == (30, 10)


def test_swaps_gather_the_cells(swaps):
    assert {swap: found["users"].value for swap, found in swaps.items()} == {
        Swap.SWAP_OUT: 9,
        Swap.SWAP_IN: 3,
        Swap.BLOCKED_BY_BOTH: 4,
        Swap.BLOCKED_BY_NEITHER: 84,
    }


def test_swapped_in_users_bring_exposure(swaps):
    assert swaps[Swap.SWAP_IN]["ead"].delta == 50


@pytest.mark.parametrize(
    ("before", "after", "swap"),
    [
        (Outcome.REDUCED, Outcome.BLOCKED, Swap.SWAP_OUT),
        (Outcome.BLOCKED, Outcome.REFERRED, Swap.SWAP_IN),
        (Outcome.BLOCKED, Outcome.BLOCKED, Swap.BLOCKED_BY_BOTH),
        (Outcome.UNCHANGED, Outcome.RAISED, Swap.BLOCKED_BY_NEITHER),
    ],
)
def test_only_blocks_swap(before, after, swap):
    assert swap_of((before, after)) is swap


def test_every_cell_is_in_one_swap(cells, swaps):
    assert len(cells) == len(OUTCOMES) ** 2
    assert sum(found["users"].value for found in swaps.values()) == sum(
        found["users"].value for found in cells.values()
    )
