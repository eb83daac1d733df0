"""Every account with what the policies do to it, and its ids as codes."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop_app.domain.requests import SIDES, EvaluateRequest
from desktop_app.domain.scenario import Scenario
from desktop_app.domain.watch import CancelWatch
from desktop_app.engine.account_rows import account_batches
from desktop_app.engine.masking import CODE_LENGTH, masking_key
from desktop_app.engine.project import Project
from tests.engine.random_questions import Case, cases
from tests.reference import samples
from tests.reference.books import AS_OF
from tests.small_projects import make_project, policy, question

KEY = masking_key("a project")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    made = make_project(tmp_path_factory.mktemp("rows"))
    yield made
    made.close()


def rows(project: Project, key: bytes | None = None) -> list[dict[str, Any]]:
    """The accounts under a policy that blocks some and cuts others, beside none."""
    asked = question(project, policy(samples.rule("low", "block"), samples.rule("cut", samples.cut(percent=50))))
    return rows_of(project, asked, key)


def rows_of(project: Project, asked: EvaluateRequest, key: bytes | None = None) -> list[dict[str, Any]]:
    cursor, watch = project.cursor("interactive"), CancelWatch()
    prepared = project.prepared(cursor, project.book, asked.scenario, watch)
    return [row for batch in account_batches(cursor, prepared, asked, watch, key) for row in batch.to_pylist()]


def code(text: str, key: bytes = KEY) -> str:
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:CODE_LENGTH]


@pytest.mark.parametrize("seed", range(700, 704))
def test_every_account_is_as_the_reference_decides(seed: int, tmp_path: Path) -> None:
    for case in cases(range(seed, seed + 1), tmp_path, most_rows=60):
        assert found_in(case) == expected_of(case)


def found_in(case: Case) -> list[tuple[Any, ...]]:
    baseline, scenario = (Scenario(id=side, policy=case.policies[side]) for side in SIDES)
    asked = EvaluateRequest("random", AS_OF, baseline, scenario)
    batches = account_batches(case.loaded.cursor, case.loaded.prepared, asked, CancelWatch())
    names = ("account_id", "action", "outcome", "reason", "new_limit", "baseline_outcome")
    return [tuple(row[name] for name in names) for batch in batches for row in batch.to_pylist()]


def expected_of(case: Case) -> list[tuple[Any, ...]]:
    codes = {"": ""} | {rule.id: rule.reason.code for rule in case.policies["scenario"].rules}
    sides = zip(*(case.expected[side].accounts for side in SIDES), strict=True)
    return [
        (
            account.row["account_id"],
            account.decision.action or "none",
            account.decision.outcome,
            codes[account.decision.reason],
            account.decision.new_limit,
            before.decision.outcome,
        )
        for before, account in sides
    ]


def test_who_is_referred_for_a_missing_field_has_that_action(project: Project) -> None:
    below = {"field": "score", "operator": "<", "value": 0}
    asked = question(project, policy(samples.rule("low", "block", below, on_missing="refer")))
    found = [(row["action"], row["outcome"]) for row in rows_of(project, asked) if row["action"] != "none"]
    assert found == [("refer", "referred")]


def test_reasons_are_codes_and_nothing_where_there_is_none(project: Project) -> None:
    assert {row["outcome"]: row["reason"] for row in rows(project)} == {"blocked": "low", "unchanged": ""}


def test_ids_are_masked_alike_for_account_and_user(project: Project) -> None:
    plain, masked = rows(project), rows(project, KEY)
    for name in ("account_id", "user_id"):
        assert [row[name] for row in masked] == [code(row[name]) for row in plain]
    others = {name for name in plain[0] if not name.endswith("_id")}
    assert [{name: row[name] for name in others} for row in masked] == [
        {name: row[name] for name in others} for row in plain
    ]


def test_any_text_has_the_code_of_its_bytes(tmp_path: Path) -> None:
    odd = ["三四", " 0 ", "x'y", "a" * 200, "=1+1"]
    book = "account_id,credit_limit,balance\n" + "".join(f"{text},100,0\n" for text in odd)
    with_odd = make_project(tmp_path, book)
    try:
        assert sorted(row["account_id"] for row in rows(with_odd, KEY)) == sorted(map(code, odd))
    finally:
        with_odd.close()


def test_projects_have_keys_of_their_own() -> None:
    assert masking_key("one") != masking_key("two")
    assert masking_key("one") == masking_key("one")
