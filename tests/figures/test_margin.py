"""Margin a year, by known answers."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest

from desktop_app.domain.outcomes import Outcome
from desktop_app.domain.scenario import Assumptions
from desktop_app.figures.amounts import rate_on_amount, rounded_quotient
from desktop_app.figures.catalogue import FIGURES
from tests.figures.sums import sums_of

ASSUMPTIONS = Assumptions(
    ccf=Decimal("0.40"),
    funding_cost=Decimal("0.03"),
    draw_rate=Decimal("0.15"),
    review_decline=Decimal("0.30"),
    review_cost=Decimal(15),
    opex=Decimal(2),
)

# 300 drawn of 1,000 at 24 %, PD 2 %, LGD 75 %.
PI = rounded_quotient(240_000 * 980_000, 1000)
PL = rounded_quotient(20_000 * 750_000, 1000)
ON_BALANCE = 300 * (0.24 * 0.98 - 0.03 - 0.02 * 0.75)
ON_LINE = 700 * (0.15 * (0.24 * 0.98 - 0.03) - 0.40 * 0.02 * 0.75)


def earning(outcome, undrawn=70_000):
    amounts = {
        "accounts": 1,
        "accounts_earning": 1,
        "balance": 30_000,
        "balance_earning": 30_000,
        "undrawn_performing": undrawn,
        "undrawn_earning": undrawn,
        "undrawn_before_performing": 70_000,
        "undrawn_before_earning": 70_000,
        "income_balance": rate_on_amount(PI, 30_000),
        "income_undrawn": rate_on_amount(PI, undrawn),
        "income_undrawn_before": rate_on_amount(PI, 70_000),
        "loss_balance_earning": rate_on_amount(PL, 30_000),
        "loss_undrawn_earning": rate_on_amount(PL, undrawn),
        "loss_undrawn_before_earning": rate_on_amount(PL, 70_000),
    }
    return sums_of(**{name: {outcome: amount} for name, amount in amounts.items()})


def computed(figure, sums, assumptions=ASSUMPTIONS):
    return float(FIGURES[figure].compute(sums, assumptions))


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ("margin", ON_BALANCE + ON_LINE - 2),
        ("margin_no_policy", ON_BALANCE + ON_LINE - 2),
        ("margin_on_balance", ON_BALANCE),
        ("ead_earning", 580),
        ("margin_rate", (ON_BALANCE + ON_LINE - 2) / 580),
        ("margin_coverage", 1),
    ],
)
def test_an_unchanged_account(figure, expected):
    assert computed(figure, earning(Outcome.UNCHANGED)) == pytest.approx(expected, rel=1e-12)


def test_a_block_leaves_the_margin_on_the_balance():
    blocked = earning(Outcome.BLOCKED, undrawn=0)
    assert computed("margin", blocked) == pytest.approx(ON_BALANCE - 2, rel=1e-12)


def test_a_referral_costs_a_review_and_what_reviews_decline():
    referred = earning(Outcome.REFERRED)
    assert computed("margin", referred) == pytest.approx(ON_BALANCE + 0.7 * ON_LINE - 2 - 15, rel=1e-12)


def test_margin_lost_divides_by_the_loss_avoided_by_the_same_accounts():
    blocked = earning(Outcome.BLOCKED, undrawn=0)
    assert computed("margin_lost_per_el", blocked) == pytest.approx(ON_LINE / (700 * 0.40 * 0.02 * 0.75), rel=1e-9)


def test_where_no_loss_is_avoided_there_is_no_margin_lost_for_it():
    assert math.isnan(computed("margin_lost_per_el", earning(Outcome.UNCHANGED)))


@pytest.mark.parametrize("figure", ["margin", "margin_no_policy", "margin_on_balance"])
def test_accounts_of_which_none_earns_have_no_margin_and_not_zero(figure):
    assert math.isnan(computed(figure, sums_of(accounts={Outcome.UNCHANGED: 1}, balance={Outcome.UNCHANGED: 1})))


@pytest.mark.parametrize("figure", ["margin", "margin_no_policy", "margin_on_balance"])
def test_no_accounts_have_a_margin_of_zero(figure):
    assert computed(figure, sums_of()) == 0


def test_coverage_is_the_share_of_exposure_that_earns():
    both = sums_of(balance={Outcome.UNCHANGED: 60_000}, balance_earning={Outcome.UNCHANGED: 30_000})
    assert computed("margin_coverage", both) == 0.5


# 700 open at 24 %, LGD 75 %: 0.15 × 0.21 ÷ (0.15 × 0.24 + 0.40 × 0.75).
PRICED = {"undrawn_before_priced": 70_000, "rate_undrawn_before": 1_680_000, "lgd_undrawn_before": 5_250_000}


def test_a_line_breaks_even_where_draws_pay_for_defaults():
    sums = sums_of(**{name: {Outcome.BLOCKED: amount} for name, amount in PRICED.items()})
    assert computed("breakeven_pd", sums) == pytest.approx(0.0315 / 0.336, rel=1e-12)


def test_lines_without_a_price_break_even_nowhere():
    assert math.isnan(computed("breakeven_pd", sums_of(undrawn_before_performing={Outcome.UNCHANGED: 1})))


def test_the_margin_is_linear_in_funding_draw_and_costs():
    sums = earning(Outcome.REFERRED)
    for name, ends in [("funding_cost", (0, 1)), ("draw_rate", (0, 1)), ("opex", (0, 100)), ("review_cost", (0, 100))]:
        low, high = (computed("margin", sums, ASSUMPTIONS.model_copy(update={name: Decimal(end)})) for end in ends)
        middle = ASSUMPTIONS.model_copy(update={name: (Decimal(ends[0]) + Decimal(ends[1])) / 2})
        assert computed("margin", sums, middle) == pytest.approx((low + high) / 2, rel=1e-12)
