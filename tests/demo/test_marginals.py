"""The demo book against the numbers that it is made to show."""

import numpy as np
import pandas as pd
import pytest
from pytest import approx

SCORE_BANDS = [0, 550, 600, 650, 700, 750, 1000]


def shares(values, top):
    """Shares of 0, 1, … up to `top` and above."""
    return values.clip(upper=top).value_counts(normalize=True).sort_index().tolist()


def test_scores_are_normal_around_655(book) -> None:
    assert book.score.mean() == approx(655, abs=1)
    assert book.score.std() == approx(55, abs=1)
    assert book.score.between(350, 950)[book.score.notna()].all()
    assert book.score.isna().mean() == approx(0.015, abs=0.002)


def test_limits_are_lognormal_around_12000(book) -> None:
    assert book.credit_limit.median() == approx(12_000, abs=500)
    assert np.log(book.credit_limit).std() == approx(1.11, abs=0.03)
    assert (book.credit_limit.min(), book.credit_limit.max()) == (500, 200_000)


def test_limits_go_in_steps_of_500_then_1000(book) -> None:
    assert (book.credit_limit % 500 == 0).all()
    assert (book.credit_limit[book.credit_limit > 20_000] % 1000 == 0).all()


def test_42_percent_have_no_balance(book) -> None:
    assert (book.balance == 0).mean() == approx(0.42, abs=0.01)


def test_drawn_lines_are_half_used(book) -> None:
    assert book.utilisation[book.balance > 0].mean() == approx(0.50, abs=0.01)


def test_a_few_balances_are_above_the_limit(book) -> None:
    assert (book.balance > book.credit_limit).mean() == approx(0.003, abs=0.0006)


def test_apr_is_365_daily_rates_in_steps(book) -> None:
    steps = book.apr / 365 * 100_000
    assert np.abs(steps - np.rint(steps)).max() < 1e-6
    assert (steps.min(), steps.median(), steps.max()) == approx((20, 40, 60))


def test_lgd_is_three_quarters(book) -> None:
    assert book.lgd.mean() == approx(0.75, abs=0.003)
    assert book.lgd.std() == approx(0.08, abs=0.003)


@pytest.mark.parametrize(
    ("column", "transform", "correlation"),
    [
        ("credit_limit", np.log, 0.50),
        ("income_monthly", np.log, 0.35),
        ("utilisation", np.asarray, -0.40),
        ("apr", np.asarray, -0.70),
    ],
)
def test_columns_move_with_the_score(book, column, transform, correlation) -> None:
    known = book[book.score.notna() & book[column].notna()]
    assert np.corrcoef(transform(known[column]), known.score)[0, 1] == approx(correlation, abs=0.02)


def test_drawn_lines_are_used_less_by_high_scores(book) -> None:
    drawn = book[(book.balance > 0) & book.score.notna()]
    assert drawn.utilisation.corr(drawn.score) == approx(-0.40, abs=0.02)


def test_shares_of_balance_in_arrears(book) -> None:
    bucket = pd.cut(book.days_past_due, [-1, 0, 30, 60, 90, 10_000], labels=False)
    share = book.balance.groupby(bucket).sum() / book.balance.sum()
    assert share.tolist()[1:] == [
        approx(0.025, abs=0.003),
        approx(0.006, abs=0.0015),
        approx(0.004, abs=0.0012),
        approx(0.019, abs=0.003),
    ]


def test_counts_of_delinquencies(book) -> None:
    assert shares(book.delinquencies_12m, 3) == approx([0.84, 0.09, 0.04, 0.03], abs=0.005)


def test_incomes_are_lognormal_around_6500_and_often_missing(book) -> None:
    assert book.income_monthly.median() == approx(6_500, abs=100)
    assert np.log(book.income_monthly).std() == approx(0.55, abs=0.01)
    assert book.income_monthly.isna().mean() == approx(0.35, abs=0.01)


def test_debt_service_takes_28_percent_of_income_and_often_more(book) -> None:
    dti = book.dti.dropna()
    assert dti.median() == approx(0.28, abs=0.005)
    assert (dti > 0.55).mean() == approx(0.13, abs=0.006)


def test_counts_of_applications(book) -> None:
    zero, one, two, three, four, more = shares(book.applications_7d, 5)
    assert [zero, one, two, three + four, more] == approx([0.71, 0.17, 0.065, 0.04, 0.015], abs=0.004)


def test_counts_of_devices(book) -> None:
    assert shares(book.devices_7d, 3) == approx([0.25, 0.695, 0.044, 0.011], abs=0.004)


def test_counts_of_inquiries(book) -> None:
    assert book.inquiries_3m.mean() == approx(1.6, abs=0.03)


def test_identity_checks(book) -> None:
    assert book.kyc_complete.mean() == approx(0.982, abs=0.002)
    assert book.identity_match.mean() == approx(0.991, abs=0.002)
    assert (book.kyc_complete.isna() | book.identity_match.isna()).mean() == approx(0.03, abs=0.003)


def test_business_owners(book) -> None:
    assert (book.customer_type == "business_owner").mean() == approx(0.12, abs=0.005)


def test_three_percent_of_users_hold_two_accounts(book) -> None:
    accounts = book.groupby(["snapshot_date", "user_id"]).size()
    assert (accounts == 2).mean() == approx(0.03, abs=0.001)
    assert accounts.max() == 2


def test_defaults_fall_with_the_score(seen) -> None:
    rates = seen.groupby(pd.cut(seen.score, SCORE_BANDS, right=False, labels=False)).default_12m.mean()
    expected = [0.15, 0.08, 0.045, 0.021, 0.010, 0.005]
    assert rates.tolist() == [approx(rate, rel=0.1, abs=0.001) for rate in expected]


def test_defaults_rise_with_arrears(seen) -> None:
    late = seen[seen.days_past_due > 0]
    rates = late.groupby((late.days_past_due - 1) // 30).default_12m.mean()
    assert rates.tolist() == approx([0.20, 0.45, 0.70], abs=0.06)


def test_behaviour_multiplies_the_odds_of_default(seen) -> None:
    current = seen[(seen.days_past_due == 0) & seen.score.notna()]
    odds = fitted_odds(current)
    assert odds == approx([1.35, 1.60, 1.15], rel=0.12)


def test_the_modelled_pd_agrees_with_the_outcomes(seen) -> None:
    known = seen[seen.pd.notna()]
    assert known.pd.mean() == approx(known.default_12m.mean(), rel=0.05)


def test_most_pds_are_known(book) -> None:
    assert book.pd.isna().mean() == approx(0.094, abs=0.005)


def test_accounts_in_default_have_a_pd_of_one(book) -> None:
    assert (book.pd[book.pd.notna() & (book.days_past_due > 90)] == 1).all()
    assert (book.pd[book.pd.notna() & (book.days_past_due <= 90)] < 1).all()


def fitted_odds(frame):
    """Odds ratios of a request, an extra device and a missing income: logistic regression with a cubic in score."""
    z = (frame.score.to_numpy() - 655) / 55
    extra = np.maximum(frame.devices_7d - 1, 0)
    x = np.column_stack(
        [np.ones(len(z)), z, z**2, z**3, frame.applications_7d, extra, frame.income_monthly.isna()]
    ).astype(float)
    y = frame.default_12m.to_numpy()
    weights = np.zeros(x.shape[1])
    for _ in range(12):
        p = 1 / (1 + np.exp(-x @ weights))
        weights += np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x, x.T @ (y - p))
    return np.exp(weights[4:]).tolist()
