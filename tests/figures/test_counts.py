"""Counts and shares of users and accounts, by known answers."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings

from desktop_app.domain.outcomes import OUTCOMES, Outcome
from desktop_app.domain.scenario import Assumptions
from desktop_app.figures.catalogue import FIGURES
from desktop_app.figures.types import OutcomeSums
from tests.figures.sums import arrays, sums_of

COUNTS = dict(zip(OUTCOMES, (10, 20, 30, 40, 50, 850), strict=True))


def computed(figure, sums):
    return float(FIGURES[figure].compute(sums, Assumptions()))


@pytest.mark.parametrize("who", ["users", "accounts"])
@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ("", 1000),
        ("_blocked", 10),
        ("_referred", 20),
        ("_reduced", 30),
        ("_raised", 40),
        ("_watched", 50),
        ("_unchanged", 850),
        ("_restricted", 60),
        ("_affected", 150),
    ],
)
def test_counts_by_outcome(who, what, expected):
    assert computed(who + what, sums_of(**{who: COUNTS})) == expected


@pytest.mark.parametrize(
    ("rate", "expected"),
    [
        ("blocked_rate", 0.01),
        ("referred_rate", 0.02),
        ("reduced_rate", 0.03),
        ("restricted_rate", 0.06),
        ("unrestricted_rate", 0.94),
        ("affected_rate", 0.15),
    ],
)
def test_rates_divide_by_all_users(rate, expected):
    assert computed(rate, sums_of(users=COUNTS)) == pytest.approx(expected, abs=1e-15)


def test_limit_reduced_all_counts_whatever_the_users_outcome():
    sums = sums_of(users_cut={Outcome.BLOCKED: 1, Outcome.REFERRED: 2, Outcome.REDUCED: 30})
    assert computed("users_limit_reduced", sums) == 33


def test_limit_reduced_all_adds_the_referred_accounts_that_are_cut():
    assert computed("accounts_limit_reduced", sums_of(accounts_cut={Outcome.REFERRED: 2, Outcome.REDUCED: 30})) == 32


def test_only_blocked_users_count_as_blocked_with_an_open_line():
    sums = sums_of(users_open={Outcome.BLOCKED: 7, Outcome.REDUCED: 9, Outcome.UNCHANGED: 500})
    assert computed("users_blocked_open", sums) == 7


def test_a_rate_of_nobody_is_no_figure():
    assert math.isnan(computed("blocked_rate", sums_of()))


@settings(max_examples=25, deadline=None)
@given(arrays(1))
def test_the_six_outcomes_add_up_to_all(sums):
    for who in ("users", "accounts"):
        parts = [FIGURES[f"{who}_{outcome}"].compute(OutcomeSums(sums), Assumptions()) for outcome in OUTCOMES]
        assert sum(parts) == FIGURES[who].compute(OutcomeSums(sums), Assumptions())
