"""Every measure by what a scenario does to the undrawn amounts of the baseline."""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter

import numpy as np
from sqlglot import exp

from desktop_app.domain.cubes import Axis, Cube, Sums
from desktop_app.domain.movements import Movement, Movements, MovementsRequest
from desktop_app.domain.outcomes import OUTCOMES, Outcome
from desktop_app.domain.sides import SIDES, Side
from desktop_app.domain.watch import Watch
from desktop_app.engine import expressions as sql
from desktop_app.engine.connection import Connection, interruptible
from desktop_app.engine.filtered_plan import plan_for
from desktop_app.engine.plan import Plan
from desktop_app.engine.prepare import Prepared
from desktop_app.engine.proof import prove_sums_fit
from desktop_app.engine.scan import Rows, scan_accounts, scan_users

_MOVEMENT = "~movement"
_MOVEMENTS = tuple(Movement)


def movements(cursor: Connection, prepared: Prepared, request: MovementsRequest, watch: Watch) -> Movements:
    """The answer to a MovementsRequest; raises PolicyInvalid, BookUnusable or Cancelled."""
    started = perf_counter()
    policies = {"baseline": request.baseline.policy, "scenario": request.scenario.policy}
    plan = plan_for(prepared, {side: policies[side] for side in SIDES}, request.chosen)
    prove_sums_fit(prepared.totals, policies.values())
    with interruptible(cursor, watch):
        accounts = scan_accounts(cursor, plan, {_MOVEMENT: _movement(plan, "undrawn")}, "outcome")
        users = {side: _users(cursor, plan, side) for side in SIDES} if prepared.shared else {}
    cubes = {side: _cube(prepared, [accounts, *([users[side]] if users else [])], side) for side in SIDES}
    return Movements(request.key, cubes, 1000 * (perf_counter() - started))


def _movement(plan: Plan, undrawn: str) -> exp.Expr:
    """The place of the movement, over a row with that column of either policy."""
    before, after = (plan.decisions[side].column(undrawn) for side in SIDES)
    referred = sql.whole(OUTCOMES.index(Outcome.REFERRED))
    reviewed = sql.either(
        exp.EQ(this=plan.decisions[side].column("outcome"), expression=referred.copy()) for side in SIDES
    )
    cases = [
        (reviewed, Movement.REFERRED),
        (exp.LT(this=after, expression=before), Movement.TIGHTENED),
        (exp.GT(this=after.copy(), expression=before.copy()), Movement.LOOSENED),
    ]
    same = sql.whole(_MOVEMENTS.index(Movement.SAME))
    place = sql.choose([(test, sql.whole(_MOVEMENTS.index(found))) for test, found in cases], same)
    return sql.cast(sql.bracketed(place), "utinyint")


def _users(cursor: Connection, plan: Plan, side: Side) -> Rows:
    """Users with several accounts, by what becomes of all of them together."""
    moved = sql.named(_movement(plan, "user_undrawn"), _MOVEMENT)
    users = sql.select_from(plan.shared_users({}), [exp.Star(), moved], "moved")
    return scan_users(cursor, plan, users, side, (_MOVEMENT,), by="outcome")


def _cube(prepared: Prepared, parts: Sequence[Rows], side: Side) -> Cube:
    shape = (len(_MOVEMENTS), len(OUTCOMES))
    sums: dict[str, Sums] = {part.measure.id: np.zeros(shape, dtype=np.int64) for part in prepared.parts}
    for rows in parts:
        places = np.array([int(label or 0) for label in rows.keys[_MOVEMENT]], dtype=np.int64)
        for name, values in rows.sums[side].items():
            np.add.at(sums[name], (places, rows.slots[side]), values)
    return Cube((Axis("movement", _MOVEMENTS), Axis("outcome", tuple(OUTCOMES))), sums)
