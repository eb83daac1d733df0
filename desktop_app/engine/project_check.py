"""Checking a project: every block of every table is read, and what should add up is added up.

DuckDB finds a damaged block only when it reads it, so a project can be damaged for months and open without a word.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping as Table
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
from pydantic import TypeAdapter, ValidationError

from desktop_app.domain.book import Book
from desktop_app.domain.mapping import Mapping
from desktop_app.domain.plans import ImportReport
from desktop_app.domain.problems import BookUnusable, DocumentInvalid, Message, message
from desktop_app.domain.watch import Watch
from desktop_app.engine.connection import Connection, Limits, connect
from desktop_app.engine.project_attach import problem_of, quoted, refuse_foreign
from desktop_app.engine.project_files import ProjectFiles
from desktop_app.engine.project_journal import Entry, read_entries, read_meta
from desktop_app.engine.project_lock import FileLock
from desktop_app.engine.project_tables import reported

TABLES = ("accounts", "rejects", "journal", "meta")
_CHECKING = message("Checking the project")


@dataclass(frozen=True)
class CheckReport:
    """What a check found.

    Attributes: rows counts by table those that were read; faults is empty where all is well; notes and entries are
    what the workspace may look into further.
    """

    rows: Table[str, int]
    faults: tuple[Message, ...]
    notes: Table[str, str]
    entries: Sequence[Entry]


def check_project(path: Path, watch: Watch, limits: Limits | None = None) -> CheckReport:
    """Read a closed project whole, without writing to it; raises ProjectInUse or BookUnusable where it cannot be."""
    if not path.is_file():
        raise BookUnusable(message("{file}: there is no such project.", file=path.name))
    files = ProjectFiles(path)
    lock = FileLock.acquire(files.lock, path.name)
    try:
        private = files.empty_private()
        cursors = connect((), (path.parent,), private, limits or Limits())
        try:
            return _checked(cursors["main"], path, watch)
        finally:
            cursors["main"].close()
            shutil.rmtree(private, ignore_errors=True)
    finally:
        lock.release()


def scan_tables(cursor: Connection, tables: Sequence[str]) -> dict[str, int]:
    """Read every value of the tables of "project", and count the rows of each; raises duckdb.Error at damage."""
    return {table: _scan(cursor, table) for table in tables}


def _checked(cursor: Connection, path: Path, watch: Watch) -> CheckReport:
    try:
        cursor.execute(f"ATTACH {quoted(path)} AS project (READ_ONLY)")
        refuse_foreign(cursor, path)
    except duckdb.Error as error:
        raise problem_of(error, path) from error
    rows: dict[str, int] = {}
    faults: list[Message] = []
    for table in TABLES:
        try:
            with reported(cursor, watch, _CHECKING):
                rows[table] = _scan(cursor, table)
        except BookUnusable as problem:
            faults.append(
                message('The table "{table}" cannot be read whole: {reason}', table=table, reason=problem.message)
            )
            faults.extend(problem.details)
    notes = read_meta(cursor) if "meta" in rows else {}
    entries = read_entries(cursor) if "journal" in rows else ()
    faults += [*_faults_of_notes(notes, rows, path.name), *_faults_of_journal(entries)]
    return CheckReport(rows, tuple(faults), notes, entries)


def _scan(cursor: Connection, table: str) -> int:
    # Hashing a row reads every column of it; counting alone would read none.
    query = f"SELECT count(*), bit_xor(hash({table})) FROM project.{table}"
    return int(cursor.execute(query).fetchall()[0][0])


def _faults_of_notes(notes: Table[str, str], rows: Table[str, int], name: str) -> list[Message]:
    if not notes:
        return []
    try:
        book = TypeAdapter(Book).validate_json(notes["book"])
        report = TypeAdapter(ImportReport).validate_json(notes["report"])
        Mapping.from_json(notes["mapping"], name)
    except (KeyError, ValidationError, DocumentInvalid) as error:
        return [message("What the project says of its book cannot be understood: {reason}", reason=_first_line(error))]
    faults = []
    if report.rows_in != report.rows_loaded + report.rows_rejected:
        text = "The import's rows do not add up: {rows} read, {loaded} loaded, {rejected} rejected."
        values = {"rows": report.rows_in, "loaded": report.rows_loaded, "rejected": report.rows_rejected}
        faults.append(message(text, **values))
    loaded = rows.get("accounts")
    if loaded is not None and loaded != report.rows_loaded:
        text = "The project has {found} accounts where the import loaded {loaded}."
        faults.append(message(text, found=loaded, loaded=report.rows_loaded))
    rejected = rows.get("rejects")
    if rejected is not None and rejected != report.rows_rejected:
        text = "The project has {found} rejected rows where the import rejected {rejected}."
        faults.append(message(text, found=rejected, rejected=report.rows_rejected))
    if sum(snapshot.accounts for snapshot in book.snapshots) != report.rows_loaded:
        faults.append(message("The book's snapshots do not add up to the rows that were loaded."))
    return faults


def _faults_of_journal(entries: Sequence[Entry]) -> list[Message]:
    faults = []
    for place, entry in enumerate(entries, entries[0].step if entries else 0):
        if entry.step != place:
            faults.append(message("Step {step} of the journal is missing.", step=place))
            break
        try:
            json.loads(entry.text)
        except ValueError:
            faults.append(message("Step {step} of the journal cannot be understood.", step=entry.step))
    return faults


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
