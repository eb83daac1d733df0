"""Row 12: every account as CSV, beside DuckDB's COPY of the same query."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from desktop_app.domain.requests import EvaluateRequest
from desktop_app.domain.watch import CancelWatch
from desktop_app.engine.account_rows import account_batches, accounts_query
from desktop_app.engine.connection import Connection
from desktop_app.engine.plan import Plan
from desktop_app.reports.csv_files import write_accounts
from desktop_app.workspace.desk import BASELINE, scenario_of
from tests.benchmarks.question import Question
from tests.benchmarks.results import Result, ratio
from tests.benchmarks.timing import in_turn

_THREADS = 2


def measure(question: Question, rounds: int) -> Iterator[Result]:
    """Checksums, money with its decimals and harmless texts are in our time, and in none of theirs."""
    rows = question.project.book.accounts
    with TemporaryDirectory(prefix="greyline-export-") as folder:
        ours, theirs = Path(folder, "ours.csv"), Path(folder, "theirs.csv")
        bare = _same_columns(question)
        try:
            query = _query(question)
            works = {"ours": lambda: _write(question, ours), "theirs": lambda: _copy(bare, query, theirs)}
            timings = in_turn(works, rounds)
        finally:
            bare.close()
        if _lines(ours) != _lines(theirs):
            raise AssertionError("COPY wrote another number of lines")
    yield ratio("12", rows, timings["theirs"], timings["ours"], ours=timings["ours"], peer="duckdb COPY")


def _write(question: Question, path: Path) -> None:
    book, watch = question.project.book, CancelWatch()
    before, after = scenario_of(question.baseline, BASELINE), scenario_of(question.tightened, "scenario-1")
    request = EvaluateRequest(book.data_hash, book.as_of, before, after)
    path.unlink(missing_ok=True)
    batches = account_batches(question.cursor, question.prepared, request, watch)
    write_accounts(path, batches, guard=True, total=book.accounts, watch=watch)


def _query(question: Question) -> str:
    plan = Plan.of(question.prepared, {"baseline": question.baseline, "scenario": question.tightened})
    return plan.text(accounts_query(plan))


def _same_columns(question: Question) -> Connection:
    """A bare DuckDB that may write files, with the prepared accounts under their own name."""
    columns = question.cursor.sql(f"FROM {question.prepared.table}").to_arrow_table()
    bare = duckdb.connect(config={"threads": _THREADS})
    bare.execute("ATTACH ':memory:' AS prepared")
    bare.register("columns", columns)
    bare.execute(f"CREATE TABLE {question.prepared.table} AS FROM columns")
    bare.unregister("columns")
    return bare


def _copy(bare: Connection, query: str, path: Path) -> None:
    bare.execute(f"COPY ({query}) TO '{path}' (FORMAT csv, HEADER)")


def _lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))
