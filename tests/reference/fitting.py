"""The curve that fills a missing PD: fitted to outcomes in plain Python, else as stated, else none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from math import exp, log
from typing import TypeAlias

from tests.reference.evidence import evidence_date, in_default
from tests.reference.quantities import MILLION, Row

# From a score to a PD in ppm.
Curve: TypeAlias = Callable[[Decimal], int]

FEWEST = 30


def curve_of(rows: Sequence[Row]) -> Curve | None:
    """The curve of a book with all its snapshots."""
    return fitted_curve(rows) or stated_curve(rows)


def stated_curve(rows: Sequence[Row]) -> Curve | None:
    """PD of 350–950 scores, where all scores of the book look like those."""
    scores = [row["score"] for row in rows if row.get("score") is not None]
    return curve_pd if scores and min(scores) >= 350 and max(scores) <= 950 else None


def curve_pd(score: Decimal) -> int:
    """PD of a 350–950 score in ppm: 1 / (1 + 32·2^((score − 650)/50)); halves of a ppm do not occur."""
    return round(MILLION / (1 + 32 * 2 ** ((float(score) - 650) / 50)))


def fitted_curve(rows: Sequence[Row]) -> Curve | None:
    """Logistic maximum likelihood at the evidence date; None where too few, separable, or rising with the score."""
    day = evidence_date(rows)
    known = [
        (float(row["score"]), bool(row["default_12m"]))
        for row in rows
        if row["snapshot_date"] == day and not in_default(row) and None not in (row.get("score"), row["default_12m"])
    ]
    goods, bads = ([score for score, turned in known if turned is bad] for bad in (False, True))
    if len(goods) < FEWEST or len(bads) < FEWEST or _separable(goods, bads):
        return None
    middle = sum(score for score, _ in known) / len(known)
    level, slope = _maximum([(score - middle, turned) for score, turned in known])
    if slope >= 0:
        return None
    return lambda score: round(MILLION / (1 + exp(-(level + slope * (float(score) - middle)))))


def _separable(goods: Sequence[float], bads: Sequence[float]) -> bool:
    return max(bads) <= min(goods) or max(goods) <= min(bads)


def _maximum(known: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    """Level and slope where the gradient of the likelihood is zero; Newton's steps until they stand still."""
    share = sum(turned for _, turned in known) / len(known)
    level, slope = log(share / (1 - share)), 0.0
    for _ in range(50):
        chances = [1 / (1 + exp(-(level + slope * x))) for x, _ in known]
        errors = [turned - chance for (_, turned), chance in zip(known, chances, strict=True)]
        weights = [chance * (1 - chance) for chance in chances]
        pull = (sum(errors), sum(error * x for error, (x, _) in zip(errors, known, strict=True)))
        a = sum(weights)
        b = sum(weight * x for weight, (x, _) in zip(weights, known, strict=True))
        c = sum(weight * x * x for weight, (x, _) in zip(weights, known, strict=True))
        level += (c * pull[0] - b * pull[1]) / (a * c - b * b)
        slope += (a * pull[1] - b * pull[0]) / (a * c - b * b)
    return level, slope
