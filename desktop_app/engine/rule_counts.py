"""How often each rule acts: any-hit, first-reason, sole-hit, marginal, unknown (domain rules, section 3).

All but the unknown from one table of signatures: a user is restricted only because of a rule exactly where that rule
is the only one that restricts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from desktop_app.domain.fingerprints import fingerprint
from desktop_app.domain.requests import RuleCounts, Side
from desktop_app.domain.rule_effects import Overlap
from desktop_app.engine import expressions as sql
from desktop_app.engine.connection import Connection
from desktop_app.engine.decide import Decision
from desktop_app.engine.plan import Plan
from desktop_app.engine.prepare import Counted, Unknown
from desktop_app.engine.signatures import Table, users_by_signature
from desktop_app.engine.unknowns import count_unknown


def count_rules(cursor: Connection, plan: Plan, side: Side, table: Table | None = None) -> Counted:
    """The counts of one side's rules, in policy order; None where a rule is off or unavailable.

    They depend on nothing but the policy, the prepared book, which keeps them, and what is seen of it: a baseline is
    counted once. `table` has the side's signatures where a scan has found them.
    """
    key = fingerprint(plan.policies[side]) + plan.narrowed
    if key not in plan.prepared.counted:
        found = table or users_by_signature(cursor, plan, side, {"users": sql.whole(1)})
        plan.prepared.counted[key] = _counted(plan, side, found, count_unknown(cursor, plan, side))
    return plan.prepared.counted[key]


def _counted(plan: Plan, side: Side, table: Table, unknown: Mapping[int, Unknown]) -> Counted:
    decision, missing = plan.decisions[side], plan.prepared.fields.missing
    rules = tuple(
        _counts(place, rule.id, decision, table, unknown[place])
        if place in unknown
        else RuleCounts(rule.id, not missing(rule))
        for place, rule in enumerate(plan.policies[side].rules)
    )
    return Counted(rules, _overlap(decision, table))


def _overlap(decision: Decision, table: Table) -> Overlap:
    bits = np.array([1 << columns.place for columns in decision.rules], dtype=np.int64)
    fires = ((table["fires"][:, None] & bits) != 0).astype(np.int64)
    users, accounts = (fires.T @ (fires * table[name][:, None]) for name in ("users", "accounts"))
    return Overlap(tuple(columns.rule.id for columns in decision.rules), users, accounts)


def _counts(place: int, rule: str, decision: Decision, table: Table, unknown: Unknown) -> RuleCounts:
    bit = np.int64(1 << place)
    slots = [number for number, slot in enumerate(decision.slots) if slot.rule == place]
    fires = (table["fires"] & bit) != 0
    first = np.isin(table["slot"], slots)
    restricts = table["bites"] | (table["fires"] & decision.restricting)
    users, accounts = table["users"], table["accounts"]
    return RuleCounts(
        rule=rule,
        available=True,
        any_hit_users=_sum(users, fires),
        any_hit_accounts=_sum(accounts, fires),
        first_reason_users=_sum(users, first),
        first_reason_accounts=_sum(accounts, first),
        sole_hit_users=_sum(users, table["fires"] == bit),
        marginal_users=_sum(users, restricts == bit),
        unknown_users=unknown.users,
        unknown_accounts=unknown.accounts,
    )


def _sum(values: NDArray[np.int64], where: Sequence[bool] | NDArray[np.bool_]) -> int:
    return int(values[np.asarray(where, dtype=bool)].sum(dtype=np.int64))
