"""The four counts of a rule and its unknowns, in users and accounts."""

from __future__ import annotations

from dataclasses import dataclass

from tests.reference.evaluate import RESTRICTED, Result


@dataclass(frozen=True)
class Counts:
    """How often one rule acts (domain rules, section 3)."""

    any_hit_users: int
    any_hit_accounts: int
    first_reason_users: int
    first_reason_accounts: int
    sole_hit_users: int
    marginal_users: int
    unknown_users: int
    unknown_accounts: int


def counts(result: Result, rule: str) -> Counts:
    """The counts of one rule that is enabled and available."""
    users = result.users.values()
    decisions = [account.decision for account in result.accounts]
    unknown = [account for account in result.accounts if account.decision.traces[rule].unknown]
    return Counts(
        any_hit_users=sum(user.fires(rule) for user in users),
        any_hit_accounts=sum(decision.traces[rule].fired for decision in decisions),
        first_reason_users=sum(user.reason == rule for user in users),
        first_reason_accounts=sum(decision.reason == rule for decision in decisions),
        sole_hit_users=sum([other for other in result.rules if user.fires(other)] == [rule] for user in users),
        marginal_users=restricted_users(result) - restricted_users(result.without(rule)),
        unknown_users=len({account.row["user_id"] for account in unknown}),
        unknown_accounts=len(unknown),
    )


def hit_by_both(result: Result, rule: str, other: str) -> tuple[int, int]:
    """The users and the accounts that both rules hit."""
    traces = [account.decision.traces for account in result.accounts]
    users = sum(user.fires(rule) and user.fires(other) for user in result.users.values())
    return users, sum(trace[rule].fired and trace[other].fired for trace in traces)


def restricted_users(result: Result) -> int:
    """Users blocked, referred or reduced."""
    return sum(user.outcome in RESTRICTED for user in result.users.values())
