"""The staging database of an import: one DuckDB file, opened hardened, complete or gone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any

import duckdb

from desktop_app.domain.problems import Cancelled, ImportFailed, Message, Problem, message
from desktop_app.domain.watch import Watch
from desktop_app.engine.connection import OFF, Connection, Limits

# How often a running query is asked how far it is, in seconds.
_PROGRESS_SECONDS = 0.2

_REJECTS = """CREATE TABLE rejects(line BIGINT, "column" VARCHAR, reason VARCHAR, reason_values VARCHAR, raw VARCHAR)"""
_META = """CREATE TABLE meta("key" VARCHAR, "value" VARCHAR)"""


def open_staging(staging: Path, readable: Sequence[Path], limits: Limits, *, computes: bool = False) -> Connection:
    """A new database at `staging` that may read the files `readable` and nothing else of the disk.

    With `computes`, statements may hold arithmetic that TRY guards against overflow.
    """
    scratch = scratch_of(staging)
    scratch.mkdir(mode=0o700, parents=True, exist_ok=True)
    connection = duckdb.connect(str(staging), config=dict.fromkeys(OFF, "false"))
    if limits.threads is not None:
        connection.execute(f"SET threads = {limits.threads:d}")
    if limits.memory is not None:
        connection.execute(f"SET memory_limit = {_text(limits.memory)}")
    connection.execute(f"SET temp_directory = {_text(scratch)}")
    connection.execute(f"SET allowed_directories = [{_text(scratch)}]")
    connection.execute(f"SET allowed_paths = [{', '.join(_text(path) for path in readable)}]")
    # The first makes a join of IN with many values, after which the rows of a parallel scan come in any order.
    disabled = ["in_clause"]
    if computes:
        # This optimiser moves what occurs twice out of TRY, where its failure ends the statement.
        disabled.append("common_subexpressions")
    connection.execute(f"SET disabled_optimizers = {_text(','.join(disabled))}")
    # One method covers what these two do, and every column would be tried with each.
    connection.execute("SET disabled_compression_methods = 'dictionary,fsst'")
    connection.execute("SET enable_progress_bar = true")
    connection.execute("SET enable_progress_bar_print = false")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    connection.execute(_REJECTS)
    connection.execute(_META)
    return connection


def scratch_of(staging: Path) -> Path:
    """The private folder for what does not fit into memory while `staging` is made."""
    return staging.with_name(staging.name + ".scratch")


def single_row(connection: Connection, query: str, values: Sequence[object] = ()) -> tuple[Any, ...]:
    """The one row of a query, read to its end: a half-read result would hold the connection."""
    rows: list[tuple[Any, ...]] = connection.execute(query, list(values)).fetchall()
    return rows[0]


@contextmanager
def importing(connection: Connection, watch: Watch, stage: Message, rows: int = 0) -> Iterator[None]:
    """Run queries as `interruptible` does, reporting their progress: in rows where these are counted, else percent."""
    finished = Event()
    reporter = Thread(target=_report_progress, args=(connection, watch, stage, rows or 100, finished), daemon=True)
    with interruptible(connection, watch):
        reporter.start()
        try:
            yield
        finally:
            finished.set()
            reporter.join()


@contextmanager
def interruptible(connection: Connection, watch: Watch) -> Iterator[None]:
    """Run queries that the watch can interrupt; DuckDB's errors become ImportFailed."""
    watch.check()
    watch.on_cancel(connection.interrupt)
    try:
        yield
    except duckdb.InterruptException as error:
        raise Cancelled from error
    except duckdb.Error as error:
        raise translated(error) from error
    watch.check()


def translated(error: duckdb.Error) -> Problem:
    """A database error during an import as one sentence with a remedy; its own words go into the details."""
    details = (Message(str(error).replace("{", "{{").replace("}", "}}")),)
    match error:
        case duckdb.OutOfMemoryException():
            text = message("Not enough memory or temporary space to import this file; close programs or free disk.")
        case duckdb.IOException():
            text = message("The file could not be read, or the disk is full; check the disk and import again.")
        case _:
            text = message("The database refused to load the file; the details say why.")
    return ImportFailed(text, details)


def _report_progress(connection: Connection, watch: Watch, stage: Message, total: int, finished: Event) -> None:
    while not finished.wait(_PROGRESS_SECONDS):
        percent = connection.query_progress()
        watch.report(stage, max(int(percent * total / 100), 0), total if percent >= 0 else None)


def _text(value: Path | str) -> str:
    """A value as an SQL text; for settings, which take no parameters."""
    return "'" + str(value).replace("'", "''") + "'"
