"""What became of a rule's hits: rates, their interval, and what is too little to judge."""

from __future__ import annotations

import pytest

from desktop_app.analysis.rule_observations import NOTHING, Observed, observed
from desktop_app.domain.observations import Outcomes


def test_rates_stand_beside_the_books() -> None:
    found = observed(Outcomes(goods=180, bads=20, unknown=9), 0.02)
    assert (found.known, found.bads, found.bad_rate, found.goods_per_bad, found.thin) == (200, 20, 0.1, 9.0, False)
    assert found.lift == pytest.approx(5.0)


def test_the_interval_is_wilsons() -> None:
    # By hand: n = 200, p = 0.1, z = 1.959964.
    found = observed(Outcomes(180, 20, 0), 0.02)
    assert (found.low, found.high) == (pytest.approx(0.0656704), pytest.approx(0.1494058))


@pytest.mark.parametrize("outcomes", [Outcomes(25, 4, 0), Outcomes(100, 4, 0), Outcomes(4, 100, 0)])
def test_few_cases_are_marked(outcomes: Outcomes) -> None:
    assert observed(outcomes, 0.02).thin is True


def test_without_a_bad_user_nothing_is_set_against_one() -> None:
    found = observed(Outcomes(50, 0, 0), 0.02)
    assert (found.bad_rate, found.low, found.goods_per_bad) == (0.0, 0.0, None)


def test_a_book_without_bad_users_has_no_lift() -> None:
    assert observed(Outcomes(50, 0, 0), 0.0).lift is None
    assert observed(Outcomes(50, 0, 0), None).lift is None


def test_unknown_outcomes_give_no_rate() -> None:
    assert observed(Outcomes(0, 0, 7), 0.02) == Observed(0, 0, thin=True)


def test_a_rule_that_was_not_evaluated_has_nothing() -> None:
    assert observed(None, 0.02) == NOTHING
