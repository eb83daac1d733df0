"""One account's trace against the reference's, on random books and policies."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from desktop_app.domain.policy import Policy
from desktop_app.domain.problems import BookUnusable
from desktop_app.engine.explain import AccountTrace, explain_account
from tests.engine.loaded_books import engine, load
from tests.engine.random_questions import Case, cases
from tests.reference import samples
from tests.reference.books import AS_OF, SmallBook
from tests.reference.conditions import holds
from tests.reference.evaluate import Account
from tests.reference.preparing import prepared_types

ACCOUNTS = 6


def traced(case: Case) -> list[tuple[AccountTrace, Account]]:
    """The first accounts of the book under the scenario's policy, with the reference's."""
    policy = case.policies["scenario"]
    return [
        (explain_account(case.loaded.cursor, case.loaded.prepared, policy, account.row["account_id"]), account)
        for account in case.expected["scenario"].accounts[:ACCOUNTS]
    ]


def said(trace: AccountTrace) -> dict[str, Any]:
    return {
        "outcome": trace.outcome.value,
        "reason": trace.reason.id if trace.reason else "",
        "limits": (trace.new_limit * 100, trace.undrawn * 100),
        "fired": {one.rule.id: one.act.kind for one in trace.rules if one.act},
        "unknown": {one.rule.id for one in trace.rules if one.unknown},
    }


def expected(account: Account) -> dict[str, Any]:
    decision = account.decision
    return {
        "outcome": decision.outcome,
        "reason": decision.reason,
        "limits": (decision.new_limit, decision.undrawn),
        "fired": {rule: one.action for rule, one in decision.traces.items() if one.action},
        "unknown": {rule for rule, one in decision.traces.items() if one.unknown},
    }


@pytest.mark.parametrize("seed", range(500, 504))
def test_rules_agree_with_the_reference(seed: int, tmp_path: Path) -> None:
    for case in cases(range(seed, seed + 1), tmp_path, most_rows=20):
        for trace, account in traced(case):
            assert said(trace) == expected(account)


@pytest.mark.parametrize("seed", range(520, 524))
def test_comparisons_agree_with_the_reference(seed: int, tmp_path: Path) -> None:
    for case in cases(range(seed, seed + 1), tmp_path, most_rows=20):
        types = prepared_types(case.loaded.small.columns)
        for trace, account in traced(case):
            for one in (one for rule in trace.rules for one in rule.comparisons):
                document = one.comparison.model_dump(mode="json", by_alias=True)
                assert one.holds == holds(document, account.row, types)
                # With the value of the account's group alone it decides the same.
                alone = one.comparison.model_copy(update={"value": one.value, "by": None})
                assert one.holds == holds(alone.model_dump(mode="json", by_alias=True), account.row, types)


def test_an_account_that_is_not_there_is_named(tmp_path: Path) -> None:
    for case in cases(range(500, 501), tmp_path, pairs=1, most_rows=5):
        with pytest.raises(BookUnusable, match='no account "nobody"'):
            explain_account(case.loaded.cursor, case.loaded.prepared, case.policies["scenario"], "nobody")


def test_reasons_stand_by_severity_and_each_code_once(tmp_path: Path) -> None:
    late = samples.rule("late", "block", {"field": "days_past_due", "operator": ">=", "value": 5})
    rules = (
        samples.rule("small", samples.cut(percent=50)),
        samples.rule("watched", "watch"),
        late,
        samples.rule("again", "block", reason={"code": "late", "cause": "policy"}),
        samples.rule("lifted", samples.raised(percent=200)),
        samples.rule("shallow", samples.cut(percent=100)),
        samples.rule("asked", "refer"),
    )
    row = {**samples.account(score=Decimal(500), days_past_due=10), "snapshot_date": AS_OF}
    with engine(tmp_path, 1) as cursor:
        loaded = load(cursor, SmallBook({**samples.COLUMNS, "snapshot_date": "date"}, (row,)))
        trace = explain_account(cursor, loaded.prepared, Policy.model_validate(samples.policy(*rules)), "a")
    assert [one.id for one in trace.reasons] == ["late", "asked", "small", "watched"]
