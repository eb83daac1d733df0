"""The project file: one DuckDB database with the accounts, what came of the import, and the journal.

Beside the file stands a private folder for the prepared columns and for what does not fit into memory; it holds
personal data, is closed to others, and is emptied whenever the project opens.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Lock
from typing import Self, TypeAlias

import duckdb
from pydantic import TypeAdapter

from desktop_app.domain.book import Book
from desktop_app.domain.mapping import Mapping
from desktop_app.domain.plans import ImportReport
from desktop_app.domain.problems import BookUnusable, message
from desktop_app.domain.scenario import Scenario
from desktop_app.domain.watch import Watch
from desktop_app.engine.connection import Connection, Limits, connect, interruptible, translated
from desktop_app.engine.derived import describe_derived
from desktop_app.engine.evidence import describe_evidence
from desktop_app.engine.prepare import Prepared, prepare, prepared_key

_Statement: TypeAlias = tuple[str, list[object]]

# Interactive questions, long work, and the serial journal writer; each has a cursor of its own.
LANES = ("interactive", "background", "journal")
SCHEMA_VERSION = "1"

_TABLES = """
CREATE TABLE project.journal (step BIGINT, written TIMESTAMP, entry VARCHAR);
CREATE TABLE project.meta (key VARCHAR, value VARCHAR);
"""
_FOREIGN_CODE = """
SELECT function_name FROM duckdb_functions() WHERE database_name = 'foreign_file' AND NOT internal
UNION ALL SELECT view_name FROM duckdb_views() WHERE database_name = 'foreign_file' AND NOT internal
UNION ALL SELECT trigger_name FROM duckdb_triggers() WHERE database_name = 'foreign_file'
"""


@dataclass(frozen=True)
class Entry:
    """One line of the journal: when it was written (UTC), and JSON that only the workspace understands."""

    step: int
    at: datetime
    text: str


class Project:
    """One open project.

    Attributes: path is the file; book, report and mapping are what it holds; every lane of LANES has a cursor.
    """

    def __init__(self, path: Path, cursors: dict[str, Connection]) -> None:
        self.path = path
        self._cursors = cursors
        self._prepared: dict[str, Prepared] = {}
        self._preparing = Lock()
        meta = self._meta()
        if meta["schema"] != SCHEMA_VERSION:
            raise BookUnusable(message("{file}: made by another version of Greyline.", file=path.name))
        self.book = TypeAdapter(Book).validate_json(meta["book"])
        self.report = TypeAdapter(ImportReport).validate_json(meta["report"])
        self.mapping = Mapping.from_json(meta["mapping"], path.name)

    @classmethod
    def create(
        cls,
        path: Path,
        staging: Path,
        found: tuple[Book, ImportReport, Mapping],
        watch: Watch,
        limits: Limits | None = None,
    ) -> Self:
        """Make a project of an import's staging database; the file appears whole or not at all."""
        book, report, mapping = found
        making = path.with_name(path.name + ".making")
        _remove(making)
        private = _emptied(_private_folder(path))
        cursors = connect((), (path.parent, staging.parent), private, limits or Limits())
        try:
            with interruptible(cursors["main"], watch):
                _copy_staging(cursors["main"], making, staging)
                book = describe_evidence(cursors["main"], describe_derived(cursors["main"], book))
                for key, value in (
                    ("schema", SCHEMA_VERSION),
                    ("book", TypeAdapter(Book).dump_json(book).decode()),
                    ("report", TypeAdapter(ImportReport).dump_json(report).decode()),
                    ("mapping", mapping.to_json()),
                ):
                    cursors["main"].execute("INSERT INTO project.meta VALUES (?, ?)", [key, value])
                cursors["main"].execute("DETACH project")
            # The log of a project that stood here before belongs to no other.
            _log_of(path).unlink(missing_ok=True)
            making.replace(path)
        finally:
            cursors["main"].close()
            _remove(making)
            shutil.rmtree(private, ignore_errors=True)
        return cls.open(path, limits)

    @classmethod
    def open(cls, path: Path, limits: Limits | None = None) -> Self:
        """Open a project; raises BookUnusable where it is none, is damaged, or is open elsewhere."""
        if not path.is_file():
            raise BookUnusable(message("{file}: there is no such project.", file=path.name))
        private = _private_folder(path)
        cursors = connect(LANES, (path.parent, private), private, limits or Limits())
        main = cursors["main"]
        try:
            _refuse_foreign_code(main, path)
            main.execute(f"ATTACH {_quoted(path)} AS project")
            # Only now: until here the folder may be another window's.
            _emptied(private)
            main.execute(f"ATTACH {_quoted(private / 'prepared.duckdb')} AS prepared")
            return cls(path, cursors)
        except BaseException as error:
            _close(cursors)
            if isinstance(error, duckdb.Error | KeyError | ValueError):
                raise _not_opened(path, error) from error
            raise

    def cursor(self, lane: str) -> Connection:
        """The cursor of a lane; only that lane's thread may use it."""
        return self._cursors[lane]

    def at(self, as_of: date) -> Book:
        """The book as of another of its snapshots; BookUnusable where it has none of that date."""
        if all(snapshot.day != as_of for snapshot in self.book.snapshots):
            days = ", ".join(snapshot.day.isoformat() for snapshot in self.book.snapshots)
            text = message("The book has no snapshot of {day}; it has {days}.", day=as_of, days=days)
            raise BookUnusable(text)
        return replace(self.book, as_of=as_of)

    def prepared(self, cursor: Connection, book: Book, scenario: Scenario, watch: Watch) -> Prepared:
        """The prepared columns for a book at its as-of date; made once for each set of risk assumptions."""
        key = prepared_key(book, scenario)
        with self._preparing:
            if key not in self._prepared:
                self._prepared[key] = prepare(cursor, book, scenario, key, watch)
            return self._prepared[key]

    def write_entry(self, step: int, text: str, **notes: str) -> None:
        """Keep one step of the journal, and drop those after it: they were undone and another way was taken.

        `notes` are written with it, all or none.
        """
        now = datetime.now(UTC).replace(tzinfo=None)
        self._write(
            ("DELETE FROM project.journal WHERE step >= ?", [step]),
            ("INSERT INTO project.journal VALUES (?, ?, ?)", [step, now, text]),
            *(statement for key, value in notes.items() for statement in _note(key, value)),
        )

    def entries(self) -> Sequence[Entry]:
        """The journal, oldest first."""
        query = "SELECT step, written, entry FROM project.journal ORDER BY step"
        return [Entry(*row) for row in self._cursors["journal"].execute(query).fetchall()]

    def write_note(self, key: str, value: str) -> None:
        """Keep one small text under a key: where the undo cursor stands, what the analyst looks at."""
        self._write(*_note(key, value))

    def note(self, key: str) -> str | None:
        """The text under a key, None where there is none."""
        return self._meta().get(key)

    def close(self) -> None:
        """Close every cursor and empty the private folder."""
        _close(self._cursors)
        shutil.rmtree(_private_folder(self.path), ignore_errors=True)

    def _write(self, *statements: _Statement) -> None:
        """All of the statements, or none."""
        cursor = self._cursors["journal"]
        cursor.execute("BEGIN")
        try:
            for text, values in statements:
                cursor.execute(text, values)
            cursor.execute("COMMIT")
        except duckdb.Error as error:
            # A commit that failed has ended the transaction by itself.
            with suppress(duckdb.TransactionException):
                cursor.execute("ROLLBACK")
            raise translated(error) from error

    def _meta(self) -> dict[str, str]:
        return dict(self._cursors["journal"].execute("SELECT key, value FROM project.meta").fetchall())


