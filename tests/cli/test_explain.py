"""`greyline explain`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import greyline
from tests.reference.samples import cut, policy, rule
from tests.small_projects import BOOK, TYPES, make_project, mapping_of

BY = {"column": "segment", "values": {"thin_file": 620}}
LOW = rule("low", "block", {"field": "score", "operator": "<", "value": 560, "by": BY})
LOW["reason"]["sentence"] = {"en": "Not now.", "zh": "暂不符合。"}
RULES = (
    LOW,
    rule("late", cut(percent=50), {"field": "days_past_due", "operator": ">=", "value": 5}),
    rule("unsure", "refer", {"field": "score", "operator": "<", "value": 560}, on_missing="refer", enabled=False),
    rule("asks", "block", {"field": "inquiries_3m", "operator": ">", "value": 3}),
)


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    make_project(folder, BOOK, mapping_of(BOOK, types=TYPES)).close()
    return folder / "book.greyline"


@pytest.fixture
def lines(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    path = tmp_path / "p.json"
    path.write_text(json.dumps(policy(*RULES)), encoding="utf-8")

    def explained(account: str) -> list[str]:
        assert greyline("explain", project, account, "--policy", path) == 0
        return capsys.readouterr().out.splitlines()

    return explained


def test_a_blocked_account_whole(lines: Any) -> None:
    assert lines("a-3") == [
        "Account a-3, user u2",
        "Outcome: Blocked",
        "Limit 8,000, drawn 9,000; under the policy the limit is 4,000, open 0.",
        "Reason: low, from rule low",
        "To the user, English: Not now.",
        "To the user, 中文: 暂不符合。",
        "Reason: late, from rule late",
        "",
        "1. low: fired: Block",
        "   Score below 620 (Segment thin_file): the account has 590 – holds",
        "",
        "2. late: fired: Cut the limit to 4,000",
        "   Days past due at least 5: the account has 10 – holds",
        "",
        "3. unsure: switched off",
        "",
        "4. asks: not evaluated, the book has no inquiries_3m",
        "",
        "For the analyst alone, what would have to be different:",
        "   low: Score 590, needs at least 620",
        "   late: Days past due 10, needs below 5",
        "   Limit-reduced if: Score 590, needs at least 620.",
        "   Unchanged if: Score 590, needs at least 620; Days past due 10, needs below 5.",
    ]


def test_an_account_that_is_not_restricted_has_no_distances(lines: Any) -> None:
    assert not any("For the analyst" in line for line in lines("a-2"))


def test_the_default_applies_where_the_group_is_missing(lines: Any) -> None:
    assert "   Score below 560: the account has none – unknown" in lines("a-4")
    assert "1. low: unknown, so it did not fire" in lines("a-4")


def test_a_leading_zero_is_part_of_the_id(lines: Any) -> None:
    assert lines("00123")[:2] == ["Account 00123, user u1", "Outcome: Blocked"]


def test_a_chinese_terminal_is_answered_in_chinese(lines: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert lines("a-3")[1] == "结果：拦截"
    assert not any("fired" in line or "holds" in line for line in lines("a-3"))


def test_an_account_that_is_not_there_is_named(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "p.json"
    path.write_text(json.dumps(policy(*RULES)), encoding="utf-8")
    assert greyline("explain", project, "123", "--policy", path) == 1
    assert '"123"' in capsys.readouterr().err
