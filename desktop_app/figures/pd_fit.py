"""PD from a score: the stated curve for 350–950 scores, and a logistic fit to observed outcomes (domain rules, §4)."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

# The stated curve, PD = 1 / (1 + 32·2^((score − 650)/50)), as intercept and slope of the log odds.
STATED_SLOPE = -math.log(2) / 50
STATED_INTERCEPT = -math.log(32) - 650 * STATED_SLOPE
STATED_RANGE = (350, 950)

# Fewer goods or bads than these say too little.
FEWEST = 30
_ROUNDS = 100
_CLOSE = 1e-12


def fit_logistic(
    scores: NDArray[np.float64], goods: NDArray[np.int64], bads: NDArray[np.int64]
) -> tuple[float, float] | None:
    """Maximum likelihood of default on score, for counts by distinct score; (intercept, slope) of the log odds.

    None where there are fewer than 30 goods or bads, where no maximum exists (scores that separate them, or one
    score), or where PD would rise with the score. Newton's method on the standardised score.
    """
    if goods.sum() < FEWEST or bads.sum() < FEWEST or len(scores) < 2:
        return None
    weights = (goods + bads).astype(np.float64)
    mean = float(np.average(scores, weights=weights))
    spread = math.sqrt(float(np.average((scores - mean) ** 2, weights=weights)))
    if spread == 0 or _separated(scores, goods, bads):
        return None
    found = _newton((scores - mean) / spread, weights, bads.astype(np.float64))
    if found is None or found[1] >= 0:
        return None
    slope = found[1] / spread
    return found[0] - slope * mean, slope


def _separated(scores: NDArray[np.float64], goods: NDArray[np.int64], bads: NDArray[np.int64]) -> bool:
    """Whether one score tells all goods from all bads: the likelihood then has no maximum."""
    good, bad = scores[goods > 0], scores[bads > 0]
    return bool(bad.max() <= good.min() or good.max() <= bad.min())


def _newton(
    x: NDArray[np.float64], weights: NDArray[np.float64], bads: NDArray[np.float64]
) -> tuple[float, float] | None:
    rate = float(bads.sum() / weights.sum())
    beta = np.array([math.log(rate / (1 - rate)), 0.0])
    design = np.stack([np.ones_like(x), x])
    for _ in range(_ROUNDS):
        chance = 1 / (1 + np.exp(-(beta @ design)))
        gradient = design @ (bads - weights * chance)
        information = (design * (weights * chance * (1 - chance))) @ design.T
        step = np.linalg.solve(information, gradient)
        beta = beta + step
        if float(np.abs(step).max()) < _CLOSE:
            return float(beta[0]), float(beta[1])
    return None
