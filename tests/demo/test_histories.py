"""The same accounts at the three dates: what changes, what stays, and what follows from what."""

import pandas as pd
import pytest
from pytest import approx

from desktop_app.demo.marginals import SNAPSHOT_DATES

DATES = pd.to_datetime(list(SNAPSHOT_DATES))


@pytest.fixture(scope="module")
def pairs(book):
    """Accounts at a date (suffix _then) with themselves a year later (suffix _now)."""
    then, now = book[book.snapshot_date < DATES[2]], book[book.snapshot_date > DATES[0]]
    now = now.assign(snapshot_date=now.snapshot_date - pd.DateOffset(years=1))
    return then.merge(now, on=["account_id", "snapshot_date"], suffixes=("_then", "_now"))


def test_a_key_stands_once_in_a_snapshot(book) -> None:
    assert not book.duplicated(["account_id", "snapshot_date"]).any()


def test_account_ids_have_18_digits_and_leading_zeros(book) -> None:
    assert book.account_id.str.fullmatch(r"00\d{16}").all()


def test_user_ids_are_unlike_account_ids(book) -> None:
    assert book.user_id.str.fullmatch(r"U\d{10}").all()


def test_snapshots_are_equally_large(book) -> None:
    assert book.snapshot_date.value_counts(sort=False).tolist() == [66_667, 66_667, 66_666]


def test_the_last_snapshot_alone_has_no_outcomes(book) -> None:
    known = book.default_12m.notna().groupby(book.snapshot_date).mean()
    assert known.iloc[:2].between(0.95, 0.999).all()
    assert known.iloc[2] == 0


def test_some_accounts_close_and_others_open(pairs) -> None:
    assert len(pairs) / (2 * 66_667) == approx(0.91, abs=0.03)


def test_accounts_keep_their_user(pairs) -> None:
    assert (pairs.user_id_then == pairs.user_id_now).all()


def test_accounts_grow_older(pairs) -> None:
    assert (pairs.months_on_book_now == pairs.months_on_book_then + 12).all()


def test_new_accounts_are_younger_than_a_year(book) -> None:
    first = book.groupby("account_id").snapshot_date.transform("min")
    new = book[(book.snapshot_date == first) & (first > DATES[0])]
    assert new.months_on_book.max() < 12


def test_balances_move_and_limits_mostly_stay(pairs) -> None:
    drawn = pairs[pairs.balance_then > 0]
    assert (drawn.balance_now != drawn.balance_then).mean() > 0.99
    assert 0.3 < (pairs.credit_limit_now == pairs.credit_limit_then).mean() < 0.8


def test_scores_remember_the_year_before(pairs) -> None:
    assert pairs.score_then.corr(pairs.score_now) == approx(0.85, abs=0.03)


def test_scores_of_defaulters_fall(pairs) -> None:
    change = (pairs.score_now - pairs.score_then).groupby(pairs.default_12m_then).mean()
    assert change[1.0] < change[0.0] - 15


def test_whoever_is_in_default_defaulted_in_the_year_before(pairs) -> None:
    assert (pairs.default_12m_then[pairs.days_past_due_now > 90] == 1).all()


def test_whoever_stays_in_default_is_a_year_later(pairs) -> None:
    both = pairs[(pairs.days_past_due_then > 90) & (pairs.days_past_due_now > 90)]
    assert (both.days_past_due_now == both.days_past_due_then + 365).all()
    assert len(both) > 20


def test_nobody_in_arrears_is_without_a_balance(book) -> None:
    assert (book.balance[book.days_past_due > 0] > 0).all()


def test_a_delinquency_in_the_year_is_less_than_twelve_months_ago(book) -> None:
    recent = book.months_since_delinquency < 12
    assert (recent == (book.delinquencies_12m > 0)).all()


def test_arrears_are_a_delinquency_now(book) -> None:
    assert (book.months_since_delinquency[book.days_past_due > 0] == 0).all()


def test_most_accounts_never_had_a_delinquency(book) -> None:
    assert 0.4 < book.months_since_delinquency.isna().mean() < 0.7


def test_an_old_delinquency_ages(pairs) -> None:
    quiet = pairs[(pairs.delinquencies_12m_now == 0) & pairs.months_since_delinquency_then.notna()]
    assert (quiet.months_since_delinquency_now == quiet.months_since_delinquency_then + 12).all()


@pytest.mark.parametrize("column", ["score", "income_monthly", "segment", "kyc_complete", "devices_7d", "age_band"])
def test_two_accounts_of_a_user_share_the_person(book, column) -> None:
    different = book.groupby(["snapshot_date", "user_id"])[column].nunique(dropna=False)
    assert different.max() == 1
