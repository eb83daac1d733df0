"""The what-if index: one scan, after which every sum is known wherever one threshold stands.

Every account decides in one way while the comparison that is dragged is false for it and in another once it is true.
The scan counts both ways by the step at which the account changes over; summed up along the steps, they give the sums
at every position, digit for digit as a scan there would.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from sqlglot import exp

from desktop_app.domain.cubes import Sums
from desktop_app.domain.handles import SizeHandle
from desktop_app.domain.indexing import Bins, IndexRequest, IndexSums
from desktop_app.domain.outcomes import OUTCOMES
from desktop_app.domain.watch import Watch
from desktop_app.engine import expressions as sql
from desktop_app.engine.connection import Connection, interruptible
from desktop_app.engine.cubes import GROUP, Groups, group_key
from desktop_app.engine.plan import Plan
from desktop_app.engine.prepare import Prepared
from desktop_app.engine.proof import prove_sums_fit
from desktop_app.engine.scan import MISSING, scan_accounts, scan_users
from desktop_app.engine.steps import Stepping
from desktop_app.engine.user_states import BEFORE, CODE, NEXT, user_states

BIN = "~bin"


def index_sums(cursor: Connection, prepared: Prepared, request: IndexRequest, watch: Watch) -> IndexSums:
    """The answer to an IndexRequest; raises PolicyInvalid, BookUnusable or Cancelled."""
    started = perf_counter()
    policy, handle = request.scenario.policy, request.handle
    if isinstance(handle, SizeHandle):
        raise TypeError(handle)
    plan = Plan.switched(prepared, policy, handle)
    prove_sums_fit(prepared.totals, [policy])
    stepping = Stepping.of(prepared.fields, policy, handle, request.positions)
    group = group_key(prepared.fields, request.grouping)
    plans = [(plan, {**group, BIN: bin_of(request.field, request.bins)})]
    if prepared.evidence:
        # The bars are of the as-of date.
        plans.append((Plan.switched(prepared.evidence, policy, handle), {**group, BIN: sql.NULL.copy()}))
    with interruptible(cursor, watch):
        changes = [_of_accounts(cursor, each, {**keys, CODE: stepping.code}) for each, keys in plans]
        changes += [_of_users(cursor, each, stepping.code, keys) for each, keys in plans if each.prepared.shared]
    watch.check()
    found = [part for parts in changes for part in parts]
    return Accumulated(plan, request, found, descending=stepping.descending).sums(1000 * (perf_counter() - started))


@dataclass(frozen=True)
class Change:
    """What is added (sign 1) or taken away (sign −1) from a step on; all arrays have one entry a row.

    Attributes: code is the step, −1 for what holds before all; one without a further step is left out.
    """

    sign: int
    code: NDArray[np.int64]
    slot: NDArray[np.int64]
    group: NDArray[np.int64]
    bin: NDArray[np.int64]
    sums: Mapping[str, Sums]


def bin_of(name: str | None, bins: Bins | None) -> exp.Expr:
    """The bin of a histogram's field; NULL for a missing value, and for everyone where there is no histogram."""
    if bins is None or name is None:
        return sql.NULL.copy()
    field = sql.column(name)
    offset = sql.minus(sql.cast(field, "bigint"), sql.whole(bins.low))
    place = sql.least(sql.over(offset, sql.whole(bins.width)), sql.whole(bins.count - 1))
    # LEAST skips NULLs.
    known = sql.choose([(sql.is_null(field.copy()), sql.NULL.copy())], place)
    return sql.cast(sql.bracketed(known), "usmallint")


def _of_accounts(cursor: Connection, plan: Plan, keys: Mapping[str, exp.Expr]) -> list[Change]:
    """Accounts: decided "off" before all steps, and from their own step on "on"."""
    rows = scan_accounts(cursor, plan, keys)
    code = rows.keys[CODE]
    before = np.full_like(code, BEFORE)
    group, places = rows.keys[GROUP], rows.keys[BIN]
    off, on = (rows.slots[side] for side in ("off", "on"))
    return [
        Change(1, before, off, group, places, rows.sums["off"]),
        Change(-1, code, off, group, places, rows.sums["off"]),
        Change(1, code, on, group, places, rows.sums["on"]),
    ]


def _of_users(cursor: Connection, plan: Plan, code: exp.Expr, keys: Mapping[str, exp.Expr]) -> list[Change]:
    """Users with several accounts: each state from its step to the next."""
    states = user_states(plan, code, keys)
    rows = scan_users(cursor, plan, states, "on", (CODE, NEXT, *keys))
    slot, sums = rows.slots["on"], rows.sums["on"]
    begins, ends = rows.keys[CODE], rows.keys[NEXT]
    group, places = rows.keys[GROUP], rows.keys[BIN]
    return [Change(1, begins, slot, group, places, sums), Change(-1, ends, slot, group, places, sums)]


class Accumulated:
    """Changes by step, added up along the positions."""

    def __init__(
        self, plan: Plan, request: IndexRequest, changes: Sequence[Change], *, descending: bool = False
    ) -> None:
        self._request = request
        self._descending = descending
        self._changes = changes
        slots = next(iter(plan.decisions.values())).slots
        self._outcome = np.array([OUTCOMES.index(slot.outcome) for slot in slots])
        self._reason = np.array([0 if slot.rule is None else slot.rule + 1 for slot in slots])
        self._reasons = ("", *(rule.id for rule in request.scenario.policy.rules))
        found = [change.group for change in changes]
        self._groups = Groups.of(plan.prepared.fields, request.grouping, found)

    def sums(self, milliseconds: float) -> IndexSums:
        """The arrays of an IndexSums."""
        request = self._request
        groups = [self._groups.places(change.group) for change in self._changes]
        reasons = [self._reason[change.slot] for change in self._changes]
        measures = dict.fromkeys(name for change in self._changes for name in change.sums)
        return IndexSums(
            key=request.key,
            positions=request.positions,
            reasons=self._reasons,
            groups=self._groups.labels,
            by_reason={name: self._along(name, reasons, len(self._reasons)) for name in measures},
            by_group={name: self._along(name, groups, len(self._groups.labels)) for name in measures},
            users_by_bin=None
            if request.bins is None
            else self._along("users", self._bins(request.bins.count), request.bins.count + 1),
            milliseconds=milliseconds,
        )

    def _bins(self, count: int) -> list[NDArray[np.int64]]:
        """The place of each row's bin, the last for a missing value."""
        return [np.where(change.bin == MISSING, count, change.bin) for change in self._changes]

    def _along(self, measure: str, labels: list[NDArray[np.int64]], size: int) -> Sums:
        """One measure by position, outcome and label."""
        count = self._request.positions.count
        # One row before all steps, one a position, and one for what never comes.
        steps = np.zeros((count + 2, len(OUTCOMES), size), dtype=np.int64)
        for change, label in zip(self._changes, labels, strict=True):
            values = change.sums.get(measure)
            if values is not None:
                begun = change.code >= BEFORE
                places = (change.code[begun] + 1, self._outcome[change.slot[begun]], label[begun])
                np.add.at(steps, places, change.sign * values[begun])
        reached = np.cumsum(steps[: count + 1], axis=0, dtype=np.int64)[1:]
        return np.ascontiguousarray(reached[::-1]) if self._descending else reached
