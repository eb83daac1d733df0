"""Dragged numbers rest on the grid, inside their bounds."""

from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from desktop_app.analysis.steps import POSITIONS, coarse_step
from desktop_app.charts.snapping import snapped

D = Decimal


def test_score_snaps_to_two_points() -> None:
    assert coarse_step(D(350), D(950), D(1)) == 2


def test_few_positions_keep_the_step() -> None:
    assert coarse_step(D(0), D(10), D(1)) == 1


def test_value_is_the_nearest_multiple() -> None:
    assert snapped(612.6, D(350), D(950), D(5)) == 615


def test_value_stays_in_bounds() -> None:
    assert snapped(2000.0, D(350), D(949), D(5)) == 949


def test_decimal_steps_stay_exact() -> None:
    assert snapped(0.30000000000000004, D(0), D(1), D("0.1")) == D("0.3")


@given(st.decimals(-1000, 1000, places=2), st.decimals(0, 1000, places=2), st.sampled_from(["0.01", "0.5", "1", "100"]))
def test_coarse_step_is_a_multiple_with_few_positions(minimum: Decimal, span: Decimal, step: str) -> None:
    assume(span > 0)
    coarse = coarse_step(minimum, minimum + span, D(step))
    assert coarse % D(step) == 0
    assert span / coarse <= POSITIONS
