"""The project file: made whole or not at all, every commit kept, a private folder that is emptied, clear refusals."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from textwrap import dedent

import duckdb
import pytest

from desktop_app.domain.problems import BookUnusable, Cancelled, Problem
from desktop_app.domain.watch import CancelWatch
from desktop_app.engine.project import Project
from desktop_app.workspace.importing import import_inline
from tests.small_projects import BOOK, ONE_THREAD, lines, make_project, mapping_of, policy, question

CHECKOUT = Path(__file__).parents[2]


def reopened(folder: Path) -> Project:
    return Project.open(folder / "book.greyline", ONE_THREAD)


def killed(script: str, *arguments: object) -> None:
    """Run a script that ends itself with kill -9."""
    command = [sys.executable, "-c", dedent(script), *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == -signal.SIGKILL, run.stderr


@pytest.fixture
def project(tmp_path: Path):
    made = make_project(tmp_path)
    yield made
    made.close()


def test_a_project_opens_as_it_was_made(project: Project, tmp_path: Path) -> None:
    book, report, how = project.book, project.report, project.mapping
    project.close()
    again = reopened(tmp_path)
    assert (again.book, again.report, again.mapping) == (book, report, how)
    again.close()


def test_rows_stand_in_the_order_of_the_file(project: Project) -> None:
    found = project.cursor("interactive").execute("SELECT account_id FROM project.accounts").fetchall()
    assert [row[0] for row in found] == ["00123", "a-2", "a-3", "a-4", "a-5"]


def test_a_failed_making_leaves_nothing(tmp_path: Path) -> None:
    staging = tmp_path / "staging.duckdb"
    (tmp_path / "book.csv").write_text(BOOK, encoding="utf-8")
    book, report = import_inline(tmp_path / "book.csv", mapping_of(BOOK), staging, CancelWatch())
    before = {path.name for path in tmp_path.iterdir()}
    watch = CancelWatch()
    watch.cancel()
    with pytest.raises(Cancelled):
        Project.create(tmp_path / "new.greyline", staging, (book, report, mapping_of(BOOK)), watch)
    assert {path.name for path in tmp_path.iterdir()} - before <= {"new.greyline.lock"}


def test_a_killed_making_leaves_no_project(tmp_path: Path) -> None:
    killed(
        """
        import os, signal, sys
        from pathlib import Path
        import desktop_app.engine.derived as derived
        from tests.small_projects import make_project
        def die(*_):
            os.kill(os.getpid(), signal.SIGKILL)
        # After the accounts were copied, in the middle of everything.
        derived.derived_trees = die
        make_project(Path(sys.argv[1]))
        """,
        tmp_path,
    )
    with pytest.raises(BookUnusable, match="no such project"):
        reopened(tmp_path)


def test_a_project_can_be_made_after_a_killed_making(tmp_path: Path) -> None:
    test_a_killed_making_leaves_no_project(tmp_path)
    for left in ("staging.duckdb", "staging.duckdb.wal"):
        (tmp_path / left).unlink(missing_ok=True)
    project = make_project(tmp_path)
    assert project.book.accounts == 5
    project.close()


def test_what_was_written_survives_a_kill(project: Project, tmp_path: Path) -> None:
    project.close()
    killed(
        """
        import os, signal, sys
        from pathlib import Path
        from desktop_app.engine.project import Project
        project = Project.open(Path(sys.argv[1]))
        for step in range(1, 21):
            project.write_entry(step, f"step {step}")
        project.write_note("seen", "yes")
        os.kill(os.getpid(), signal.SIGKILL)
        """,
        tmp_path / "book.greyline",
    )
    again = reopened(tmp_path)
    assert [entry.text for entry in again.entries()] == [f"step {step}" for step in range(1, 21)]
    assert again.note("seen") == "yes"
    assert again.book.accounts == 5
    again.close()


def test_steps_after_the_new_one_are_dropped(project: Project) -> None:
    for step, text in ((1, "a"), (2, "b"), (3, "c"), (2, "other way")):
        project.write_entry(step, text)
    assert [(entry.step, entry.text) for entry in project.entries()] == [(1, "a"), (2, "other way")]


def test_steps_know_when_they_were_written(project: Project) -> None:
    project.write_entry(1, "a")
    written = project.entries()[0].at.replace(tzinfo=UTC)
    assert abs(datetime.now(UTC) - written) < timedelta(minutes=1)


def test_a_note_is_replaced(project: Project) -> None:
    project.write_note("key", "one")
    project.write_note("key", "two")
    assert project.note("key") == "two"
    assert project.note("other") is None


def test_notes_and_steps_are_there_when_opened_again(project: Project, tmp_path: Path) -> None:
    project.write_note("key", "it's “quoted”\n")
    project.write_entry(1, "{}")
    project.close()
    again = reopened(tmp_path)
    assert (again.note("key"), len(again.entries())) == ("it's “quoted”\n", 1)
    again.close()


def test_the_private_folder_is_closed_to_others(project: Project, tmp_path: Path) -> None:
    assert stat.S_IMODE((tmp_path / "book.greyline.work").stat().st_mode) == 0o700


def test_the_private_folder_is_emptied_at_open(project: Project, tmp_path: Path) -> None:
    project.close()
    private = tmp_path / "book.greyline.work"
    (private / "deep").mkdir(parents=True)
    (private / "deep" / "personal").write_text("13800000000", encoding="utf-8")
    again = reopened(tmp_path)
    assert not (private / "deep").exists()
    again.close()


def test_closing_leaves_only_the_project(project: Project, tmp_path: Path) -> None:
    project.write_entry(1, "a")
    project.close()
    left = {path.name for path in tmp_path.iterdir()} - {"book.csv", "book.greyline.lock"}
    assert left == {"book.greyline"}


def test_a_second_window_is_refused_and_disturbs_nothing(project: Project, tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(Problem, match="open"):
            reopened(tmp_path)
    request = question(project, policy())
    prepared = project.prepared(project.cursor("interactive"), project.book, request.scenario, CancelWatch())
    assert prepared.accounts == 5


def test_another_program_is_refused_and_disturbs_nothing(project: Project, tmp_path: Path) -> None:
    script = """
        import sys
        from pathlib import Path
        from desktop_app.engine.project import Project
        Project.open(Path(sys.argv[1]))
        """
    command = [sys.executable, "-c", dedent(script), str(tmp_path / "book.greyline")]
    run = subprocess.run(
        command, env={**os.environ, "PYTHONPATH": str(CHECKOUT)}, capture_output=True, text=True, check=False
    )
    assert "open" in run.stderr.splitlines()[-1]
    assert list((tmp_path / "book.greyline.work").glob("prepared*"))
    project.write_entry(1, "still here")
    assert len(project.entries()) == 1


@pytest.mark.parametrize("content", [b"", b"x", b"PK\x03\x04" * 5000, b"account_id,credit_limit\n1,2\n" * 1000])
def test_a_file_that_is_no_project_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "wrong.greyline"
    path.write_bytes(content)
    with pytest.raises(Problem, match=r"^wrong\.greyline"):
        Project.open(path)
    assert path.read_bytes() == content


def test_a_database_of_someone_else_is_named(tmp_path: Path) -> None:
    path = tmp_path / "other.greyline"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE accounts AS SELECT 1 AS a")
    with pytest.raises(Problem, match=r"^other\.greyline"):
        Project.open(path)


def test_a_truncated_project_is_refused(project: Project, tmp_path: Path) -> None:
    project.close()
    path = tmp_path / "book.greyline"
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(Problem, match=r"^book\.greyline"):
        Project.open(path)


def test_a_missing_project_is_named(tmp_path: Path) -> None:
    with pytest.raises(BookUnusable, match=r"book\.greyline: there is no such project"):
        reopened(tmp_path)


def test_a_date_that_the_book_lacks_lists_those_it_has(tmp_path: Path) -> None:
    rows = [("a", 100, 0, "2025-06-30"), ("a", 100, 0, "2026-06-30")]
    project = make_project(tmp_path, lines("account_id,credit_limit,balance,snapshot_date", rows))
    assert project.at(date(2025, 6, 30)).accounts == 1
    with pytest.raises(BookUnusable, match=r"no snapshot of 2024-01-01; it has 2025-06-30, 2026-06-30"):
        project.at(date(2024, 1, 1))
    project.close()


def test_columns_are_prepared_once_for_each_date(tmp_path: Path) -> None:
    rows = [("a", 100, 0, "x", "2025-06-30"), ("a", 100, 0, "y", "2026-06-30"), ("b", 1, 0, "", "2026-06-30")]
    csv = lines("account_id,credit_limit,balance,segment,snapshot_date", rows)
    project = make_project(tmp_path, csv, mapping_of(csv, types={"segment": "category"}))
    cursor, scenario, watch = project.cursor("interactive"), question(project, policy()).scenario, CancelWatch()
    made = [project.prepared(cursor, project.at(date(year, 6, 30)), scenario, watch) for year in (2026, 2025, 2026)]
    assert made[0] is made[2]
    found = [cursor.execute(f"SELECT segment FROM {each.table}").fetchall() for each in made[:2]]
    assert found == [[("y",), (None,)], [("x",)]]
    project.close()
