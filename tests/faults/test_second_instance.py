"""A project that is open elsewhere: one sentence that says where, and a copy to read."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from desktop_app.domain.problems import BookUnusable, ProjectInUse
from desktop_app.domain.watch import CancelWatch
from desktop_app.engine.project import Project
from desktop_app.workspace.opening import project_of
from tests.faults.conftest import ALL_STEPS, steps_of
from tests.faults.processes import killed, started
from tests.small_projects import ONE_THREAD

GREYLINE = """
    import sys, time
    from pathlib import Path
    from desktop_app.engine.project import Project
    project = Project.open(Path(sys.argv[1]))
    for step in range(1, 21):
        project.write_entry(step, f'"step {step}"')
    print("open", flush=True)
    time.sleep(60)
    """
OTHER_PROGRAM = """
    import sys, time
    import duckdb
    connection = duckdb.connect(sys.argv[1])
    print("open", flush=True)
    time.sleep(60)
    """


@pytest.fixture(scope="module")
def first(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, int]]:
    """A project that another Greyline has open, and the number of its process; for tests that only look."""
    path = Path(shutil.copy(made, tmp_path_factory.mktemp("open") / "book.greyline"))
    with started(GREYLINE, path) as process:
        yield path, process.pid


def test_a_second_greyline_is_told_of_the_first(first: tuple[Path, int]) -> None:
    path, number = first
    with pytest.raises(ProjectInUse, match=rf"process {number} on .* since 20"):
        Project.open(path)


def test_another_program_is_told_with_its_number(path: Path) -> None:
    with started(OTHER_PROGRAM, path) as other, pytest.raises(ProjectInUse, match=rf"process {other.pid}.*copy"):
        Project.open(path)


def test_a_refused_opening_leaves_no_lock(path: Path) -> None:
    with started(OTHER_PROGRAM, path), pytest.raises(ProjectInUse):
        Project.open(path)
    assert steps_of(path) == []


def test_a_copy_has_what_the_first_wrote(first: tuple[Path, int]) -> None:
    copy = Project.open_copy(first[0], ONE_THREAD)
    assert [entry.text for entry in copy.entries()] == ALL_STEPS
    copy.close()


def test_a_copy_leaves_nothing_and_says_what_it_is(first: tuple[Path, int]) -> None:
    path, _ = first
    before = {file.name: file.read_bytes() for file in path.parent.iterdir() if file.is_file()}
    copy = Project.open_copy(path, ONE_THREAD)
    copy.write_note("mine", "gone")
    (notice,) = copy.take_notices()
    copy.close()
    assert not copy.path.parent.exists()
    assert "this is a copy" in str(notice)
    assert {file.name: file.read_bytes() for file in path.parent.iterdir() if file.is_file()} == before


def test_a_question_is_answered_from_a_copy(first: tuple[Path, int]) -> None:
    path, _ = first
    with project_of(path, None, CancelWatch(), ONE_THREAD) as project:
        assert project.copy_of == path


def test_this_process_copies_nothing_that_it_has_open(project: Project) -> None:
    with pytest.raises(BookUnusable, match="has it open already"):
        Project.open_copy(project.path)
    project.write_note("still", "locked")
    script = "import sys, duckdb; duckdb.connect(sys.argv[1]); print('opened')"
    with pytest.raises(AssertionError, match="Could not set lock"):
        killed(script, project.path)


def test_a_lock_that_a_crash_left_is_replaced(path: Path) -> None:
    killed(GREYLINE, path)
    assert path.with_name("book.greyline.lock").exists()
    assert steps_of(path) == ALL_STEPS


def test_a_lock_of_another_computer_is_kept(path: Path) -> None:
    lock = path.with_name("book.greyline.lock")
    lock.write_text(json.dumps({"pid": 1, "host": "another", "since": "2026-01-01"}), encoding="utf-8")
    with pytest.raises(ProjectInUse, match=r"another, since 2026-01-01; .* delete book\.greyline\.lock"):
        Project.open(path)


def test_a_lock_that_says_nothing_is_replaced(path: Path) -> None:
    path.with_name("book.greyline.lock").write_bytes(b"\x00garbage")
    assert steps_of(path) == []


def test_closing_takes_the_lock_away(path: Path) -> None:
    Project.open(path, ONE_THREAD).close()
    assert not path.with_name("book.greyline.lock").exists()
    duckdb.connect(str(path)).close()
