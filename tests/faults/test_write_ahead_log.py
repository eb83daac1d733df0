"""DuckDB's log stale, missing, torn or damaged after a crash: our own log brings back what it lost."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.engine.project import Project
from desktop_app.engine.project_files import ProjectFiles
from tests.faults.conftest import ALL_STEPS, steps_of, write_steps
from tests.small_projects import ONE_THREAD


@pytest.fixture(scope="module")
def crashed_once(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with 20 steps as a crash leaves it; copy its folder."""
    folder, kept = (tmp_path_factory.mktemp(name) for name in ("open", "crashed"))
    project = Project.open(Path(shutil.copy(made, folder / "book.greyline")), ONE_THREAD)
    write_steps(project)
    for file in folder.glob("book.greyline*"):
        if file.is_file():
            shutil.copy(file, kept)
    project.close()
    return kept


@pytest.fixture
def crashed(crashed_once: Path, tmp_path: Path) -> ProjectFiles:
    return ProjectFiles(Path(shutil.copytree(crashed_once, tmp_path / "crashed")) / "book.greyline")


def torn(files: ProjectFiles) -> None:
    os.truncate(files.wal, files.wal.stat().st_size // 2)


def missing(files: ProjectFiles) -> None:
    files.wal.unlink()


def damaged(files: ProjectFiles) -> None:
    content = bytearray(files.wal.read_bytes())
    content[len(content) // 2] ^= 4
    files.wal.write_bytes(content)


def stale(files: ProjectFiles) -> None:
    old = files.wal.read_bytes()
    Project.open(files.path, ONE_THREAD).close()
    files.wal.write_bytes(old)


FAULTS: list[Callable[[ProjectFiles], None]] = [torn, missing, damaged, stale]


@pytest.mark.parametrize("fault", FAULTS)
def test_no_step_is_lost(crashed: ProjectFiles, fault: Callable[[ProjectFiles], None]) -> None:
    fault(crashed)
    assert steps_of(crashed.path) == ALL_STEPS


def test_an_untouched_log_is_enough(crashed: ProjectFiles) -> None:
    crashed.steps.unlink()
    assert steps_of(crashed.path) == ALL_STEPS


def test_what_was_brought_back_is_told(crashed: ProjectFiles) -> None:
    missing(crashed)
    project = Project.open(crashed.path, ONE_THREAD)
    (notice,) = project.take_notices()
    project.close()
    assert str(notice) == "book.greyline had lost its last 20 changes; they were brought back from its log."


def test_the_log_that_a_crash_left_is_kept(crashed: ProjectFiles) -> None:
    torn(crashed)
    content = crashed.wal.read_bytes()
    steps_of(crashed.path)
    assert [file.read_bytes() for file in crashed.backups.glob("*.wal")] == [content]


def test_a_log_of_another_project_brings_nothing(crashed: ProjectFiles, path: Path) -> None:
    shutil.copy(crashed.steps, ProjectFiles(path).steps)
    with ProjectFiles(path).steps.open("rb+") as log:
        log.truncate(0)
        log.write(crashed.steps.read_bytes().replace(b'"base"', b'"bass"'))
    assert steps_of(path) == []


def test_an_older_file_beside_a_newer_log_is_told(crashed: ProjectFiles, made: Path) -> None:
    project = Project.open(crashed.path, ONE_THREAD)
    project.write_note("newer", "yes")
    newer = crashed.steps.read_bytes()
    project.close()
    shutil.copy(made, crashed.path)
    crashed.steps.write_bytes(newer)
    project = Project.open(crashed.path, ONE_THREAD)
    (notice,) = project.take_notices()
    project.close()
    assert "is older than the log beside it" in str(notice)
    assert [file.read_bytes() for file in crashed.backups.glob("*.steps")] == [newer]
