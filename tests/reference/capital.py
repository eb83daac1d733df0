"""Risk-weighted assets and the loss of a bad year, account by account, as exact fractions of the currency unit."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

from tests.reference import earning
from tests.reference.evaluate import Account, Result
from tests.reference.risk import exposure

MINOR = 100
FINE = 10_000


def rwa_standardised(result: Result) -> Fraction:
    """0.75 × EAD, in default 1.00 × EAD."""
    return _weighed(result, result.accounts)


def rwa_by_ratings(result: Result) -> Fraction:
    """12.5 × K × EAD."""
    return Fraction(25, 2) * _on_exposure(result, result.accounts, lambda account: account.risk.capital_on)


def return_standardised(result: Result) -> Fraction | None:
    """Margin ÷ (10.5 % × RWA), both of the accounts that earn."""
    return _return(result, _weighed(result, _earning(result)))


def return_by_ratings(result: Result) -> Fraction | None:
    """The same with the other method."""
    drawn = _on_exposure(result, _earning(result), lambda account: account.risk.capital_on)
    return _return(result, Fraction(25, 2) * drawn)


def bad_year_loss(result: Result) -> Fraction:
    """Loss of a year as bad as the assumed quantile."""
    return _on_exposure(result, result.accounts, lambda account: account.risk.bad_year_on)


def _earning(result: Result) -> list[Account]:
    return [account for account in result.accounts if account.earns]


def _return(result: Result, rwa: Fraction) -> Fraction | None:
    margin = earning.margin(result)
    return None if not rwa or margin is None else margin / (Fraction(105, 1000) * rwa)


def _weighed(result: Result, accounts: Iterable[Account]) -> Fraction:
    weights = {True: Fraction(1), False: Fraction(3, 4)}
    parts = (
        weights[account.risk.in_default]
        * exposure(account.row, account.risk, account.decision.undrawn, account.decision.outcome, result.shares)
        for account in accounts
    )
    return sum(parts, Fraction(0)) / MINOR


def _on_exposure(
    result: Result, accounts: Iterable[Account], rate: Callable[[Account], Callable[[int], int]]
) -> Fraction:
    """A rate on the balance, and on what is drawn of the open line of the performing."""
    total = Fraction(0)
    for account in accounts:
        total += rate(account)(account.row["balance"])
        if not account.risk.in_default:
            kept = result.shares.open_share(account.decision.outcome)
            total += result.shares.ccf * kept * rate(account)(account.decision.undrawn)
    return total / FINE
