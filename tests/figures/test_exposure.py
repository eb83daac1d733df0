"""Limits, open lines and EAD, by known answers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.domain.outcomes import Outcome
from desktop_app.domain.scenario import Assumptions
from desktop_app.figures.catalogue import FIGURES
from tests.figures.sums import sums_of

ASSUMPTIONS = Assumptions(ccf=Decimal("0.40"), review_decline=Decimal("0.30"))

# One account with 1,000 of limit and 300 drawn, by outcome.
UNCHANGED = sums_of(
    credit_limit={Outcome.UNCHANGED: 100_000},
    new_limit={Outcome.UNCHANGED: 100_000},
    balance={Outcome.UNCHANGED: 30_000},
    undrawn={Outcome.UNCHANGED: 70_000},
    undrawn_performing={Outcome.UNCHANGED: 70_000},
    undrawn_before={Outcome.UNCHANGED: 70_000},
    undrawn_before_performing={Outcome.UNCHANGED: 70_000},
)
BLOCKED = sums_of(
    credit_limit={Outcome.BLOCKED: 100_000},
    new_limit={Outcome.BLOCKED: 100_000},
    balance={Outcome.BLOCKED: 30_000},
    undrawn_before={Outcome.BLOCKED: 70_000},
    undrawn_before_performing={Outcome.BLOCKED: 70_000},
)
REFERRED = sums_of(
    balance={Outcome.REFERRED: 30_000},
    undrawn={Outcome.REFERRED: 70_000},
    undrawn_performing={Outcome.REFERRED: 70_000},
    undrawn_before={Outcome.REFERRED: 70_000},
    undrawn_before_performing={Outcome.REFERRED: 70_000},
)
# In default: undrawn is open line, the performing measures are 0.
DEFAULTED = sums_of(
    balance={Outcome.UNCHANGED: 30_000},
    undrawn={Outcome.UNCHANGED: 70_000},
    undrawn_before={Outcome.UNCHANGED: 70_000},
)


def computed(figure, sums, assumptions=ASSUMPTIONS):
    return float(FIGURES[figure].compute(sums, assumptions))


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ("credit_limit_before", 1000),
        ("credit_limit_after", 1000),
        ("balance", 300),
        ("open_line_before", 700),
        ("open_line", 700),
        ("ead", 580),
        ("ead_no_policy", 580),
        ("ead_avoided", 0),
    ],
)
def test_an_unchanged_account(figure, expected):
    assert computed(figure, UNCHANGED) == expected


@pytest.mark.parametrize(
    ("figure", "expected"),
    [("credit_limit_after", 1000), ("open_line", 0), ("ead", 300), ("ead_no_policy", 580), ("ead_avoided", 280)],
)
def test_a_block_removes_ccf_times_undrawn_and_not_the_balance(figure, expected):
    assert computed(figure, BLOCKED) == expected


@pytest.mark.parametrize(
    ("figure", "expected"), [("open_line", 490), ("ead", 496), ("ead_no_policy", 580), ("ead_avoided", 84)]
)
def test_reviews_decline_a_part_of_the_referred_line(figure, expected):
    assert computed(figure, REFERRED) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(("figure", "expected"), [("open_line", 700), ("ead", 300), ("ead_no_policy", 300)])
def test_in_default_exposure_is_the_balance(figure, expected):
    assert computed(figure, DEFAULTED) == expected


def test_a_raise_makes_the_exposure_avoided_negative():
    raised = sums_of(
        balance={Outcome.RAISED: 30_000},
        undrawn_performing={Outcome.RAISED: 90_000},
        undrawn_before_performing={Outcome.RAISED: 70_000},
    )
    assert computed("ead_avoided", raised) == -80
