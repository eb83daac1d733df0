"""The scan that sums every measure by both decisions and the group, and the cubes made of its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlglot import exp

from desktop_app.domain.columns import ColumnType
from desktop_app.domain.cubes import Axis, Cube, Sums
from desktop_app.domain.outcomes import OUTCOMES, Outcome
from desktop_app.domain.requests import SIDES, Side
from desktop_app.engine import expressions as sql
from desktop_app.engine.connection import Connection
from desktop_app.engine.measures import lone_user, measure_tree, stored_tree, untouched_tree
from desktop_app.engine.plan import Plan
from desktop_app.figures.measures import MEASURES

_GROUP = "~group"


@dataclass(frozen=True)
class Rows:
    """The rows of a scan: each side's slot, the group's label, and the sums by measure of the sides it is about."""

    slots: Mapping[Side, NDArray[np.int64]]
    groups: Sequence[str | None]
    sums: Mapping[Side, Mapping[str, Sums]]


def scan(cursor: Connection, plan: Plan, grouping: str | None) -> tuple[Rows, ...]:
    """Sum every measure by both slots and the group.

    First all accounts as if no limit moved, then the difference for those whose limit does, then the users with
    several accounts.
    """
    rows = [_scan_all(cursor, plan, grouping)]
    rows += [_scan_moved(cursor, plan, grouping, side) for side in SIDES if plan.decisions[side].can_move_limit]
    if plan.prepared.shared:
        rows.append(_scan_shared_users(cursor, plan, grouping))
    return tuple(rows)


def by_reason(plan: Plan, side: Side, rows: Sequence[Rows], labels: tuple[str | None, ...]) -> Cube:
    """One side's sums by outcome × reason × group; a reason is a rule's id, "" for none."""
    rules = tuple(rule.id for rule in plan.policies[side].rules)
    slots = plan.decisions[side].slots
    outcome = np.array([OUTCOMES.index(slot.outcome) for slot in slots])
    reason = np.array([0 if slot.rule is None else slot.rule + 1 for slot in slots])
    place = {label: number for number, label in enumerate(labels)}
    axes = (Axis("outcome", tuple(OUTCOMES)), Axis("reason", ("", *rules)), Axis("group", labels))
    keys = [
        (
            outcome[part.slots[side]],
            reason[part.slots[side]],
            np.array([place[group] for group in part.groups], dtype=int),
        )
        for part in rows
    ]
    return _cube(axes, keys, [part.sums.get(side, {}) for part in rows])


def transitions(plan: Plan, side: Side, rows: Sequence[Rows]) -> Cube:
    """The sums under one side's policy by the baseline's outcome × the scenario's."""
    codes = {each: np.array([OUTCOMES.index(slot.outcome) for slot in plan.decisions[each].slots]) for each in SIDES}
    axes = (Axis("baseline_outcome", tuple(OUTCOMES)), Axis("outcome", tuple(OUTCOMES)))
    keys = [tuple(codes[each][part.slots[each]] for each in SIDES) for part in rows]
    return _cube(axes, keys, [part.sums.get(side, {}) for part in rows])


def group_labels(plan: Plan, grouping: str | None, rows: Sequence[Rows]) -> tuple[str | None, ...]:
    """The groups in order, missing last: a category's whole domain, the codes that occur."""
    if grouping is None:
        return (None,)
    column = plan.prepared.fields.columns[grouping]
    match column.type:
        case ColumnType.BOOLEAN:
            return ("false", "true", None)
        case ColumnType.CATEGORY:
            return (*column.domain, None)
        case _:
            found = {int(group) for part in rows for group in part.groups if group is not None}
            return (*(str(code) for code in sorted(found)), None)


def _cube(
    axes: tuple[Axis, ...], keys: Sequence[tuple[NDArray[np.int64], ...]], sums: Sequence[Mapping[str, Sums]]
) -> Cube:
    shape = tuple(len(axis.labels) for axis in axes)
    totals = {measure: np.zeros(shape, dtype=np.int64) for measure in MEASURES}
    for places, part in zip(keys, sums, strict=True):
        for measure, values in part.items():
            np.add.at(totals[measure], places, values)
    return Cube(axes, totals)


def _scan_all(cursor: Connection, plan: Plan, grouping: str | None) -> Rows:
    """Every account; users with one account are counted along the way."""
    parts, stored = plan.prepared.parts, plan.prepared.stored
    texts = dict.fromkeys(text for part in parts for text in (part.open, part.blocked) if text is not None)
    trees = [(text, stored_tree(text, stored)) for text in texts]
    for side in SIDES:
        for part in parts:
            if not part.is_separable:
                tree = measure_tree(part.measure, plan.decisions[side])
                whole = lone_user(tree) if part.measure.per == "user" else tree
                trees.append((f"{side}.{part.measure.id}", whole))
    found = _fetch(cursor, plan, plan.accounts(), _group_tree(grouping), trees)
    return Rows(found.slots, found.groups, {side: _assembled(plan, side, found) for side in SIDES})


