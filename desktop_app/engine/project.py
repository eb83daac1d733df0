"""The project file: one DuckDB database with the accounts, what came of the import, and the journal.

Beside the file stands a private folder for the prepared columns and for what does not fit into memory; it holds
personal data, is closed to others, and is emptied whenever the project opens.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Lock
from typing import Self

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

# Interactive questions, long work, and the serial journal writer; each has a cursor of its own.
LANES = ("interactive", "background", "journal")
SCHEMA_VERSION = "1"

_TABLES = """
CREATE TABLE project.journal (step BIGINT, written TIMESTAMP, entry VARCHAR);
CREATE TABLE project.meta (key VARCHAR, value VARCHAR);
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
        making.unlink(missing_ok=True)
        cursors = connect((), (path.parent, staging.parent), _private_folder(path), limits or Limits())
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
            making.replace(path)
        finally:
            cursors["main"].close()
            making.unlink(missing_ok=True)
        return cls.open(path, limits)

    @classmethod
    def open(cls, path: Path, limits: Limits | None = None) -> Self:
        """Open a project; raises BookUnusable where it is none, is damaged, or is open elsewhere."""
        if not path.is_file():
            raise BookUnusable(message("{file}: there is no such project.", file=path.name))
        private = _private_folder(path)
        shutil.rmtree(private, ignore_errors=True)
        private.mkdir(mode=0o700, parents=True)
        cursors = connect(LANES, (path.parent, private), private, limits or Limits())
        main = cursors["main"]
        try:
            main.execute("ATTACH ? AS project".replace("?", _quoted(path)))
            main.execute("ATTACH ? AS prepared".replace("?", _quoted(private / "prepared.duckdb")))
            return cls(path, cursors)
        except duckdb.IOException as error:
            _close(cursors)
            text = message(
                "{file}: open in another window or program, or damaged; close it there first.", file=path.name
            )
            raise BookUnusable(text, translated(error).details) from error
        except (duckdb.Error, KeyError, ValueError) as error:
            _close(cursors)
            raise BookUnusable(message("{file}: this is no Greyline project.", file=path.name)) from error

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

    def write_entry(self, step: int, text: str) -> None:
        """Keep one step of the journal, and drop those after it: they were undone and another way was taken."""
        now = datetime.now(UTC).replace(tzinfo=None)
        self._write(
            ("DELETE FROM project.journal WHERE step >= ?", [step]),
            ("INSERT INTO project.journal VALUES (?, ?, ?)", [step, now, text]),
        )

    def entries(self) -> Sequence[Entry]:
        """The journal, oldest first."""
        query = "SELECT step, written, entry FROM project.journal ORDER BY step"
        return [Entry(*row) for row in self._cursors["journal"].execute(query).fetchall()]

    def write_note(self, key: str, value: str) -> None:
        """Keep one small text under a key: where the undo cursor stands, what the analyst looks at."""
        self._write(
            ("DELETE FROM project.meta WHERE key = ?", [key]),
            ("INSERT INTO project.meta VALUES (?, ?)", [key, value]),
        )

    def note(self, key: str) -> str | None:
        """The text under a key, None where there is none."""
        return self._meta().get(key)

    def close(self) -> None:
        """Close every cursor and empty the private folder."""
        _close(self._cursors)
        shutil.rmtree(_private_folder(self.path), ignore_errors=True)

    def _write(self, *statements: tuple[str, list[object]]) -> None:
        """All of the statements, or none."""
        cursor = self._cursors["journal"]
        try:
            cursor.execute("BEGIN")
            for text, values in statements:
                cursor.execute(text, values)
            cursor.execute("COMMIT")
        except duckdb.Error as error:
            raise translated(error) from error

    def _meta(self) -> dict[str, str]:
        return dict(self._cursors["journal"].execute("SELECT key, value FROM project.meta").fetchall())


def _copy_staging(cursor: Connection, making: Path, staging: Path) -> None:
    cursor.execute(f"ATTACH {_quoted(making)} AS project")
    cursor.execute(f"ATTACH {_quoted(staging)} AS staging (READ_ONLY)")
    cursor.execute(_TABLES)
    # Copied in order: the rows of the project are the rows of the file.
    cursor.execute("CREATE TABLE project.accounts AS FROM staging.accounts")
    cursor.execute("CREATE TABLE project.rejects AS FROM staging.rejects")
    cursor.execute("DETACH staging")


def _private_folder(path: Path) -> Path:
    return path.with_name(path.name + ".work")


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _close(cursors: dict[str, Connection]) -> None:
    for cursor in reversed(cursors.values()):
        cursor.close()
