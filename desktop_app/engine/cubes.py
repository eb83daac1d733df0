"""Cubes made of a scan's rows: by outcome, reason and group, and from the baseline's outcome to the scenario's."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlglot import exp

from desktop_app.domain.columns import ColumnType
from desktop_app.domain.cubes import Axis, Cube, Sums
from desktop_app.domain.outcomes import OUTCOMES
from desktop_app.domain.requests import SIDES, Side
from desktop_app.engine import expressions as sql
from desktop_app.engine.plan import Plan
from desktop_app.engine.scan import Rows

GROUP = "~group"


def group_key(grouping: str | None) -> dict[str, exp.Expr]:
    """The scan's key for a grouping; without one, all accounts are in the group None."""
    return {GROUP: sql.NULL.copy() if grouping is None else sql.column(grouping)}


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
            np.array([place[group] for group in part.keys[GROUP]], dtype=int),
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


def group_labels(plan: Plan, grouping: str | None, found: Collection[str | None]) -> tuple[str | None, ...]:
    """The groups in order, missing last: a category's whole domain, the codes that were found."""
    if grouping is None:
        return (None,)
    column = plan.prepared.fields.columns[grouping]
    match column.type:
        case ColumnType.BOOLEAN:
            return ("false", "true", None)
        case ColumnType.CATEGORY:
            return (*column.domain, None)
        case _:
            codes = sorted({int(group) for group in found if group is not None})
            return (*(str(code) for code in codes), None)


def _cube(
    axes: tuple[Axis, ...], keys: Sequence[tuple[NDArray[np.int64], ...]], sums: Sequence[Mapping[str, Sums]]
) -> Cube:
    measures = dict.fromkeys(measure for part in sums for measure in part)
    shape = tuple(len(axis.labels) for axis in axes)
    totals = {measure: np.zeros(shape, dtype=np.int64) for measure in measures}
    for places, part in zip(keys, sums, strict=True):
        for measure, values in part.items():
            np.add.at(totals[measure], places, values)
    return Cube(axes, totals)
