"""Risk-weighted assets, the return on capital and the loss of a bad year, by known answers."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest

from desktop_app.domain.outcomes import Outcome
from desktop_app.domain.scenario import Assumptions
from desktop_app.figures.catalogue import FIGURES
from tests.figures.sums import sums_of

STANDARDISED = Assumptions(ccf=Decimal("0.40"), funding_cost=Decimal(0))
RATINGS = Assumptions(ccf=Decimal("0.40"), funding_cost=Decimal(0), capital_method="irb_retail")

# 300 drawn of 1,000 and performing, and 100 in default, everything with a PD.
SUMS = sums_of(
    accounts={Outcome.UNCHANGED: 2},
    accounts_earning={Outcome.UNCHANGED: 1},
    balance={Outcome.UNCHANGED: 40_000},
    balance_performing={Outcome.UNCHANGED: 30_000},
    balance_with_pd={Outcome.UNCHANGED: 40_000},
    balance_earning={Outcome.UNCHANGED: 30_000},
    undrawn_performing={Outcome.UNCHANGED: 70_000},
    undrawn_with_pd={Outcome.UNCHANGED: 70_000},
    undrawn_earning={Outcome.UNCHANGED: 70_000},
    income_balance={Outcome.UNCHANGED: 600_000},
    capital_balance={Outcome.UNCHANGED: 120_000},
    capital_undrawn={Outcome.UNCHANGED: 280_000},
    capital_balance_earning={Outcome.UNCHANGED: 120_000},
    capital_undrawn_earning={Outcome.UNCHANGED: 280_000},
    bad_year_balance={Outcome.UNCHANGED: 900_000},
    bad_year_undrawn={Outcome.UNCHANGED: 500_000},
    loss_balance={Outcome.UNCHANGED: 700_000},
    loss_undrawn={Outcome.UNCHANGED: 100_000},
)
NO_PD = sums_of(
    accounts={Outcome.UNCHANGED: 1},
    balance={Outcome.UNCHANGED: 30_000},
    balance_performing={Outcome.UNCHANGED: 30_000},
)


def computed(figure, sums, assumptions):
    return float(FIGURES[figure].compute(sums, assumptions))


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ("rwa", 0.75 * 580 + 100),
        ("rwa_density", (0.75 * 580 + 100) / 680),
        ("regulatory_capital", 0.105 * (0.75 * 580 + 100)),
        ("return_on_capital", 60 / (0.105 * 0.75 * 580)),
    ],
)
def test_the_standardised_approach_weighs_exposure(figure, expected):
    assert computed(figure, SUMS, STANDARDISED) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ("rwa", 12.5 * (12 + 0.4 * 28)),
        ("rwa_density", 12.5 * (12 + 0.4 * 28) / 680),
        ("regulatory_capital", 0.105 * 12.5 * (12 + 0.4 * 28)),
        ("return_on_capital", 60 / (0.105 * 12.5 * (12 + 0.4 * 28))),
    ],
)
def test_ratings_weigh_by_capital(figure, expected):
    assert computed(figure, SUMS, RATINGS) == pytest.approx(expected, rel=1e-12)


def test_a_bad_year_loses_on_the_balance_and_on_what_is_drawn():
    assert computed("bad_year_loss", SUMS, STANDARDISED) == pytest.approx(90 + 0.4 * 50, rel=1e-12)
    assert computed("bad_year_loss_beyond_el", SUMS, STANDARDISED) == pytest.approx(20 + 0.4 * 40, rel=1e-12)


@pytest.mark.parametrize("figure", ["rwa", "regulatory_capital", "rwa_density", "bad_year_loss"])
def test_ratings_need_a_pd(figure):
    assert math.isnan(computed(figure, NO_PD, RATINGS))


def test_the_standardised_approach_needs_no_pd_and_states_no_coverage():
    assert computed("rwa", NO_PD, STANDARDISED) == pytest.approx(225)
    assert math.isnan(float(FIGURES["rwa"].coverage(NO_PD, STANDARDISED)))
    assert float(FIGURES["rwa"].coverage(NO_PD, RATINGS)) == 0


def test_no_margin_has_no_return():
    assert math.isnan(computed("return_on_capital", NO_PD, STANDARDISED))
