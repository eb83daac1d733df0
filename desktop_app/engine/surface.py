"""Two thresholds at once: one scan, after which sums are known wherever both stand.

As in the index, every account decides in one way while a comparison is false for it and in another once it is true;
with two there are four ways, and the account changes over along either axis at its own step. Differences of
differences, summed up along both axes, are the sums at every pair of positions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from desktop_app.domain.cubes import Sums
from desktop_app.domain.indexing import SurfaceRequest, SurfaceSums
from desktop_app.domain.outcomes import OUTCOMES
from desktop_app.domain.watch import Watch
from desktop_app.engine.connection import Connection, interruptible
from desktop_app.engine.plan import Plan
from desktop_app.engine.prepare import Prepared
from desktop_app.engine.proof import prove_sums_fit
from desktop_app.engine.scan import scan_accounts, scan_users
from desktop_app.engine.steps import Stepping
from desktop_app.engine.user_surfaces import NEXT_X, NEXT_Y, X, Y, user_surfaces

# Before any step; one that never comes is MISSING, which is before that.
_BEFORE = -1


def surface_sums(cursor: Connection, prepared: Prepared, request: SurfaceRequest, watch: Watch) -> SurfaceSums:
    """The answer to a SurfaceRequest; raises PolicyInvalid, BookUnusable or Cancelled."""
    started = perf_counter()
    policy = request.scenario.policy
    tables = [_reduced(table, request.measures) for table in (prepared, prepared.evidence) if table]
    plans = [Plan.switched(table, policy, request.x[0], request.y[0]) for table in tables if table.parts]
    prove_sums_fit(prepared.totals, [policy])
    x, y = (Stepping.of(prepared.fields, policy, *axis) for axis in (request.x, request.y))
    with interruptible(cursor, watch):
        changes = [change for plan in plans for change in _of_accounts(cursor, plan, x, y)]
        shared = [plan for plan in plans if plan.prepared.shared]
        changes += [change for plan in shared for change in _of_users(cursor, plan, x, y)]
    watch.check()
    wanted = [part.measure.id for table in tables for part in table.parts]
    sums = {measure: _accumulated(request, changes, measure) for measure in wanted}
    flipped = {measure: _turned(array, x.descending, y.descending) for measure, array in sums.items()}
    return SurfaceSums(request.key, request.x[1], request.y[1], flipped, 1000 * (perf_counter() - started))


def _reduced(table: Prepared, measures: Sequence[str]) -> Prepared:
    """The table as one of these measures alone."""
    return replace(table, parts=tuple(part for part in table.parts if part.measure.id in measures))


@dataclass(frozen=True)
class _Change:
    """What is added (sign 1) or taken away (sign −1) from a pair of steps on; all arrays have one entry a row."""

    sign: int
    x: NDArray[np.int64]
    y: NDArray[np.int64]
    outcome: NDArray[np.int64]
    sums: Mapping[str, Sums]


def _of_accounts(cursor: Connection, plan: Plan, x: Stepping, y: Stepping) -> list[_Change]:
    """Accounts: four decisions, each from where it begins to where the next takes over."""
    rows = scan_accounts(cursor, plan, {X: x.code, Y: y.code}, "outcome")
    at_x, at_y = (rows.keys[name] for name in (X, Y))
    before = np.full_like(at_x, _BEFORE)
    return [
        _Change(sign, from_x, from_y, rows.slots[side], rows.sums[side])
        for side, begins in (
            ("off-off", (before, before)),
            ("on-off", (at_x, before)),
            ("off-on", (before, at_y)),
            ("on-on", (at_x, at_y)),
        )
        for sign, from_x, from_y in _corners(begins, (at_x, at_y), side)
    ]


def _corners(
    begins: tuple[NDArray[np.int64], NDArray[np.int64]], steps: tuple[NDArray[np.int64], NDArray[np.int64]], side: str
) -> list[tuple[int, NDArray[np.int64], NDArray[np.int64]]]:
    """Where a decision begins, and where it ends because the account changes over along an axis."""
    ends_x, ends_y = (state == "off" for state in side.split("-"))
    found = [(1, *begins)]
    if ends_x:
        found.append((-1, steps[0], begins[1]))
    if ends_y:
        found.append((-1, begins[0], steps[1]))
    if ends_x and ends_y:
        found.append((1, *steps))
    return found


def _of_users(cursor: Connection, plan: Plan, x: Stepping, y: Stepping) -> list[_Change]:
    """Users with several accounts: each state over the rectangle of steps where it holds."""
    names = (X, Y, NEXT_X, NEXT_Y)
    rows = scan_users(cursor, plan, user_surfaces(plan, x.code, y.code), "on-on", names, by="outcome")
    at_x, at_y, next_x, next_y = (rows.keys[name] for name in names)
    outcome, sums = rows.slots["on-on"], rows.sums["on-on"]
    corners = ((1, at_x, at_y), (-1, next_x, at_y), (-1, at_x, next_y), (1, next_x, next_y))
    return [_Change(sign, from_x, from_y, outcome, sums) for sign, from_x, from_y in corners]


def _accumulated(request: SurfaceRequest, changes: list[_Change], measure: str) -> Sums:
    """One measure by position of x, position of y and outcome, both axes in the order of their codes."""
    width, height = request.x[1].count, request.y[1].count
    # One row and column before all steps, and one for what never comes.
    steps = np.zeros((width + 2, height + 2, len(OUTCOMES)), dtype=np.int64)
    for change in changes:
        values = change.sums.get(measure)
        if values is not None:
            begun = (change.x >= _BEFORE) & (change.y >= _BEFORE)
            places = (change.x[begun] + 1, change.y[begun] + 1, change.outcome[begun])
            np.add.at(steps, places, change.sign * values[begun])
    along = np.cumsum(steps[: width + 1], axis=0, dtype=np.int64)[1:]
    return np.cumsum(along[:, : height + 1], axis=1, dtype=np.int64)[:, 1:]


def _turned(array: Sums, x: bool, y: bool) -> Sums:
    """The axes as the positions run."""
    return np.ascontiguousarray(array[:: -1 if x else 1, :: -1 if y else 1])
