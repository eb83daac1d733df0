"""Bit-flipped and truncated projects: one sentence, the offer of a backup, and the file left as it is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from desktop_app.domain.problems import BookUnusable, Problem, ProjectDamaged
from desktop_app.domain.watch import CancelWatch
from desktop_app.engine.project import Project
from desktop_app.engine.project_backups import list_backups, newest_good, restore
from desktop_app.engine.project_check import check_project
from desktop_app.engine.project_files import ProjectFiles
from tests.faults.conftest import ALL_STEPS, steps_of, write_steps
from tests.small_projects import ONE_THREAD

# Of the file's headers; what follows are blocks, with free ones among them.
HEADERS = 3 * 4096


def flip(path: Path, every: int = 4001, start: int = HEADERS) -> None:
    """Flip a bit in every block."""
    content = bytearray(path.read_bytes())
    for place in range(start + 20, len(content), every):
        content[place] ^= 4
    path.write_bytes(content)


@pytest.mark.parametrize("start", [0, 4096, HEADERS])
def test_a_flipped_project_is_named_and_left_as_it_is(path: Path, start: int) -> None:
    flip(path, every=1 << 30 if start < HEADERS else 4001, start=start)
    before = path.read_bytes()
    try:
        Project.open(path, ONE_THREAD).close()
    except Problem as problem:
        assert str(problem).startswith("book.greyline: ")
    assert check_faults(path)
    assert path.read_bytes() == before


def check_faults(path: Path) -> bool:
    """Whether a check finds the damage, as a fault or by refusing."""
    try:
        return bool(check_project(path, CancelWatch(), ONE_THREAD).faults)
    except BookUnusable:
        return True


@pytest.mark.parametrize("size", [100, 5000, HEADERS + 1000, 600_000])
def test_a_truncated_project_is_named(path: Path, size: int) -> None:
    os.truncate(path, size)
    with pytest.raises(Problem, match=r"^book\.greyline: "):
        Project.open(path)
    assert path.stat().st_size == size


def test_a_damaged_project_offers_its_backup(backed_up: ProjectFiles) -> None:
    flip(backed_up.path)
    with pytest.raises(ProjectDamaged, match=r"Its backup of 20.* is good: restore it with"):
        Project.open(backed_up.path)


def test_a_damaged_project_without_a_backup_says_so(path: Path) -> None:
    flip(path)
    with pytest.raises(ProjectDamaged, match="There is no backup"):
        Project.open(path)


def test_a_restored_backup_has_everything(backed_up: ProjectFiles) -> None:
    flip(backed_up.path)
    backup = newest_good(backed_up)
    assert backup is not None
    target = backed_up.path.with_name("restored.greyline")
    restore(backup, target, CancelWatch(), ONE_THREAD)
    report = check_project(target, CancelWatch(), ONE_THREAD)
    assert (report.faults, report.rows["accounts"]) == ((), 5)
    assert steps_of(target) == ALL_STEPS


def test_restoring_overwrites_nothing(backed_up: ProjectFiles) -> None:
    before = backed_up.path.read_bytes()
    with pytest.raises(Problem, match="a file of this name already"):
        restore(list_backups(backed_up)[0], backed_up.path, CancelWatch())
    assert backed_up.path.read_bytes() == before


def test_a_damaged_backup_is_passed_over(backed_up: ProjectFiles) -> None:
    flip(list_backups(backed_up)[0].path)
    assert newest_good(backed_up) is None


def test_a_sound_project_has_no_faults(backed_up: ProjectFiles) -> None:
    report = check_project(backed_up.path, CancelWatch(), ONE_THREAD)
    assert report.faults == ()
    assert (report.rows["accounts"], report.rows["rejects"], report.rows["journal"]) == (5, 0, 20)


def test_accounts_that_went_missing_are_a_fault(project: Project) -> None:
    project.cursor("background").execute("DELETE FROM project.accounts WHERE account_id = 'a-2'")
    project.close()
    faults = check_project(project.path, CancelWatch(), ONE_THREAD).faults
    assert [str(fault) for fault in faults] == ["The project has 4 accounts where the import loaded 5."]


def test_a_hole_in_the_journal_is_a_fault(project: Project) -> None:
    write_steps(project)
    project.cursor("background").execute("DELETE FROM project.journal WHERE step = 7")
    project.close()
    faults = check_project(project.path, CancelWatch(), ONE_THREAD).faults
    assert [str(fault) for fault in faults] == ["Step 7 of the journal is missing."]


def test_notes_that_cannot_be_understood_are_a_fault(project: Project) -> None:
    project.cursor("background").execute("UPDATE project.meta SET value = '{' WHERE key = 'report'")
    project.close()
    (fault,) = check_project(project.path, CancelWatch(), ONE_THREAD).faults
    assert "cannot be understood" in str(fault)
