"""The scan: every measure summed, in one pass over the book, by each side's slot and by any further keys.

A pass over all accounts sums the amounts that measures are made of (`engine.measures`), by class of account; users with
several accounts follow apart, as one row each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray
from sqlglot import exp

from desktop_app.domain.cubes import Sums
from desktop_app.domain.outcomes import OUTCOMES
from desktop_app.engine import expressions as sql
from desktop_app.engine.connection import Connection
from desktop_app.engine.measures import (
    CLASS,
    Parts,
    amount_tree,
    amounts_of,
    class_bit,
    flags_of,
    measure_tree,
    stayed,
    stored_tree,
)
from desktop_app.engine.plan import Plan
from desktop_app.engine.schema import own

# One named column of a query that sums.
_Named = tuple[str, exp.Expr]

# By what each side's decision is told apart: its slot, or only its outcome, which is fewer rows.
By: TypeAlias = Literal["slot", "outcome"]

# The key of a row that has none.
MISSING = int(np.iinfo(np.int64).min)

# The masks of a decision that tell its rules' hits apart.
SIGNATURE = ("fires", "bites")

_COUNT = "count"


@dataclass(frozen=True)
class Rows:
    """The rows of a scan.

    Attributes: slots has each side's slot, or outcome; keys the further keys, MISSING for NULL; sums the measures of
    each side.
    """

    slots: Mapping[str, NDArray[np.int64]]
    keys: Mapping[str, NDArray[np.int64]]
    sums: Mapping[str, Mapping[str, Sums]]


def scan(cursor: Connection, plan: Plan, keys: Mapping[str, exp.Expr], signed: str | None = None) -> tuple[Rows, ...]:
    """Sum every measure of the prepared table by all sides' slots and the keys, which are whole numbers or NULL.

    `signed` is a side whose SIGNATURE is among the keys too, under own names.
    """
    masks = {} if signed is None else {own(name): plan.decisions[signed].column(name) for name in SIGNATURE}
    rows = [scan_accounts(cursor, plan, {**keys, **masks})]
    if plan.prepared.shared:
        rows.append(_scan_shared_users(cursor, plan, keys, masks))
    return tuple(rows)


def scan_accounts(cursor: Connection, plan: Plan, keys: Mapping[str, exp.Expr], by: By = "slot") -> Rows:
    """Every account; users with one account are counted along the way, the others not at all."""
    parts = plan.prepared.parts
    amounts = _Amounts(plan)
    classes = {CLASS: sql.column(CLASS)} if flags_of(parts) else {}
    slots = {side: decision.column(by) for side, decision in plan.decisions.items()}
    found = _fetch(cursor, plan, plan.accounts(), slots=slots, keys={**keys, **classes}, trees=amounts.trees)
    merged = _Merged(found, tuple(keys))
    sums = {}
    for side in plan.decisions:
        picked = _Picked(found, side, _outcomes(plan, side, found, by), amounts)
        sums[side] = {part.measure.id: merged.added(picked.measure(part)) for part in parts}
    return Rows(merged.slots, merged.keys, sums)


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


def _scan_shared_users(
    cursor: Connection, plan: Plan, keys: Mapping[str, exp.Expr], masks: Mapping[str, exp.Expr]
) -> Rows:
    """Users with several accounts by their own slots and masks, and the keys of their first account."""
    measures = [part.measure for part in plan.prepared.parts if part.measure.per == "user"]
    trees = [
        (f"{side}.{measure.id}", measure_tree(measure, decision))
        for side, decision in plan.decisions.items()
        for measure in measures
    ]
    users, names = plan.shared_users(keys), {name: sql.column(name) for name in keys} | dict(masks)
    slots = {side: decision.column("slot") for side, decision in plan.decisions.items()}
    found = _fetch(cursor, plan, users, slots=slots, keys=names, trees=trees)
    sums = {side: {measure.id: found.sums[f"{side}.{measure.id}"] for measure in measures} for side in plan.decisions}
    return Rows(found.slots, found.keys, sums)


class _Amounts:
    """What a scan of accounts sums: each amount as it is where limits stay, and once more where sides move limits.

    Sides that move every limit alike share these.

    Attributes: trees are the columns to sum, by name.
    """

    def __init__(self, plan: Plan) -> None:
        stored = plan.prepared.stored
        self.trees: list[_Named] = [(_COUNT, sql.whole(1))]
        self._names: dict[tuple[str, str], str] = {}
        known = {_COUNT}
        for amount in amounts_of(plan.prepared.parts):
            still = stayed(amount)
            for side, decision in plan.decisions.items():
                if amount == still or not decision.can_move_limit:
                    name, tree = still, stored_tree(still, stored)
                else:
                    name = f"{decision.limit_key} {amount}"
                    cases = [(decision.moves_limit(), amount_tree(amount, decision))]
                    tree = sql.bracketed(sql.choose(cases, stored_tree(still, stored)))
                self._names[side, amount] = name
                if not name.isdecimal() and name not in known:
                    known.add(name)
                    self.trees.append((name, tree))

    def sum(self, found: _Found, side: str, amount: str) -> Sums:
        """An amount under one side."""
        name = self._names.get((side, amount), amount)
        return found.sums[_COUNT] * np.int64(name) if name.isdecimal() else found.sums[name]


class _Picked:
    """Measures of one side, picked from the sums of amounts by outcome and class."""

    def __init__(self, found: _Found, side: str, outcome: NDArray[np.int64], amounts: _Amounts) -> None:
        self._found, self._side, self._outcome, self._amounts = found, side, outcome, amounts
        self._cells: dict[tuple[str, ...], NDArray[np.int64]] = {}

    def measure(self, part: Parts) -> Sums:
        """A measure in each of the rows that were found."""
        texts = [part.amounts[outcome, each] for outcome in OUTCOMES for each in range(1 << len(part.flags))]
        distinct = dict.fromkeys(texts)
        if len(distinct) == 1:
            return self._sum(texts[0])
        cell = self._cell(part.flags)
        total = np.zeros(len(cell), dtype=np.int64)
        for text in distinct:
            if text != "0":
                holds = np.array([each == text for each in texts])
                total += np.where(holds[cell], self._sum(text), 0)
        return total

    def _sum(self, text: str) -> Sums:
        return self._amounts.sum(self._found, self._side, text)

    def _cell(self, flags: tuple[str, ...]) -> NDArray[np.int64]:
        """Of each row: outcome and combination of the flags, as one number."""
        if flags not in self._cells:
            cell = self._outcome << len(flags)
            for place, flag in enumerate(flags):
                cell = cell | ((self._found.keys[CLASS] & class_bit(flag)) != 0).astype(np.int64) << place
            self._cells[flags] = cell
        return self._cells[flags]


class _Merged:
    """Rows that differ in their class alone, added up."""

    def __init__(self, found: _Found, keys: Sequence[str]) -> None:
        columns = [*found.slots.values(), *(found.keys[name] for name in keys)]
        self._order = np.lexsort(columns)
        ordered = [column[self._order] for column in columns]
        rows = len(self._order)
        begins = np.zeros(rows, dtype=bool)
        begins[:1] = True
        for column in ordered:
            begins[1:] |= column[1:] != column[:-1]
        self._begins = np.flatnonzero(begins)
        first = self._order[self._begins]
        self.slots = {side: column[first] for side, column in found.slots.items()}
        self.keys = {name: found.keys[name][first] for name in keys}

    def added(self, sums: Sums) -> Sums:
        """The sums of the rows that are one."""
        if not len(self._begins):
            return sums
        return np.add.reduceat(sums[self._order], self._begins, dtype=np.int64)


def _outcomes(plan: Plan, side: str, found: _Found, by: By) -> NDArray[np.int64]:
    """Each row's place in OUTCOMES."""
    if by == "outcome":
        return found.slots[side]
    of_slot = np.array([OUTCOMES.index(slot.outcome) for slot in plan.decisions[side].slots], dtype=np.int64)
    return of_slot[found.slots[side]]


