"""One snapshot under one policy, row by row: the face of the reference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from types import EllipsisType
from typing import Any

from tests.reference.decisions import Decision, Rounding, decide, is_available
from tests.reference.fitting import Curve, stated_curve
from tests.reference.preparing import prepared_rows, prepared_types
from tests.reference.quantities import Row
from tests.reference.risk import DEFAULTS, Risk, Shares, risk_of
from tests.reference.stressing import assumed_lgd, stressed_curve, stressed_rows

# A user takes the most severe among their accounts.
SEVERITY = ("blocked", "referred", "reduced", "watched", "raised", "unchanged")
RESTRICTED = frozenset({"blocked", "referred", "reduced"})


@dataclass(frozen=True)
class Account:
    """One account: its prepared row, what the policy does to it, what it risks."""

    row: Row
    decision: Decision
    risk: Risk

    @property
    def id(self) -> bytes:
        """The account's key as UTF-8 bytes, the order in which ties are broken."""
        return str(self.row["account_id"]).encode()

    @property
    def is_cut(self) -> bool:
        """Whether it counts as limit-reduced, the referred whose limit is cut included."""
        cut = self.decision.new_limit < self.row["credit_limit"]
        return cut and self.decision.outcome in ("referred", "reduced")

    @property
    def earns(self) -> bool:
        """Whether it has a margin: performing, with a PD and a contract rate."""
        return self.risk.income is not None

    @property
    def is_priced(self) -> bool:
        """Whether it performs at a contract rate, with a PD or without."""
        return not self.risk.in_default and self.row.get("apr") is not None

    @property
    def untouched(self) -> int:
        """What is undrawn with no policy, in minor units."""
        return max(int(self.row["credit_limit"]) - int(self.row["balance"]), 0)


@dataclass(frozen=True)
class User:
    """One person: the most severe outcome among the accounts, with that account's reason.

    Attributes: first is the account with the smallest id, whose groups are the user's.
    """

    accounts: tuple[Account, ...]
    first: Account
    outcome: str
    reason: str

    def fires(self, rule: str) -> bool:
        """Whether the rule fires on any of the accounts."""
        return any(account.decision.traces[rule].fired for account in self.accounts)


@dataclass(frozen=True)
class Result:
    """A snapshot under a policy.

    Attributes: rules are the ids of the enabled rules that the book has the columns for, in policy order;
    unavailable those of the other enabled ones.
    """

    accounts: tuple[Account, ...]
    rules: tuple[str, ...]
    unavailable: tuple[str, ...]
    shares: Shares
    question: Question

    @cached_property
    def users(self) -> Mapping[str, User]:
        """The users by their id."""
        found: dict[str, list[Account]] = {}
        for account in self.accounts:
            found.setdefault(account.row["user_id"], []).append(account)
        return {user: _user(accounts) for user, accounts in found.items()}

    def without(self, rule: str) -> Result:
        """The same snapshot under the policy without one rule, evaluated anew."""
        policy = self.question.policy
        fewer = {**policy, "rules": [other for other in policy["rules"] if other["id"] != rule]}
        return replace(self.question, policy=fewer).answered()


@dataclass(frozen=True)
class Question:
    """All that an evaluation depends on."""

    rows: Sequence[Row]
    columns: dict[str, str]
    policy: dict[str, Any]
    assumptions: dict[str, Any]
    curve: Curve | None
    stress: dict[str, Any]

    def answered(self) -> Result:
        """The snapshot under the policy."""
        types = prepared_types(self.columns)
        rows = prepared_rows(stressed_rows(self.rows, self.stress), self.columns)
        curve = stressed_curve(self.curve, self.stress)
        supposed = {**DEFAULTS, **self.assumptions}
        supposed["lgd"] = assumed_lgd(supposed["lgd"], self.stress)
        enabled = [rule for rule in self.policy.get("rules", []) if rule.get("enabled", True)]
        rules = [rule for rule in enabled if is_available(rule, types)]
        rounding = Rounding.of(self.policy)
        return Result(
            tuple(
                Account(row, decide(rules, row, types, rounding), risk_of(row, supposed, curve=curve)) for row in rows
            ),
            tuple(rule["id"] for rule in rules),
            tuple(rule["id"] for rule in enabled if rule not in rules),
            Shares.of(self.assumptions),
            self,
        )


def evaluate(
    rows: Sequence[Row],
    columns: dict[str, str],
    policy: dict[str, Any],
    assumptions: dict[str, Any] | None = None,
    *,
    curve: Curve | EllipsisType | None = ...,
    stress: dict[str, Any] | None = None,
) -> Result:
    """The accounts of one snapshot, in row order, under `policy` (parsed JSON).

    `rows` hold stored units (money minor units, rates ppm, ratios 1e-4, Decimal, int, bool, str, date, None);
    `columns` maps the stored columns to their types; `curve` reads a missing PD from the score (left out: the
    stated one, where the scores of these rows allow it); `stress` moves the fields before the policy sees them.
    """
    known = stated_curve(rows) if isinstance(curve, EllipsisType) else curve
    return Question(rows, columns, policy, assumptions or {}, known, stress or {}).answered()


def _user(accounts: list[Account]) -> User:
    by_id = sorted(accounts, key=lambda account: account.id)
    worst = min(by_id, key=lambda account: SEVERITY.index(account.decision.outcome))
    return User(tuple(accounts), by_id[0], worst.decision.outcome, worst.decision.reason)
