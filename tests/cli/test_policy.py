"""`greyline policy`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import greyline
from tests.reference.samples import policy, rule
from tests.small_projects import BOOK, TYPES, make_project, mapping_of


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


def written(folder: Path, name: str, document: dict[str, Any]) -> Path:
    path = folder / name
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def test_two_policies_are_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = written(tmp_path, "a.json", policy(rule("low", "block")))
    two = written(tmp_path, "b.json", policy(rule("low", "refer")))
    assert greyline("policy", "diff", one, two) == 0
    assert capsys.readouterr().out == "Changed: low\n  action: Block → Refer to manual review\n"


def test_a_policy_is_compared_with_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = written(tmp_path, "a.json", policy(rule("low", "block")))
    assert greyline("policy", "diff", one, one) == 0
    assert capsys.readouterr().out == "The two policies decide the same, in the same words.\n"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    make_project(folder, BOOK, mapping_of(BOOK, types=TYPES)).close()
    return folder / "book.greyline"


def test_a_sound_policy_passes(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = written(tmp_path, "a.json", policy(rule("low", "block")))
    assert greyline("policy", "check", one) == 0
    assert greyline("policy", "check", one, "--book", project) == 0
    assert capsys.readouterr().out == "a.json: no fault and no doubt found.\n" * 2


def test_doubts_are_said_and_no_error(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    condition = {"field": "score", "operator": "<", "value": 500}
    absent = {"field": "inquiries_3m", "operator": ">", "value": 3}
    one = written(tmp_path, "a.json", policy(rule("low", "block", condition), rule("asks", "refer", absent)))
    assert greyline("policy", "check", one, "--book", project) == 0
    assert capsys.readouterr().out.splitlines() == [
        'Rule "asks" was not evaluated: the book has no column "inquiries_3m".',
        'Rule "low" cannot fire on any account of this book.',
        'Rule "low": Score below 500: no account of this book, from 550 to 700.',
    ]


@pytest.mark.parametrize("enabled", [True, False])
@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ({"field": "default_12m", "operator": "=", "value": True}, 'reads "default_12m"'),
        ({"field": "score", "operator": "<", "value": "low"}, 'Comparison "x.1": "low" is no value for "score"'),
        (
            {"field": "score", "operator": "<", "value": 600, "by": {"column": "days_past_due", "values": {"--5": 1}}},
            'Comparison "days_past_due": "--5" is no value for "days_past_due"',
        ),
    ],
)
def test_a_fault_is_an_error_even_where_switched_off(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], condition: dict[str, Any], said: str, enabled: bool
) -> None:
    one = written(tmp_path, "a.json", policy(rule("x", "block", condition, enabled=enabled)))
    assert greyline("policy", "check", one) == 1
    assert said in capsys.readouterr().err


def test_a_label_that_the_book_lacks_has_no_order_either(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = written(tmp_path, "a.json", policy(rule("x", "block", {"field": "segment", "operator": ">", "value": "new"})))
    assert greyline("policy", "check", one, "--book", project) == 1
    assert '"segment" has no order' in capsys.readouterr().err


def test_a_policy_becomes_sql(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = written(tmp_path, "a.json", policy(rule("low", "block")))
    assert greyline("policy", "sql", one, "--dialect", "trino") == 0
    said = capsys.readouterr()
    assert said.out.startswith('SELECT\n  "account_id",')
    assert said.err == ""


def test_sql_over_a_strange_column_needs_the_book(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    strange = {"field": "mood", "operator": "<", "value": 3}
    one = written(tmp_path, "a.json", policy(rule("x", "block", strange)))
    assert greyline("policy", "sql", one, "--dialect", "duckdb") == 1
    assert 'Rule "x" reads "mood"' in capsys.readouterr().err


def test_sql_for_a_book_leaves_out_what_it_lacks(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    absent = {"field": "inquiries_3m", "operator": ">", "value": 3}
    one = written(tmp_path, "a.json", policy(rule("asks", "refer", absent), rule("low", "block")))
    assert greyline("policy", "sql", one, "--dialect", "duckdb", "--book", project) == 0
    said = capsys.readouterr()
    assert "inquiries_3m" not in said.out
    assert 'Rule "asks" was not evaluated' in said.err


def test_sql_for_a_book_without_people_takes_every_account_for_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_project(tmp_path, "account_id,credit_limit,balance\na-1,10000,0\n").close()
    wealthy = {"field": "user_limit", "operator": ">", "value": 200_000}
    one = written(tmp_path, "a.json", policy(rule("cap", "refer", wealthy)))
    assert greyline("policy", "sql", one, "--dialect", "postgres", "--book", tmp_path / "book.greyline") == 0
    said = capsys.readouterr().out
    assert "user_id" not in said
    assert '"credit_limit" AS "user_limit"' in said