def _assembled(plan: Plan, side: Side, found: _Found) -> dict[str, Sums]:
    """Each measure from what it is in open and in blocked slots."""
    blocked = np.array([slot.outcome is Outcome.BLOCKED for slot in plan.decisions[side].slots])[found.slots[side]]
    sums: dict[str, Sums] = {}
    for part in plan.prepared.parts:
        if part.open is None or part.blocked is None:
            sums[part.measure.id] = found.sums[f"{side}.{part.measure.id}"]
        else:
            sums[part.measure.id] = np.where(blocked, found.sums[part.blocked], found.sums[part.open])
    return sums


def _scan_moved(cursor: Connection, plan: Plan, grouping: str | None, side: Side) -> Rows:
    """What the accounts whose limit moves under one side's policy add to `_scan_all`."""
    decision = plan.decisions[side]
    trees = []
    for part in plan.prepared.parts:
        if part.is_separable and part.open != part.measure.sql:
            counted = untouched_tree(part, decision, plan.prepared.stored)
            tree = measure_tree(part.measure, decision)
            whole = lone_user(tree) if part.measure.per == "user" else tree
            trees.append((part.measure.id, exp.paren(exp.Sub(this=whole, expression=counted))))
    moved = plan.accounts().where(decision.moves_limit(), copy=False)
    found = _fetch(cursor, plan, moved, _group_tree(grouping), trees)
    return Rows(found.slots, found.groups, {side: found.sums})


def _scan_shared_users(cursor: Connection, plan: Plan, grouping: str | None) -> Rows:
    """Users with several accounts by their own slots and group."""
    measures = [part.measure for part in plan.prepared.parts if part.measure.per == "user"]
    trees = [
        (f"{side}.{measure.id}", measure_tree(measure, plan.decisions[side])) for side in SIDES for measure in measures
    ]
    users = plan.shared_users({_GROUP: _group_tree(grouping)})
    found = _fetch(cursor, plan, users, sql.column(_GROUP), trees)
    sums = {side: {measure.id: found.sums[f"{side}.{measure.id}"] for measure in measures} for side in SIDES}
    return Rows(found.slots, found.groups, sums)


def _group_tree(grouping: str | None) -> exp.Expr:
    return sql.NULL.copy() if grouping is None else sql.column(grouping)


@dataclass(frozen=True)
class _Found:
    """A scan's rows as they came: sums by the names that were asked for."""

    slots: Mapping[Side, NDArray[np.int64]]
    groups: Sequence[str | None]
    sums: Mapping[str, Sums]


def _fetch(
    cursor: Connection, plan: Plan, source: exp.Select, group: exp.Expr, trees: Sequence[tuple[str, exp.Expr]]
) -> _Found:
    """Sums by both slots and the group; the group becomes text only after the sums, which need short keys."""
    keys = [exp.alias_(plan.decisions[side].column("slot"), f"slot{place}") for place, side in enumerate(SIDES)]
    # A literal is multiplied after; and numpy would receive the 128-bit sums as doubles.
    sums = [exp.alias_(_sum(tree), f"s{number}") for number, (_, tree) in enumerate(trees)]
    summed = sql.select_from(source, [*keys, exp.alias_(group, _GROUP, quoted=True), *sums])
    summed = summed.group_by(*(sql.whole(number) for number in (1, 2, 3)), copy=False)
    as_text = exp.alias_(sql.cast(sql.column(_GROUP), "varchar"), "grouped")
    found = cursor.execute(plan.text(sql.select_from(summed, [exp.Star(), as_text]))).fetchnumpy()
    groups = np.ma.asarray(found["grouped"])
    hidden = np.ma.getmaskarray(groups)
    return _Found(
        {side: np.asarray(found[f"slot{place}"], dtype=np.int64) for place, side in enumerate(SIDES)},
        [None if missing else str(label) for label, missing in zip(groups.data, hidden, strict=True)],
        {name: np.asarray(found[f"s{number}"], dtype=np.int64) for number, (name, _) in enumerate(trees)},
    )


def _sum(tree: exp.Expr) -> exp.Expr:
    bare = tree.unnest()
    if isinstance(bare, exp.Literal):
        return sql.times(exp.Count(this=exp.Star()), bare.copy())
    return sql.cast(exp.Sum(this=tree), "bigint")
