"""A page of accounts: some rows of the prepared table with what both policies do to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from desktop_app.domain.accounts import (
    BASELINE_OUTCOME,
    BASELINE_REASON,
    DECIDED,
    OUTCOME,
    REASON,
    AccountRow,
    PageRequest,
    Shown,
)
from desktop_app.domain.columns import ColumnType
from desktop_app.domain.nearest import Seen
from desktop_app.domain.outcomes import OUTCOMES
from desktop_app.domain.watch import Watch
from desktop_app.engine import expressions as sql
from desktop_app.engine.connection import Connection, interruptible
from desktop_app.engine.decided_rows import ROW, decided_rows, decided_tree, plan_of
from desktop_app.engine.explain import as_written
from desktop_app.engine.plan import Plan
from desktop_app.engine.prepare import Prepared

_ACCOUNT, _USER = "~account", "~user"


def account_page(cursor: Connection, prepared: Prepared, request: PageRequest, watch: Watch) -> tuple[AccountRow, ...]:
    """The accounts of those rows, in the order asked for; raises PolicyInvalid, BookUnusable or Cancelled."""
    plan = plan_of(prepared, request.about)
    with interruptible(cursor, watch):
        found = cursor.execute(page_text(plan, request.columns), [list(request.rows)])
        names = [column[0] for column in found.description or []]
        rows = {row[0]: dict(zip(names, row, strict=True)) for row in found.fetchall()}
    return tuple(_row(plan, request.columns, rows[row]) for row in request.rows if row in rows)


def page_text(plan: Plan, columns: Sequence[str]) -> str:
    """The query of a page; its one parameter is the list of rows."""
    trees = [
        sql.named(decided_tree(plan, name) if name in DECIDED else sql.column(name), f"c{place}")
        for place, name in enumerate(columns)
    ]
    ids = [sql.named(sql.column(name), alias) for name, alias in _IDS]
    return sql.to_sql(sql.select_from(decided_rows(plan, given=True), [sql.column(ROW), *ids, *trees]))


_IDS = (("account_id", _ACCOUNT), ("user_id", _USER))


def _row(plan: Plan, columns: Sequence[str], found: Mapping[str, Any]) -> AccountRow:
    values = tuple(_value(plan, name, found[f"c{place}"]) for place, name in enumerate(columns))
    return AccountRow(found[ROW], found[_ACCOUNT], found[_USER], values)


def _value(plan: Plan, column: str, stored: Seen) -> Shown:
    if column in (OUTCOME, BASELINE_OUTCOME) and isinstance(stored, int):
        return OUTCOMES[stored]
    if column in (REASON, BASELINE_REASON) and isinstance(stored, int):
        policy = plan.policies["baseline" if column == BASELINE_REASON else "scenario"]
        return policy.rules[stored].id
    kind = ColumnType.MONEY if column in DECIDED else plan.prepared.fields.columns[column].type
    return as_written(stored, kind)
