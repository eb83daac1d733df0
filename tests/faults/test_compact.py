"""Compact and purge: what was deleted is gone from the bytes, and a failure leaves the file as it was."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desktop_app.domain.problems import BookUnusable, Cancelled
from desktop_app.domain.watch import CancelWatch
from desktop_app.engine.project import Project
from desktop_app.engine.project_check import check_project
from desktop_app.engine.project_compact import compact
from desktop_app.engine.project_files import ProjectFiles
from tests.faults.conftest import ALL_STEPS, steps_of, write_steps
from tests.faults.processes import no_file_grows_beyond
from tests.small_projects import ONE_THREAD

SECRET = "secret-13800000000-of-the-customer"


@pytest.fixture(scope="module")
def secret_once(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a closed project that once had a secret in its journal, and still has it in its bytes; copy it."""
    folder = tmp_path_factory.mktemp("secret")
    path = Path(shutil.copy(made, folder / "book.greyline"))
    project = Project.open(path, ONE_THREAD)
    project.write_entry(1, f'"{SECRET}"')
    project.back_up(CancelWatch())
    project.close()
    project = Project.open(path, ONE_THREAD)
    write_steps(project)
    project.close()
    return folder


@pytest.fixture
def with_secret(secret_once: Path, tmp_path: Path) -> ProjectFiles:
    """That project, of one's own."""
    return ProjectFiles(Path(shutil.copytree(secret_once, tmp_path / "copy")) / "book.greyline")


def files_with_secret(files: ProjectFiles) -> set[str]:
    found = (path for path in files.path.parent.rglob("*") if path.is_file())
    return {path.suffix for path in found if SECRET.encode() in path.read_bytes()}


def test_a_deleted_secret_is_gone_from_the_bytes(with_secret: ProjectFiles) -> None:
    assert ".greyline" in files_with_secret(with_secret)
    compact(with_secret.path, CancelWatch(), ONE_THREAD)
    assert files_with_secret(with_secret) == {".backup"}


def test_backups_are_forgotten_where_asked(with_secret: ProjectFiles) -> None:
    compact(with_secret.path, CancelWatch(), ONE_THREAD, forget=True)
    assert not files_with_secret(with_secret)


def test_everything_else_is_still_there(with_secret: ProjectFiles) -> None:
    compact(with_secret.path, CancelWatch(), ONE_THREAD)
    assert check_project(with_secret.path, CancelWatch(), ONE_THREAD).faults == ()
    assert steps_of(with_secret.path) == ALL_STEPS


def test_a_cancelled_compaction_changes_nothing(with_secret: ProjectFiles) -> None:
    before = with_secret.path.read_bytes()
    watch = CancelWatch()
    watch.cancel()
    with pytest.raises(Cancelled):
        compact(with_secret.path, watch, ONE_THREAD)
    assert with_secret.path.read_bytes() == before


def test_a_full_disk_changes_nothing(with_secret: ProjectFiles) -> None:
    before = with_secret.path.read_bytes()
    with no_file_grows_beyond(200_000), pytest.raises(BookUnusable):
        compact(with_secret.path, CancelWatch(), ONE_THREAD)
    assert with_secret.path.read_bytes() == before
    assert steps_of(with_secret.path) == ALL_STEPS
