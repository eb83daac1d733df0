"""Variants of one policy by one scan: as many decisions as there are variants, what they share computed once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from time import perf_counter

import numpy as np

from desktop_app.domain.cubes import Sums
from desktop_app.domain.outcomes import OUTCOMES
from desktop_app.domain.variants import Variant, Variants, VariantsRequest
from desktop_app.domain.watch import Watch
from desktop_app.engine.connection import Connection, interruptible
from desktop_app.engine.cubes import GROUP, Groups, by_reason, group_key
from desktop_app.engine.decide import Decision
from desktop_app.engine.index import BIN, bin_of
from desktop_app.engine.plan import Plan
from desktop_app.engine.prepare import Prepared
from desktop_app.engine.proof import prove_sums_fit
from desktop_app.engine.scan import MISSING, Rows, scan

_USERS = "users"


def variants(cursor: Connection, prepared: Prepared, request: VariantsRequest, watch: Watch) -> Variants:
    """The answer to a VariantsRequest; raises PolicyInvalid, BookUnusable or Cancelled."""
    started = perf_counter()
    plan = _plan(prepared, request)
    prove_sums_fit(prepared.totals, request.policies)
    keys = group_key(prepared.fields, request.grouping)
    with interruptible(cursor, watch):
        rows = list(scan(cursor, plan, keys))
        if prepared.evidence:
            watch.check()
            rows += scan(cursor, _plan(prepared.evidence, request), keys)
        watch.check()
        binned = scan(cursor, _plan(_only_users(prepared), request), {BIN: bin_of(request.field, request.bins)})
    groups = Groups.of(prepared.fields, request.grouping, [part.keys[GROUP] for part in rows])
    found = {}
    for side, name in zip(plan.decisions, request.names, strict=True):
        cube = by_reason(plan, side, rows, groups)
        bins = None if request.bins is None else _by_bin(plan, side, binned, request.bins.count)
        found[name] = Variant(cube.onto("outcome", "reason"), cube.onto("outcome", "group"), bins)
    return Variants(request.key, found, 1000 * (perf_counter() - started))


def _plan(prepared: Prepared, request: VariantsRequest) -> Plan:
    policies = {f"variant{number}": policy for number, policy in enumerate(request.policies)}
    decisions = {side: Decision(policy, prepared.fields, side) for side, policy in policies.items()}
    return Plan(prepared, policies, decisions)


def _only_users(prepared: Prepared) -> Prepared:
    return replace(prepared, parts=tuple(part for part in prepared.parts if part.measure.id == _USERS))


def _by_bin(plan: Plan, side: str, rows: Sequence[Rows], count: int) -> Sums:
    """Users by outcome and bin, the missing in the last."""
    outcome = np.array([OUTCOMES.index(slot.outcome) for slot in plan.decisions[side].slots])
    found = np.zeros((len(OUTCOMES), count + 1), dtype=np.int64)
    for part in rows:
        places = np.where(part.keys[BIN] == MISSING, count, part.keys[BIN])
        np.add.at(found, (outcome[part.slots[side]], places), part.sums[side][_USERS])
    return found
