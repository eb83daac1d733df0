"""The accounts by what the live system recorded and what a policy makes of them."""

from __future__ import annotations

from time import perf_counter

from sqlglot import exp

from desktop_app.domain.outcomes import OUTCOMES
from desktop_app.domain.problems import BookUnusable, message
from desktop_app.domain.recorded import RecordedCell, RecordedCheck, RecordedRequest
from desktop_app.domain.watch import Watch
from desktop_app.engine import expressions as sql
from desktop_app.engine.connection import Connection, interruptible
from desktop_app.engine.plan import Plan
from desktop_app.engine.prepare import Prepared
from desktop_app.engine.proof import prove_sums_fit

COLUMN = "recorded_action"


def recorded_check(cursor: Connection, prepared: Prepared, request: RecordedRequest, watch: Watch) -> RecordedCheck:
    """The answer to a RecordedRequest; raises BookUnusable for a book without recorded actions, or PolicyInvalid."""
    started = perf_counter()
    if COLUMN not in prepared.fields.columns:
        raise BookUnusable(message("The book does not record what the live system did (recorded_action)."))
    policy = request.scenario.policy
    plan = Plan.of(prepared, {"scenario": policy})
    prove_sums_fit(prepared.totals, [policy])
    outcome = plan.decisions["scenario"].column("outcome")
    keys = [sql.named(sql.column(COLUMN), "recorded"), sql.named(outcome, "outcome")]
    sums = [sql.named(exp.Count(this=exp.Star()), "accounts"), sql.named(sql.summed(sql.column("balance")), "balance")]
    grouped = sql.select_from(plan.accounts(), [*keys, *sums]).group_by(sql.whole(1), sql.whole(2), copy=False)
    text = sql.cast(sql.column("recorded"), "varchar")
    outer = sql.select_from(grouped, [text, *(sql.column(name) for name in ("outcome", "accounts", "balance"))])
    with interruptible(cursor, watch):
        rows = cursor.execute(plan.text(outer)).fetchall()
    cells = (RecordedCell(recorded, OUTCOMES[place], accounts, money) for recorded, place, accounts, money in rows)
    ordered = sorted(cells, key=lambda cell: (cell.recorded is None, cell.recorded or "", OUTCOMES.index(cell.outcome)))
    return RecordedCheck(request.key, tuple(ordered), 1000 * (perf_counter() - started))