def _note(key: str, value: str) -> tuple[_Statement, _Statement]:
    return (
        ("DELETE FROM project.meta WHERE key = ?", [key]),
        ("INSERT INTO project.meta VALUES (?, ?)", [key, value]),
    )


def _copy_staging(cursor: Connection, making: Path, staging: Path) -> None:
    cursor.execute(f"ATTACH {_quoted(making)} AS project")
    cursor.execute(f"ATTACH {_quoted(staging)} AS staging (READ_ONLY)")
    cursor.execute(_TABLES)
    # Copied in order: the rows of the project are the rows of the file.
    cursor.execute("CREATE TABLE project.accounts AS FROM staging.accounts")
    cursor.execute("CREATE TABLE project.rejects AS FROM staging.rejects")
    cursor.execute("DETACH staging")


def _refuse_foreign_code(cursor: Connection, path: Path) -> None:
    """Raise BookUnusable where the file holds macros, views or triggers: no project does, and they could act."""
    cursor.execute(f"ATTACH {_quoted(path)} AS foreign_file (READ_ONLY)")
    found = cursor.execute(_FOREIGN_CODE).fetchall()
    cursor.execute("DETACH foreign_file")
    if found:
        text = message(
            "{file}: holds a macro, view or trigger ({name}), which no Greyline project does; it is not opened.",
            file=path.name,
            name=found[0][0],
        )
        raise BookUnusable(text)


def _not_opened(path: Path, error: Exception) -> BookUnusable:
    """Why a project could not be opened, as one sentence."""
    if isinstance(error, duckdb.ResourceInUseException) or "lock" in str(error):
        text = message("{file}: open in another window or program; close it there first.", file=path.name)
    else:
        text = message("{file}: this is no Greyline project, or it is damaged.", file=path.name)
    return BookUnusable(text, translated(error).details if isinstance(error, duckdb.Error) else ())


def _emptied(private: Path) -> Path:
    """The folder, closed to others and with nothing in it."""
    if private.is_symlink():
        private.unlink()
    shutil.rmtree(private, ignore_errors=True)
    private.mkdir(mode=0o700, parents=True)
    return private


def _remove(database: Path) -> None:
    database.unlink(missing_ok=True)
    _log_of(database).unlink(missing_ok=True)


def _log_of(database: Path) -> Path:
    """Where DuckDB keeps what is not yet in the database file."""
    return database.with_name(database.name + ".wal")


def _private_folder(path: Path) -> Path:
    return path.with_name(path.name + ".work")


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _close(cursors: dict[str, Connection]) -> None:
    for cursor in reversed(cursors.values()):
        cursor.close()
