"""What a policy does to one account: which rules fire, the outcome, its reason, the new limit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.reference.conditions import fields, holds
from tests.reference.quantities import Row, units
from tests.reference.targets import fields_of_target, target_of

ACTIONS = ("block", "refer", "cut", "watch", "raise")
_OUTCOME_OF_ACTION = {"block": "blocked", "refer": "referred", "watch": "watched"}


@dataclass(frozen=True)
class Trace:
    """One rule on one account.

    Attributes: action is what it fires with, None where it does not; unknown is whether condition or target could
    not be decided, fired or not; limit is the limit that a fired cut or raise asks for, in minor units.
    """

    action: str | None = None
    unknown: bool = False
    limit: int | None = None

    @property
    def fired(self) -> bool:
        return self.action is not None

    @property
    def word(self) -> str:
        """fired, unknown or not fired."""
        return "fired" if self.fired else "unknown" if self.unknown else "not fired"


@dataclass(frozen=True)
class Decision:
    """One account under the policy; limits and undrawn in minor units, reason a rule's id or ""."""

    traces: Mapping[str, Trace]
    action: str | None
    outcome: str
    reason: str
    new_limit: int
    undrawn: int


@dataclass(frozen=True)
class Rounding:
    """How limits are rounded, in minor units."""

    round_to: int
    floor: int
    protect_balance: bool

    @classmethod
    def of(cls, policy: dict[str, Any]) -> Rounding:
        return cls(
            units(policy.get("round_to", 100), 100),
            units(policy.get("floor", 500), 100),
            policy.get("protect_balance", False),
        )

    def down(self, target: int) -> int:
        return target // self.round_to * self.round_to

    def cut(self, target: int, row: Row) -> int:
        """The limit that a cut to `target` leaves."""
        limit = max(self.down(target), self.floor)
        if self.protect_balance:
            limit = max(limit, row["balance"])
        return int(min(limit, row["credit_limit"]))

    def raised(self, target: int, row: Row) -> int:
        """The limit that a raise to `target` gives."""
        return int(max(self.down(target), row["credit_limit"]))


def is_available(rule: dict[str, Any], types: dict[str, str]) -> bool:
    """Whether the book has every column that the rule needs."""
    target = rule["action"].get("target")
    needed = fields(rule["condition"]) | (fields_of_target(target) if target else set())
    return needed <= types.keys()


def trace(rule: dict[str, Any], row: Row, types: dict[str, str], rounding: Rounding) -> Trace:
    """What one rule does on one account."""
    on_missing = rule.get("on_missing", "skip")
    verdict = holds(rule["condition"], row, types)
    if verdict is False:
        return Trace()
    if verdict is None and on_missing != "fire":
        return Trace("refer" if on_missing == "refer" else None, unknown=True)
    return _acted(rule["action"], row, types, rounding, on_missing, unknown=verdict is None)


def _acted(
    action: dict[str, Any], row: Row, types: dict[str, str], rounding: Rounding, on_missing: str, *, unknown: bool
) -> Trace:
    if "target" not in action:
        return Trace(action["kind"], unknown)
    target = target_of(action["target"], row, types)
    if target is None:
        return Trace(None if on_missing == "skip" else "refer", unknown=True)
    asked = rounding.cut(target, row) if action["kind"] == "cut" else rounding.raised(target, row)
    return Trace(action["kind"], unknown, asked)


def decide(rules: list[dict[str, Any]], row: Row, types: dict[str, str], rounding: Rounding) -> Decision:
    """The account under the enabled, available rules, in policy order."""
    traces = {rule["id"]: trace(rule, row, types, rounding) for rule in rules}
    fired = [found.action for found in traces.values() if found.action is not None]
    action = min(fired, key=ACTIONS.index, default=None)
    new_limit = _new_limit(traces, row["credit_limit"])
    outcome = _outcome(fired, new_limit, row["credit_limit"])
    undrawn = 0 if outcome == "blocked" else max(new_limit - row["balance"], 0)
    return Decision(traces, action, outcome, _reason(traces, outcome, new_limit), new_limit, undrawn)


def _new_limit(traces: Mapping[str, Trace], limit: int) -> int:
    kinds = {found.action for found in traces.values()} - {None}
    asked = [found.limit for found in traces.values() if found.limit is not None and found.action == "cut"]
    if kinds == {"raise"}:
        asked = [found.limit for found in traces.values() if found.limit is not None]
    return min(asked, default=limit)


def _outcome(fired: list[str], new_limit: int, limit: int) -> str:
    if "block" in fired:
        return "blocked"
    if "refer" in fired:
        return "referred"
    if new_limit != limit:
        return "reduced" if new_limit < limit else "raised"
    return "watched" if "watch" in fired else "unchanged"


def _reason(traces: Mapping[str, Trace], outcome: str, new_limit: int) -> str:
    for rule, found in traces.items():
        if found.action is not None and _explains(found, outcome, new_limit):
            return rule
    return ""


def _explains(found: Trace, outcome: str, new_limit: int) -> bool:
    if outcome in ("reduced", "raised"):
        return found.action == ("cut" if outcome == "reduced" else "raise") and found.limit == new_limit
    return _OUTCOME_OF_ACTION.get(found.action or "") == outcome
