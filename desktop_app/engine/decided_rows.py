"""Prepared accounts by their row in the table, with both policies' decisions: for looking at some of them."""

from __future__ import annotations

from sqlglot import exp

from desktop_app.domain.accounts import (
    BASELINE_OUTCOME,
    BASELINE_REASON,
    NEW_LIMIT,
    OUTCOME,
    REASON,
    UNDRAWN,
    Question,
)
from desktop_app.domain.policy import Policy
from desktop_app.domain.sides import Side
from desktop_app.engine import expressions as sql
from desktop_app.engine.decide import Decision
from desktop_app.engine.plan import Plan
from desktop_app.engine.prepare import Prepared

# The row of an account; one after the other from the first, as the table was written.
ROW = "~row"

# Rows given as one list of numbers: joined, for a list of literals is looked up in every row of the table.
_GIVEN = "SELECT unnest(CAST(? AS BIGINT[]))"


def plan_of(prepared: Prepared, about: Question) -> Plan:
    """Both policies over the table; raises PolicyInvalid where one does not fit the book."""
    policies: dict[Side, Policy] = {"baseline": about.baseline.policy, "scenario": about.scenario.policy}
    return Plan.of(prepared, policies)


def table_rows(prepared: Prepared, *, given: bool = False) -> exp.Select:
    """The prepared accounts with their rows; `given` leaves those of a list that is the query's only parameter."""
    table = exp.to_table(prepared.table, dialect="duckdb")
    row = sql.cast(exp.column("rowid"), "bigint")
    rows = sql.select_from(table, [exp.Star(), sql.named(row, ROW)])
    if given:
        listed = exp.In(this=exp.column("rowid"), query=sql.bracketed(sql.parsed(_GIVEN)))
        rows = rows.where(listed, copy=False)
    return rows


def decided_rows(plan: Plan, *, given: bool = False) -> exp.Select:
    """As `table_rows`, with the decisions of both policies."""
    source = plan.decisions["baseline"].select(table_rows(plan.prepared, given=given))
    return plan.decisions["scenario"].select(source)


def decided_tree(plan: Plan, column: str) -> exp.Expr:
    """One of DECIDED as a number: an outcome by its place, a reason by its rule's, NULL for none; limits as stored."""
    decision = plan.decisions["baseline" if column in (BASELINE_OUTCOME, BASELINE_REASON) else "scenario"]
    match column:
        case _ if column in (OUTCOME, BASELINE_OUTCOME):
            return decision.column("outcome")
        case _ if column in (REASON, BASELINE_REASON):
            return _reason(decision)
        case _ if column == NEW_LIMIT:
            return decision.column("new_limit")
        case _ if column == UNDRAWN:
            return decision.column("undrawn")
        case _:
            raise KeyError(column)


def _reason(decision: Decision) -> exp.Expr:
    none = max((slot.rule for slot in decision.slots if slot.rule is not None), default=0) + 1
    place = decision.by_slot(lambda slot: none if slot.rule is None else slot.rule)
    return exp.Nullif(this=place, expression=sql.whole(none))
