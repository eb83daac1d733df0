"""The engine's SQL against a second evaluator in plain Python: random books, many random policies each."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from desktop_app.domain.cubes import Cube
from desktop_app.domain.outcomes import OUTCOMES
from desktop_app.domain.policy import Policy
from desktop_app.domain.requests import SIDES, Evaluation, Side
from desktop_app.engine.plan import Plan
from desktop_app.figures.measures import MEASURES as CATALOGUE
from tests.engine.random_questions import DERIVED, Case, case_with, cases
from tests.reference import observed, summing
from tests.reference.counting import counts, hit_by_both
from tests.reference.evaluate import Account, Result
from tests.reference.evidence import evidence_date
from tests.reference.preparing import prepared_types


def assert_agreement(case: Case) -> None:
    """The same account by account, cell by cell, rule by rule."""
    assert_accounts(case)
    answer = case.loaded.answer(case.policies["baseline"], case.policies["scenario"], case.grouping)
    assert case.loaded.book.evidence == evidence_date(case.loaded.small.rows)
    for side in SIDES:
        assert_cubes(case, answer, side)
        assert_rules(case, answer, side)
        assert_observed(case, answer, side)


def assert_accounts(case: Case) -> None:
    plan = Plan.of(case.loaded.prepared, case.policies)
    rows = case.loaded.cursor.execute(plan.text(plan.accounts())).fetchall()
    names = [column[0] for column in case.loaded.cursor.description or []]
    types = prepared_types(case.loaded.small.columns)
    for side in SIDES:
        found = [engine_account(plan, side, dict(zip(names, row, strict=True))) for row in rows]
        assert found == [reference_account(account, types) for account in case.expected[side].accounts]


def engine_account(plan: Plan, side: Side, row: dict[str, Any]) -> dict[str, Any]:
    decision = plan.decisions[side]
    rules = plan.policies[side].rules
    slot = decision.slots[row[decision.name("slot")]]
    return {
        "account": row["account_id"],
        "outcome": str(OUTCOMES[row[decision.name("outcome")]]),
        "reason": "" if slot.rule is None else rules[slot.rule].id,
        "new_limit": row[decision.name("new_limit")],
        "undrawn": row[decision.name("undrawn")],
        "cut": row[decision.name("cut")],
        "fired": [rule.id for bit, rule in enumerate(rules) if row[decision.name("fires")] >> bit & 1],
        "unknown": [rule.id for bit, rule in enumerate(rules) if row[decision.name("unknown")] >> bit & 1],
        **{name: row[name] for name in DERIVED if name in row},
    }


def reference_account(account: Account, types: dict[str, str]) -> dict[str, Any]:
    decision = account.decision
    return {
        "account": account.row["account_id"],
        "outcome": decision.outcome,
        "reason": decision.reason,
        "new_limit": decision.new_limit,
        "undrawn": decision.undrawn,
        "cut": account.is_cut,
        "fired": [rule for rule, trace in decision.traces.items() if trace.fired],
        "unknown": [rule for rule, trace in decision.traces.items() if trace.unknown],
        **{name: account.row[name] for name in types if name in DERIVED},
    }


def assert_cubes(case: Case, answer: Evaluation, side: Side) -> None:
    result, before = case.expected[side], (case.expected["baseline"], case.expected["scenario"])
    for name, measure in summing.MEASURES.items():
        if name in CATALOGUE:
            by_reason = summing.sums(result, measure, case.grouping)
            assert cells(answer.by_reason[side], name) == nonzero(by_reason), name
            moved = summing.transitions(*before, measure, side)
            assert cells(answer.transitions[side], name) == nonzero(moved), name
    for name, of_user in summing.USER_MEASURES.items():
        by_reason = summing.user_sums(result, of_user, case.grouping)
        assert cells(answer.by_reason[side], name) == nonzero(by_reason), name
        moved = summing.user_transitions(*before, of_user, side)
        assert cells(answer.transitions[side], name) == nonzero(moved), name


def assert_observed(case: Case, answer: Evaluation, side: Side) -> None:
    """What became of the users at the evidence date; nothing of it where there is none."""
    if not case.observed:
        assert not answer.outcomes
        assert not observed.MEASURES.keys() & answer.by_reason[side].sums.keys()
        return
    result, before = case.observed[side], (case.observed["baseline"], case.observed["scenario"])
    for name, measure in observed.MEASURES.items():
        assert cells(answer.by_reason[side], name) == nonzero(summing.user_sums(result, measure, case.grouping)), name
        moved = summing.user_transitions(*before, measure, side)
        assert cells(answer.transitions[side], name) == nonzero(moved), name
    for rule, found in zip(case.policies[side].rules, answer.outcomes[side], strict=True):
        assert asdict(found) == {"rule": rule.id, **outcomes(result, rule.id)}, rule.id


def outcomes(result: Result, rule: str) -> dict[str, Any]:
    if rule not in result.rules:
        return dict.fromkeys(("hits", "sole_hits", "hits_untreated", "sole_hits_untreated"))
    hits, sole = observed.hit_by(result, rule), observed.hit_by_nothing_else(result, rule)
    users = {"hits": hits, "sole_hits": sole}
    users |= {f"{name}_untreated": observed.untreated(who) for name, who in users.items()}
    return {name: asdict(observed.became(who)) for name, who in users.items()}


def cells(cube: Cube, measure: str) -> dict[Any, int]:
    """The cells of a cube that are not zero, by their labels."""
    places = product(*(axis.labels for axis in cube.axes))
    values = cube.sums[measure].ravel().tolist()
    return {tuple(place): value for place, value in zip(places, values, strict=True) if value}


def nonzero(sums: Counter[Any]) -> dict[Any, int]:
    return {key: value for key, value in sums.items() if value}


def assert_rules(case: Case, answer: Evaluation, side: Side) -> None:
    result = case.expected[side]
    for rule, found in zip(case.policies[side].rules, answer.rules[side], strict=True):
        shown = {key: value for key, value in asdict(found).items() if key not in ("rule", "available")}
        assert found.rule == rule.id
        if rule.id in result.rules:
            assert shown == asdict(counts(result, rule.id)), rule.id
        else:
            assert set(shown.values()) == {None}, rule.id
        if rule.enabled:
            assert found.available == (rule.id in result.rules), rule.id
    overlap = answer.overlaps[side]
    assert overlap.rules == result.rules
    for one, other in product(range(len(overlap.rules)), repeat=2):
        both = overlap.users[one, other], overlap.accounts[one, other]
        assert both == hit_by_both(result, overlap.rules[one], overlap.rules[other])


@pytest.mark.parametrize("start", range(0, 8, 2))
def test_answers_agree(start: int, tmp_path: Path) -> None:
    for case in cases(range(start, start + 2), tmp_path):
        assert_agreement(case)


@pytest.mark.parametrize("start", range(100, 112, 3))
def test_accounts_agree_under_many_policies(start: int, tmp_path: Path) -> None:
    for case in cases(range(start, start + 3), tmp_path, pairs=6):
        assert_accounts(case)


def test_two_threads_change_nothing(tmp_path: Path) -> None:
    for case in cases(range(200, 202), tmp_path, pairs=1, threads=2):
        assert_agreement(case)


def test_tiny_and_empty_books_agree(tmp_path: Path) -> None:
    for case in cases(range(300, 304), tmp_path, pairs=1, most_rows=2):
        assert_agreement(case)


def test_policies_with_the_same_cuts_share_their_sums_and_agree(tmp_path: Path) -> None:
    for case in cases(range(400, 404), tmp_path, pairs=1, most_rows=150):
        baseline = without(case.policies["baseline"], "raise")
        varied = case_with(case, {"baseline": baseline, "scenario": without(baseline, "block", "refer", "watch")})
        before, after = Plan.of(case.loaded.prepared, varied.policies).decisions.values()
        assert before.limit_key == after.limit_key
        assert_agreement(varied)


def test_policies_that_differ_in_their_cuts_alone_agree(tmp_path: Path) -> None:
    differing = 0
    for case in cases(range(404, 408), tmp_path, pairs=1, most_rows=150):
        baseline = case.policies["baseline"]
        varied = case_with(case, {"baseline": baseline, "scenario": without(baseline, "cut")})
        before, after = Plan.of(case.loaded.prepared, varied.policies).decisions.values()
        differing += before.limit_key != after.limit_key
        assert_agreement(varied)
    assert differing


def without(policy: Policy, *kinds: str) -> Policy:
    return policy.with_rules(tuple(rule for rule in policy.rules if rule.action.kind not in kinds))


@pytest.mark.slow
@pytest.mark.parametrize("start", range(2000, 2400, 20))
def test_thousands_of_cases_agree(start: int, tmp_path: Path) -> None:
    for case in cases(range(start, start + 20), tmp_path, pairs=4, threads=1 + start // 20 % 2):
        assert_agreement(case)


def test_every_measure_of_the_catalogue_has_a_reference() -> None:
    assert set(CATALOGUE) <= {*summing.MEASURES, *summing.USER_MEASURES, *observed.MEASURES}
