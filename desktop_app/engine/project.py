"""The project file: one DuckDB database with the accounts, what came of the import, and the journal.

Beside the file stand a lock, our own log of what was written, dated backups, and a private folder for the prepared
columns and for what does not fit into memory; that holds personal data, is closed to others, and is emptied whenever
the project opens.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Self, TypeVar

import duckdb
from pydantic import TypeAdapter

from desktop_app.domain.book import Book
from desktop_app.domain.mapping import Mapping
from desktop_app.domain.plans import ImportReport
from desktop_app.domain.problems import BookUnusable, DatabaseInvalidated, Message, Problem, ProjectDamaged, message
from desktop_app.domain.scenario import Scenario, Stress
from desktop_app.domain.watch import Watch
from desktop_app.engine.connection import Connection, Limits, connect
from desktop_app.engine.prepare import (
    Prepared,
    evidence_key,
    origin_of,
    prepare,
    prepare_evidence,
    prepared_key,
)
from desktop_app.engine.prepared_tables import PreparedTables
from desktop_app.engine.project_attach import attach_again, attach_project, is_attached, problem_of, quoted
from desktop_app.engine.project_backups import Backup, back_up, with_offer
from desktop_app.engine.project_files import PrivateFolder, ProjectFiles
from desktop_app.engine.project_journal import Entry, ProjectJournal, read_entries, read_meta
from desktop_app.engine.project_lock import FileLock
from desktop_app.engine.project_making import SCHEMA_VERSION, make_project
from desktop_app.engine.project_reading import copy_aside
from desktop_app.engine.project_recovery import recover
from desktop_app.engine.revise import revised

# Interactive questions, looking through accounts, long work, and the serial journal writer; each has its own cursor.
LANES = ("interactive", "browsing", "background", "journal")

_Result = TypeVar("_Result")


class Project:
    """One open project.

    Attributes: path is the file; book, report and mapping are what it holds; every lane of LANES has a cursor;
    copy_of is the project that this is a copy of, None where it is the project itself.
    """

    def __init__(self, files: ProjectFiles, cursors: dict[str, Connection], lock: FileLock) -> None:
        self.path = files.path
        self.copy_of: Path | None = None
        self._files = files
        self._cursors = cursors
        self._lock: FileLock | None = lock
        self._copy: PrivateFolder | None = None
        self._prepared = PreparedTables()
        self._observed: dict[str, Prepared] = {}
        self._preparing = Lock()
        self._reviving = Lock()
        self._revivals = 0
        self._notices = attach_project(cursors["main"], files)
        self._attach_prepared()
        meta = read_meta(cursors["journal"])
        if meta["schema"] != SCHEMA_VERSION:
            raise BookUnusable(message("{file}: made by another version of Greyline.", file=files.path.name))
        self.book = TypeAdapter(Book).validate_json(meta["book"])
        self.report = TypeAdapter(ImportReport).validate_json(meta["report"])
        self.mapping = Mapping.from_json(meta["mapping"], files.path.name)
        found = recover(cursors["main"], files)
        self.id = found.project_id
        self._notices += found.notices
        self._journal = ProjectJournal(lambda work: self.surviving("journal", work), found.log, found.counter)

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
        files = ProjectFiles(path)
        lock = FileLock.acquire(files.lock, path.name)
        try:
            make_project(files, staging, found, watch, limits or Limits())
        finally:
            lock.release()
        return cls.open(path, limits)

    @classmethod
    def open(cls, path: Path, limits: Limits | None = None) -> Self:
        """Open a project.

        Raises ProjectInUse where it is open elsewhere, ProjectDamaged with the offer of a backup, BookUnusable where
        it is no project or holds what could run.
        """
        if not path.is_file():
            raise BookUnusable(message("{file}: there is no such project.", file=path.name))
        files = ProjectFiles(path)
        lock = FileLock.acquire(files.lock, path.name)
        try:
            return cls._open(files, lock, limits or Limits())
        except ProjectDamaged as problem:
            lock.release()
            raise with_offer(problem, files) from problem
        except BaseException:
            lock.release()
            raise

    @classmethod
    def open_copy(cls, path: Path, limits: Limits | None = None) -> Self:
        """Open a copy of a project that another process has open; what is changed in it goes when it is closed."""
        folder, copy = copy_aside(path)
        try:
            project = cls.open(copy, limits)
        except BaseException:
            folder.close()
            raise
        project.copy_of, project._copy = path, folder
        text = message("{file} is open elsewhere: this is a copy, and changes to it are not kept.", file=path.name)
        project._notices += (text,)
        return project

    def cursor(self, lane: str) -> Connection:
        """The cursor of a lane; only that lane's thread may use it."""
        return self._cursors[lane]

    def surviving(self, lane: str, work: Callable[[Connection], _Result]) -> _Result:
        """Run `work` on a lane's cursor; where the database gave a file up, attach it anew and run `work` once more."""
        before = self._revivals
        try:
            return work(self._cursors[lane])
        except DatabaseInvalidated:
            self._revive(lane, before)
        except Problem:
            # Another lane may have attached the files anew under this one.
            if self._revivals == before:
                raise
        return work(self._cursors[lane])

    def take_notices(self) -> Sequence[Message]:
        """What the user should know about the project and was not told yet."""
        taken, self._notices = self._notices, ()
        return taken

    def at(self, as_of: date) -> Book:
        """The book as of another of its snapshots; BookUnusable where it has none of that date."""
        if all(snapshot.day != as_of for snapshot in self.book.snapshots):
            days = ", ".join(snapshot.day.isoformat() for snapshot in self.book.snapshots)
            text = message("The book has no snapshot of {day}; it has {days}.", day=as_of, days=days)
            raise BookUnusable(text)
        return replace(self.book, as_of=as_of)

    def prepared(self, cursor: Connection, book: Book, scenario: Scenario, watch: Watch) -> Prepared:
        """The prepared columns for a book at its as-of date, made once for each set of risk assumptions and stress.

        Those of the evidence date come with them, made once.
        """
        key, then = prepared_key(book, scenario), evidence_key(book)
        with self._preparing:
            if book.evidence is not None and then not in self._observed:
                self._observed[then] = prepare_evidence(cursor, book, then, watch)
            found = self._prepared.find(key)
            if found is None:
                found = replace(self._made(cursor, book, scenario, watch), evidence=self._observed.get(then))
                self._prepared.keep(cursor, found)
            return found

    def _made(self, cursor: Connection, book: Book, scenario: Scenario, watch: Watch) -> Prepared:
        """The whole table once; then what a stress or other assumptions change of it."""
        base = self._prepared.base(origin_of(book))
        if base is None:
            calm = scenario.model_copy(update={"stress": Stress()})
            base = prepare(cursor, book, calm.assumptions, prepared_key(book, calm), watch)
            if calm.stress == scenario.stress:
                return base
            self._prepared.keep(cursor, base)
        return revised(cursor, base, book, scenario, watch)

    def write_entry(self, step: int, text: str) -> None:
        """Keep one step of the journal, and drop those after it: they were undone and another way was taken."""
        self._journal.write_entry(step, text)

    def entries(self) -> Sequence[Entry]:
        """The journal, oldest first."""
        return read_entries(self._cursors["journal"])

    def write_note(self, key: str, value: str) -> None:
        """Keep one small text under a key: where the undo cursor stands, what the analyst looks at."""
        self._journal.write_note(key, value)

    def note(self, key: str) -> str | None:
        """The text under a key, None where there is none."""
        return read_meta(self._cursors["journal"]).get(key)

    def back_up(self, watch: Watch) -> Backup | None:
        """Make a dated backup on the background lane, unless nothing changed since the last or this is a copy."""
        if self.copy_of is not None:
            return None
        return self.surviving("background", lambda cursor: back_up(cursor, self._files, watch))

    def close(self) -> None:
        """Close every cursor and empty the private folder; a copy goes altogether."""
        if self._lock is None:
            return
        _close(self._cursors)
        # Closing moves what the database's log has into the file, unless the disk is full.
        self._journal.close(whole=not self._files.wal.exists())
        shutil.rmtree(self._files.private, ignore_errors=True)
        self._lock.release()
        self._lock = None
        if self._copy is not None:
            self._copy.close()

    @classmethod
    def _open(cls, files: ProjectFiles, lock: FileLock, limits: Limits) -> Self:
        private = files.empty_private()
        cursors = connect(LANES, (files.path.parent, private), private, limits)
        try:
            return cls(files, cursors, lock)
        except duckdb.Error as error:
            _close(cursors)
            raise problem_of(error, files.path) from error
        except (KeyError, ValueError, RecursionError) as error:
            _close(cursors)
            raise BookUnusable(message("{file}: this is no Greyline project.", file=files.path.name)) from error
        except BaseException:
            _close(cursors)
            raise

    def _revive(self, lane: str, before: int) -> None:
        """Attach the files anew: the database gave one up, and reopening restores all that was committed."""
        with self._reviving:
            if self._revivals != before:
                return
            if not is_attached(self._cursors[lane]):
                attach_again(self._cursors[lane], self._files)
            with self._preparing:
                self._prepared.clear()
                self._observed.clear()
                self._revivals += 1
                self._cursors[lane].execute("DETACH DATABASE IF EXISTS prepared")
                self._attach_prepared()
            text = message(
                "The disk was full while the project was being written. It was opened again: nothing is lost."
            )
            self._notices += (text,)

    def _attach_prepared(self) -> None:
        # Another file each time: lanes may still be reading the one before.
        file = self._files.private / f"prepared-{self._revivals}.duckdb"
        self._cursors["main"].execute(f"ATTACH {quoted(file)} AS prepared")


def _close(cursors: dict[str, Connection]) -> None:
    for cursor in reversed(cursors.values()):
        cursor.close()
