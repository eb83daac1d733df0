"""Sums for tests: measures by outcome, zero where a test says nothing."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from desktop_app.domain.outcomes import OUTCOMES, Outcome
from desktop_app.figures.catalogue import MEASURES
from desktop_app.figures.types import OutcomeSums


def sums_of(**measures: dict[Outcome, int]) -> OutcomeSums:
    """Sums with the named measures by outcome."""
    arrays = {name: np.zeros(len(OUTCOMES), dtype=np.int64) for name in MEASURES}
    for name, by_outcome in measures.items():
        for outcome, value in by_outcome.items():
            arrays[name][OUTCOMES.index(outcome)] = value
    return OutcomeSums(arrays)


def arrays(leading: int) -> st.SearchStrategy[dict[str, np.ndarray]]:
    """Any sums with one leading axis; small enough that doubles are exact."""
    shape = (len(MEASURES), leading, len(OUTCOMES))
    size = 4 * int(np.prod(shape))

    def made(data: bytes) -> dict[str, np.ndarray]:
        numbers = np.frombuffer(data, dtype="<u4").astype(np.int64) % 10**9
        return dict(zip(MEASURES, numbers.reshape(shape), strict=True))

    # Hypothesis draws one run of bytes much faster than hundreds of integers.
    return st.binary(min_size=size, max_size=size).map(made)
