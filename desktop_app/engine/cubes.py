"""The scan that sums every measure by both decisions and the group, and the cubes made of its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlglot import exp

from desktop_app.domain.columns import ColumnType
from desktop_app.domain.cubes import Axis, Cube, Sums
from desktop_app.domain.outcomes import OUTCOMES
from desktop_app.domain.requests import SIDES, Side
from desktop_app.engine import expressions as sql
from desktop_app.engine.connection import Connection
from desktop_app.engine.plan import Plan, measure_tree
from desktop_app.engine.prepare import own
from desktop_app.figures.measures import MEASURES
from desktop_app.figures.types import Measure

_GROUP = "~group"


@dataclass(frozen=True)
class Rows:
    """The rows of a scan: each side's slot, the group's label, and each side's sums by measure."""

    slots: Mapping[Side, NDArray[np.int64]]
    groups: Sequence[str | None]
    sums: Mapping[Side, Mapping[str, Sums]]


def scan(cursor: Connection, plan: Plan, grouping: str | None) -> tuple[Rows, ...]:
    """Sum every measure by both slots and the group: the accounts, then the users with several accounts."""
    rows = [_fetch(cursor, _account_query(plan, grouping), MEASURES.values())]
    if plan.prepared.shared_users:
        rows.append(_fetch(cursor, _shared_user_query(plan, grouping), _per_user()))
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
    return _cube(axes, keys, [part.sums[side] for part in rows])


def transitions(plan: Plan, side: Side, rows: Sequence[Rows]) -> Cube:
    """The sums under one side's policy by the baseline's outcome × the scenario's."""
    codes = {each: np.array([OUTCOMES.index(slot.outcome) for slot in plan.decisions[each].slots]) for each in SIDES}
    axes = (Axis("baseline_outcome", tuple(OUTCOMES)), Axis("outcome", tuple(OUTCOMES)))
    keys = [tuple(codes[each][part.slots[each]] for each in SIDES) for part in rows]
    return _cube(axes, keys, [part.sums[side] for part in rows])


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


def _per_user() -> list[Measure]:
    return [measure for measure in MEASURES.values() if measure.per == "user"]


def _group_tree(grouping: str | None) -> exp.Expr:
    return sql.NULL.copy() if grouping is None else sql.column(grouping)


def _account_query(plan: Plan, grouping: str | None) -> exp.Select:
    """Accounts by key; users with one account are counted along the way."""
    lone = exp.EQ(this=sql.column(own("user_accounts")), expression=sql.whole(1))
    trees = []
    for side in SIDES:
        for measure in MEASURES.values():
            tree = measure_tree(measure, plan.decisions[side])
            if measure.per == "user":
                tree = exp.paren(sql.choose([(lone.copy(), tree)], sql.whole(0)))
            trees.append((f"{side}.{measure.id}", tree))
    return _grouped(plan, plan.accounts(), _group_tree(grouping), trees)


def _shared_user_query(plan: Plan, grouping: str | None) -> exp.Select:
    """Users with several accounts by key."""
    trees = [
        (f"{side}.{measure.id}", measure_tree(measure, plan.decisions[side]))
        for side in SIDES
        for measure in _per_user()
    ]
    users = plan.shared_users({_GROUP: _group_tree(grouping)})
    return _grouped(plan, users, sql.column(_GROUP), trees)


def _grouped(plan: Plan, source: exp.Select, group: exp.Expr, trees: Iterable[tuple[str, exp.Expr]]) -> exp.Select:
    """Sums by both slots and the group; the group becomes text only after the sums, which need short keys."""
    keys = [exp.alias_(plan.decisions[side].column("slot"), f"{side}.slot", quoted=True) for side in SIDES]
    # numpy would receive the 128-bit sums as doubles.
    sums = [exp.alias_(sql.cast(exp.Sum(this=tree), "bigint"), name, quoted=True) for name, tree in trees]
    summed = sql.select_from(source, [*keys, exp.alias_(group, _GROUP, quoted=True), *sums])
    summed = summed.group_by(*(sql.whole(number) for number in (1, 2, 3)), copy=False)
    as_text = exp.alias_(sql.cast(sql.column(_GROUP), "varchar"), "group", quoted=True)
    return sql.select_from(summed, [exp.Star(), as_text])


def _fetch(cursor: Connection, query: exp.Select, measures: Iterable[Measure]) -> Rows:
    found = cursor.execute(sql.to_sql(query)).fetchnumpy()
    groups = np.ma.asarray(found["group"])
    labels = [
        None if hidden else str(label) for label, hidden in zip(groups.data, np.ma.getmaskarray(groups), strict=True)
    ]
    slots = {side: np.asarray(found[f"{side}.slot"], dtype=np.int64) for side in SIDES}
    ids = [measure.id for measure in measures]
    return Rows(slots, labels, {side: {name: np.asarray(found[f"{side}.{name}"]) for name in ids} for side in SIDES})
