"""What became of the users whom each rule would have hit at the evidence date."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from sqlglot import exp

from desktop_app.domain.fingerprints import policy_fingerprint
from desktop_app.domain.observations import Outcomes, RuleOutcomes
from desktop_app.domain.sides import Side
from desktop_app.engine import expressions as sql
from desktop_app.engine.connection import Connection
from desktop_app.engine.plan import Plan
from desktop_app.engine.signatures import Table, one_where, users_by_signature

_TREATED = "user_treated"


def observed_rules(cursor: Connection, plan: Plan, side: Side) -> tuple[RuleOutcomes, ...]:
    """What became of those whom each rule hits, in policy order, over a plan of the evidence date.

    It depends on nothing but the policy, the date, which keeps it, and what is seen of it.
    """
    policy = plan.policies[side]
    key = policy_fingerprint(policy) + plan.narrowed
    if key not in plan.prepared.observed:
        table = users_by_signature(cursor, plan, side, _sums())
        able = {columns.place for columns in plan.decisions[side].rules}
        plan.prepared.observed[key] = tuple(
            _outcomes_of(rule.id, place, table) if place in able else RuleOutcomes(rule.id)
            for place, rule in enumerate(policy.rules)
        )
    return plan.prepared.observed[key]


def _sums() -> dict[str, exp.Expr]:
    counted = {"users": sql.whole(1), "goods": one_where("user_good"), "bads": one_where("user_bad")}
    treated = {f"{name}_treated": one_where(f"user_{name[:-1]}", _TREATED) for name in ("goods", "bads")}
    return {**counted, "users_treated": one_where(_TREATED), **treated}


def _outcomes_of(rule: str, place: int, table: Table) -> RuleOutcomes:
    bit = np.int64(1 << place)
    hits, sole = (table["fires"] & bit) != 0, table["fires"] == bit
    return RuleOutcomes(
        rule,
        *(_outcomes(table, where, "") for where in (hits, sole)),
        *(_outcomes(table, where, "_treated") for where in (hits, sole)),
    )


def _outcomes(table: Table, where: NDArray[np.bool_], less: str) -> Outcomes:
    """Users by outcome, less the treated where that is asked for."""
    sums = {
        name: int(table[name][where].sum(dtype=np.int64))
        - (int(table[f"{name}{less}"][where].sum(dtype=np.int64)) if less else 0)
        for name in ("users", "goods", "bads")
    }
    return Outcomes(sums["goods"], sums["bads"], sums["users"] - sums["goods"] - sums["bads"])
