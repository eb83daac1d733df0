"""The scan: every measure summed, in one pass over the book, by each side's slot and by any further keys.

A pass over all accounts counts them as if no limit moved, from columns that are stored for it, and adds the
difference where one does. Users with several accounts follow apart, as one row each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray
from sqlglot import exp

from desktop_app.domain.cubes import Sums
from desktop_app.domain.outcomes import OUTCOMES, Outcome
from desktop_app.engine import expressions as sql
from desktop_app.engine.connection import Connection
from desktop_app.engine.decide import Decision
from desktop_app.engine.measures import Parts, lone_user, measure_tree, stored_tree, untouched_tree
from desktop_app.engine.plan import Plan

# One named column of a query that sums.
_Named = tuple[str, exp.Expr]

# By what each side's decision is told apart: its slot, or only its outcome, which is fewer rows.
By: TypeAlias = Literal["slot", "outcome"]


@dataclass(frozen=True)
class Rows:
    """The rows of a scan.

    Attributes: slots has each side's slot, or outcome; keys the further keys as text; sums the measures of each side.
    """

    slots: Mapping[str, NDArray[np.int64]]
    keys: Mapping[str, list[str | None]]
    sums: Mapping[str, Mapping[str, Sums]]


def scan(cursor: Connection, plan: Plan, keys: Mapping[str, exp.Expr]) -> tuple[Rows, ...]:
    """Sum every measure of the prepared table by all sides' slots and the keys, which come back as text."""
    rows = [scan_accounts(cursor, plan, keys)]
    if plan.prepared.shared:
        rows.append(_scan_shared_users(cursor, plan, keys))
    return tuple(rows)


def scan_accounts(cursor: Connection, plan: Plan, keys: Mapping[str, exp.Expr], by: By = "slot") -> Rows:
    """Every account; users with one account are counted along the way, the others not at all."""
    parts, stored = plan.prepared.parts, plan.prepared.stored
    texts = dict.fromkeys(text for part in parts for text in (part.open, part.blocked) if text is not None)
    trees = [(text, stored_tree(text, stored)) for text in texts]
    for side, decision in plan.decisions.items():
        trees += [(f"{side}.{part.measure.id}", tree) for part in parts if (tree := _own_sum(plan, part, decision))]
    columns = {side: decision.column(by) for side, decision in plan.decisions.items()}
    found = _fetch(cursor, plan, plan.accounts(), slots=columns, keys=keys, trees=trees)
    sums = {side: _assembled(plan, side, found, _blocked(plan, side, found, by)) for side in plan.decisions}
    return Rows(found.slots, found.keys, sums)


def _blocked(plan: Plan, side: str, found: _Found, by: By) -> NDArray[np.bool_]:
    """Which rows are blocked."""
    if by == "outcome":
        return np.asarray(found.slots[side] == OUTCOMES.index(Outcome.BLOCKED), dtype=np.bool_)
    of_slot = np.array([slot.outcome is Outcome.BLOCKED for slot in plan.decisions[side].slots])
    return np.asarray(of_slot[found.slots[side]])


def _own_sum(plan: Plan, part: Parts, decision: Decision) -> exp.Expr | None:
    """What a measure adds under one decision alone; None where the stored columns say all.

    The whole measure where it asks for the outcome; else what it differs by where the limit moves.
    """
    if part.is_separable and not (part.follows_limit and decision.can_move_limit):
        return None
    tree = measure_tree(part.measure, decision)
    whole = lone_user(tree) if part.measure.per == "user" else tree
    if not part.is_separable:
        return whole
    counted = untouched_tree(part, decision, plan.prepared.stored)
    return sql.choose([(decision.moves_limit(), sql.minus(whole, counted))], sql.whole(0))


