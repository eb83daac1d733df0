"""Baseline outcome × scenario outcome: who moves where, in users, accounts, EAD and EL (domain rules, section 3)."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeAlias

from desktop_app.analysis.readings import Readings, Slices, in_cells
from desktop_app.analysis.slices import cell_sums
from desktop_app.domain.book import Book
from desktop_app.domain.outcomes import OUTCOMES, Outcome
from desktop_app.domain.requests import SIDES, Evaluation
from desktop_app.domain.scenario import Scenario

Cell: TypeAlias = tuple[Outcome, Outcome]

CELLS: tuple[Cell, ...] = tuple((before, after) for before in OUTCOMES for after in OUTCOMES)


class Swap(StrEnum):
    """The four groups that a new policy makes of the old one's blocked and not blocked."""

    SWAP_OUT = "swap_out"
    SWAP_IN = "swap_in"
    BLOCKED_BY_BOTH = "blocked_by_both"
    BLOCKED_BY_NEITHER = "blocked_by_neither"


def swap_of(cell: Cell) -> Swap:
    """Which group a cell of the matrix belongs to."""
    match cell[0] is Outcome.BLOCKED, cell[1] is Outcome.BLOCKED:
        case False, True:
            return Swap.SWAP_OUT
        case True, False:
            return Swap.SWAP_IN
        case True, True:
            return Swap.BLOCKED_BY_BOTH
        case _:
            return Swap.BLOCKED_BY_NEITHER


def transition_readings(
    evaluation: Evaluation, baseline: Scenario, scenario: Scenario, book: Book
) -> dict[Cell, Readings]:
    """CELL_FIGURES for each of the 36 cells (baseline outcome, scenario outcome).

    The baseline's value is that of the same users and accounts under the baseline's policy.
    """
    sums = {side: cell_sums(evaluation.transitions[side], side) for side in SIDES}
    return dict(zip(CELLS, Slices(sums, baseline, scenario, book).readings(in_cells), strict=True))


def swap_readings(evaluation: Evaluation, baseline: Scenario, scenario: Scenario, book: Book) -> dict[Swap, Readings]:
    """CELL_FIGURES for the swapped-out, the swapped-in and the two unchanged groups."""
    groups = [[index for index, cell in enumerate(CELLS) if swap_of(cell) is swap] for swap in Swap]
    sums = {side: cell_sums(evaluation.transitions[side], side).grouped(groups) for side in SIDES}
    return dict(zip(Swap, Slices(sums, baseline, scenario, book).readings(in_cells), strict=True))
