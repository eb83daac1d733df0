"""Every account with what the policies do to it, in the book's row order, as Arrow batches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pyarrow as pa
from sqlglot import exp

from desktop_app.domain.actions import Block, Cut, Raise, Refer, WatchOnly
from desktop_app.domain.outcomes import OUTCOMES
from desktop_app.domain.problems import message
from desktop_app.domain.requests import EvaluateRequest
from desktop_app.domain.watch import Watch
from desktop_app.engine import expressions as sql
from desktop_app.engine.connection import Connection, interruptible
from desktop_app.engine.decide import Decision
from desktop_app.engine.masking import masked
from desktop_app.engine.plan import Plan
from desktop_app.engine.prepare import Prepared
from desktop_app.engine.schema import own

ROWS_A_BATCH = 122_880

NO_ACTION = "none"
_IDS = ("account_id", "user_id")

# Actions from the most severe, as they are called in files; a referral for something missing is a "refer".
_SEVERITY: tuple[tuple[str, type], ...] = (
    ("block", Block),
    ("refer", Refer),
    ("cut", Cut),
    ("watch", WatchOnly),
    ("raise", Raise),
)


def account_batches(
    cursor: Connection, prepared: Prepared, request: EvaluateRequest, watch: Watch, key: bytes | None = None
) -> Iterator[pa.RecordBatch]:
    """The accounts under the scenario's policy, with the baseline's outcome beside.

    Columns: account_id, user_id as text, masked with `key` where there is one (see `masking`); action, outcome, reason
    (its code, "" for none), baseline_outcome as dictionaries of text; credit_limit, balance, new_limit, undrawn in
    int64 minor units; in_default as boolean.
    """
    plan = Plan.of(prepared, {"baseline": request.baseline.policy, "scenario": request.scenario.policy})
    labels = _labels(plan)
    with interruptible(cursor, watch):
        reader = cursor.sql(plan.text(accounts_query(plan, key))).to_arrow_reader(ROWS_A_BATCH)
        done = 0
        for batch in reader:
            watch.check()
            yield _labelled(batch, labels)
            done += batch.num_rows
            watch.report(message("Writing accounts"), done, prepared.accounts)


def accounts_query(plan: Plan, key: bytes | None = None) -> exp.Select:
    """The query of `account_batches`, with places in `_labels` where those have texts."""
    scenario, baseline = plan.decisions["scenario"], plan.decisions["baseline"]
    ids = [(name, sql.column(name) if key is None else masked(sql.column(name), key)) for name in _IDS]
    columns: list[tuple[str, exp.Expr]] = [
        *ids,
        ("action", _action(scenario)),
        ("outcome", scenario.column("outcome")),
        ("reason", scenario.column("slot")),
        ("credit_limit", sql.column("credit_limit")),
        ("balance", sql.column("balance")),
        ("new_limit", sql.cast(scenario.column("new_limit"), "bigint")),
        ("undrawn", sql.cast(scenario.column("undrawn"), "bigint")),
        ("in_default", sql.column(own("in_default"))),
        ("baseline_outcome", baseline.column("outcome")),
    ]
    return sql.select_from(plan.accounts(), [sql.named(tree, name) for name, tree in columns])


def _labels(plan: Plan) -> dict[str, tuple[str, ...]]:
    """What the numbers of each column of labels stand for."""
    rules, slots = plan.policies["scenario"].rules, plan.decisions["scenario"].slots
    outcomes = tuple(outcome.value for outcome in OUTCOMES)
    return {
        "action": (*(name for name, _ in _SEVERITY), NO_ACTION),
        "outcome": outcomes,
        "reason": tuple("" if slot.rule is None else rules[slot.rule].reason.code for slot in slots),
        "baseline_outcome": outcomes,
    }


def _labelled(batch: pa.RecordBatch, labels: Mapping[str, tuple[str, ...]]) -> pa.RecordBatch:
    """The batch with dictionaries of texts, each text once, in place of numbers."""
    for name, texts in labels.items():
        once = tuple(dict.fromkeys(texts))
        places = np.array([once.index(text) for text in texts], dtype=np.int8)
        codes = pa.array(places[batch.column(name).to_numpy()])
        found = pa.DictionaryArray.from_arrays(codes, pa.array(once, pa.string()))
        batch = batch.set_column(batch.schema.get_field_index(name), name, found)
    return batch


def _action(decision: Decision) -> exp.Expr:
    """The place in _SEVERITY of the most severe action that fires, the place after the last where nothing does."""
    cases = []
    for place, (_, kind) in enumerate(_SEVERITY):
        tests = [decision.column(rule.own) for rule in decision.rules if isinstance(rule.rule.action, kind)]
        if kind is Refer:
            tests += [decision.column(rule.referral) for rule in decision.rules if rule.referral]
        if tests:
            cases.append((sql.either(tests), sql.whole(place)))
    return sql.cast(sql.bracketed(sql.choose(cases, sql.whole(len(_SEVERITY)))), "utinyint")
