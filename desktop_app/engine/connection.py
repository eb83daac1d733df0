"""DuckDB connections: hardened against strangers' files, with every cursor set up before the lock.

Settings of a cursor are its own and cannot change after `lock_configuration`, so all lanes are opened at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any, TypeAlias

import duckdb

from desktop_app.domain.problems import (
    BookUnusable,
    Cancelled,
    DatabaseInvalidated,
    Message,
    Problem,
    ProjectDamaged,
    message,
)
from desktop_app.domain.watch import Watch

Connection: TypeAlias = duckdb.DuckDBPyConnection

# Group keys up to this many bits are counted in a plain array instead of a hash table. With thirty sums a row of
# that array is some 500 bytes: beyond this it outgrows the caches and is slower than a hash table of what occurs.
PERFECT_HASH_BITS = 14

# How soon after a cancel the next query of the same work is interrupted too.
_INSIST_S = 0.01

OFF = (
    "autoinstall_known_extensions",
    "autoload_known_extensions",
    "allow_community_extensions",
    "allow_unsigned_extensions",
    "allow_persistent_secrets",
    "python_enable_replacements",
)

# DuckDB's own words, or the system's inside them: its exceptions do not tell these cases apart.
_DISK_FULL = ("No space left", "Disk quota exceeded", "File too large", "not enough space")
_DAMAGE = ("Corrupt database file", "Could not read enough bytes", "Failed to deserialize")


@dataclass(frozen=True)
class Limits:
    """What a connection may use; None leaves DuckDB's own default."""

    threads: int | None = None
    memory: str | None = None


def connect(lanes: Sequence[str], readable: Sequence[Path], scratch: Path, limits: Limits) -> dict[str, Connection]:
    """An in-memory database with one cursor a lane, then locked.

    `readable` are the folders that may be attached from; `scratch` takes what does not fit into memory.
    The dict also holds "main", the connection itself.
    """
    try:
        scratch.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        text = "{folder}: may not be written to; Greyline keeps its working files beside the project."
        raise BookUnusable(message(text, folder=str(scratch.parent))) from error
    main = duckdb.connect(":memory:", config=dict.fromkeys(OFF, "false"))
    main.execute(f"SET temp_directory = {_text(scratch)}")
    if limits.threads is not None:
        main.execute(f"SET threads = {limits.threads:d}")
    if limits.memory is not None:
        main.execute(f"SET memory_limit = {_text(limits.memory)}")
    folders = ", ".join(_text(folder) for folder in [*readable, scratch])
    main.execute(f"SET allowed_directories = [{folders}]")
    cursors = {"main": main} | {lane: main.cursor() for lane in lanes}
    for cursor in cursors.values():
        cursor.execute(f"SET perfect_ht_threshold = {PERFECT_HASH_BITS}")
        cursor.execute("SET enable_progress_bar = true")
        cursor.execute("SET enable_progress_bar_print = false")
    main.execute("SET enable_external_access = false")
    main.execute("SET lock_configuration = true")
    return cursors


@contextmanager
def interruptible(cursor: Connection, watch: Watch) -> Iterator[None]:
    """Run queries on `cursor` so that the watch's cancel interrupts them; DuckDB's errors become Problems."""
    watch.check()
    interrupt = _Interrupt(cursor)
    watch.on_cancel(interrupt)
    try:
        yield
    except duckdb.InterruptException as error:
        raise Cancelled from error
    except duckdb.Error as error:
        raise translated(error) from error
    finally:
        interrupt.end()
    watch.check()


class _Interrupt:
    """Interrupts a cursor until the work that it was made for has ended: the next work there is someone else's.

    Once is not enough: an interrupt that comes between two queries stops neither.
    """

    def __init__(self, cursor: Connection) -> None:
        self._cursor = cursor
        self._lock = Lock()
        self._ended = Event()
        self._insisting: Thread | None = None

    def __call__(self) -> None:
        with self._lock:
            if not self._ended.is_set() and self._insisting is None:
                self._cursor.interrupt()
                self._insisting = Thread(target=self._insist, name="interrupt", daemon=True)
                self._insisting.start()

    def end(self) -> None:
        """Let go of the cursor."""
        with self._lock:
            self._ended.set()
            insisting = self._insisting
        if insisting is not None:
            insisting.join()

    def _insist(self) -> None:
        while not self._ended.wait(_INSIST_S):
            self._cursor.interrupt()


def translated(error: duckdb.Error) -> Problem:
    """A database error as one sentence with a remedy; its own words go into the details."""
    words = str(error)
    details = (Message(words.replace("{", "{{").replace("}", "}}")),)
    if "has been invalidated" in words:
        text = message("The disk was full or failed while the project was being written; free disk space.")
        return DatabaseInvalidated(text, details)
    if is_damage(error):
        text = message("The project file is damaged; restore its newest backup, and keep the file as it is.")
        return ProjectDamaged(text, details)
    match error:
        case _ if is_disk_full(error):
            text = message("The disk is full; nothing of this was written. Free disk space and try again.")
        case duckdb.OutOfMemoryException() if "offload" in words:
            text = message("Not enough temporary disk space for this question; free disk space and ask again.")
        case duckdb.OutOfMemoryException():
            text = message("Not enough memory or temporary space for this question; close other programs or free disk.")
        case duckdb.OutOfRangeException() | duckdb.ConversionException():
            text = message(
                "A sum or product is larger than 64 bits can hold; check the amounts of the book and policy."
            )
        case duckdb.IOException():
            text = message(
                "The project file could not be read or written; check the disk and that no one else has it open."
            )
        case _:
            text = message("The database refused the question; the details say why.")
    return BookUnusable(text, details)


def is_disk_full(error: Exception) -> bool:
    """Whether a file could not grow: no space, a quota, or the largest file the system allows."""
    return any(words in str(error) for words in _DISK_FULL)


def is_damage(error: duckdb.Error) -> bool:
    """Whether a file is not what the database once wrote: a wrong checksum, or its end missing."""
    return any(words in str(error) for words in _DAMAGE)


def first_row(cursor: Connection, query: str, values: Sequence[object] = ()) -> tuple[Any, ...]:
    """The first row of an answer, () where there is none; read to its end, since a half-read one holds the cursor."""
    rows = cursor.execute(query, list(values)).fetchall()
    return rows[0] if rows else ()


def _text(value: Path | str) -> str:
    """A value as an SQL text; for settings, which take no parameters."""
    return "'" + str(value).replace("'", "''") + "'"
