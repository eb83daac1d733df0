"""Signatures: which rules fire on an account or user and which of their cuts bite, as bitmasks with the slot.

There are few of them whatever the book, so that whatever is asked of single rules is read from one small table. For a
user with several accounts the masks are merged: "no other rule fires on any of the user's accounts" is a test of one
integer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlglot import exp

from desktop_app.engine import expressions as sql
from desktop_app.engine.connection import Connection
from desktop_app.engine.decide import Decision
from desktop_app.engine.measures import lone_user
from desktop_app.engine.plan import Plan
from desktop_app.engine.scan import SIGNATURE, Rows
from desktop_app.engine.schema import own

# Masks, the slot and sums by name: one entry a signature, users with several accounts after all others.
Table = dict[str, NDArray[np.int64]]

_KEYS = (*SIGNATURE, "slot")


def users_by_signature(cursor: Connection, plan: Plan, side: str, of_user: Mapping[str, exp.Expr]) -> Table:
    """Sums over users by signature under one side; `of_user` read the columns that are the same for a user's accounts.

    "accounts" counts accounts, by the signature of each.
    """
    decision = plan.decisions[side]
    lone = {name: lone_user(tree) for name, tree in of_user.items()}
    tables = [_fetch(cursor, plan, _summed(decision, plan.accounts(), {**lone, "accounts": sql.whole(1)}))]
    if plan.prepared.shared:
        counted = {**of_user, "accounts": sql.whole(0)}
        tables.append(_fetch(cursor, plan, _summed(decision, plan.shared_users({}), counted)))
    return _joined(tables)


def signatures_of(side: str, rows: Sequence[Rows]) -> Table:
    """Users and accounts by signature, from the rows of a scan that has the masks of that side."""
    return _joined([_of_rows(side, part) for part in rows])


def one_where(*names: str) -> exp.Expr:
    """1 where all those columns of the engine's own are true."""
    return sql.bracketed(sql.choose([(sql.both(sql.column(own(name)) for name in names), sql.whole(1))], sql.whole(0)))


def _of_rows(side: str, rows: Rows) -> Table:
    sums = rows.sums[side]
    nobody = np.zeros_like(sums["users"])
    table = {mask: rows.keys[own(mask)] for mask in SIGNATURE}
    return {**table, "slot": rows.slots[side], "users": sums["users"], "accounts": sums.get("accounts", nobody)}


def _joined(tables: Sequence[Table]) -> Table:
    return {name: np.concatenate([part[name] for part in tables]) for name in tables[0]}


def _summed(decision: Decision, source: exp.Select, sums: Mapping[str, exp.Expr]) -> exp.Select:
    keys = [sql.named(decision.column(name), name) for name in _KEYS]
    added = [
        sql.named(sql.cast(exp.Sum(this=sql.bracketed(tree.copy())), "bigint"), name) for name, tree in sums.items()
    ]
    query = sql.select_from(source, [*keys, *added])
    return query.group_by(*(sql.whole(number + 1) for number in range(len(_KEYS))), copy=False)


def _fetch(cursor: Connection, plan: Plan, query: exp.Select) -> Table:
    found = cursor.execute(plan.text(query)).fetchnumpy()
    return {name: np.asarray(values, dtype=np.int64) for name, values in found.items()}