@dataclass(frozen=True)
class _Found:
    """A scan's rows as they came: sums by the names that were asked for."""

    slots: Mapping[str, NDArray[np.int64]]
    keys: Mapping[str, NDArray[np.int64]]
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
    """Sums by the sides' slots and the keys."""
    names = [f"slot{place}" for place in range(len(slots))]
    columns = [sql.named(slot, name) for name, slot in zip(names, slots.values(), strict=True)]
    columns += [sql.named(tree, name) for name, tree in keys.items()]
    grouped = [sql.whole(number + 1) for number in range(len(columns))]
    columns += [sql.named(sql.summed(tree), f"s{number}") for number, (_, tree) in enumerate(trees)]
    query = sql.select_from(source, columns).group_by(*grouped, copy=False)
    found = cursor.execute(plan.text(query)).fetchnumpy()
    return _Found(
        {side: np.asarray(found[name], dtype=np.int64) for side, name in zip(slots, names, strict=True)},
        {name: _numbers(np.ma.asarray(found[name])) for name in keys},
        {name: np.asarray(found[f"s{number}"], dtype=np.int64) for number, (name, _) in enumerate(trees)},
    )


def _numbers(found: np.ma.MaskedArray[Any, Any]) -> NDArray[np.int64]:
    hidden = np.ma.getmaskarray(found)
    return np.where(hidden, MISSING, np.where(hidden, 0, np.ma.getdata(found)).astype(np.int64))
