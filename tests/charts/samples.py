"""Chart values that the chart tests draw."""

from __future__ import annotations

from decimal import Decimal

import numpy as np

from desktop_app.domain.chart_values import Bar, BarsValue, HistogramValue, MatrixCell, MatrixValue, ThresholdLine
from desktop_app.domain.columns import ColumnType
from desktop_app.domain.handles import ThresholdHandle
from desktop_app.domain.outcomes import OUTCOMES, Outcome
from desktop_app.domain.readings import Unit

DEFAULT = ThresholdHandle("score", "score.1")
THIN_FILE = ThresholdHandle("score", "score.1", "thin_file")


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
