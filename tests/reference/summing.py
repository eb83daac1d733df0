"""Sums of measures by outcome, reason and group, the transitions, and the figures of exposure and loss."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from typing import TypeAlias

from tests.reference.conditions import label
from tests.reference.evaluate import RESTRICTED, Account, Result, User
from tests.reference.quantities import on_amount
from tests.reference.risk import expected_loss, exposure

# Outcome, reason (a rule's id or ""), group (None where it is missing or nothing is grouped by).
Cell: TypeAlias = tuple[str, str, str | None]
Measure: TypeAlias = Callable[[Account], int]
UserMeasure: TypeAlias = Callable[[User], int]

MEASURES: dict[str, Measure] = {
    "accounts": lambda account: 1,
    "balance": lambda account: int(account.row["balance"]),
    "credit_limit": lambda account: int(account.row["credit_limit"]),
    "new_limit": lambda account: account.decision.new_limit,
    "undrawn": lambda account: account.decision.undrawn,
    "undrawn_before": lambda account: account.untouched,
    "undrawn_performing": lambda account: 0 if account.risk.in_default else account.decision.undrawn,
    "undrawn_before_performing": lambda account: 0 if account.risk.in_default else account.untouched,
    "loss_balance": lambda account: account.risk.loss_on_balance(account.row),
    "loss_undrawn": lambda account: account.risk.loss_on_undrawn(account.decision.undrawn),
    "loss_undrawn_before": lambda account: account.risk.loss_on_undrawn(account.untouched),
    "income_balance": lambda account: account.risk.income_on(account.row["balance"]),
    "income_undrawn": lambda account: account.risk.income_on(account.decision.undrawn),
    "balance_with_pd": lambda account: _with_pd(account, account.row["balance"]),
    "undrawn_with_pd": lambda account: _performing_with_pd(account, account.decision.undrawn),
    "undrawn_before_with_pd": lambda account: _performing_with_pd(account, account.untouched),
    "accounts_cut": lambda account: int(account.is_cut),
    "accounts_pd_filled": lambda account: int(
        account.row.get("pd") is None and account.risk.pd is not None and not account.risk.in_default
    ),
    "in_default": lambda account: int(account.risk.in_default),
    "accounts_earning": lambda account: int(account.earns),
    "balance_earning": lambda account: _earning(account, account.row["balance"]),
    "undrawn_earning": lambda account: _earning(account, account.decision.undrawn),
    "undrawn_before_earning": lambda account: _earning(account, account.untouched),
    "income_undrawn_before": lambda account: account.risk.income_on(account.untouched),
    "loss_balance_earning": lambda account: _earning(account, account.risk.loss_on_balance(account.row)),
    "loss_undrawn_earning": lambda account: _earning(account, account.risk.loss_on_undrawn(account.decision.undrawn)),
    "undrawn_before_priced": lambda account: account.untouched if account.is_priced else 0,
    "rate_undrawn_before": lambda account: (
        on_amount(1000 * account.row["apr"], account.untouched) if account.is_priced else 0
    ),
    "lgd_undrawn_before": lambda account: (
        on_amount(1000 * account.risk.lgd, account.untouched) if account.is_priced else 0
    ),
    "balance_performing": lambda account: 0 if account.risk.in_default else account.row["balance"],
    "capital_balance": lambda account: account.risk.capital_on(account.row["balance"]),
    "capital_undrawn": lambda account: account.risk.capital_on(account.decision.undrawn),
    "capital_balance_earning": lambda account: _earning(account, account.risk.capital_on(account.row["balance"])),
    "capital_undrawn_earning": lambda account: _earning(account, account.risk.capital_on(account.decision.undrawn)),
    "bad_year_balance": lambda account: account.risk.bad_year_on(account.row["balance"]),
    "bad_year_undrawn": lambda account: (
        0 if account.risk.in_default else account.risk.bad_year_on(account.decision.undrawn)
    ),
    "loss_undrawn_before_earning": lambda account: _earning(account, account.risk.loss_on_undrawn(account.untouched)),
}


USER_MEASURES: dict[str, UserMeasure] = {
    "users": lambda user: 1,
    "users_open": lambda user: int(any(account.untouched > 0 for account in user.accounts)),
    "users_cut": lambda user: int(any(account.is_cut for account in user.accounts)),
}


def group_of(account: Account, grouping: str | None) -> str | None:
    """The account's group of one column."""
    return None if grouping is None else label(account.row.get(grouping))


