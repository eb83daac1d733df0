"""How many accounts and users a rule could not decide.

That is no part of a signature: many values are missing, and each would split every signature. It is counted by the
rule, and known again where a rule's threshold has moved.
"""

from __future__ import annotations

from sqlglot import exp

from desktop_app.domain.conditions import Comparison, Operator
from desktop_app.domain.fingerprints import fingerprint_of
from desktop_app.domain.policy import Rule
from desktop_app.engine import expressions as sql
from desktop_app.engine.connection import Connection, first_row
from desktop_app.engine.decide import Decision
from desktop_app.engine.firing import RuleColumns
from desktop_app.engine.measures import lone_user
from desktop_app.engine.plan import Plan
from desktop_app.engine.prepare import Unknown


def count_unknown(cursor: Connection, plan: Plan, side: str) -> dict[int, Unknown]:
    """Of each rule that can be evaluated, by its place in the policy; the prepared book keeps them."""
    known = plan.prepared.unknown
    keys = {columns.place: _key(columns) + plan.narrowed for columns in plan.decisions[side].rules}
    asked = {key: place for place, key in keys.items() if key not in known}
    if asked:
        found = _count(cursor, *_only(plan, side, list(asked.values())), side)
        known.update(zip(asked, found, strict=True))
    return {place: known[key] for place, key in keys.items()}


def _key(columns: RuleColumns) -> str:
    """What the count depends on: a comparison is unknown where its field is missing, whatever its value.

    Not so where there may be no target: a false condition never looks at it.
    """
    condition = columns.rule.condition
    if columns.target_can_be_unknown:
        return fingerprint_of(condition.model_dump_json(), _target(columns.rule))
    if isinstance(condition, Comparison) and condition.operator is not Operator.MISSING:
        return fingerprint_of("missing", condition.field)
    return fingerprint_of(condition.model_dump_json())


def _target(rule: Rule) -> str:
    return rule.action.model_dump_json()


def _only(plan: Plan, side: str, places: list[int]) -> tuple[Plan, list[int]]:
    """A plan of those rules alone, and their places there; the plan itself where it filters, maybe by decisions."""
    if plan.narrowed:
        return plan, places
    policy = plan.policies[side]
    few = policy.with_rules(tuple(policy.rules[place] for place in places))
    return Plan(plan.prepared, {side: few}, {side: Decision(few, plan.prepared.fields, side)}), list(range(len(places)))


def _count(cursor: Connection, plan: Plan, places: list[int], side: str) -> list[Unknown]:
    mask = plan.decisions[side].column("unknown")
    ones = [_one_where(mask, place) for place in places]
    lone = [*(sql.summed(one) for one in ones), *(sql.summed(lone_user(one.copy())) for one in ones)]
    counts = _row(cursor, plan, sql.select_from(plan.accounts(), lone))
    accounts, users = counts[: len(places)], counts[len(places) :]
    if plan.prepared.shared:
        several = _row(cursor, plan, sql.select_from(plan.shared_users({}), [sql.summed(one.copy()) for one in ones]))
        users = [sum(pair) for pair in zip(users, several, strict=True)]
    return [Unknown(*pair) for pair in zip(users, accounts, strict=True)]


def _one_where(mask: exp.Expr, place: int) -> exp.Expr:
    bit = exp.BitwiseAnd(this=mask.copy(), expression=sql.whole(1 << place))
    holds = exp.NEQ(this=sql.bracketed(bit), expression=sql.whole(0))
    return sql.bracketed(sql.choose([(holds, sql.whole(1))], sql.whole(0)))


def _row(cursor: Connection, plan: Plan, query: exp.Select) -> list[int]:
    return [count or 0 for count in first_row(cursor, plan.text(query))]
