"""An index as it is read: where it stands, and its curves."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.analysis.index import Index, positions_of
from desktop_app.analysis.steps import POSITIONS, Steps, coarse_step
from desktop_app.charts.snapping import snapped
from desktop_app.domain.indexing import IndexSums, Positions
from desktop_app.domain.outcomes import OUTCOMES, Outcome
from desktop_app.domain.scenario import Assumptions
from desktop_app.figures.catalogue import FIGURES

GRIDS = st.builds(
    lambda low, span, power: (
        Steps(low * Decimal(10) ** power, low * Decimal(10) ** power, Decimal(0))
        if span == 0
        else Steps(Decimal(10) ** power, low * Decimal(10) ** power, (low + span) * Decimal(10) ** power)
    ),
    st.integers(0, 5_000),
    st.integers(1, 3_000_000),
    st.integers(-4, 0),
)


@given(GRIDS, st.floats(0, 1))
def test_wherever_a_dragged_line_rests_inside_its_range_the_index_stands(grid: Steps, where: float) -> None:
    positions = positions_of(grid)
    coarse = coarse_step(grid.minimum, grid.maximum, grid.step)
    raw = float(grid.minimum) + where * float(grid.maximum - grid.minimum)
    rest = snapped(raw, grid.minimum, grid.maximum, coarse)
    if rest % coarse == 0:
        assert positions.place(rest) is not None
    assert positions.count <= 5 * POSITIONS + 3
    assert positions.first <= grid.minimum
    assert positions.value(positions.count - 1) >= grid.maximum


def test_between_two_positions_there_is_none() -> None:
    positions = Positions(Decimal(10), Decimal(5), 3)
    assert [positions.place(Decimal(value)) for value in (10, 15, 20, 12, 5, 25)] == [0, 1, 2, None, None, None]


def test_a_curve_is_the_figure_at_every_position() -> None:
    blocked = OUTCOMES.index(Outcome.BLOCKED)
    users = np.zeros((3, len(OUTCOMES), 2), dtype=np.int64)
    users[:, blocked, 1] = (1, 4, 9)
    users[:, OUTCOMES.index(Outcome.UNCHANGED), 0] = (9, 6, 1)
    sums = IndexSums("k", Positions(Decimal(0), Decimal(1), 3), ("", "r"), (None,), {"users": users}, {}, None, 0.0)
    index = Index(sums)
    assert index.curve(FIGURES["users_blocked"], Assumptions()).tolist() == [1, 4, 9]
    assert index.curve(FIGURES["blocked_rate"], Assumptions()).tolist() == [0.1, 0.4, 0.9]
    assert index.by_reason(1).sums["users"][blocked].tolist() == [0, 4]
