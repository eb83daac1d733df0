"""Margin a year, account by account, as exact fractions of the currency unit."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from tests.reference.evaluate import Account, Result
from tests.reference.quantities import on_amount
from tests.reference.risk import Shares, exposure
from tests.reference.summing import ead

MINOR = 100
FINE = 10_000


def margin(result: Result) -> Fraction | None:
    """(rate·(1 − PD) − funding)·(balance + draw·open line) − EL − opex − reviews; None where nobody earns."""
    return _sum(result, [_margin(result.shares, account) for account in _earning(result)])


def margin_without_policy(result: Result) -> Fraction | None:
    """The same with every line open and nobody reviewed."""
    found = [_before_reviews(result.shares, account, Fraction(account.untouched)) for account in _earning(result)]
    return _sum(result, found)


def margin_on_balance(result: Result) -> Fraction | None:
    """What is earned on the balances, before opex."""
    return _sum(result, [on_balance(result.shares, account) for account in _earning(result)])


def ead_earning(result: Result) -> Fraction:
    """Exposure of the accounts with a margin."""
    shares = result.shares
    parts = (
        exposure(account.row, account.risk, account.decision.undrawn, account.decision.outcome, shares)
        for account in _earning(result)
    )
    return sum(parts, Fraction(0)) / MINOR


def coverage(result: Result) -> Fraction | None:
    """Their share of all exposure."""
    whole = ead(result) / MINOR
    return ead_earning(result) / whole if whole else None


def lost_per_el(result: Result) -> Fraction | None:
    """Margin given up for each unit of loss avoided by the same accounts; None where none is avoided."""
    shares = result.shares
    avoided = Fraction(0)
    for account in _earning(result):
        kept = shares.open_share(account.decision.outcome) * account.risk.loss_on_undrawn(account.decision.undrawn)
        avoided += shares.ccf * (account.risk.loss_on_undrawn(account.untouched) - kept) / FINE
    before, after = margin_without_policy(result), margin(result)
    return (before - after) / avoided if avoided > 0 and before is not None and after is not None else None


def breakeven_pd(accounts: Iterable[Account], shares: Shares) -> Fraction | None:
    """Σ draw·(rate − funding)·open ÷ Σ (draw·rate + LGD·CCF)·open of what is priced, in measures' own roundings."""
    brought = cost = Fraction(0)
    for account in accounts:
        if account.is_priced:
            rate = shares.draw_rate * Fraction(on_amount(1000 * account.row["apr"], account.untouched), FINE)
            lost = shares.ccf * Fraction(on_amount(1000 * account.risk.lgd, account.untouched), FINE)
            brought += rate - shares.draw_rate * shares.funding_cost * account.untouched / MINOR
            cost += rate + lost
    return brought / cost if cost else None


def _earning(result: Result) -> list[Account]:
    return [account for account in result.accounts if account.earns]


def _sum(result: Result, parts: list[Fraction]) -> Fraction | None:
    return sum(parts, Fraction(0)) if parts or not result.accounts else None


def _margin(shares: Shares, account: Account) -> Fraction:
    kept = shares.open_share(account.decision.outcome)
    reviews = shares.review_cost if account.decision.outcome == "referred" else 0
    return _before_reviews(shares, account, Fraction(account.decision.undrawn), kept) - reviews


def _before_reviews(shares: Shares, account: Account, undrawn: Fraction, kept: Fraction = Fraction(1)) -> Fraction:
    amount = int(undrawn)
    on_line = Fraction(account.risk.income_on(amount), FINE) - shares.funding_cost * amount / MINOR
    lost = shares.ccf * account.risk.loss_on_undrawn(amount) / FINE
    return on_balance(shares, account) + kept * (shares.draw_rate * on_line - lost) - shares.opex


def on_balance(shares: Shares, account: Account) -> Fraction:
    """What is earned on one balance, before opex and reviews."""
    balance = account.row["balance"]
    kept = account.risk.income_on(balance) - account.risk.loss_on_balance(account.row)
    return Fraction(kept, FINE) - shares.funding_cost * balance / MINOR
