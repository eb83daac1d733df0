"""Answers to requests: a whole evaluation, or a histogram; each by scans of the prepared table."""

from __future__ import annotations

from time import perf_counter

from desktop_app.domain.policy import Policy
from desktop_app.domain.requests import SIDES, EvaluateRequest, Evaluation, Side
from desktop_app.domain.watch import Watch
from desktop_app.engine.connection import Connection, interruptible
from desktop_app.engine.cubes import GROUP, Groups, by_reason, group_key, transitions
from desktop_app.engine.filtered_plan import plan_for
from desktop_app.engine.observed_rules import observed_rules
from desktop_app.engine.prepare import Prepared
from desktop_app.engine.proof import prove_sums_fit
from desktop_app.engine.rule_counts import count_rules
from desktop_app.engine.scan import scan


def evaluate(cursor: Connection, prepared: Prepared, request: EvaluateRequest, watch: Watch) -> Evaluation:
    """Everything an EvaluateRequest asks for; raises PolicyInvalid, BookUnusable or Cancelled."""
    started = perf_counter()
    policies: dict[Side, Policy] = {"baseline": request.baseline.policy, "scenario": request.scenario.policy}
    plan = plan_for(prepared, policies, request.chosen)
    then = plan_for(prepared.evidence, policies, request.chosen) if prepared.evidence else None
    prove_sums_fit(prepared.totals, policies.values())
    with interruptible(cursor, watch):
        keys = group_key(prepared.fields, request.grouping)
        rows = (*scan(cursor, plan, keys), *(scan(cursor, then, keys) if then else ()))
        counted = {side: count_rules(cursor, plan, side) for side in SIDES}
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
