"""Answers to requests: a whole evaluation, or a histogram; each by scans of the prepared table."""

from __future__ import annotations

from time import perf_counter

from desktop_app.domain.policy import Policy
from desktop_app.domain.requests import SIDES, EvaluateRequest, Evaluation, Side
from desktop_app.domain.watch import Watch
from desktop_app.engine.connection import Connection, interruptible
from desktop_app.engine.cubes import GROUP, Groups, by_reason, group_key, transitions
from desktop_app.engine.decide import Decision
from desktop_app.engine.filtered_plan import plan_for
from desktop_app.engine.observed_rules import observed_rules
from desktop_app.engine.prepare import Prepared
from desktop_app.engine.proof import prove_sums_fit
from desktop_app.engine.rule_counts import count_rules
from desktop_app.engine.scan import scan
from desktop_app.engine.signatures import signatures_of

# Signatures multiply with the baseline's slots and the groups: beyond this many rules they are counted apart.
_FEW_RULES = 12


def evaluate(cursor: Connection, prepared: Prepared, request: EvaluateRequest, watch: Watch) -> Evaluation:
    """Everything an EvaluateRequest asks for; raises PolicyInvalid, BookUnusable or Cancelled."""
    started = perf_counter()
    policies: dict[Side, Policy] = {"baseline": request.baseline.policy, "scenario": request.scenario.policy}
    plan = plan_for(prepared, policies, request.chosen)
    then = plan_for(prepared.evidence, policies, request.chosen) if prepared.evidence else None
    prove_sums_fit(prepared.totals, policies.values())
    with interruptible(cursor, watch):
        keys = group_key(prepared.fields, request.grouping)
        signed: Side | None = "scenario" if _are_few(plan.decisions["scenario"]) else None
        rows = scan(cursor, plan, keys, signed)
        tables = {signed: signatures_of(signed, rows)} if signed else {}
        counted = {side: count_rules(cursor, plan, side, tables.get(side)) for side in SIDES}
        rows += scan(cursor, then, keys) if then else ()
        outcomes = {side: observed_rules(cursor, then, side) for side in SIDES} if then else {}
    groups = Groups.of(prepared.fields, request.grouping, [part.keys[GROUP] for part in rows])
    cubes = {side: by_reason(plan, side, rows, groups) for side in SIDES}
    return Evaluation(
        key=request.key,
        by_reason=cubes,
        by_group=cubes,
        transitions={side: transitions(plan, side, rows) for side in SIDES},
        rules={side: counted[side].rules for side in SIDES},
        outcomes=outcomes,
        overlaps={side: counted[side].overlap for side in SIDES},
        milliseconds=1000 * (perf_counter() - started),
    )


def _are_few(decision: Decision) -> bool:
    """Whether its rules are so few that the scan can tell their signatures apart along the way."""
    return len(decision.rules) <= _FEW_RULES
