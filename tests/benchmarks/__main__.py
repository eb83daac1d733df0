"""`python -m tests.benchmarks`: measure the goals of speed, print a table, write it as CSV."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.books import Book
from tests.benchmarks.goals import GOALS
from tests.benchmarks.machine import Machine
from tests.benchmarks.question import Question
from tests.benchmarks.results import Result, table, write_csv
from tests.benchmarks.rows import (
    evaluating,
    exporting,
    foreseen,
    frames,
    loading,
    starting,
    stressing,
    waiting,
    what_if,
)
from tests.benchmarks.timing import ROUNDS

SIZES = (100_000, 1_000_000, 10_000_000)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what was asked for; 0 whether or not the goals are met, since they are reported, not tested."""
    chosen = _parser().parse_args(arguments)
    machine = Machine.here()
    _say(str(machine))
    results: list[Result] = []
    with TemporaryDirectory(prefix="greyline-benchmark-") as temporary:
        folder = chosen.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for result in _measured(chosen.accounts, chosen.rows, chosen.rounds, folder):
            results.append(result)
            _say(table([result]).splitlines()[-1])
            if chosen.out is not None:
                write_csv(chosen.out, results, machine)
    _say(f"\n{table(sorted(results, key=_place))}")
    return 0


def _measured(sizes: Sequence[int], rows: Sequence[str], rounds: int, folder: Path) -> Iterator[Result]:
    """The rows asked for: those of the sample, then those of each size."""
    ticks = what_if.Ticks()
    if _wanted(rows, "11"):
        yield from starting.measure(rounds, folder)
    for size in sizes:
        book = Book(size, folder)
        book.make()
        if _wanted(rows, "9", "10"):
            yield from loading.measure(book, rounds)
        if _wanted(rows, "8"):
            yield from waiting.measure(book)
        if _wanted(rows, "7"):
            yield from frames.measure(book)
        yield from _of_an_open_project(book, rows, rounds, ticks)


def _of_an_open_project(book: Book, rows: Sequence[str], rounds: int, ticks: what_if.Ticks) -> Iterator[Result]:
    wanted: list[Callable[[Question], Iterator[Result]]] = []
    if _wanted(rows, "4"):
        wanted.append(lambda question: evaluating.measure(question, rounds))
    if _wanted(rows, "1", "2", "3", "5"):
        wanted.append(lambda question: what_if.measure(question, rounds, ticks))
    if _wanted(rows, "6"):
        wanted.append(lambda question: foreseen.measure(question, rounds))
    if _wanted(rows, "12"):
        wanted.append(lambda question: exporting.measure(question, rounds))
    if _wanted(rows, "13"):
        wanted.append(lambda question: stressing.measure(question, rounds))
    if not wanted:
        return
    project = book.load()
    try:
        question = Question.of(project)
        for measure in wanted:
            yield from measure(question)
    finally:
        project.close()


def _place(result: Result) -> tuple[int, int]:
    """Goal by goal, in each from small to large."""
    return list(GOALS).index(result.row), result.accounts or 0


def _wanted(rows: Sequence[str], *names: str) -> bool:
    return not rows or any(row.rstrip("abcd") in names for row in rows)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    sizes = ", ".join(f"{size:,}" for size in SIZES)
    parser.add_argument("--accounts", type=int, nargs="+", default=SIZES, help=f"sizes of the book; {sizes} without it")
    names = dict.fromkeys(name.rstrip("abcd") for name in GOALS)
    parser.add_argument("--rows", nargs="+", default=(), choices=names, help="the goals to measure; all without it")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"rounds of each; {ROUNDS} without it")
    parser.add_argument("--folder", type=Path, help="where the books are kept for the next time; none are without it")
    parser.add_argument("--out", type=Path, help="the CSV to write")
    return parser


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
