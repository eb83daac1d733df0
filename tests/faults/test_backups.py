"""Dated backups: made when something changed, small, few, never of a damaged project."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.problems import Cancelled
from desktop_app.domain.watch import CancelWatch
from desktop_app.engine.project import Project
from desktop_app.engine.project_backups import DAILY, MONTHLY, WEEKLY, Backup, back_up, kept, list_backups
from desktop_app.engine.project_files import ProjectFiles
from tests.faults.conftest import write_steps

NOON = datetime(2026, 6, 30, 12, tzinfo=UTC)


def at(hours: int) -> Backup:
    return Backup(NOON - timedelta(hours=hours), 1, "0" * 12, Path(str(hours)))


@given(st.sets(st.integers(0, 24 * 800), min_size=1))
def test_few_are_kept_and_the_newest_always(ages: set[int]) -> None:
    backups = [at(hours) for hours in ages]
    keep = kept(backups)
    assert max(backups) in keep
    assert len(keep) <= DAILY + WEEKLY + MONTHLY


def test_a_year_of_days_is_thinned_out() -> None:
    keep = sorted(kept([at(24 * day) for day in range(365)]), reverse=True)
    assert [(NOON - backup.at).days for backup in keep[:DAILY]] == list(range(12))
    assert (NOON - keep[-1].at).days > 200


def test_nothing_new_makes_no_backup(project: Project) -> None:
    assert project.back_up(CancelWatch()) is not None
    assert project.back_up(CancelWatch()) is None


def test_a_step_makes_another(project: Project) -> None:
    project.back_up(CancelWatch())
    write_steps(project)
    made = project.back_up(CancelWatch())
    assert made is not None
    assert made == list_backups(ProjectFiles(project.path))[0]


def test_the_accounts_are_copied_once(project: Project) -> None:
    first = project.back_up(CancelWatch())
    assert first is not None
    stamp = first.accounts.stat().st_mtime_ns
    write_steps(project)
    second = project.back_up(CancelWatch())
    assert second is not None
    assert (second.accounts, second.accounts.stat().st_mtime_ns) == (first.accounts, stamp)


def test_backups_beyond_the_limits_go(project: Project) -> None:
    files = ProjectFiles(project.path)
    for day in range(30):
        project.write_note("day", str(day))
        back_up(project.cursor("background"), files, CancelWatch(), NOON + timedelta(days=day))
    dates = [backup.at for backup in list_backups(files)]
    assert len(dates) < 20
    assert dates[:DAILY] == [NOON + timedelta(days=day) for day in range(29, 17, -1)]


def test_a_cancelled_backup_leaves_nothing(project: Project) -> None:
    watch = CancelWatch()
    watch.cancel()
    with pytest.raises(Cancelled):
        project.back_up(watch)
    assert not list(ProjectFiles(project.path).backups.iterdir())


def test_only_the_owner_can_read_backups(project: Project) -> None:
    backup = project.back_up(CancelWatch())
    assert backup is not None
    modes = [path.stat().st_mode & 0o777 for path in (backup.path.parent, backup.path, backup.accounts)]
    assert modes == [0o700, 0o600, 0o600]
