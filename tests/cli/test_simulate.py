"""`greyline simulate`: what it writes and says, and one clear line for everything that can be wrong."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from desktop_app.cli.commands import main
from tests.reference import samples
from tests.small_projects import AS_OF, BOOK, TYPES, make_project, mapping_of

CHECKOUT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    make_project(folder, BOOK, mapping_of(BOOK, types=TYPES)).close()
    return folder / "book.greyline"


def written(folder: Path, name: str, document: dict[str, Any] | str) -> Path:
    path = folder / name
    path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    return path


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    return written(tmp_path, "policy.json", samples.policy(samples.rule("low", "block")))


def run(book: Path, policy: Path, out: Path, *more: object) -> int:
    return main(["simulate", str(book), "--policy", str(policy), "--out", str(out), *map(str, more)])


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_project_becomes_a_folder_of_files(project: Path, policy: Path, tmp_path: Path) -> None:
    assert run(project, policy, tmp_path / "out", "--group-by", "segment", "--accounts") == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "accounts.csv",
        "groups.csv",
        "manifest.json",
        "movements.csv",
        "overlap.csv",
        "reasons.csv",
        "recorded.csv",
        "rules.csv",
        "summary.csv",
        "transitions.csv",
    ]
    assert [row["outcome"] for row in rows(tmp_path / "out" / "accounts.csv")] == [
        "blocked",
        "unchanged",
        "blocked",
        "unchanged",
        "unchanged",
    ]


def test_accounts_are_written_only_when_asked_for(project: Path, policy: Path, tmp_path: Path) -> None:
    assert run(project, policy, tmp_path / "out") == 0
    assert not (tmp_path / "out" / "accounts.csv").exists()
    assert rows(tmp_path / "out" / "groups.csv") == []


def test_the_same_question_writes_the_same_bytes(project: Path, policy: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        run(project, policy, tmp_path / name, "--accounts")
    files = [{path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "two")]
    assert files[0] == files[1]


def figure(out: Path, name: str, side: str) -> str:
    return next(row["value"] for row in rows(out / "summary.csv") if (row["figure"], row["policy"]) == (name, side))


def test_single_assumptions_and_stresses_are_given_by_name(
    project: Path, policy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(project, policy, tmp_path / "usual")
    assert (
        run(project, policy, tmp_path / "out", "--assume", "ccf=50%", "--assume", "opex=3", "--stress", "pd_odds=2")
        == 0
    )
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    for side in ("baseline", "scenario"):
        assert manifest[side]["assumptions"]["values"]["ccf"] == 0.5
        assert manifest[side]["stress"]["values"]["pd_odds"] == 2
    usual, found = (figure(tmp_path / name, "ead_no_policy", "baseline") for name in ("usual", "out"))
    assert float(found) > float(usual)
    assert "Credit conversion factor (CCF): 50.0%" in capsys.readouterr().out


def test_a_scenario_file_says_what_is_supposed(project: Path, tmp_path: Path) -> None:
    scenario = {
        "greyline": "scenario",
        "version": 1,
        "id": "downturn",
        "name": {"en": "Downturn"},
        "policy": samples.policy(samples.rule("low", "block")),
        "assumptions": {"ccf": 0.8, "lgd": 0.7},
        "stress": {"lgd_rise": 0.1},
    }
    asked = written(tmp_path, "scenario.json", scenario)
    assert run(project, asked, tmp_path / "out", "--assume", "lgd=0.9") == 0
    found = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))["scenario"]
    assert found["name"]["en"] == "Downturn"
    assert (found["assumptions"]["values"]["ccf"], found["assumptions"]["values"]["lgd"]) == (0.8, 0.9)
    assert found["stress"]["values"]["lgd_rise"] == 0.1


@pytest.mark.parametrize(
    ("option", "setting", "said"),
    [
        ("--assume", "cff=0.5", 'did you mean "ccf"?'),
        ("--assume", "ccf=2", "--assume: ccf"),
        ("--assume", "ccf", "is no setting such as ccf=0.5"),
        ("--stress", "pd_odds=0", "--stress: pd_odds"),
        ("--stress", "group_odds=a", "is no setting such as pd_odds=2"),
    ],
)
def test_what_cannot_be_supposed_is_told(
    project: Path,
    policy: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    option: str,
    setting: str,
    said: str,
) -> None:
    assert run(project, policy, tmp_path / "out", option, setting) == 1
    assert said in capsys.readouterr().err


def test_a_project_is_as_it_was_afterwards(project: Path, policy: Path, tmp_path: Path) -> None:
    run(project, policy, tmp_path / "out")
    assert not project.with_name("book.greyline.work").exists()
    assert not project.with_name("book.greyline.wal").exists()


def test_the_terminal_shows_figures_beside_the_baseline(
    project: Path, policy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(project, policy, tmp_path / "out")
    said = capsys.readouterr()
    assert "5 accounts, 4 users" in said.out
    assert next(line for line in said.out.splitlines() if "Blocked users" in line).split()[2:5] == ["0", "2", "+2"]
    assert said.err == ""


def test_a_chinese_terminal_is_answered_in_chinese(
    project: Path, policy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert run(project, policy, tmp_path / "out") == 0
    said = capsys.readouterr().out
    assert "基准" in said
    assert "Blocked users" not in said


def test_an_unavailable_rule_is_said_and_counted_as_nothing(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    condition = {"field": "inquiries_3m", "operator": ">", "value": 3}
    document = samples.policy(samples.rule("asks", "block", condition, on_missing="fire"))
    assert run(project, written(tmp_path, "p.json", document), tmp_path / "out") == 0
    assert 'Rule "asks" was not evaluated: the book has no column "inquiries_3m".' in capsys.readouterr().out
    found = next(row for row in rows(tmp_path / "out" / "rules.csv") if row["policy"] == "scenario")
    assert (found["available"], found["any_hit_users"], found["unknown_accounts"]) == ("false", "", "")


def fails(capsys: pytest.CaptureFixture[str], code: int) -> str:
    """The one line that a failing command says."""
    said = capsys.readouterr()
    assert code == 1
    assert said.out == ""
    lines = said.err.splitlines()
    assert len(lines) == 1, lines
    return lines[0]


def test_a_missing_book_is_named(policy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("none.csv", "none.greyline"):
        line = fails(capsys, run(tmp_path / name, policy, tmp_path / "out"))
        assert name in line
        assert "there is no such" in line
    assert not (tmp_path / "out").exists()


def test_a_book_of_headings_alone_is_refused(policy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = written(tmp_path, "book.csv", "account_id,credit_limit,balance\n")
    mapping = written(tmp_path, "mapping.json", mapping_of("account_id,credit_limit,balance\n").to_json())
    line = fails(capsys, run(book, policy, tmp_path / "out", "--mapping", mapping))
    assert line == "book.csv: none of its 0 rows could be loaded as an account."


def test_a_missing_policy_is_named(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = fails(capsys, run(project, tmp_path / "none.json", tmp_path / "out"))
    assert "none.json: there is no such file" in line


def test_bad_json_says_where(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    policy = written(tmp_path, "p.json", '{\n  "greyline": "policy",,\n}')
    assert "p.json, line 2, column 24" in fails(capsys, run(project, policy, tmp_path / "out"))


def test_a_policy_that_is_no_text_is_named(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "p.json").write_bytes(b"\xff\xfe\x00\x80")
    assert "p.json" in fails(capsys, run(project, tmp_path / "p.json", tmp_path / "out"))


def test_an_unknown_key_suggests_the_near_one(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    policy = written(tmp_path, "p.json", samples.policy(round_too=100))
    assert 'unknown key "round_too"; did you mean "round_to"?' in fails(capsys, run(project, policy, tmp_path / "out"))


def test_an_unknown_column_suggests_the_near_one(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    condition = {"field": "scroe", "operator": "<", "value": 600}
    policy = written(tmp_path, "p.json", samples.policy(samples.rule("low", "block", condition)))
    assert run(project, policy, tmp_path / "out") == 0
    said = capsys.readouterr().out
    assert 'Rule "low" was not evaluated: the book has no column "scroe"; did you mean "score"?' in said


@pytest.mark.parametrize("field", ["default_12m", "recorded_action"])
def test_the_future_may_not_be_read(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], field: str
) -> None:
    condition = {"field": field, "operator": "is missing"}
    policy = written(tmp_path, "p.json", samples.policy(samples.rule("x", "block", condition)))
    assert f'reads "{field}"' in fails(capsys, run(project, policy, tmp_path / "out"))


def test_a_value_of_another_type_is_named(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    condition = {"field": "segment", "operator": "<", "value": 5}
    policy = written(tmp_path, "p.json", samples.policy(samples.rule("x", "block", condition)))
    assert '"x.1"' in fails(capsys, run(project, policy, tmp_path / "out"))


def test_an_unknown_grouping_lists_what_there_is(
    project: Path, policy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = fails(capsys, run(project, policy, tmp_path / "out", "--group-by", "segmnt"))
    assert all(name in line for name in ('"segmnt"', "segment", "kyc_complete"))


def test_a_date_that_is_none_is_refused(
    project: Path, policy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(project, policy, tmp_path / "out", "--as-of", "30.06.2026") == 2
    assert '"30.06.2026" is no date such as 2026-06-30' in capsys.readouterr().err.splitlines()[-1]


def test_a_date_without_a_snapshot_lists_those_there_are(
    project: Path, policy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = fails(capsys, run(project, policy, tmp_path / "out", "--as-of", "2020-01-01"))
    assert "2020" in line
    assert AS_OF in line


def test_a_folder_that_is_a_file_is_named(
    project: Path, policy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = written(tmp_path, "taken", "mine")
    assert "taken" in fails(capsys, run(project, policy, target))
    assert target.read_text(encoding="utf-8") == "mine"


def test_a_file_that_is_no_project_is_named(policy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = written(tmp_path, "wrong.greyline", "account_id,credit_limit\n")
    code = run(book, policy, tmp_path / "out")
    said = capsys.readouterr()
    assert code == 1
    assert said.err.startswith("wrong.greyline")


def greyline(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The command as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "desktop_app", *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(CHECKOUT), "LC_ALL": "C.UTF-8", **environment},
        capture_output=True,
        check=False,
    )


def test_a_csv_file_goes_the_whole_way_quietly(policy: Path, tmp_path: Path) -> None:
    book = written(tmp_path, "book.csv", BOOK)
    mapping = written(tmp_path, "mapping.json", json.loads(mapping_of(BOOK, types=TYPES).to_json()))
    done = greyline("simulate", book, "--mapping", mapping, "--policy", policy, "--out", tmp_path / "out")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().count("\n") > 10


def test_a_terminal_of_few_letters_is_no_error(project: Path, policy: Path, tmp_path: Path) -> None:
    done = greyline("simulate", project, "--policy", policy, "--out", tmp_path / "out", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, b"")


def test_an_error_ends_the_process_with_its_code(policy: Path, tmp_path: Path) -> None:
    done = greyline("simulate", tmp_path / "none.csv", "--policy", policy, "--out", tmp_path / "out")
    assert done.returncode == 1
    assert done.stderr.decode().count("\n") == 1


def test_a_book_without_dates_takes_the_one_given(policy: Path, tmp_path: Path) -> None:
    book = tmp_path / "undated.csv"
    book.write_text("account_id,credit_limit,balance\n001,100,5\n", encoding="utf-8")
    assert run(book, policy, tmp_path / "out", "--as-of", "2026-01-31", "--accounts") == 0
    assert {row["date"] for row in rows(tmp_path / "out" / "summary.csv")} == {"2026-01-31"}
    assert rows(tmp_path / "out" / "accounts.csv")[0]["account_id"] == "001"


def test_a_book_without_dates_says_how_to_give_one(
    policy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / "undated.csv"
    book.write_text("account_id,credit_limit,balance\n001,100,5\n", encoding="utf-8")
    assert "--as-of" in fails(capsys, run(book, policy, tmp_path / "out"))
