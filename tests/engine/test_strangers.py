"""A stranger's project: what it holds beside tables is refused, and no name of its own ever stands for ours."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from desktop_app.domain.problems import BookUnusable, Problem
from desktop_app.engine.connection import connect
from desktop_app.engine.project import Project
from tests.small_projects import ONE_THREAD, make_project

HOSTILE = {
    "macro": "CREATE MACRO sum(x) AS 42",
    "table macro": "CREATE MACRO anything() AS TABLE SELECT 1",
    "view": "CREATE VIEW harmless AS SELECT 1 AS one",
    "trigger": "CREATE TRIGGER t AFTER INSERT ON meta FOR EACH STATEMENT INSERT INTO journal VALUES (99, NULL, 'x')",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed project; copy it."""
    project = make_project(tmp_path_factory.mktemp("made"))
    project.close()
    return project.path


def tampered(made: Path, folder: Path, *statements: str) -> Path:
    """A project that a stranger changed with their own program."""
    path = Path(shutil.copy(made, folder / "book.greyline"))
    with duckdb.connect(str(path)) as connection:
        for statement in statements:
            connection.execute(statement)
    return path


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_project_with_code_of_its_own_is_refused(made: Path, tmp_path: Path, kind: str) -> None:
    path = tampered(made, tmp_path, HOSTILE[kind])
    before = path.read_bytes()
    with pytest.raises(BookUnusable, match=r"book\.greyline: .*(macro|view|trigger)"):
        Project.open(path)
    assert path.read_bytes() == before


def test_accounts_that_are_a_view_are_refused(made: Path, tmp_path: Path) -> None:
    statements = "ALTER TABLE accounts RENAME TO real_ones", "CREATE VIEW accounts AS FROM real_ones"
    with pytest.raises(BookUnusable, match="view"):
        Project.open(tampered(made, tmp_path, *statements))


def test_an_attached_file_is_never_the_default(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    used = "SELECT current_catalog(), current_schema()"
    assert {
        tuple(project.cursor(lane).execute(used).fetchall()) for lane in ("interactive", "background", "journal")
    } == {(("memory", "main"),)}
    project.close()


def test_a_macro_of_an_attached_file_stands_for_nothing(made: Path, tmp_path: Path) -> None:
    path = tampered(made, tmp_path, HOSTILE["macro"])
    cursors = connect((), (tmp_path,), tmp_path / "scratch", ONE_THREAD)
    cursors["main"].execute(f"ATTACH '{path}' AS project (READ_ONLY)")
    assert cursors["main"].execute("SELECT sum(balance) FROM project.accounts").fetchall() == [(1_250_049,)]
    cursors["main"].close()


DEEP = "[" * 100_000


@pytest.mark.parametrize("text", [DEEP, "{", "null"])
@pytest.mark.parametrize("key", ["book", "report", "mapping"])
def test_notes_that_say_nothing_of_a_book_are_refused(made: Path, tmp_path: Path, key: str, text: str) -> None:
    path = tampered(made, tmp_path, f"UPDATE meta SET value = '{text}' WHERE key = '{key}'")
    with pytest.raises(Problem):
        Project.open(path, ONE_THREAD)
    assert not path.with_name("book.greyline.lock").exists()
