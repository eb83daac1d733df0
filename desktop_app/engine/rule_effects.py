"""What each rule adds to its policy in amounts: the accounts that it hits, with the rule and without it.

A rule that does not fire on an account changes nothing there, so a scan for each rule sums the hit accounts alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np
from sqlglot import exp

from desktop_app.domain.cubes import Axis, Cube, Sums
from desktop_app.domain.outcomes import OUTCOMES
from desktop_app.domain.policy import Policy, Rule
from desktop_app.domain.problems import message
from desktop_app.domain.rule_effects import RuleEffects, RuleEffectsRequest
from desktop_app.domain.sides import SIDES, Side
from desktop_app.domain.watch import Watch
from desktop_app.engine import expressions as sql
from desktop_app.engine.connection import Connection, interruptible
from desktop_app.engine.plan import Plan
from desktop_app.engine.prepare import Prepared
from desktop_app.engine.proof import prove_sums_fit
from desktop_app.engine.scan import Rows, scan_accounts


def rule_effects(cursor: Connection, prepared: Prepared, request: RuleEffectsRequest, watch: Watch) -> RuleEffects:
    """The answer to a RuleEffectsRequest; raises PolicyInvalid, BookUnusable or Cancelled."""
    started = perf_counter()
    policy = request.scenario.policy
    # Users are no sums of accounts; `RuleCounts.marginal_users` has them.
    of_accounts = tuple(part for part in prepared.parts if part.measure.per == "account")
    table = replace(prepared, parts=of_accounts, shared=None)
    rules = prepared.fields.available(policy)
    prove_sums_fit(prepared.totals, [policy, *(policy.with_rules(_others(policy, place)) for place, _ in rules)])
    found = []
    with interruptible(cursor, watch):
        for done, (place, _) in enumerate(rules):
            watch.report(message("Taking one rule after the other out"), done, len(rules))
            found.append(scan_accounts(cursor, _plan(table, policy, place), {}, "outcome"))
    names = tuple(rule.id for _, rule in rules)
    measures = tuple(part.measure.id for part in of_accounts)
    hits = {side: _cube(names, measures, found, side) for side in SIDES}
    return RuleEffects(request.key, hits, 1000 * (perf_counter() - started))


@dataclass(frozen=True)
class _HitPlan(Plan):
    """A policy ("scenario") and the same without a rule ("baseline"), over the accounts that the rule hits."""

    place: int = 0

    def accounts(self) -> exp.Select:
        """The accounts on which the rule fires."""
        bit = sql.whole(1 << self.place)
        fires = exp.BitwiseAnd(this=self.decisions["scenario"].column("fires"), expression=bit)
        return super().accounts().where(exp.NEQ(this=sql.bracketed(fires), expression=sql.whole(0)), copy=False)


def _plan(table: Prepared, policy: Policy, place: int) -> Plan:
    without = policy.with_rules(_others(policy, place))
    plan = Plan.of(table, {"baseline": without, "scenario": policy})
    return _HitPlan(table, plan.policies, plan.decisions, place=place)


def _others(policy: Policy, place: int) -> tuple[Rule, ...]:
    return (*policy.rules[:place], *policy.rules[place + 1 :])


def _cube(rules: tuple[str, ...], measures: tuple[str, ...], found: list[Rows], side: Side) -> Cube:
    sums: dict[str, Sums] = {name: np.zeros((len(rules), len(OUTCOMES)), dtype=np.int64) for name in measures}
    for place, rows in enumerate(found):
        for name in measures:
            np.add.at(sums[name][place], rows.slots[side], rows.sums[side][name])
    return Cube((Axis("rule", rules), Axis("outcome", tuple(OUTCOMES))), sums)
