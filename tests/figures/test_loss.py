"""Expected loss and coverage, by known answers."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest

from desktop_app.domain.outcomes import Outcome
from desktop_app.domain.scenario import Assumptions
from desktop_app.figures.catalogue import FIGURES
from tests.figures.sums import sums_of

ASSUMPTIONS = Assumptions(ccf=Decimal("0.40"), review_decline=Decimal("0.30"))

# 300 drawn of 1,000, PD 2 %, LGD 75 %: 1.5 % of 300 and of 700, in 1/10,000; one account blocked and one unchanged.
ONE_OF_TWO_BLOCKED = sums_of(
    balance={Outcome.BLOCKED: 30_000, Outcome.UNCHANGED: 30_000},
    balance_with_pd={Outcome.BLOCKED: 30_000, Outcome.UNCHANGED: 30_000},
    undrawn_performing={Outcome.UNCHANGED: 70_000},
    undrawn_with_pd={Outcome.UNCHANGED: 70_000},
    undrawn_before_performing={Outcome.BLOCKED: 70_000, Outcome.UNCHANGED: 70_000},
    undrawn_before_with_pd={Outcome.BLOCKED: 70_000, Outcome.UNCHANGED: 70_000},
    loss_balance={Outcome.BLOCKED: 45_000, Outcome.UNCHANGED: 45_000},
    loss_undrawn={Outcome.UNCHANGED: 105_000},
    loss_undrawn_before={Outcome.BLOCKED: 105_000, Outcome.UNCHANGED: 105_000},
)
REFERRED = sums_of(
    balance={Outcome.REFERRED: 30_000},
    balance_with_pd={Outcome.REFERRED: 30_000},
    undrawn_performing={Outcome.REFERRED: 70_000},
    undrawn_with_pd={Outcome.REFERRED: 70_000},
    loss_balance={Outcome.REFERRED: 45_000},
    loss_undrawn={Outcome.REFERRED: 105_000},
)
NO_PD = sums_of(
    balance={Outcome.BLOCKED: 30_000},
    undrawn_before_performing={Outcome.BLOCKED: 70_000},
)
HALF_COVERED = sums_of(
    balance={Outcome.UNCHANGED: 60_000},
    balance_with_pd={Outcome.UNCHANGED: 30_000},
    loss_balance={Outcome.UNCHANGED: 45_000},
)


def computed(figure, sums):
    return float(FIGURES[figure].compute(sums, ASSUMPTIONS))


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ("el", 4.5 + 8.7),
        ("el_no_policy", 2 * 8.7),
        ("el_avoided", 4.2),
        ("el_remaining", 4.5),
        ("ead_covered", 880),
        ("coverage", 1),
        ("el_rate", 13.2 / 880),
    ],
)
def test_one_of_two_accounts_blocked(figure, expected):
    assert computed(figure, ONE_OF_TWO_BLOCKED) == pytest.approx(expected, rel=1e-14)


def test_reviews_decline_a_part_of_the_loss_on_the_referred_line():
    assert computed("el", REFERRED) == pytest.approx(4.5 + 0.4 * 0.7 * 10.5, rel=1e-14)


@pytest.mark.parametrize("figure", ["el", "el_no_policy", "el_avoided", "el_remaining", "el_rate"])
def test_without_any_pd_there_is_no_figure(figure):
    assert math.isnan(computed(figure, NO_PD))


def test_without_any_pd_the_coverage_is_zero():
    assert computed("coverage", NO_PD) == 0


def test_no_restricted_account_means_no_remaining_loss():
    assert computed("el_remaining", HALF_COVERED) == 0


@pytest.mark.parametrize(("figure", "expected"), [("coverage", 0.5), ("el", 4.5), ("el_rate", 0.015)])
def test_rates_divide_by_the_covered_exposure(figure, expected):
    assert computed(figure, HALF_COVERED) == pytest.approx(expected, rel=1e-14)


def test_remaining_loss_states_the_coverage_of_the_restricted():
    stated = FIGURES["el_remaining"].coverage
    assert stated is not None
    assert float(stated(NO_PD, ASSUMPTIONS)) == 0
