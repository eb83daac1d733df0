"""Rows 9 and 10: the import of a CSV, how large the project is, how much memory it takes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from tests.benchmarks.books import Book
from tests.benchmarks.processes import run
from tests.benchmarks.results import Result, ratio
from tests.benchmarks.timing import in_turn

_CHILD = "tests.benchmarks.child"
_MEGABYTE = 1e6
_THREADS = 2


def measure(book: Book, rounds: int) -> Iterator[Result]:
    """The import beside a bare read of the same file into a database file, each into a new file every round."""
    with TemporaryDirectory(dir=book.folder) as name:
        folder = Path(name)
        timings = in_turn(
            {"ours": lambda: _import(book, folder), "theirs": lambda: _bare(book, folder)}, rounds, warm=False
        )
        ours, theirs = timings["ours"], timings["theirs"]
        yield ratio("9", book.accounts, ours, theirs, ours=ours, peer="DuckDB CREATE TABLE AS read_csv")
        project = folder / "memory.greyline"
        peak = run(_CHILD, "load", str(book.csv), str(project)).peak
        yield Result("10a", book.accounts, project.stat().st_size / book.csv.stat().st_size)
        yield Result("10b", book.accounts, peak / _MEGABYTE)
        evaluated = run(_CHILD, "evaluate", str(project))
        note = f"prepared in {evaluated.said['prepare']:.3g} s"
        yield Result("10c", book.accounts, evaluated.peak / _MEGABYTE, note=note)


def _import(book: Book, folder: Path) -> None:
    target = folder / "round.greyline"
    book.load(target).close()
    for file in folder.glob("round.*"):
        file.unlink()


def _bare(book: Book, folder: Path) -> None:
    target = folder / "round.duckdb"
    with duckdb.connect(target, config={"threads": _THREADS}) as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.execute(f"CREATE TABLE accounts AS SELECT * FROM read_csv('{book.csv}')")
    target.unlink()
