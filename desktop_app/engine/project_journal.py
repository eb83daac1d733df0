"""The journal and the notes of a project: each write counted, whole or not at all, and kept in our own log too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeAlias

import duckdb

from desktop_app.engine.connection import Connection, translated
from desktop_app.engine.project_steps import Commit, StepLog

Run: TypeAlias = Callable[[Callable[[Connection], None]], None]
_Statement: TypeAlias = tuple[str, list[Any]]

ENTRY = "entry"
NOTE = "note"
# The note that counts the commits; its own writing is part of each.
COUNTER = "writes"


@dataclass(frozen=True)
class Entry:
    """One line of the journal: when it was written (UTC), and JSON that only the workspace understands."""

    step: int
    at: datetime
    text: str


class ProjectJournal:
    """Writes of the serial journal lane."""

    def __init__(self, run: Run, log: StepLog, counter: int) -> None:
        self.counter = counter
        self._run = run
        self._log = log

    def write_entry(self, step: int, text: str) -> None:
        """Keep one step, and drop those after it: they were undone and another way was taken."""
        self._write(ENTRY, (step, datetime.now(UTC).replace(tzinfo=None).isoformat(), text))

    def write_note(self, key: str, value: str) -> None:
        """Keep one small text under a key."""
        self._write(NOTE, (key, value))

    def close(self, *, whole: bool) -> None:
        """Close the log, and take it away where the project file has everything."""
        self._log.close(whole=whole)

    def _write(self, kind: str, values: tuple[object, ...]) -> None:
        commit = Commit(self.counter + 1, kind, values)
        self._run(lambda cursor: write_commit(cursor, commit))
        self.counter = commit.number
        self._log.keep(commit)


def write_commit(cursor: Connection, commit: Commit) -> None:
    """Make one commit, all of it or nothing; made twice it changes nothing."""
    counted = _note(COUNTER, str(commit.number))
    try:
        cursor.execute("BEGIN")
        try:
            for text, values in (*_statements(commit), *counted):
                cursor.execute(text, values)
            cursor.execute("COMMIT")
        except duckdb.Error:
            # After a failed COMMIT there may be no transaction left to take back.
            with suppress(duckdb.Error):
                cursor.execute("ROLLBACK")
            raise
    except duckdb.Error as error:
        raise translated(error) from error


def read_entries(cursor: Connection) -> Sequence[Entry]:
    """The journal, oldest first."""
    query = "SELECT step, written, entry FROM project.journal ORDER BY step"
    return [Entry(*row) for row in cursor.execute(query).fetchall()]


def read_meta(cursor: Connection) -> dict[str, str]:
    """All notes, the book and its report among them."""
    return dict(cursor.execute("SELECT key, value FROM project.meta").fetchall())


def _statements(commit: Commit) -> Sequence[_Statement]:
    if commit.kind == NOTE:
        key, value = commit.values
        return _note(str(key), str(value))
    step, at, text = commit.values
    return (
        ("DELETE FROM project.journal WHERE step >= ?", [step]),
        ("INSERT INTO project.journal VALUES (?, CAST(? AS TIMESTAMP), ?)", [step, at, text]),
    )


def _note(key: str, value: str) -> Sequence[_Statement]:
    return (
        ("DELETE FROM project.meta WHERE key = ?", [key]),
        ("INSERT INTO project.meta VALUES (?, ?)", [key, value]),
    )
