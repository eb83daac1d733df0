"""Every account with what the policies do to it, in the book's row order, as Arrow batches."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
from sqlglot import exp

from desktop_app.domain.actions import Block, Cut, Raise, Refer, WatchOnly
from desktop_app.domain.problems import message
from desktop_app.domain.requests import EvaluateRequest
from desktop_app.domain.watch import Watch
from desktop_app.engine import expressions as sql
from desktop_app.engine.connection import Connection, interruptible
from desktop_app.engine.decide import Decision
from desktop_app.engine.plan import Plan
from desktop_app.engine.prepare import Prepared
from desktop_app.engine.schema import own

ROWS_A_BATCH = 122_880

# Actions from the most severe, as they are called in files; a referral for something missing is a "refer".
_SEVERITY: tuple[tuple[str, type], ...] = (
    ("block", Block),
    ("refer", Refer),
    ("cut", Cut),
    ("watch", WatchOnly),
    ("raise", Raise),
)


def account_batches(
    cursor: Connection, prepared: Prepared, request: EvaluateRequest, watch: Watch
) -> Iterator[pa.RecordBatch]:
    """The accounts under the scenario's policy, with the baseline's outcome beside.

    Columns: account_id, user_id, action, outcome, reason (its code, "" for none), baseline_outcome as text;
    credit_limit, balance, new_limit, undrawn in int64 minor units; in_default as boolean.
    """
    plan = Plan.of(prepared, {"baseline": request.baseline.policy, "scenario": request.scenario.policy})
    with interruptible(cursor, watch):
        reader = cursor.sql(plan.text(accounts_query(plan))).to_arrow_reader(ROWS_A_BATCH)
        done = 0
        for batch in reader:
            watch.check()
            yield batch
            done += batch.num_rows
            watch.report(message("Writing accounts"), done, prepared.accounts)


def accounts_query(plan: Plan) -> exp.Select:
    """The query of `account_batches`."""
    scenario, baseline = plan.decisions["scenario"], plan.decisions["baseline"]
    codes = [rule.reason.code for rule in plan.policies["scenario"].rules]
    reasons = ["" if slot.rule is None else codes[slot.rule] for slot in scenario.slots]
    columns: list[tuple[str, exp.Expr]] = [
        ("account_id", sql.column("account_id")),
        ("user_id", sql.column("user_id")),
        ("action", _action(scenario)),
        ("outcome", _outcome(scenario)),
        ("reason", _looked_up(scenario.column("slot"), reasons)),
        ("credit_limit", sql.column("credit_limit")),
        ("balance", sql.column("balance")),
        ("new_limit", sql.cast(scenario.column("new_limit"), "bigint")),
        ("undrawn", sql.cast(scenario.column("undrawn"), "bigint")),
        ("in_default", sql.column(own("in_default"))),
        ("baseline_outcome", _outcome(baseline)),
    ]
    return sql.select_from(plan.accounts(), [exp.alias_(tree, name, quoted=True) for name, tree in columns])


def _action(decision: Decision) -> exp.Expr:
    """The most severe action that fires, "none" where nothing does."""
    cases = []
    for name, kind in _SEVERITY:
        tests = [decision.column(rule.own) for rule in decision.rules if isinstance(rule.rule.action, kind)]
        if kind is Refer:
            tests += [decision.column(rule.referral) for rule in decision.rules if rule.referral]
        if tests:
            cases.append((sql.either(tests), sql.text(name)))
    return sql.choose(cases, sql.text("none"))


def _outcome(decision: Decision) -> exp.Expr:
    return _looked_up(decision.column("slot"), [slot.outcome.value for slot in decision.slots])


def _looked_up(key: exp.Expr, labels: list[str]) -> exp.Expr:
    """labels[key] as text."""
    cases = [
        (exp.EQ(this=key.copy(), expression=sql.whole(number)), sql.text(label)) for number, label in enumerate(labels)
    ]
    return sql.choose(cases[:-1], sql.text(labels[-1]))
