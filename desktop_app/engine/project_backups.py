"""Dated backups beside a project, and putting a project together from one.

The accounts never change after the import and are nearly all of a project's bytes. So they are copied once, into
`accounts-<id>.duckdb`, and a dated backup has only the journal and the notes, with the project's id that leads to its
accounts; restoring puts both together. The name of a backup tells when it was made, of which project, and after how
many commits: nothing needs to be opened to list them. Reading everything that is copied checks it, so a damaged
project makes no backup, and making one never writes to the project.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from desktop_app.domain.problems import BookUnusable, DatabaseInvalidated, Problem, ProjectDamaged, message
from desktop_app.domain.watch import Watch
from desktop_app.engine.connection import Connection, Limits, connect
from desktop_app.engine.project_attach import quoted
from desktop_app.engine.project_check import scan_tables
from desktop_app.engine.project_files import PrivateFolder, ProjectFiles, sync_folder
from desktop_app.engine.project_journal import COUNTER, read_meta
from desktop_app.engine.project_making import put_in_place
from desktop_app.engine.project_recovery import ID
from desktop_app.engine.project_tables import copy_tables, reported

DAILY, WEEKLY, MONTHLY = 12, 10, 9
_LARGE = ("accounts", "rejects")
_SMALL = ("journal", "meta")
_TIME = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"(\d{8}T\d{6}Z)-([0-9a-f]{12})-(\d+)\.backup")
_BACKING_UP = message("Backing up the project")
_RESTORING = message("Restoring the project")


@dataclass(frozen=True, order=True)
class Backup:
    """One dated backup: when it was made (UTC), the commits it has, the project it is of, and its file."""

    at: datetime
    commits: int
    project: str
    path: Path

    @property
    def accounts(self) -> Path:
        """The file with the accounts and rejects."""
        return _accounts_of(self.path.parent, self.project)


def list_backups(files: ProjectFiles) -> Sequence[Backup]:
    """All backups beside a project, newest first."""
    return sorted(filter(None, map(_backup, files.backups.glob("*.backup"))), reverse=True)


def back_up(cursor: Connection, files: ProjectFiles, watch: Watch, now: datetime | None = None) -> Backup | None:
    """Back up the attached "project"; None where the newest backup of it has everything."""
    meta = read_meta(cursor)
    project, commits = meta[ID][:12], int(meta.get(COUNTER, "0"))
    mine = [backup for backup in list_backups(files) if backup.project == project]
    if mine and mine[0].commits == commits and mine[0].accounts.exists():
        return None
    files.backups.mkdir(mode=0o700, exist_ok=True)
    accounts = _accounts_of(files.backups, project)
    if not accounts.exists():
        _write(cursor, _LARGE, accounts, files, watch)
    at = (now or datetime.now(UTC)).replace(microsecond=0)
    made = Backup(at, commits, project, files.backups / f"{at.strftime(_TIME)}-{project}-{commits}.backup")
    _write(cursor, _SMALL, made.path, files, watch)
    _prune(files)
    return made


def kept(backups: Iterable[Backup]) -> set[Backup]:
    """Which to keep: the newest of each of the last 12 days, 10 weeks and 9 months that have any."""
    newest_first = sorted(backups, reverse=True)
    keep: set[Backup] = set()
    for form, limit in (("%Y-%m-%d", DAILY), ("%G-%V", WEEKLY), ("%Y-%m", MONTHLY)):
        periods: dict[str, Backup] = {}
        for backup in newest_first:
            periods.setdefault(backup.at.strftime(form), backup)
        keep |= set(list(periods.values())[:limit])
    return keep


def newest_good(files: ProjectFiles, watch: Watch | None = None) -> Backup | None:
    """The newest backup that can be read whole, its accounts only looked for: they are checked as it is restored."""
    for backup in list_backups(files):
        if backup.accounts.exists() and _reads(backup):
            return backup
    return None


def restore(backup: Backup, target: Path, watch: Watch, limits: Limits | None = None) -> None:
    """Put a project together from a backup at `target`, where nothing may be; raises ProjectDamaged."""
    if target.exists():
        raise Problem(message("{file}: there is a file of this name already; choose another.", file=target.name))
    with PrivateFolder(f"{target.name}.restoring-", target.parent) as private:
        made = private.path / "restored.duckdb"
        cursors = connect((), (backup.path.parent, private.path), private.path, limits or Limits())
        cursor = cursors["main"]
        try:
            with reported(cursor, watch, _RESTORING):
                cursor.execute(f"ATTACH {quoted(made)} AS project")
                for path, tables in ((backup.accounts, _LARGE), (backup.path, _SMALL)):
                    cursor.execute(f"ATTACH {quoted(path)} AS backup (READ_ONLY)")
                    copy_tables(cursor, tables, "backup", "project")
                    cursor.execute("DETACH backup")
                cursor.execute("DETACH project")
        finally:
            cursor.close()
        put_in_place(made, ProjectFiles(target))


def with_offer(problem: ProjectDamaged, files: ProjectFiles) -> ProjectDamaged:
    """The same problem with the newest good backup named, or with the word that there is none."""
    backup = newest_good(files)
    if backup is None:
        text = message("{problem} There is no backup; import the book again.", problem=problem.message)
    else:
        text = message(
            "{problem} Its backup of {time} is good: restore it with `greyline project restore {file}`.",
            problem=problem.message,
            time=backup.at.strftime("%Y-%m-%d %H:%M UTC"),
            file=files.path.name,
        )
    return ProjectDamaged(text, problem.details)


def _write(cursor: Connection, tables: Sequence[str], target: Path, files: ProjectFiles, watch: Watch) -> None:
    """Copy tables of the project into a new database that appears whole or not at all."""
    making = files.private / f"{target.name}.making"
    making.unlink(missing_ok=True)
    try:
        with reported(cursor, watch, _BACKING_UP):
            cursor.execute(f"ATTACH {quoted(making)} AS backup")
            try:
                # One transaction: the notes are of the same moment as the journal.
                cursor.execute("BEGIN")
                copy_tables(cursor, tables, "project", "backup")
                cursor.execute("COMMIT")
            except BaseException:
                # A commit that failed has ended the transaction by itself.
                with suppress(duckdb.Error):
                    cursor.execute("ROLLBACK")
                raise
            finally:
                cursor.execute("DETACH backup")
        making.chmod(0o600)
        making.replace(target)
        sync_folder(target.parent)
    except (DatabaseInvalidated, OSError) as error:
        # It is the backup that was given up, not the project.
        text = message("The disk took no more for a backup; the project itself is whole. Free disk space.")
        raise BookUnusable(text, error.details if isinstance(error, Problem) else ()) from error
    finally:
        making.unlink(missing_ok=True)
        making.with_name(making.name + ".wal").unlink(missing_ok=True)


def _prune(files: ProjectFiles) -> None:
    backups = list_backups(files)
    keep = kept(backups)
    for backup in set(backups) - keep:
        backup.path.unlink(missing_ok=True)
    wanted = {backup.accounts for backup in keep}
    for accounts in files.backups.glob("accounts-*.duckdb"):
        if accounts not in wanted:
            accounts.unlink(missing_ok=True)


def _reads(backup: Backup) -> bool:
    """Whether every block of the small part can be read."""
    with PrivateFolder("greyline-check-") as private:
        cursors = connect((), (backup.path.parent,), private.path, Limits(threads=1))
        try:
            cursors["main"].execute(f"ATTACH {quoted(backup.path)} AS project (READ_ONLY)")
            scan_tables(cursors["main"], _SMALL)
        except duckdb.Error:
            return False
        finally:
            cursors["main"].close()
    return True


def _backup(path: Path) -> Backup | None:
    found = _NAME.fullmatch(path.name)
    if found is None:
        return None
    at = datetime.strptime(found[1], _TIME).replace(tzinfo=UTC)
    return Backup(at, int(found[3]), found[2], path)


def _accounts_of(folder: Path, project: str) -> Path:
    return folder / f"accounts-{project}.duckdb"
