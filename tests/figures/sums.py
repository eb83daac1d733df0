"""Sums for tests: measures by outcome, zero where a test says nothing."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

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
    drawn = hnp.arrays(np.int64, shape, elements=st.integers(0, 10**9))
    return drawn.map(lambda whole: dict(zip(MEASURES, whole, strict=True)))
