"""`greyline project`: check, compact, backups, restore."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.cli.commands import main
from desktop_app.domain.watch import CancelWatch
from tests.small_projects import make_project


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed project with a backup."""
    project = make_project(tmp_path)
    project.write_note("seen", "yes")
    project.back_up(CancelWatch())
    project.close()
    return project.path


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = main(["project", *map(str, arguments)])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_a_sound_project_is_well(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "check", path)
    assert code == 0
    assert "accounts: 5 rows read." in out
    assert out.endswith("book.greyline: all is well.\n")


def test_a_damaged_project_fails_the_check(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = bytearray(path.read_bytes())
    content[20] ^= 1
    path.write_bytes(content)
    code, _, err = run(capsys, "check", path)
    assert code == 1
    assert err.startswith("book.greyline: ")


def test_scenarios_that_cannot_be_made_fail_the_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = make_project(tmp_path)
    project.write_note("first_desk", "{}")
    project.close()
    code, out, _ = run(capsys, "check", project.path)
    assert code == 1
    assert "The journal cannot be made into scenarios" in out


def test_compacting_says_sizes_and_what_is_left(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "compact", path)
    assert code == 0
    assert "book.greyline: written anew, " in out
    assert "--forget-backups" in out


def test_backups_can_be_forgotten(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "compact", path, "--forget-backups")[0] == 0
    assert run(capsys, "backups", path)[1] == "book.greyline: there is no backup.\n"


def test_a_restored_project_is_well(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path.write_bytes(b"lost")
    assert run(capsys, "restore", path)[0] == 0
    assert run(capsys, "check", path.with_name("book.restored.greyline"))[0] == 0
    assert path.read_bytes() == b"lost"


def test_a_backup_can_be_named(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = run(capsys, "backups", path)[1].split()[-1]
    target = path.with_name("named.greyline")
    assert run(capsys, "restore", path, "--backup", name, "--to", target)[0] == 0
    assert target.is_file()
    assert run(capsys, "restore", path, "--backup", "other")[2] == "book.greyline: there is no such backup.\n"
