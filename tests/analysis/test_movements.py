"""How much margin may leave with the tightened customers."""

from __future__ import annotations

import pytest

from desktop_app.analysis.movements import Attrition


def test_breakeven_is_what_is_gained_over_what_may_leave() -> None:
    found = Attrition(gained=10.0, at_risk=40.0)
    assert (found.pays, found.breakeven) == (True, 0.25)


@pytest.mark.parametrize("gained", [0.0, -5.0])
def test_a_scenario_that_gains_nothing_does_not_pay(gained: float) -> None:
    found = Attrition(gained, 40.0)
    assert (found.pays, found.breakeven) == (False, None)


@pytest.mark.parametrize("at_risk", [None, 0.0, -1.0])
def test_where_nothing_is_at_risk_there_is_no_breakeven(at_risk: float | None) -> None:
    assert Attrition(10.0, at_risk).breakeven is None


def test_an_unknown_margin_is_no_zero() -> None:
    assert Attrition(None, 40.0).pays is None
