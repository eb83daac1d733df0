"""Copies of a project's tables between attached databases: in row order, with progress and cancel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Event, Thread

from desktop_app.domain.problems import Message, ProjectDamaged, message
from desktop_app.domain.watch import Watch
from desktop_app.engine.connection import Connection, interruptible

# The project's own tables; the two others come with the import.
OWN_TABLES = (
    "CREATE TABLE IF NOT EXISTS {database}.journal (step BIGINT, written TIMESTAMP, entry VARCHAR)",
    "CREATE TABLE IF NOT EXISTS {database}.meta (key VARCHAR, value VARCHAR)",
)
_PROGRESS_SECONDS = 0.1


@contextmanager
def reported(cursor: Connection, watch: Watch, stage: Message) -> Iterator[None]:
    """Run queries that the watch can interrupt, reporting how far each is; DuckDB's errors become Problems."""
    finished = Event()
    reporter = Thread(target=_report, args=(cursor, watch, stage, finished), daemon=True)
    with interruptible(cursor, watch):
        reporter.start()
        try:
            yield
        finally:
            finished.set()
            reporter.join()


def copy_tables(cursor: Connection, tables: Sequence[str], source: str, target: str) -> None:
    """Make `tables` of the database `source` in `target`; the rows keep their order, and their number is compared."""
    for table in tables:
        cursor.execute(f"CREATE TABLE {target}.{table} AS FROM {source}.{table}")
        if count(cursor, f"{source}.{table}") != count(cursor, f"{target}.{table}"):
            raise ProjectDamaged(
                message("A copy has other rows than its table {table}; nothing was made.", table=table)
            )


def count(cursor: Connection, table: str) -> int:
    """How many rows a table has."""
    return int(cursor.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0])


def free_share(cursor: Connection, database: str) -> float:
    """How much of a database's file is unused, 0–1."""
    rows = cursor.execute("SELECT database_name, total_blocks, free_blocks FROM pragma_database_size()").fetchall()
    total, free = next((total, free) for name, total, free in rows if name == database)
    return free / total if total else 0.0


def _report(cursor: Connection, watch: Watch, stage: Message, finished: Event) -> None:
    while not finished.wait(_PROGRESS_SECONDS):
        percent = cursor.query_progress()
        watch.report(stage, max(int(percent), 0), 100 if percent >= 0 else None)
