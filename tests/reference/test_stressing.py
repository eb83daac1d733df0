"""Stress by known answers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.reference.evaluate import evaluate
from tests.reference.samples import COLUMNS, account, policy
from tests.reference.stressing import stressed_rows


def stressed(stress: dict, **fields: object) -> dict:
    return stressed_rows([account(**fields)], stress)[0]


@pytest.mark.parametrize(
    ("balance", "limit", "expected"),
    [(1_000, 2_000, 1_100), (1_900, 2_000, 2_000), (2_500, 2_000, 2_500), (5, 2_000, 6), (0, 2_000, 0)],
)
def test_balances_grow_up_to_the_limit_and_stay_above_it(balance: int, limit: int, expected: int) -> None:
    assert stressed({"balance_growth": "0.1"}, balance=balance, credit_limit=limit)["balance"] == expected


def test_income_falls_and_a_given_dti_rises_up_to_the_cap() -> None:
    found = stressed({"income_fall": "0.2"}, income_monthly=10_001, dti=4_000)
    assert (found["income_monthly"], found["dti"]) == (8_001, 5_000)
    assert stressed({"income_fall": "0.99"}, dti=4_000)["dti"] == 100_000


# 2 % at 1.5 times its odds: 0.03 ÷ 1.01.
@pytest.mark.parametrize(("pd", "expected"), [(20_000, 29_703), (0, 0), (1_000_000, 1_000_000), (None, None)])
def test_odds_move_a_loaded_pd(pd: int | None, expected: int | None) -> None:
    assert stressed({"pd_odds": "1.5"}, pd=pd)["pd"] == expected


def test_a_pd_that_rounds_to_one_puts_nobody_in_default() -> None:
    found = evaluate([account(pd=999_999)], COLUMNS, policy(), stress={"pd_odds": 1000}).accounts[0]
    assert (found.row["pd"], found.risk.in_default) == (1_000_000, False)


def test_lgd_rises_to_the_whole_at_most() -> None:
    assert stressed({"lgd_rise": "0.1"}, lgd=950_000)["lgd"] == 1_000_000
    assert evaluate([account(lgd=None)], COLUMNS, policy(), stress={"lgd_rise": "0.1"}).accounts[0].risk.lgd == 750_000


def test_a_fallen_score_moves_a_filled_pd_and_then_its_odds() -> None:
    # 600 points: odds of 1 to 16; halved odds of 1 to 32.
    rows, stress = [account(score=Decimal(650), pd=None)], {"score_fall": 50, "pd_odds": "0.5"}
    found = evaluate(rows, COLUMNS, policy(), stress=stress).accounts[0]
    assert found.risk.pd == 30_303
    assert stressed({"score_fall": 50}, score=Decimal(650), pd=20_000)["pd"] == 20_000


def test_ratios_and_user_sums_follow() -> None:
    rows = [account("a", "u", balance=1_000_000, credit_limit=2_000_000), account("b", "u", balance=0)]
    found = evaluate(rows, COLUMNS, policy(), stress={"balance_growth": "0.5"}).accounts[0].row
    assert (found["utilisation"], found["user_balance"]) == (7_500, 1_500_000)


@pytest.mark.parametrize(("segment", "expected"), [("thin_file", 57_692), ("prime", 29_703), (None, 29_703)])
def test_a_group_has_its_own_odds_beside(segment: str | None, expected: int) -> None:
    # 2 % at 3 times its odds: 0.06 ÷ 1.04.
    stress = {"pd_odds": "1.5", "group_odds": {"column": "segment", "factors": {"thin_file": 2}}}
    assert stressed(stress, pd=20_000, segment=segment)["pd"] == expected