def _assembled(plan: Plan, side: str, found: _Found, blocked: NDArray[np.bool_]) -> dict[str, Sums]:
    """Each measure from what it is in open and in blocked slots, and from what moved limits add."""
    sums: dict[str, Sums] = {}
    for part in plan.prepared.parts:
        own = found.sums.get(f"{side}.{part.measure.id}")
        if part.open is not None and part.blocked is not None:
            still = np.where(blocked, found.sums[part.blocked], found.sums[part.open])
            sums[part.measure.id] = still if own is None else still + own
        elif own is not None:
            sums[part.measure.id] = own
    return sums


def scan_users(
    cursor: Connection, plan: Plan, users: exp.Select, side: str, keys: Sequence[str], *, by: By = "slot"
) -> Rows:
    """Rows of users by one side's slot, or outcome, and some of their columns."""
    decision = plan.decisions[side]
    measures = [part.measure for part in plan.prepared.parts if part.measure.per == "user"]
    trees = [(measure.id, measure_tree(measure, decision)) for measure in measures]
    names = {name: sql.column(name) for name in keys}
    found = _fetch(cursor, plan, users, slots={side: decision.column(by)}, keys=names, trees=trees)
    return Rows(found.slots, found.keys, {side: found.sums})


def _scan_shared_users(cursor: Connection, plan: Plan, keys: Mapping[str, exp.Expr]) -> Rows:
    """Users with several accounts by their own slots, and the keys of their first account."""
    measures = [part.measure for part in plan.prepared.parts if part.measure.per == "user"]
    trees = [
        (f"{side}.{measure.id}", measure_tree(measure, decision))
        for side, decision in plan.decisions.items()
        for measure in measures
    ]
    users, names = plan.shared_users(keys), {name: sql.column(name) for name in keys}
    slots = {side: decision.column("slot") for side, decision in plan.decisions.items()}
    found = _fetch(cursor, plan, users, slots=slots, keys=names, trees=trees)
    sums = {side: {measure.id: found.sums[f"{side}.{measure.id}"] for measure in measures} for side in plan.decisions}
    return Rows(found.slots, found.keys, sums)


@dataclass(frozen=True)
class _Found:
    """A scan's rows as they came: sums by the names that were asked for."""

    slots: Mapping[str, NDArray[np.int64]]
    keys: Mapping[str, list[str | None]]
    sums: Mapping[str, Sums]


def _fetch(
    cursor: Connection,
    plan: Plan,
    source: exp.Select,
    *,
    slots: Mapping[str, exp.Expr],
    keys: Mapping[str, exp.Expr],
    trees: Sequence[_Named],
) -> _Found:
    """Sums by the sides' slots and the keys, which become text only after the sums: those need short keys."""
    names = [f"slot{place}" for place in range(len(slots))]
    columns = [sql.named(slot, name) for name, slot in zip(names, slots.values(), strict=True)]
    columns += [sql.named(tree, name) for name, tree in keys.items()]
    grouped = [sql.whole(number + 1) for number in range(len(columns))]
    columns += [sql.named(sql.summed(tree), f"s{number}") for number, (_, tree) in enumerate(trees)]
    inner = sql.select_from(source, columns).group_by(*grouped, copy=False)
    texts = [sql.named(sql.cast(sql.column(name), "varchar"), f"{name}.text") for name in keys]
    found = cursor.execute(plan.text(sql.select_from(inner, [exp.Star(), *texts]))).fetchnumpy()
    return _Found(
        {side: np.asarray(found[name], dtype=np.int64) for side, name in zip(slots, names, strict=True)},
        {name: _labels(found[f"{name}.text"]) for name in keys},
        {name: np.asarray(found[f"s{number}"], dtype=np.int64) for number, (name, _) in enumerate(trees)},
    )


def _labels(found: object) -> list[str | None]:
    masked: np.ma.MaskedArray[Any, Any] = np.ma.asarray(found)
    hidden = np.ma.getmaskarray(masked)
    return [None if missing else str(label) for label, missing in zip(masked.data, hidden, strict=True)]
