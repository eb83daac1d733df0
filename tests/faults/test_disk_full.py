"""A disk that takes no more: at an import, at a commit, at a checkpoint, at a backup."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from desktop_app.domain.problems import BookUnusable, ImportFailed, Problem
from desktop_app.domain.watch import CancelWatch
from desktop_app.engine.project import Project
from desktop_app.engine.project_backups import list_backups
from desktop_app.engine.project_files import ProjectFiles
from desktop_app.text.language import Language
from desktop_app.text.words import Words
from desktop_app.workspace import disk_space
from desktop_app.workspace.desk import BASELINE, Desk, scenario_of
from desktop_app.workspace.importing import import_inline
from desktop_app.workspace.opening import import_project
from desktop_app.workspace.workspace import Workspace
from tests.faults.conftest import ALL_STEPS, steps_of, write_steps
from tests.faults.processes import ENVIRONMENT, no_file_grows_beyond
from tests.small_projects import BOOK, ONE_THREAD, mapping_of, policy

LARGE = "x" * 100_000


def import_here(folder: Path) -> None:
    (folder / "book.csv").write_text(BOOK, encoding="utf-8")
    import_project(folder / "book.csv", mapping_of(BOOK), folder / "book.greyline", CancelWatch()).close()


def give_up(project: Project) -> None:
    """Have the database give the project up: a checkpoint that the disk refuses."""
    write_steps(project)
    for key in range(30):
        project.write_note(f"large {key}", LARGE + str(key))
    files = ProjectFiles(project.path)
    with no_file_grows_beyond(files.path.stat().st_size), pytest.raises(Exception, match="has been invalidated"):
        project.cursor("background").execute("CHECKPOINT project")


def test_a_full_disk_in_an_import_is_told_with_figures(tmp_path: Path) -> None:
    with (
        no_file_grows_beyond(100_000),
        pytest.raises(ImportFailed, match=r"takes about 16\.\d MB of disk, and .* free"),
    ):
        import_here(tmp_path)


def test_a_full_disk_in_an_import_leaves_nothing(tmp_path: Path) -> None:
    with no_file_grows_beyond(100_000), pytest.raises(ImportFailed):
        import_here(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["book.csv"]


def test_a_full_disk_while_the_project_is_made_leaves_nothing(tmp_path: Path) -> None:
    source, staging = tmp_path / "book.csv", tmp_path / "staging.duckdb"
    source.write_text(BOOK, encoding="utf-8")
    book, report = import_inline(source, mapping_of(BOOK), staging, CancelWatch())
    found = (book, report, mapping_of(BOOK))
    with no_file_grows_beyond(500_000), pytest.raises(Problem, match="nothing was imported"):
        Project.create(tmp_path / "book.greyline", staging, found, CancelWatch(), ONE_THREAD)
    assert {path.name for path in tmp_path.iterdir()} == {"book.csv", "staging.duckdb"}


def test_an_import_without_room_does_not_begin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk_space, "_ALWAYS", 1 << 60)
    with pytest.raises(ImportFailed, match="Free disk space or import into another folder"):
        import_here(tmp_path)


def test_a_step_that_the_disk_refused_is_told(project: Project) -> None:
    write_steps(project)
    wal = ProjectFiles(project.path).wal.stat().st_size
    with no_file_grows_beyond(wal), pytest.raises(BookUnusable, match="The disk is full"):
        project.write_note("large", LARGE)


def test_the_session_goes_on_after_a_refused_step(project: Project) -> None:
    write_steps(project)
    wal = ProjectFiles(project.path).wal.stat().st_size
    with no_file_grows_beyond(wal), pytest.raises(BookUnusable):
        project.write_note("large", LARGE)
    project.write_note("small", "kept")
    assert (project.note("large"), project.note("small")) == (None, "kept")


def test_a_project_given_up_at_a_checkpoint_is_written_on(project: Project) -> None:
    give_up(project)
    project.write_note("after", "kept")
    assert project.note("after") == "kept"
    assert len(project.entries()) == len(ALL_STEPS)


def test_the_user_is_told_once_that_it_was_opened_again(project: Project) -> None:
    give_up(project)
    project.write_note("after", "kept")
    assert [str(notice) for notice in project.take_notices()] == [
        "The disk was full while the project was being written. It was opened again: nothing is lost."
    ]
    assert not project.take_notices()


def test_an_answer_that_met_a_project_given_up_is_asked_again(project: Project) -> None:
    first = scenario_of(policy(), "scenario")
    desk = Desk(scenario_of(policy(), BASELINE), (first,), first.id)
    workspace = Workspace(project, desk, Words(Language.ENGLISH))
    workspace.flush()
    give_up(project)
    request = workspace.question()
    assert workspace.job(request)(CancelWatch()).key == request.key
    workspace.close()


def test_a_crash_after_a_checkpoint_that_failed_loses_nothing(path: Path) -> None:
    project = Project.open(path, ONE_THREAD)
    give_up(project)
    project.close()
    assert ProjectFiles(path).wal.exists()
    assert steps_of(path) == ALL_STEPS


def test_a_backup_that_the_disk_refused_leaves_nothing(project: Project) -> None:
    write_steps(project)
    with no_file_grows_beyond(100_000), pytest.raises(BookUnusable):
        project.back_up(CancelWatch())
    files = ProjectFiles(project.path)
    assert not list_backups(files)
    assert not list(files.backups.glob("*"))
    assert len(project.entries()) == len(ALL_STEPS)


SMALL_DISK = """
    import os, sys
    from pathlib import Path
    from desktop_app.domain.problems import BookUnusable
    from desktop_app.engine.project import Project
    other = Path(sys.argv[1]).with_name("other")
    other.write_bytes(bytes(3_000_000))
    project, written = Project.open(Path(sys.argv[1])), 0
    try:
        while written < 100:
            project.write_note(f"large {written}", os.urandom(100_000).hex())
            written += 1
    except BookUnusable as problem:
        print(problem)
    assert project.note(f"large {written - 1}") and project.note(f"large {written}") is None
    project.close()
    other.unlink()
    project = Project.open(Path(sys.argv[1]))
    assert project.note(f"large {written - 1}"), "lost"
    project.close()
    """


def test_a_real_disk_that_is_full_loses_nothing(made: Path, tmp_path: Path) -> None:
    disk, quoted_script = tmp_path / "disk", shlex.quote(dedent(SMALL_DISK))
    disk.mkdir()
    mount = f"mount -t tmpfs -o size=9m none {disk} && cp {made} {disk}/book.greyline"
    run = f"{shlex.quote(sys.executable)} -c {quoted_script} {disk}/book.greyline"
    # Where nothing may be mounted, files of at most this size stand for the disk.
    otherwise = f"cp {made} {disk}/book.greyline && ulimit -f 6000 && {run}"
    command = f"unshare -m true 2>&1 && exec unshare -m sh -c {shlex.quote(f'{mount} && {run}')} || {otherwise}"
    done = subprocess.run(["sh", "-c", command], env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "The disk is full; nothing of this was written." in done.stdout or "opened again" in done.stdout
