"""Two thresholds weighed against each other: the grid that they are tried on, the heatmap, the efficient frontier."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

import numpy as np
from numpy.typing import NDArray

from desktop_app.analysis.goals import goal_words
from desktop_app.analysis.index import covering
from desktop_app.analysis.steps import Steps, coarse_step, steps_of
from desktop_app.domain.book import Book
from desktop_app.domain.chart_values import (
    Contour,
    FigureAxis,
    FrontierPoint,
    FrontierValue,
    HeatmapValue,
    ThresholdAxis,
)
from desktop_app.domain.handles import ThresholdHandle, find_comparison, value_of
from desktop_app.domain.indexing import Positions, SurfaceSums
from desktop_app.domain.problems import Message, message
from desktop_app.domain.readings import Reading
from desktop_app.domain.scenario import Goal, Scenario
from desktop_app.figures.catalogue import FIGURES, MEASURES
from desktop_app.figures.types import Floats, OutcomeSums
from desktop_app.text.policy_words import field_words
from desktop_app.text.words import Words

# Positions along an axis: one more at each end may be needed to cover the range.
_MOST = 48
# Near the present value: this part of the range, and no more than this many times the value.
_NEAR_PART, _NEAR_TIMES = 8, 4
# A grid near the value does not move with every step of it.
_STEADY = 10


def surface_positions(book: Book, scenario: Scenario, handle: ThresholdHandle, *, near: bool) -> Positions:
    """Where a threshold is tried: over the whole range of its field, or `near` where it stands; at most fifty places.

    KeyError where the book lacks the field.
    """
    comparison = find_comparison(scenario.policy.rule(handle.rule), handle.comparison)
    value = value_of(scenario, handle)
    grid = steps_of(book.column(comparison.field), value)
    if near:
        grid = _close_to(value, grid)
    return covering(grid, coarse_step(grid.minimum, grid.maximum, grid.step, _MOST))


def _close_to(value: Decimal, grid: Steps) -> Steps:
    """The part of the grid round `value`."""
    width = (grid.maximum - grid.minimum) / _NEAR_PART
    if value:
        width = min(width, _NEAR_TIMES * abs(value))
    steady = coarse_step(Decimal(0), width, grid.step, _STEADY)
    middle = (value / steady).to_integral_value(ROUND_FLOOR) * steady
    half = steady * _STEADY / 2
    return Steps(grid.step, max(grid.minimum, middle - half), min(grid.maximum, middle + steady + half))


def measures_of(figures: Iterable[str], book: Book) -> tuple[str, ...]:
    """What must be summed for these figures, in the catalogue's order; KeyError for one that the catalogue lacks."""
    needed = {measure for figure in figures for measure in FIGURES[figure].measures}
    known = (measure for measure in MEASURES.values() if measure.day == "as_of" or book.evidence is not None)
    return tuple(measure.id for measure in known if measure.id in needed)


def threshold_name(scenario: Scenario, handle: ThresholdHandle, words: Words) -> str:
    """What a threshold is called beside others: its rule, what it compares, its group."""
    rule = scenario.policy.rule(handle.rule)
    field = words.say(field_words(find_comparison(rule, handle.comparison)))
    what = f"{field} · {handle.group}" if handle.group else field
    return words.say(message("{what}: {value}", what=words.wording(rule.name) or rule.id, value=what))


@dataclass(frozen=True)
class Weighed:
    """What the charts are made from: a surface's answer, whose thresholds it is about, and how it is looked at."""

    sums: SurfaceSums
    handles: tuple[ThresholdHandle, ThresholdHandle]
    scenario: Scenario
    baseline: Scenario
    book: Book
    words: Words


def heatmap(weighed: Weighed, figure: str) -> HeatmapValue:
    """A figure wherever the two thresholds stand, with the contour of every goal."""
    x, y = (_axis(weighed, number) for number in (0, 1))
    sums, words = OutcomeSums(weighed.sums.sums), weighed.words
    values = FIGURES[figure].of(sums, weighed.scenario.assumptions)
    title = message("{figure} by two thresholds", figure=Message(FIGURES[figure].name))
    contours = tuple(_contour(goal, sums, weighed) for goal in _known(weighed.scenario.goals))
    return HeatmapValue(words.say(title), figure_axis(figure, weighed.book, words), x, y, values, contours)


