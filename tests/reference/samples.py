"""Small rows, rules and policies for worked examples; money in minor units in rows, in currency units in rules."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.reference.evaluate import Result, evaluate
from tests.reference.quantities import Row

COLUMNS = {
    "account_id": "text",
    "user_id": "text",
    "credit_limit": "money",
    "balance": "money",
    "score": "number",
    "pd": "rate",
    "lgd": "rate",
    "apr": "rate",
    "days_past_due": "integer",
    "income_monthly": "money",
    "debt_service_monthly": "money",
    "kyc_complete": "boolean",
    "segment": "category",
}


def account(key: str = "a", user: str | None = None, **fields: Any) -> Row:
    """One account with a limit of 10,000 and nothing drawn; whatever is not given is missing."""
    missing: Row = dict.fromkeys(COLUMNS)
    return {**missing, "account_id": key, "user_id": user or key, "credit_limit": 1_000_000, "balance": 0, **fields}


def low_score(**fields: Any) -> Row:
    """An account with score 500, which the rules below hit."""
    return account(**{"score": Decimal(500), **fields})


LOW_SCORE = {"field": "score", "operator": "<", "value": 600}


def rule(
    key: str, action: str | dict[str, Any], condition: dict[str, Any] | None = None, **more: Any
) -> dict[str, Any]:
    """A rule; its condition is score < 600 where none is given."""
    acts = {"kind": action} if isinstance(action, str) else action
    return {
        "id": key,
        "reason": {"code": key, "cause": "policy"},
        "condition": condition or LOW_SCORE,
        "action": acts,
    } | more


def cut(**target: Any) -> dict[str, Any]:
    """A cut to a percentage, an amount or an income multiple, by the name of its size."""
    return {"kind": "cut", "target": sized(**target)}


def raised(**target: Any) -> dict[str, Any]:
    """A raise to a percentage, an amount or an income multiple, by the name of its size."""
    return {"kind": "raise", "target": sized(**target)}


def sized(**target: Any) -> dict[str, Any]:
    (name,) = target
    return {"kind": {"multiple": "income_multiple"}.get(name, name), **target}


def policy(*rules: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A policy with the default rounding."""
    return {"greyline": "policy", "version": 1, "id": "p", "rules": list(rules), **more}


def run(rows: list[Row], *rules: dict[str, Any], **more: Any) -> Result:
    """The rows under a policy of those rules."""
    return evaluate(rows, COLUMNS, policy(*rules, **more))


def outcome(row: Row, *rules: dict[str, Any], **more: Any) -> str:
    """What happens to one account."""
    return run([row], *rules, **more).accounts[0].decision.outcome


def new_limit(row: Row, *rules: dict[str, Any], **more: Any) -> int:
    """The limit of one account after the policy, in minor units."""
    return run([row], *rules, **more).accounts[0].decision.new_limit
