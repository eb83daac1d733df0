"""Chart values that the chart tests draw."""

from __future__ import annotations

from decimal import Decimal

import numpy as np

from desktop_app.domain.chart_values import (
    Bar,
    BarsValue,
    Contour,
    CurveValue,
    FigureAxis,
    FrontierPoint,
    FrontierValue,
    HeatmapValue,
    HistogramValue,
    MatrixCell,
    MatrixValue,
    ThresholdAxis,
    ThresholdLine,
)
from desktop_app.domain.columns import ColumnType
from desktop_app.domain.handles import ThresholdHandle
from desktop_app.domain.indexing import Positions
from desktop_app.domain.outcomes import OUTCOMES, Outcome
from desktop_app.domain.readings import Unit

DEFAULT = ThresholdHandle("score", "score.1")
THIN_FILE = ThresholdHandle("score", "score.1", "thin_file")
LATE = ThresholdHandle("late", "late.1")

_BLOCKED = FigureAxis("users_blocked", "Blocked users", Unit.USERS, "less")


def histogram(default: float = 600.0, missing: int = 7) -> HistogramValue:
    """Six bins of 100 points; those below the default line are blocked, the last is watched."""
    edges = np.arange(350.0, 951.0, 100.0)
    users = np.array([1, 4, 9, 8, 3, 2], np.int64)
    counts = {outcome: np.zeros(6, np.int64) for outcome in OUTCOMES}
    below = edges[:-1] + 50 < default
    counts[Outcome.BLOCKED][below] = users[below]
    counts[Outcome.UNCHANGED][~below] = users[~below]
    counts[Outcome.WATCHED][5], counts[Outcome.UNCHANGED][5] = 2, 0
    lines = (ThresholdLine(DEFAULT, default), ThresholdLine(THIN_FILE, 700.0, "thin_file"))
    baseline = np.array([1, 4, 0, 0, 0, 0], np.int64)
    bounds = (Decimal(1), Decimal(350), Decimal(950))
    return HistogramValue("score", ColumnType.NUMBER, edges, counts, baseline, missing, lines, *bounds)


def bars() -> BarsValue:
    """Three reasons, the first with a long name."""
    return BarsValue(
        "Users by reason",
        "Users",
        (
            Bar(
                "score", "A score too low for the segment that this customer belongs to", Outcome.BLOCKED, 18203, 12000
            ),
            Bar("speed", "Many requests", Outcome.REFERRED, 3203, 3203),
            Bar("dti", "=Over-indebted", Outcome.REDUCED, 1203, 5203),
        ),
    )


def matrix(measure: Unit = Unit.USERS) -> MatrixValue:
    """Three outcomes; most of the unchanged stay so, 1,986 are newly blocked."""
    outcomes = (Outcome.BLOCKED, Outcome.WATCHED, Outcome.UNCHANGED)
    values = {
        (Outcome.BLOCKED, Outcome.BLOCKED): 30.0,
        (Outcome.UNCHANGED, Outcome.BLOCKED): 1986.0,
        (Outcome.UNCHANGED, Outcome.UNCHANGED): 64222.0,
    }
    pairs = [(before, after) for before in outcomes for after in outcomes]
    cells = tuple(MatrixCell(*pair, values.get(pair, 0.0), 5.0) for pair in pairs)
    return MatrixValue("Users by outcome", measure, outcomes, cells, "CNY")


def heatmap() -> HeatmapValue:
    """Blocked users by a score of 500, 520, … 580 and days past due of 0, 10, 20; a goal is met at the lower left."""
    values = np.array([[10.0 * column + row for row in range(3)] for column in range(5)])
    x = ThresholdAxis(
        DEFAULT, "Score below", ColumnType.NUMBER, Positions(Decimal(500), Decimal(20), 5), Decimal(530), Decimal(500)
    )
    y = ThresholdAxis(
        LATE, "Days late", ColumnType.INTEGER, Positions(Decimal(0), Decimal(10), 3), Decimal(10), Decimal(20)
    )
    met = values <= 21
    goal = Contour(
        "Blocked users ≤ 21", met, np.array([[1.5, 1.5, 2.5, 1.5], [2.5, -0.5, 2.5, 1.5], [1.5, 1.5, 1.5, 2.5]])
    )
    return HeatmapValue("Blocked users by two thresholds", _BLOCKED, x, y, values, (goal,))


def frontier() -> FrontierValue:
    """Three efficient pairs, the last misses a goal, and one pair that is beaten."""
    points = tuple(
        FrontierPoint(Decimal(500 + 20 * place), Decimal(10), 10.0 * place, 1000.5 * place, place < 2)
        for place in range(3)
    )
    costs, gains = np.array([0.0, 10.0, 20.0, 20.0, np.nan]), np.array([0.0, 1000.5, 2001.0, 5.0, 5.0])
    avoided = FigureAxis("el_avoided", "EL avoided", Unit.MONEY, "more", "CNY")
    return FrontierValue(
        "EL avoided against blocked users",
        ("Score below", "Days late"),
        _BLOCKED,
        avoided,
        costs,
        gains,
        points,
        (15.0, 700.0),
        (0.0, 0.0),
    )


def curve(position: float = 600.0) -> CurveValue:
    """Users restricted at eleven scores; the goal of at most 20 is kept up to 600, where it is just met."""
    positions = np.arange(350.0, 901.0, 50.0)
    values = np.array([0, 1, 3, 6, 12, 20, 24, 25, 26, 27, 27, 27], np.float64)
    return CurveValue(
        handle=DEFAULT,
        field="score",
        label="Restricted users",
        measure=Unit.USERS,
        currency="CNY",
        positions=positions,
        values=values,
        position=position,
        baseline=5.0,
        bound=20.0,
        bound_label="≤ 20",
        kept=values <= 20,
    )
