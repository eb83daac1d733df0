"""The what-if index of an action's size: one scan in which the accounts that the rule hits try every size at once.

A limit is rounded, so its sums along the size are no running sums of anything: each account that the rule hits is
decided at each size. All others are counted once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from time import perf_counter

import numpy as np

from desktop_app.domain.actions import Cut, Raise
from desktop_app.domain.handles import SizeHandle, value_of, with_value
from desktop_app.domain.indexing import IndexRequest, IndexSums
from desktop_app.domain.policy import Policy, Rule
from desktop_app.domain.watch import Watch
from desktop_app.engine import expressions as sql
from desktop_app.engine.connection import Connection, interruptible
from desktop_app.engine.cubes import GROUP, group_key
from desktop_app.engine.decide import SIZE, Decision
from desktop_app.engine.firing import RuleColumns
from desktop_app.engine.index import Accumulated, Change
from desktop_app.engine.plan import Plan
from desktop_app.engine.prepare import Prepared
from desktop_app.engine.proof import prove_sums_fit
from desktop_app.engine.scan import MISSING, Rows, scan
from desktop_app.engine.schema import own
from desktop_app.engine.targets import size_units
from desktop_app.engine.user_states import BEFORE

_SIDE = "scenario"
_PLACE = own("size_place")


def size_sums(cursor: Connection, prepared: Prepared, request: IndexRequest, watch: Watch) -> IndexSums:
    """The answer to an IndexRequest for a SizeHandle; raises PolicyInvalid, BookUnusable or Cancelled."""
    started = perf_counter()
    handle = request.handle
    if not isinstance(handle, SizeHandle):
        raise TypeError(handle)
    policy = request.scenario.policy
    largest = with_value(request.scenario, handle, request.positions.value(request.positions.count - 1)).policy
    prove_sums_fit(prepared.totals, [policy, largest])
    changes: list[Change] = []
    tables = [prepared, prepared.evidence] if prepared.evidence else [prepared]
    plans = [Plan(table, {_SIDE: policy}, {_SIDE: Decision(policy, table.fields, _SIDE)}) for table in tables]
    with interruptible(cursor, watch):
        for plan in plans:
            changes += _changes(cursor, plan, request, handle)
            watch.check()
    return Accumulated(plans[0], request, changes).sums(1000 * (perf_counter() - started))


def _changes(cursor: Connection, plan: Plan, request: IndexRequest, handle: SizeHandle) -> list[Change]:
    """One date's accounts at the present size, and the difference that each size makes."""
    keys = group_key(plan.prepared.fields, request.grouping)
    hit = next((columns for columns in plan.decisions[_SIDE].rules if columns.rule.id == handle.rule), None)
    changes = [_from(1, rows, BEFORE) for rows in scan(cursor, plan, keys)]
    if hit is not None:
        with _hit_accounts(cursor, plan, hit) as those:
            tried = _tried(those, request, hit.rule)
            changes += _of_sizes(scan(cursor, tried, {**keys, _PLACE: sql.column(_PLACE)}), request, handle)
    return changes


def _of_sizes(rows: tuple[Rows, ...], request: IndexRequest, handle: SizeHandle) -> Iterator[Change]:
    """The hit accounts at the present size taken out, and at each size put in."""
    now = request.positions.place(value_of(request.scenario, handle))
    present = request.positions.count if now is None else now
    for part in rows:
        places = part.keys[_PLACE]
        yield _picked(_from(-1, part, BEFORE), places == present)
        tried = places < request.positions.count
        yield _picked(replace(_from(1, part, BEFORE), code=places), tried)
        yield _picked(replace(_from(-1, part, BEFORE), code=places + 1), tried)


def _from(sign: int, rows: Rows, step: int) -> Change:
    slot = rows.slots[_SIDE]
    return Change(sign, np.full_like(slot, step), slot, rows.keys[GROUP], np.full_like(slot, MISSING), rows.sums[_SIDE])


def _picked(change: Change, rows: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Change:
    """Some rows of a change."""
    chosen = np.flatnonzero(rows)
    return Change(
        change.sign,
        change.code[chosen],
        change.slot[chosen],
        change.group[chosen],
        change.bin[chosen],
        {measure: values[chosen] for measure, values in change.sums.items()},
    )


@contextmanager
def _hit_accounts(cursor: Connection, plan: Plan, hit: RuleColumns) -> Iterator[Prepared]:
    """The prepared rows that the rule hits, and all accounts of users with several of which it hits one."""
    prepared = plan.prepared
    table = f'{prepared.table[:-1]}_hit"'
    shared = f'{prepared.table[:-1]}_hit_shared"' if prepared.shared else None
    fires = plan.decisions[_SIDE].column(hit.own)
    columns = [row[0] for row in cursor.execute(f"DESCRIBE {prepared.table}").fetchall()]
    try:
        rows = sql.select_from(plan.accounts().where(fires), [sql.column(name) for name in columns])
        cursor.execute(f"CREATE OR REPLACE TABLE {table} AS {plan.text(rows)}")
        if shared is not None:
            users = sql.select_from(plan.shared_accounts().where(fires.copy()), [sql.column(own("user"))])
            known = f'"{own("user")}" IN ({plan.text(users)})'
            cursor.execute(f"CREATE OR REPLACE TABLE {shared} AS SELECT * FROM {prepared.shared} WHERE {known}")
        yield replace(prepared, table=table, shared=shared)
    finally:
        for name in (table, shared):
            if name is not None:
                cursor.execute(f"DROP TABLE IF EXISTS {name}")


def _tried(prepared: Prepared, request: IndexRequest, rule: Rule) -> Plan:
    """The policy over those rows, each as often as there are sizes; the present size last where it is none of them."""
    places = f"(VALUES {', '.join(_sizes(request, rule))}) AS sizes({_PLACE!r}, {SIZE!r})".replace("'", '"')
    table = f"(SELECT * FROM {prepared.table}, {places})"
    shared = None
    if prepared.shared:
        # A user is one at each size.
        user = f'"{own("user")}"'
        number = f'CAST({user} AS BIGINT) * {request.positions.count + 1} + "{_PLACE}" AS {user}'
        shared = f"(SELECT * EXCLUDE ({user}), {number} FROM {prepared.shared}, {places})"
    policy: Mapping[str, Policy] = {_SIDE: request.scenario.policy}
    decision = Decision(policy[_SIDE], prepared.fields, _SIDE, sized=rule.id)
    return Plan(replace(prepared, table=table, shared=shared), policy, {_SIDE: decision})


def _sizes(request: IndexRequest, rule: Rule) -> Iterator[str]:
    """Place and size of every position, and of where the size is now."""
    action, positions = rule.action, request.positions
    if not isinstance(action, Cut | Raise):
        raise TypeError(action)
    sizes = [positions.value(place) for place in range(positions.count)]
    for place, size in enumerate([*sizes, value_of(request.scenario, request.handle)]):
        yield f"({place}, CAST({size_units(action.target, size)} AS BIGINT))"
