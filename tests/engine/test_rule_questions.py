"""Questions about one rule, or one column's labels, against the plain-Python reference."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path

import pytest

from desktop_app.domain.policy import Policy
from desktop_app.domain.problems import BookUnusable
from desktop_app.domain.requests import LabelCounts, LabelCountsRequest, RuleHits, RuleHitsRequest
from desktop_app.domain.scenario import Scenario
from desktop_app.domain.watch import CancelWatch
from desktop_app.engine.answers import answer
from tests.engine.loaded_books import Loaded
from tests.engine.random_questions import cases
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
