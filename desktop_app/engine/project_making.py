"""Making a project of an import's staging database: whole or not at all, with progress and cancel."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from pydantic import TypeAdapter

from desktop_app.domain.book import Book
from desktop_app.domain.mapping import Mapping
from desktop_app.domain.plans import ImportReport
from desktop_app.domain.problems import ImportFailed, message
from desktop_app.domain.watch import Watch
from desktop_app.engine.connection import Connection, Limits, connect
from desktop_app.engine.derived import describe_derived
from desktop_app.engine.evidence import describe_evidence
from desktop_app.engine.project_attach import quoted
from desktop_app.engine.project_files import ProjectFiles, copy_bytes, sync_folder
from desktop_app.engine.project_recovery import ID, new_id
from desktop_app.engine.project_tables import OWN_TABLES, copy_tables, free_share, reported

SCHEMA_VERSION = "1"
_COPYING = message("Making the project")
_DESCRIBING = message("Describing the book")
# A staging database with more unused blocks than this is written anew rather than copied as it is.
_LOOSE = 0.1


def make_project(
    files: ProjectFiles, staging: Path, found: tuple[Book, ImportReport, Mapping], watch: Watch, limits: Limits
) -> None:
    """Write the project's file; the caller holds its lock. Whatever goes wrong, the file is not there."""
    private = files.empty_private()
    making = private / "making.duckdb"
    cursors = connect((), (staging.parent, private), private, limits)
    try:
        _take_accounts(cursors["main"], making, staging, watch)
        with reported(cursors["main"], watch, _DESCRIBING):
            _describe(cursors["main"], found)
            cursors["main"].execute("DETACH project")
        watch.check()
        put_in_place(making, files)
    except OSError as error:
        text = message(
            "The project could not be written ({reason}); nothing was imported. Free disk space and import again.",
            reason=error.strerror or str(error),
        )
        raise ImportFailed(text) from error
    finally:
        cursors["main"].close()
        shutil.rmtree(private, ignore_errors=True)


def put_in_place(made: Path, files: ProjectFiles) -> None:
    """Move a finished database to the project's path; only its owner may read it."""
    made.chmod(0o600)
    with made.open("rb+") as file:
        os.fsync(file.fileno())
    # What stands beside an older project of this name is not the new one's.
    for stale in (files.wal, files.steps):
        stale.unlink(missing_ok=True)
    made.replace(files.path)
    sync_folder(files.path.parent)


def _take_accounts(cursor: Connection, making: Path, staging: Path, watch: Watch) -> None:
    """Attach "project" with the accounts and rejects of the staging database."""
    if _is_tight(cursor, staging):
        # Complete, closed and without a log of its own, it may be copied as bytes: ten times as fast as by tables.
        copy_bytes(staging, making, watch, lambda done, total: watch.report(_COPYING, done, total))
        cursor.execute(f"ATTACH {quoted(making)} AS project")
    else:
        with reported(cursor, watch, _COPYING):
            cursor.execute(f"ATTACH {quoted(making)} AS project")
            cursor.execute(f"ATTACH {quoted(staging)} AS staging (READ_ONLY)")
            copy_tables(cursor, ("accounts", "rejects"), "staging", "project")
            cursor.execute("DETACH staging")


def _is_tight(cursor: Connection, staging: Path) -> bool:
    cursor.execute(f"ATTACH {quoted(staging)} AS staging (READ_ONLY)")
    share = free_share(cursor, "staging")
    cursor.execute("DETACH staging")
    return share <= _LOOSE and not staging.with_name(staging.name + ".wal").exists()


def _describe(cursor: Connection, found: tuple[Book, ImportReport, Mapping]) -> None:
    book, report, mapping = found
    for table in OWN_TABLES:
        cursor.execute(table.format(database="project"))
    book = describe_evidence(cursor, describe_derived(cursor, book))
    for key, value in (
        (ID, new_id()),
        ("schema", SCHEMA_VERSION),
        ("book", TypeAdapter(Book).dump_json(book).decode()),
        ("report", TypeAdapter(ImportReport).dump_json(report).decode()),
        ("mapping", mapping.to_json()),
    ):
        cursor.execute("INSERT INTO project.meta VALUES (?, ?)", [key, value])
