"""`greyline import`: a file into a project, and the report of it."""

import json

import pytest

from tests.cli.running import greyline

BOOK = "编号,授信额度,本金余额,芝麻分\n1,1000,10.005,650\n2,500,,\n3,oops,5,700\n"
MAPPING = {
    "greyline": "mapping",
    "version": 1,
    "currency": "CNY",
    "as_of": {"date": "2026-06-30"},
    "columns": {
        "account_id": {"value": "编号"},
        "credit_limit": {"value": "授信额度"},
        "balance": {"value": "本金余额"},
        "score": {"value": "芝麻分"},
    },
}


@pytest.fixture(autouse=True)
def of_its_own(monkeypatch, tmp_path):
    """English, and no mapping remembered."""
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.fixture
def files(tmp_path):
    (tmp_path / "book.csv").write_text(BOOK, encoding="utf-8")
    (tmp_path / "mapping.json").write_text(json.dumps(MAPPING), encoding="utf-8")
    return tmp_path


def imported(files, *arguments, project="book.greyline"):
    return greyline("import", files / "book.csv", "--project", files / project, *arguments)


def test_the_report_accounts_for_every_row(files, capsys) -> None:
    assert imported(files, "--mapping", files / "mapping.json") == 0
    said = capsys.readouterr().out
    assert "3 rows: 1 loaded, 2 rejected.\n" in said
    assert "Values rounded to their unit: balance 1\n" in said
    assert "Line 4 credit_limit:" in said


def test_the_report_is_written_as_csv(files) -> None:
    assert imported(files, "--mapping", files / "mapping.json", "--report", files / "report") == 0
    lines = (files / "report" / "report.csv").read_text(encoding="utf-8-sig").splitlines()
    assert {"rows_in,3", "rows_loaded,1", "rows_rejected,2", "changed.balance,1"} <= set(lines)
    rejects = (files / "report" / "rejects.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [line.split(",")[:2] for line in rejects[1:]] == [["3", "balance"], ["4", "credit_limit"]]


def test_a_mapping_is_remembered_for_such_headings(files, capsys) -> None:
    imported(files, "--mapping", files / "mapping.json")
    assert imported(files, project="second.greyline") == 0
    assert "mapping confirmed last" in capsys.readouterr().err


def test_without_a_mapping_what_is_lacking_is_said(files, capsys) -> None:
    assert imported(files) == 1
    assert '"as_of"' in capsys.readouterr().err


def test_a_project_that_is_there_is_left_alone(files, capsys) -> None:
    (files / "book.greyline").write_text("mine")
    assert imported(files, "--mapping", files / "mapping.json") == 1
    assert (files / "book.greyline").read_text() == "mine"
    assert "is there already" in capsys.readouterr().err


def test_the_suffix_of_a_project_is_added(files) -> None:
    imported(files, "--mapping", files / "mapping.json", project="book")
    assert (files / "book.greyline").is_file()


def test_a_file_that_loads_nothing_says_why(files, capsys) -> None:
    (files / "book.csv").write_text("编号,授信额度,本金余额,芝麻分\n1,$1000,10,650\n", encoding="utf-8")
    assert imported(files, "--mapping", files / "mapping.json") == 1
    assert 'Line 2 credit_limit: "$1000" is not a number.' in capsys.readouterr().err
