"""What was measured: one row a goal and size, as a table in the terminal and as CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.goals import GOALS
from tests.benchmarks.machine import Machine
from tests.benchmarks.timing import Timing

HEADINGS = (
    "row",
    "accounts",
    "what",
    "value",
    "value_cpu",
    "unit",
    "goal",
    "met",
    "ours_ms",
    "ours_ms_least",
    "ours_ms_most",
    "ours_cpu_ms",
    "peer",
    "peer_ms",
    "peer_ms_least",
    "peer_ms_most",
    "peer_cpu_ms",
    "rounds",
    "note",
    "machine",
)


@dataclass(frozen=True)
class Result:
    """One measurement.

    Attributes: row names the goal; accounts is the size of the book, None where it is the sample; value is in the
    goal's unit, None where it could not be measured, and then note says why; ours and theirs are what it was made
    of; processor is the same ratio of processor times, which other work on the machine moves less.
    """

    row: str
    accounts: int | None
    value: float | None
    ours: Timing | None = None
    theirs: Timing | None = None
    peer: str = ""
    note: str = ""
    processor: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None where nothing was measured."""
        return None if self.value is None else GOALS[self.row].is_met(self.value)


def ratio(row: str, accounts: int | None, over: Timing, under: Timing, *, ours: Timing, peer: str) -> Result:
    """A goal that is one median divided by another; `ours` says which of the two is Greyline's."""
    theirs = under if ours is over else over
    processor = over.processor / under.processor
    return Result(row, accounts, over.median / under.median, ours, theirs, peer, processor=processor)


def table(results: Iterable[Result]) -> str:
    """The results for a terminal: by the medians on the clock and, in brackets, by the processor's time."""
    headings = ("row", "accounts", "what", "value (cpu)", "goal", "", "ours ms (cpu)", "peer ms (cpu)", "peer")
    lines = [headings, *(_line(result) for result in results)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(headings))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def write_csv(path: Path, results: Sequence[Result], machine: Machine) -> None:
    """The results with the machine that they were measured on."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        writer.writerows([*_cells(result), str(machine)] for result in results)


def _cells(result: Result) -> list[str]:
    goal = GOALS[result.row]
    met = {True: "yes", False: "no", None: ""}[result.met]
    values = ["" if value is None else f"{value:.6g}" for value in (result.value, result.processor)]
    ours, theirs = _milliseconds(result.ours), _milliseconds(result.theirs)
    rounds = len(result.ours.wall) if result.ours else 0
    accounts = "" if result.accounts is None else str(result.accounts)
    start = [result.row, accounts, goal.what, *values, goal.unit, goal.text, met]
    return [*start, *ours, result.peer, *theirs, str(rounds or ""), result.note]


def _milliseconds(timing: Timing | None) -> list[str]:
    if timing is None:
        return [""] * 4
    return [f"{1000 * each:.4g}" for each in (timing.median, min(timing.wall), max(timing.wall), timing.processor)]


def _line(result: Result) -> tuple[str, ...]:
    goal = GOALS[result.row]
    met = {True: "met", False: "NOT met", None: "—"}[result.met]
    accounts = "sample" if result.accounts is None else f"{result.accounts:,}"
    value = result.note if result.value is None else goal.shown(result.value)
    if result.processor is not None:
        value += f" ({goal.shown(result.processor)})"
    times = [_brief(timing) for timing in (result.ours, result.theirs)]
    return (result.row, accounts, goal.what, value, goal.text, met, *times, result.peer)


def _brief(timing: Timing | None) -> str:
    return "" if timing is None else f"{1000 * timing.median:,.3g} ({1000 * timing.processor:,.3g})"
