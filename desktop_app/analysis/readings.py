"""Every figure of the catalogue under the scenario and the baseline: whole book, by group, by reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from desktop_app.analysis.kinds import Kinds
from desktop_app.analysis.slices import group_sums, reason_cell_sums, reason_sums, whole_sums
from desktop_app.domain.book import Book
from desktop_app.domain.outcomes import OUTCOMES, Outcome
from desktop_app.domain.readings import Interval, Reading, Unit
from desktop_app.domain.requests import SIDES, Evaluation, Side
from desktop_app.domain.scenario import Assumptions, Scenario
from desktop_app.figures.catalogue import FIGURES
from desktop_app.figures.intervals import is_thin, wilson
from desktop_app.figures.types import Figure, OutcomeSums

# Fewer users than this are too few to read a figure from (domain rules, section 3).
THIN_USERS = 30

_VALUE_AND_GHOST: tuple[Side, Side] = ("scenario", "baseline")

# What is read in each cell of a matrix: reason × outcome, outcome × outcome.
CELL_FIGURES: tuple[str, ...] = ("users", "accounts", "ead", "el", "margin")

Readings: TypeAlias = dict[str, Reading]


def readings(evaluation: Evaluation, baseline: Scenario, scenario: Scenario, book: Book) -> Readings:
    """Every figure of the catalogue for the whole book, by id."""
    return whole_slices(evaluation, baseline, scenario, book).readings()[0]


def whole_slices(
    evaluation: Evaluation, baseline: Scenario, scenario: Scenario, book: Book, ghost: Half | None = None
) -> Slices:
    """The whole book as the only slice; `ghost` is its `whole_half` under the baseline, where that is known."""
    sums = {side: whole_sums(evaluation.by_reason[side]) for side in SIDES}
    return Slices(sums, baseline, scenario, book, parts=False, ghost=ghost)


def whole_half(evaluation: Evaluation, baseline: Scenario) -> Half:
    """The whole book under the baseline's policy: while only the scenario moves, it is worked out once."""
    return Half(whole_sums(evaluation.by_reason["baseline"]), baseline.assumptions, parts=False)


def group_readings(
    evaluation: Evaluation, baseline: Scenario, scenario: Scenario, book: Book
) -> dict[str | None, Readings]:
    """Every figure for each group of the request's grouping, in the cube's order; None is the missing group."""
    labels, slices = group_slices(evaluation, baseline, scenario, book)
    return dict(zip(labels, slices.readings(), strict=True))


def group_slices(
    evaluation: Evaluation, baseline: Scenario, scenario: Scenario, book: Book
) -> tuple[tuple[str | None, ...], Slices]:
    """The groups of the request's grouping, in the cube's order, and a slice for each."""
    labels = evaluation.by_group["scenario"].axis("group").labels
    sums = {side: group_sums(evaluation.by_group[side], labels) for side in SIDES}
    return labels, Slices(sums, baseline, scenario, book)


def reason_readings(evaluation: Evaluation, baseline: Scenario, scenario: Scenario, book: Book) -> dict[str, Readings]:
    """For each rule of either policy, the figures of those for whom it gives the reason.

    The scenario's rules first, in order, then those that only the baseline has. Shares of users are left out: within
    one reason they say nothing.
    """
    rules = tuple(dict.fromkeys(rule.id for rule in (*scenario.policy.rules, *baseline.policy.rules)))
    sums = {side: reason_sums(evaluation.by_reason[side], rules) for side in SIDES}
    found = Slices(sums, baseline, scenario, book).readings(lambda figure: figure.denominator != "users")
    return dict(zip(rules, found, strict=True))


def reason_cell_readings(
    evaluation: Evaluation, baseline: Scenario, scenario: Scenario, book: Book
) -> dict[tuple[str, Outcome], Readings]:
    """CELL_FIGURES for each (reason, outcome): both policies' rules as in `reason_readings`, then "" for no reason.

    The cells of one side add up to its whole book.
    """
    rules = (*dict.fromkeys(rule.id for rule in (*scenario.policy.rules, *baseline.policy.rules)), "")
    sums = {side: reason_cell_sums(evaluation.by_reason[side], rules) for side in SIDES}
    cells = [(rule, outcome) for rule in rules for outcome in OUTCOMES]
    return dict(zip(cells, Slices(sums, baseline, scenario, book).readings(in_cells), strict=True))


