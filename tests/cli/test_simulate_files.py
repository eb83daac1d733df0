"""What `greyline simulate` writes beside the CSV files, and how texts and ids leave."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop_app.cli.commands import main
from desktop_app.engine.project import Project
from tests.reference import samples
from tests.small_projects import BOOK, ONE_THREAD, TYPES, make_project, mapping_of

CHECKOUT = Path(__file__).parents[2]
HOSTILE = BOOK.replace("a-2", "=1+1").replace("thin_file", "@SUM(A1)")


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    make_project(folder, HOSTILE, mapping_of(HOSTILE, types=TYPES)).close()
    return folder / "book.greyline"


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    path = tmp_path / "policy.json"
    document = samples.policy(samples.rule("low", "block", name={"en": "=cmd()", "zh": "评分过低"}))
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def run(book: Path, policy: Path, *more: object) -> int:
    return main(["simulate", str(book), "--policy", str(policy), "--group-by", "segment", *map(str, more)])


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def values(path: Path, sheet: str) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True))


def test_a_workbook_and_a_report_stand_beside_the_tables(project: Path, policy: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run(project, policy, "--accounts", "--out", out, "--xlsx", out / "b.xlsx", "--html", out / "r.html") == 0
    files = json.loads((out / "manifest.json").read_text("utf-8"))["files"]
    assert {file["name"] for file in files} == {path.name for path in out.iterdir()} - {"manifest.json"}
    for file in files:
        assert hashlib.sha256((out / file["name"]).read_bytes()).hexdigest() == file["sha256"]


def test_either_is_written_without_tables(
    project: Path, policy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(project, policy, "--xlsx", tmp_path / "new" / "b.xlsx") == 0
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["b.xlsx"]
    assert f"Wrote {tmp_path / 'new' / 'b.xlsx'}." in capsys.readouterr().out


def test_a_call_that_writes_nothing_is_wrong(project: Path, policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(project, policy) == 2
    assert "--out, --xlsx or --html" in capsys.readouterr().err


@pytest.mark.parametrize(("option", "name"), [("--xlsx", "b.xls"), ("--html", "b.pdf")])
def test_another_kind_of_file_is_wrong(
    project: Path, policy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str, name: str
) -> None:
    assert run(project, policy, option, tmp_path / name) == 2
    assert "name a file that ends in" in capsys.readouterr().err


def test_the_same_question_writes_the_same_bytes(project: Path, policy: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        out = tmp_path / name
        run(
            project,
            policy,
            "--accounts",
            "--mask-ids",
            "--out",
            out,
            "--xlsx",
            out / "b.xlsx",
            "--html",
            out / "r.html",
        )
    files = [{path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "two")]
    assert files[0] == files[1]


def test_the_figures_are_the_same_in_every_file(project: Path, policy: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(project, policy, "--out", out, "--xlsx", out / "b.xlsx", "--html", out / "r.html")
    blocked = next(
        row for row in rows(out / "summary.csv") if (row["figure"], row["policy"]) == ("users_blocked", "scenario")
    )
    found = next(row for row in values(out / "b.xlsx", "Figures") if row[:2] == ("Blocked users", "Scenario"))
    page = (out / "r.html").read_text("utf-8")
    tile = re.search(r'<p class="name">Blocked users</p>\s*<p class="value">([^<]*)</p>', page)
    assert tile
    assert int(blocked["value"]) == found[2] == int(tile[1]) == 2


def test_chosen_tables_alone_are_written(project: Path, policy: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(project, policy, "--tables", "summary,rules", "--out", out, "--xlsx", out / "b.xlsx")
    assert {path.name for path in out.iterdir()} == {"summary.csv", "rules.csv", "manifest.json", "b.xlsx"}
    assert openpyxl.load_workbook(out / "b.xlsx").sheetnames == ["Overview", "Charts", "Figures", "Rules"]


def test_a_table_that_there_is_not_is_wrong(
    project: Path, policy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(project, policy, "--tables", "sumary", "--out", tmp_path / "out") == 2
    assert '"sumary" is none of: summary, reasons' in capsys.readouterr().err


def test_files_can_have_another_language_than_the_terminal(
    project: Path, policy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(project, policy, "--language", "zh", "--xlsx", tmp_path / "b.xlsx", "--html", tmp_path / "r.html")
    assert "Blocked users" in capsys.readouterr().out
    assert 'lang="zh-CN"' in (tmp_path / "r.html").read_text("utf-8")
    assert openpyxl.load_workbook(tmp_path / "b.xlsx").sheetnames[0] == "概览"


def test_texts_that_a_spreadsheet_would_run_are_harmless(project: Path, policy: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(project, policy, "--accounts", "--out", out)
    assert [row["account_id"] for row in rows(out / "accounts.csv")][:2] == ["00123", "'=1+1"]
    assert "'@SUM(A1)" in {row["group"] for row in rows(out / "groups.csv")}
    assert "'=cmd()" in {row["name"] for row in rows(out / "rules.csv")}


def test_texts_can_be_left_as_they_are(project: Path, policy: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(project, policy, "--accounts", "--raw-text", "--out", out)
    assert [row["account_id"] for row in rows(out / "accounts.csv")][:2] == ["00123", "=1+1"]
    assert json.loads((out / "manifest.json").read_text("utf-8"))["csv"]["formulas_neutralised"] is False


def test_masked_ids_are_codes_in_every_file_and_say_no_id(project: Path, policy: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(project, policy, "--accounts", "--mask-ids", "--out", out, "--xlsx", out / "b.xlsx")
    codes = [row["account_id"] for row in rows(out / "accounts.csv")]
    assert all(re.fullmatch("[0-9a-f]{32}", code) for code in codes)
    assert len(set(codes)) == 5
    assert [row[0] for row in values(out / "b.xlsx", "Accounts")[1:]] == codes


def test_masked_ids_differ_from_project_to_project(project: Path, policy: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    make_project(tmp_path / "other", HOSTILE, mapping_of(HOSTILE, types=TYPES)).close()
    for name, book in (("one", project), ("two", tmp_path / "other" / "book.greyline")):
        run(book, policy, "--accounts", "--mask-ids", "--out", tmp_path / name)
    first, second = ({row["account_id"] for row in rows(tmp_path / name / "accounts.csv")} for name in ("one", "two"))
    assert not first & second


def test_the_key_of_a_file_is_said_to_be_for_once(
    policy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "book.csv").write_text(BOOK, encoding="utf-8")
    (tmp_path / "mapping.json").write_text(mapping_of(BOOK, types=TYPES).to_json(), encoding="utf-8")
    mapping = ("--mapping", tmp_path / "mapping.json")
    assert run(tmp_path / "book.csv", policy, *mapping, "--accounts", "--mask-ids", "--out", tmp_path / "out") == 0
    assert "key of this run alone" in capsys.readouterr().err


def test_the_key_is_in_no_file(project: Path, policy: Path, tmp_path: Path) -> None:
    opened = Project.open(project, ONE_THREAD)
    opened.close()
    out = tmp_path / "out"
    run(project, policy, "--accounts", "--mask-ids", "--out", out, "--html", out / "r.html")
    assert not [path.name for path in out.iterdir() if opened.id in path.read_text("utf-8-sig")]


def piped(arguments: list[str], command: str) -> subprocess.CompletedProcess[bytes]:
    """The command of the shell with greyline's output as its input."""
    call = [sys.executable, "-m", "desktop_app", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT), "LC_ALL": "C.UTF-8"}
    script = f'"$@" {command}; exit 0'
    return subprocess.run(["sh", "-c", script, "sh", *call], env=environment, capture_output=True, check=False)


def test_a_reader_who_has_seen_enough_is_no_error() -> None:
    done = piped(["figures"], "| head -n 1")
    assert done.stdout.startswith(b"Id")
    assert done.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
def test_output_that_cannot_be_written_is_one_line() -> None:
    done = piped(["figures"], "> /dev/full")
    assert done.stderr == b"The output could not be written: No space left on device.\n"
