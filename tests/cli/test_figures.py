"""`greyline figures`."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from desktop_app.figures.catalogue import FIGURES
from tests.cli.running import greyline


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


def test_every_figure_is_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert greyline("figures") == 0
    heading, *lines = capsys.readouterr().out.splitlines()
    assert heading.split() == ["Id", "Name", "Unit", "Kind", "Formula"]
    assert [line.split()[0] for line in lines] == list(FIGURES)


def test_a_chinese_terminal_lists_in_chinese(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert greyline("figures") == 0
    listed = capsys.readouterr().out
    assert FIGURES["users_blocked"].name not in listed
    assert "users_blocked" in listed


def test_the_file_has_every_figure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert greyline("figures", "--csv", tmp_path / "f.csv") == 0
    with (tmp_path / "f.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["id"] for row in rows] == list(FIGURES)
    assert all(row["formula"] and row["unit"] and row["kind"] for row in rows)
    assert f"Wrote {len(FIGURES)} figures" in capsys.readouterr().out


def test_a_folder_that_is_missing_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert greyline("figures", "--csv", tmp_path / "none" / "f.csv") == 1
    assert "f.csv: its folder is not there" in capsys.readouterr().err