def in_cells(figure: Figure) -> bool:
    """Whether a figure is read in each cell of a matrix."""
    return figure.id in CELL_FIGURES


@dataclass(frozen=True)
class Slices:
    """Parts of a book, each with its sums under both policies.

    Attributes: sums have one leading axis, the slices, the same on both sides; baseline and scenario are those of
    the request that the sums answer; parts says that a slice is not all that is looked at; ghost is the baseline's
    half, where it was made before.
    """

    sums: Mapping[Side, OutcomeSums]
    baseline: Scenario
    scenario: Scenario
    book: Book
    parts: bool = True
    ghost: Half | None = None

    def readings(self, wanted: Callable[[Figure], bool] | None = None) -> list[Readings]:
        """The figures `wanted` (None: all) of each slice."""
        found: list[Readings] = [{} for _ in self._few]
        for figure in FIGURES.values():
            if wanted is None or wanted(figure):
                for made, reading in zip(found, self.figure(figure), strict=True):
                    made[figure.id] = reading
        return found

    def figure(self, figure: Figure) -> list[Reading]:
        """One figure of each slice."""
        day = self.book.as_of if figure.day == "as_of" else self.book.evidence or self.book.as_of
        sides = (self._halves[side].of(figure) for side in _VALUE_AND_GHOST)
        kind, thin = self._kinds.of(figure), self._thin(figure)
        return [
            Reading(
                figure=figure.id,
                unit=figure.unit,
                kind=kind,
                day=day,
                value=now.value,
                baseline=ghost.value,
                denominator=figure.denominator,
                coverage=now.coverage,
                thin=bool(few),
                baseline_coverage=ghost.coverage,
                interval=now.interval,
                baseline_interval=ghost.interval,
            )
            for now, ghost, few in zip(*sides, thin, strict=True)
        ]

    @cached_property
    def _halves(self) -> Mapping[Side, Half]:
        scenario = Half(self.sums["scenario"], self.scenario.assumptions, self.parts)
        ghost = self.ghost or Half(self.sums["baseline"], self.baseline.assumptions, self.parts)
        return {"scenario": scenario, "baseline": ghost}

    @cached_property
    def _few(self) -> NDArray[np.bool_]:
        return self.sums["scenario"].over("users") < THIN_USERS

    @cached_property
    def _kinds(self) -> Kinds:
        policies = (self.baseline.policy, self.scenario.policy)
        return Kinds(self.book, *policies, stress=self.scenario.stress)

    def _thin(self, figure: Figure) -> NDArray[np.bool_]:
        """Whether a slice has too few users, or too few cases of either kind."""
        sums = self.sums["scenario"]
        return is_thin(*figure.cases(sums)) if figure.cases and sums.has(figure.measures) else self._few


class Half:
    """Slices under one policy: each figure is worked out once.

    parts is as in `Slices`.
    """

    def __init__(self, sums: OutcomeSums, supposed: Assumptions, parts: bool) -> None:
        self._sums, self._supposed, self._parts = sums, supposed, parts
        self._known: dict[str, list[_Side]] = {}

    def of(self, figure: Figure) -> list[_Side]:
        """The figure of each slice."""
        if figure.id not in self._known:
            self._known[figure.id] = self._figure(figure)
        return self._known[figure.id]

    def _figure(self, figure: Figure) -> list[_Side]:
        sums, supposed = self._sums, self._supposed
        nothing = np.full(sums.shape, np.nan)
        values = nothing if figure.whole and self._parts else figure.of(sums, supposed)
        known = sums.has(figure.measures)
        covered = figure.coverage(sums, supposed) if figure.coverage and known else nothing
        counted = figure.cases is not None and known and figure.unit is Unit.SHARE
        low, high = wilson(*figure.cases(sums)) if figure.cases and counted else (nothing, nothing)
        return [_Side.of(*numbers) for numbers in zip(values, covered, low, high, strict=True)]


class _Side(NamedTuple):
    """One figure of one slice under one policy."""

    value: float | None
    coverage: float | None
    interval: Interval | None

    @classmethod
    def of(cls, value: np.float64, coverage: np.float64, low: np.float64, high: np.float64) -> _Side:
        ends = (_known(low), _known(high))
        return cls(_known(value), _known(coverage), None if None in ends else cast(Interval, ends))


def _known(value: np.float64) -> float | None:
    """`value`, None where there is none: what is not a number is an em dash, never 0."""
    return float(value) if np.isfinite(value) else None