def sums(result: Result, measure: Measure, grouping: str | None = None) -> Counter[Cell]:
    """A measure summed over accounts by their own outcome and reason and group."""
    found: Counter[Cell] = Counter()
    for account in result.accounts:
        decision = account.decision
        found[decision.outcome, decision.reason, group_of(account, grouping)] += measure(account)
    return found


def user_sums(result: Result, measure: UserMeasure, grouping: str | None = None) -> Counter[Cell]:
    """A measure summed over users by their outcome, reason, and the group of their smallest account id."""
    found: Counter[Cell] = Counter()
    for user in result.users.values():
        found[user.outcome, user.reason, group_of(user.first, grouping)] += measure(user)
    return found


def transitions(
    baseline: Result, scenario: Result, measure: Measure, under: str = "scenario"
) -> Counter[tuple[str, str]]:
    """A measure of the accounts under one of both by outcome under the baseline × outcome under the scenario."""
    found: Counter[tuple[str, str]] = Counter()
    for before, after in zip(baseline.accounts, scenario.accounts, strict=True):
        measured = after if under == "scenario" else before
        found[before.decision.outcome, after.decision.outcome] += measure(measured)
    return found


def user_transitions(
    baseline: Result, scenario: Result, measure: UserMeasure, under: str = "scenario"
) -> Counter[tuple[str, str]]:
    """A measure of the users under one of both by outcome under the baseline × outcome under the scenario."""
    found: Counter[tuple[str, str]] = Counter()
    for key, after in scenario.users.items():
        before = baseline.users[key]
        found[before.outcome, after.outcome] += measure(after if under == "scenario" else before)
    return found


def _with_pd(account: Account, amount: int) -> int:
    return 0 if account.risk.pd is None else amount


def _earning(account: Account, amount: int) -> int:
    return amount if account.earns else 0


def _performing_with_pd(account: Account, amount: int) -> int:
    return 0 if account.risk.in_default else _with_pd(account, amount)


def ead(result: Result) -> Fraction:
    """Exposure at default, in minor units."""
    return sum((_ead(result, account) for account in result.accounts), Fraction(0))


def ead_covered(result: Result) -> Fraction:
    """Exposure of the accounts that have a PD, in minor units."""
    known = (account for account in result.accounts if account.risk.pd is not None)
    return sum((_ead(result, account) for account in known), Fraction(0))


def coverage(result: Result) -> Fraction | None:
    """The share of EAD whose accounts have a PD; None where there is no EAD."""
    whole = ead(result)
    return ead_covered(result) / whole if whole else None


def open_line(result: Result) -> Fraction:
    """What may still be drawn after the policy and its reviews, in minor units."""
    decisions = (account.decision for account in result.accounts)
    shares = result.shares
    return sum((shares.open_share(decision.outcome) * decision.undrawn for decision in decisions), Fraction(0))


def el(result: Result) -> Fraction:
    """Expected loss, in 1/10,000 of the currency unit."""
    return sum((_el(result, account) for account in result.accounts), Fraction(0))


def el_without_policy(result: Result) -> Fraction:
    """Expected loss where no policy acts."""
    return sum(
        (
            expected_loss(account.row, account.risk, account.untouched, "unchanged", result.shares)
            for account in result.accounts
        ),
        Fraction(0),
    )


def el_avoided(result: Result) -> Fraction:
    """What the policy saves; negative where it raises."""
    return el_without_policy(result) - el(result)


def el_remaining(result: Result) -> Fraction:
    """Expected loss of the restricted accounts."""
    restricted = (account for account in result.accounts if account.decision.outcome in RESTRICTED)
    return sum((_el(result, account) for account in restricted), Fraction(0))


def _ead(result: Result, account: Account) -> Fraction:
    decision = account.decision
    return exposure(account.row, account.risk, decision.undrawn, decision.outcome, result.shares)


def _el(result: Result, account: Account) -> Fraction:
    decision = account.decision
    return expected_loss(account.row, account.risk, decision.undrawn, decision.outcome, result.shares)