def frontier(weighed: Weighed, costs: str, gains: str, readings: Mapping[str, Reading]) -> FrontierValue:
    """Every pair of thresholds by two figures; `readings` are those of the scenario as it stands, empty for unknown."""
    sums, words, book = OutcomeSums(weighed.sums.sums), weighed.words, weighed.book
    axes = tuple(figure_axis(figure, book, words) for figure in (costs, gains))
    spent, gained = (FIGURES[figure].of(sums, weighed.scenario.assumptions) for figure in (costs, gains))
    feasible = np.ones(spent.shape, dtype=np.bool_)
    for goal in _known(weighed.scenario.goals):
        feasible &= _met(goal, sums, weighed.scenario)
    places = efficient(_wanted(spent, axes[0].good, "less"), _wanted(gained, axes[1].good, "more"))
    title = message("{gains} against {costs}", gains=Message(FIGURES[gains].name), costs=Message(FIGURES[costs].name))
    names = tuple(threshold_name(weighed.scenario, handle, words) for handle in weighed.handles)
    x, y = weighed.sums.x, weighed.sums.y
    points = tuple(
        FrontierPoint(x.value(i), y.value(j), float(spent[i, j]), float(gained[i, j]), bool(feasible[i, j]))
        for i, j in places
    )
    return FrontierValue(
        words.say(title),
        (names[0], names[1]),
        axes[0],
        axes[1],
        spent.ravel(),
        gained.ravel(),
        tuple(sorted(points, key=lambda point: (point.costs, point.gains))),
        _standing([readings.get(figure) for figure in (costs, gains)], baseline=False),
        _standing([readings.get(figure) for figure in (costs, gains)], baseline=True),
    )


def efficient(costs: Floats, gains: Floats) -> list[tuple[int, int]]:
    """The places (x, y) that no other beats: none costs less for as much gain, none gains more for as little cost.

    Both are float64 of one shape; of several alike the first counts; a place with NaN never does.
    """
    known = np.flatnonzero(np.isfinite(costs.ravel()) & np.isfinite(gains.ravel()))
    spent, gained = costs.ravel()[known], gains.ravel()[known]
    found, best = [], -np.inf
    for place in np.lexsort((-gained, spent)):
        if gained[place] > best:
            best = gained[place]
            found.append(divmod(int(known[place]), costs.shape[1]))
    return found


def borders(met: NDArray[np.bool_]) -> NDArray[np.float64]:
    """The borders between places that are met and neighbours that are not: rows of x, y, x, y, counted in places."""
    across = [(i + 0.5, j - 0.5, i + 0.5, j + 0.5) for i, j in np.argwhere(met[1:] != met[:-1])]
    along = [(i - 0.5, j + 0.5, i + 0.5, j + 0.5) for i, j in np.argwhere(met[:, 1:] != met[:, :-1])]
    return np.array([*across, *along], dtype=np.float64).reshape(-1, 4)


def figure_axis(figure: str, book: Book, words: Words) -> FigureAxis:
    """A figure as an axis."""
    known = FIGURES[figure]
    return FigureAxis(figure, words.translate(known.name), known.unit, known.good, book.currency)


def _axis(weighed: Weighed, number: int) -> ThresholdAxis:
    handle = weighed.handles[number]
    scenario, positions = weighed.scenario, (weighed.sums.x, weighed.sums.y)[number]
    field = find_comparison(scenario.policy.rule(handle.rule), handle.comparison).field
    try:
        before = value_of(weighed.baseline, handle)
    except KeyError:
        before = None
    name = threshold_name(scenario, handle, weighed.words)
    kind = weighed.book.column(field).type
    return ThresholdAxis(handle, name, kind, positions, value_of(scenario, handle), before)


def _known(goals: Iterable[Goal]) -> list[Goal]:
    return [goal for goal in goals if goal.figure in FIGURES]


def _contour(goal: Goal, sums: OutcomeSums, weighed: Weighed) -> Contour:
    met = _met(goal, sums, weighed.scenario)
    return Contour(weighed.words.say(goal_words(goal, weighed.book.currency)), met, borders(met))


def _met(goal: Goal, sums: OutcomeSums, scenario: Scenario) -> NDArray[np.bool_]:
    """Where a goal is met; where there is no figure it is not."""
    values, bound = FIGURES[goal.figure].of(sums, scenario.assumptions), float(goal.value)
    return values <= bound if goal.operator == "<=" else values >= bound


def _wanted(values: Floats, good: str, wanted: str) -> Floats:
    """The values so that `wanted` of them is better, whatever the figure's own direction."""
    better = wanted if good == "neither" else good
    return values if better == wanted else -values


def _standing(readings: list[Reading | None], *, baseline: bool) -> tuple[float, float] | None:
    values = [None if one is None else one.baseline if baseline else one.value for one in readings]
    costs, gains = values
    return None if costs is None or gains is None else (costs, gains)
