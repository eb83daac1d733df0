"""What opening does after a crash: commits that the database lost are made again from our own log."""

from __future__ import annotations

import logging
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

import duckdb

from desktop_app.domain.problems import Message, message
from desktop_app.engine.connection import Connection
from desktop_app.engine.project_attach import attach_again
from desktop_app.engine.project_files import ProjectFiles
from desktop_app.engine.project_journal import COUNTER, NOTE, read_meta, write_commit
from desktop_app.engine.project_steps import Commit, StepLog, missing_commits, read_commits

# The note that tells one project from another of the same name.
ID = "id"
STEPS_SUFFIX = ".steps"

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Recovered:
    """A project that has everything it ever committed, as far as anyone knows."""

    project_id: str
    counter: int
    log: StepLog
    notices: tuple[Message, ...]


def new_id() -> str:
    """An id for a new project."""
    return uuid4().hex


def recover(cursor: Connection, files: ProjectFiles) -> Recovered:
    """Bring the attached project up to date with its log, and begin the log anew."""
    meta = read_meta(cursor)
    counter = int(meta.get(COUNTER, "0"))
    had_wal = files.wal.exists()
    project_id = meta.get(ID, "")
    notices = _set_aside_newer(files, project_id, counter)
    missing = missing_commits(files.steps, project_id, counter) if project_id else ()
    for commit in missing:
        write_commit(cursor, commit)
        counter = commit.number
    if missing:
        text = "{file} had lost its last {n} changes; they were brought back from its log."
        notices += (message(text, file=files.path.name, n=len(missing)),)
    if not project_id:
        # A project of an earlier version, or one that was put together by hand.
        project_id, counter = new_id(), counter + 1
        write_commit(cursor, Commit(counter, NOTE, (ID, project_id)))
    anew = _in_the_file(cursor, files) if had_wal or missing else True
    return Recovered(project_id, counter, StepLog(files.steps, project_id, counter, anew=anew), notices)


def _in_the_file(cursor: Connection, files: ProjectFiles) -> bool:
    """Whether all commits could be moved from DuckDB's log into the file itself."""
    try:
        cursor.execute("CHECKPOINT project")
    except duckdb.Error as error:
        _log.warning("No checkpoint while opening: %s", error)
        attach_again(cursor, files)
        return False
    return True


def _set_aside_newer(files: ProjectFiles, project_id: str, counter: int) -> tuple[Message, ...]:
    """Keep a log that begins after the project's last commit: the file is an older one than the log belongs to."""
    found = read_commits(files.steps, project_id)
    if found is None or found[0] <= counter or not found[1]:
        return ()
    files.backups.mkdir(mode=0o700, exist_ok=True)
    kept = files.backups / f"{datetime.now(UTC).strftime('%Y%m%dT%H%M%SZ')}{STEPS_SUFFIX}"
    shutil.copyfile(files.steps, kept)
    text = "{file} is older than the log beside it: changes between the two are missing. The log was kept as {kept}."
    return (message(text, file=files.path.name, kept=f"{files.backups.name}/{kept.name}"),)
