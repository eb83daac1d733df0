"""Loss, exposure and expected loss, worked by hand; money in minor units, loss in 1/10,000 of the unit."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from tests.reference.evaluate import Result
from tests.reference.fitting import curve_pd
from tests.reference.samples import account, cut, low_score, raised, rule, run
from tests.reference.summing import (
    MEASURES,
    coverage,
    ead,
    el,
    el_avoided,
    el_remaining,
    sums,
    transitions,
)

# PD 2 %, LGD 65 % (the assumption), 10,000 limit with 4,000 drawn: EL on balance 52, on undrawn 78.
TYPICAL: dict[str, Any] = {"pd": 20_000, "balance": 400_000}


def total(result: Result, measure: str) -> int:
    return sum(sums(result, MEASURES[measure]).values())


def test_loss_measures_are_pd_times_lgd_on_each_amount() -> None:
    found = run([account(**TYPICAL)])
    assert (total(found, "loss_balance"), total(found, "loss_undrawn")) == (520_000, 780_000)


def test_own_lgd_comes_before_the_assumption() -> None:
    assert total(run([account(**TYPICAL, lgd=1_000_000)]), "loss_balance") == 800_000


def test_exposure_is_balance_and_ccf_of_the_open_line() -> None:
    assert ead(run([account(**TYPICAL)])) == 640_000


def test_referred_open_line_is_reduced_by_the_declined() -> None:
    assert ead(run([low_score(**TYPICAL)], rule("r", "refer"))) == 400_000 + Fraction(4, 10) * Fraction(7, 10) * 600_000


def test_block_removes_the_open_line_and_not_the_balance() -> None:
    found = run([low_score(**TYPICAL)], rule("r", "block"))
    assert ead(found) == 400_000
    assert el(found) == 520_000
    assert el_avoided(found) == Fraction(4, 10) * 780_000


def test_el_remaining_is_that_of_the_restricted() -> None:
    found = run([low_score(**TYPICAL), account("b", **TYPICAL)], rule("c", cut(percent=50)))
    assert el_remaining(found) == 520_000 + Fraction(4, 10) * 130_000


def test_el_remaining_leaves_out_the_raised_and_the_watched() -> None:
    rows = [low_score(**TYPICAL), low_score(key="b", **TYPICAL)]
    watched = {"field": "account_id", "operator": "=", "value": "b"}
    found = run(rows, rule("u", raised(amount=20_000)), rule("w", "watch", watched))
    assert {account.decision.outcome for account in found.accounts} == {"raised", "watched"}
    assert el_remaining(found) == 0


def test_el_avoided_is_negative_for_raises() -> None:
    found = run([low_score(**TYPICAL)], rule("u", raised(amount=20_000)))
    assert el_avoided(found) == -Fraction(4, 10) * 1_300_000


def test_default_has_pd_one_and_loses_nothing_on_undrawn() -> None:
    found = run([account(balance=400_000, days_past_due=91)])
    assert (total(found, "loss_balance"), total(found, "loss_undrawn")) == (26_000_000, 0)
    assert total(found, "undrawn") == 600_000
    assert ead(found) == 400_000


def test_ninety_days_is_no_default_and_a_loaded_pd_of_one_is() -> None:
    rows = [account("a", days_past_due=90), account("b", pd=1_000_000), account("c", pd=999_999)]
    assert total(run(rows), "in_default") == 1


def test_account_without_pd_counts_in_exposure_alone() -> None:
    found = run([account(**TYPICAL), account("b", balance=1_000_000)])
    assert (el(found), coverage(found)) == (520_000 + Fraction(4, 10) * 780_000, Fraction(640_000, 1_640_000))


def test_coverage_of_no_exposure_is_no_figure() -> None:
    assert coverage(run([account(credit_limit=0)])) is None


def test_score_of_650_has_a_pd_of_3_03_percent() -> None:
    assert curve_pd(Decimal(650)) == 30_303


def test_missing_pd_is_read_from_a_350_to_950_score() -> None:
    found = run([account(balance=1_000_000, score=Decimal(650))])
    assert total(found, "loss_balance") == 1_969_695


def test_scores_of_another_scale_fill_no_pd() -> None:
    rows = [account("a", balance=1_000_000, score=Decimal(650)), account("b", score=Decimal(951))]
    assert el(run(rows)) == 0


def test_income_is_interest_of_the_performing_who_pay() -> None:
    # 10,000 drawn at 24 % with a PD of 2 %: 2,352 a year.
    assert total(run([account(pd=20_000, apr=240_000, balance=1_000_000)]), "income_balance") == 23_520_000
    assert total(run([account(pd=20_000, balance=1_000_000)]), "income_balance") == 0


def test_transition_measures_are_those_under_the_scenario() -> None:
    rows = [low_score(**TYPICAL)]
    before, after = run(rows, rule("r", "refer")), run(rows, rule("r", cut(percent=70)))
    assert transitions(before, after, MEASURES["undrawn"]) == {("referred", "reduced"): 300_000}
