"""Questions about one rule, or one column's labels, against the plain-Python reference."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from fractions import Fraction
from pathlib import Path

import pytest

from desktop_app.analysis.rule_worths import rule_worths
from desktop_app.domain.policy import Policy
from desktop_app.domain.problems import BookUnusable
from desktop_app.domain.requests import LabelCounts, LabelCountsRequest, RuleHits, RuleHitsRequest
from desktop_app.domain.rule_effects import RuleEffects, RuleEffectsRequest
from desktop_app.domain.scenario import Scenario
from desktop_app.domain.watch import CancelWatch
from desktop_app.engine.answers import answer
from tests.engine.loaded_books import Loaded
from tests.engine.random_questions import Case, cases
from tests.reference import earning, summing
from tests.reference.books import AS_OF
from tests.reference.counting import counts
from tests.reference.quantities import Row


def hits(loaded: Loaded, scenario: Scenario, rule: str) -> RuleHits:
    request = RuleHitsRequest("random", AS_OF, scenario, rule)
    found = answer(loaded.cursor, loaded.prepared, request, CancelWatch())
    assert isinstance(found, RuleHits)
    assert found.key == request.key
    return found


def labels(loaded: Loaded, field: str) -> LabelCounts:
    request = LabelCountsRequest("random", AS_OF, Scenario(id="s", policy=Policy(id="p")), field)
    found = answer(loaded.cursor, loaded.prepared, request, CancelWatch())
    assert isinstance(found, LabelCounts)
    return found


def test_hits_of_each_rule_agree(tmp_path: Path) -> None:
    for case in cases(range(500, 506), tmp_path, pairs=1):
        scenario = Scenario(id="s", policy=case.policies["scenario"])
        for rule in scenario.policy.rules:
            found = asdict(hits(case.loaded, scenario, rule.id).counts)
            shown = {key: value for key, value in found.items() if key not in ("rule", "available")}
            expected = case.expected["scenario"]
            if rule.id in expected.rules:
                assert shown == asdict(counts(expected, rule.id)), rule.id
            else:
                assert set(shown.values()) == {None}, rule.id


def test_what_each_rule_adds_is_the_policy_less_the_policy_without_it(tmp_path: Path) -> None:
    for case in cases(range(520, 526), tmp_path, pairs=1):
        expected, supposed = case.expected["scenario"], case.loaded.assumptions
        found = effects(case)
        assert found.hits["scenario"].axis("rule").labels == expected.rules
        for rule, worth in rule_worths(found, supposed).items():
            without = expected.without(rule)
            hit = [account for account in expected.accounts if account.decision.traces[rule].fired]
            assert_same(worth.el, (summing.el(expected) - summing.el(without)) / 10_000)
            assert_same(worth.breakeven_pd, earning.breakeven_pd(hit, expected.shares))
            before, after = earning.margin(without), earning.margin(expected)
            if before is not None and after is not None and any(account.earns for account in hit):
                assert_same(worth.margin, after - before)


def effects(case: Case) -> RuleEffects:
    request = RuleEffectsRequest("random", AS_OF, Scenario(id="s", policy=case.policies["scenario"]))
    found = answer(case.loaded.cursor, case.loaded.prepared, request, CancelWatch())
    assert isinstance(found, RuleEffects)
    assert found.key == request.key
    return found


def assert_same(found: float | None, exact: Fraction | None) -> None:
    if found is None:
        # A dash: no price, or a loss that no account's PD tells anything about.
        assert not exact
    else:
        assert found == pytest.approx(float(exact or 0), rel=1e-9, abs=1e-6)


def test_sums_of_hits_are_those_of_the_accounts_on_which_the_rule_fires(tmp_path: Path) -> None:
    for case in cases(range(530, 533), tmp_path, pairs=1):
        found, result = effects(case).hits["scenario"].onto("rule"), case.expected["scenario"]
        for place, rule in enumerate(result.rules):
            hit = [account for account in result.accounts if account.decision.traces[rule].fired]
            for name in found.sums:
                assert found.sums[name][place] == sum(map(summing.MEASURES[name], hit)), (rule, name)


def test_users_of_each_label_agree(tmp_path: Path) -> None:
    for case in cases(range(510, 516), tmp_path, pairs=1):
        for field in ("segment", "region", "tier", "kyc_complete"):
            if field not in case.loaded.small.columns:
                continue
            first = {row["user_id"]: row for row in sorted(case.loaded.small.at(AS_OF), key=_id_bytes, reverse=True)}
            expected = Counter(_label(row[field]) for row in first.values())
            assert dict(labels(case.loaded, field).users) == expected, field


def _id_bytes(row: Row) -> bytes:
    return str(row["account_id"]).encode()


def _label(value: object) -> str | None:
    return {True: "true", False: "false", None: None}.get(value, value)


def test_a_number_has_no_labels(tmp_path: Path) -> None:
    for case in cases(range(510, 511), tmp_path, pairs=1):
        with pytest.raises(BookUnusable, match="no labels"):
            labels(case.loaded, "balance")


def test_codes_of_few_are_labels(tmp_path: Path) -> None:
    for case in cases(range(510, 513), tmp_path, pairs=1):
        if "days_past_due" in case.loaded.small.columns:
            found = labels(case.loaded, "days_past_due").users
            assert sum(found.values()) == len({row["user_id"] for row in case.loaded.small.at(AS_OF)})
            assert all(label is None or label.isdecimal() for label in found)


def test_a_policy_moves_no_label() -> None:
    tight = Policy(id="p", floor=0)
    keys = {LabelCountsRequest("b", AS_OF, Scenario(id="s", policy=one), "x").key for one in (Policy(id="p"), tight)}
    assert len(keys) == 1
