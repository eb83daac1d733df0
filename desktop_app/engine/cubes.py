"""Cubes made of a scan's rows: by outcome, reason and group, and from the baseline's outcome to the scenario's."""

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
from desktop_app.engine.plan import Plan
from desktop_app.engine.scan import MISSING, Rows
from desktop_app.engine.schema import Fields

GROUP = "~group"


@dataclass(frozen=True, eq=False)
class Groups:
    """The groups of a grouping in order, missing last: a category's whole domain, the codes that were found.

    Attributes: codes are those of all labels but the last, ascending, as the scan's key has them.
    """

    labels: tuple[str | None, ...]
    codes: NDArray[np.int64]

    @classmethod
    def of(cls, fields: Fields, grouping: str | None, found: Iterable[NDArray[np.int64]]) -> Groups:
        """The groups where the scan's key has these values."""
        column = None if grouping is None else fields.columns[grouping]
        if column is None:
            return cls((None,), np.array([], dtype=np.int64))
        match column.type:
            case ColumnType.BOOLEAN:
                labels: Sequence[str] = ("false", "true")
            case ColumnType.CATEGORY:
                labels = column.domain
            case _:
                codes = np.unique(np.concatenate([np.array([MISSING]), *found]))[1:]
                return cls((*map(str, codes.tolist()), None), codes)
        return cls((*labels, None), np.arange(len(labels), dtype=np.int64))

    def places(self, found: NDArray[np.int64]) -> NDArray[np.int64]:
        """The place of each row's group among the labels."""
        return np.where(found == MISSING, len(self.codes), np.searchsorted(self.codes, found))


def group_key(fields: Fields, grouping: str | None) -> dict[str, exp.Expr]:
    """The scan's key for a grouping; without one, all accounts are in the group None."""
    column = None if grouping is None else fields.columns[grouping]
    if column is None or (column.type is ColumnType.CATEGORY and not column.domain):
        return {GROUP: sql.NULL.copy()}
    tree = sql.column(column.name)
    match column.type:
        case ColumnType.BOOLEAN:
            return {GROUP: sql.cast(tree, "utinyint")}
        case ColumnType.CATEGORY:
            return {GROUP: exp.Anonymous(this="enum_code", expressions=[tree])}
        case _:
            return {GROUP: tree}


def by_reason(plan: Plan, side: str, rows: Sequence[Rows], groups: Groups) -> Cube:
    """One side's sums by outcome × reason × group; a reason is a rule's id, "" for none."""
    rules = tuple(rule.id for rule in plan.policies[side].rules)
    slots = plan.decisions[side].slots
    outcome = np.array([OUTCOMES.index(slot.outcome) for slot in slots])
    reason = np.array([0 if slot.rule is None else slot.rule + 1 for slot in slots])
    axes = (Axis("outcome", tuple(OUTCOMES)), Axis("reason", ("", *rules)), Axis("group", groups.labels))
    found = [part.slots[side] for part in rows]
    places = [groups.places(part.keys[GROUP]) for part in rows]
    keys = [(outcome[code], reason[code], place) for code, place in zip(found, places, strict=True)]
    return _cube(axes, keys, [part.sums.get(side, {}) for part in rows])


def transitions(plan: Plan, side: Side, rows: Sequence[Rows]) -> Cube:
    """The sums under one side's policy by the baseline's outcome × the scenario's."""
    codes = {each: np.array([OUTCOMES.index(slot.outcome) for slot in plan.decisions[each].slots]) for each in SIDES}
    axes = (Axis("baseline_outcome", tuple(OUTCOMES)), Axis("outcome", tuple(OUTCOMES)))
    keys = [tuple(codes[each][part.slots[each]] for each in SIDES) for part in rows]
    return _cube(axes, keys, [part.sums.get(side, {}) for part in rows])


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
