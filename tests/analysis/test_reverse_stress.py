"""How far the odds of default must rise until a figure reaches a bound."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from desktop_app.analysis.reverse_stress import Reached, reverse_stress
from desktop_app.domain.scenario import Goal, Scenario, Stress
from tests.analysis.answers import scenario

Value = Callable[[Decimal], float | None]
STRESSED = scenario(stress=Stress(lgd_rise="0.1", pd_odds=7))


def run(value: Value, operator: str, bound: float, asked: list[Scenario] | None = None) -> Reached:
    search = reverse_stress(STRESSED, Goal.model_validate({"figure": "el", "operator": operator, "value": bound}))
    answer: float | None = None
    while True:
        try:
            one = search.send(answer)
        except StopIteration as stop:
            return stop.value
        if asked is not None:
            asked.append(one)
        answer = value(one.stress.pd_odds)


def el(odds: Decimal) -> float:
    """A PD of 2 % at those odds."""
    return float(odds * Decimal("0.02") / (1 + (odds - 1) * Decimal("0.02")))


@pytest.mark.parametrize(
    ("bound", "odds"), [(0.05, "2.58"), (0.02, "1"), (0.01, "0.5"), (0.000001, "0.01"), (0.03, "1.52"), (0.67, "99.49")]
)
def test_the_smallest_factor_at_which_a_figure_reaches_its_bound(bound: float, odds: str) -> None:
    found = run(el, ">=", bound)
    assert found.odds == Decimal(odds)
    assert found.steady
    assert found.value is not None
    assert found.value >= bound
    before = found.odds - Decimal("0.01")
    assert before == 0 or el(before) < bound


def test_a_margin_is_reached_from_above() -> None:
    found = run(lambda odds: 100 - 10 * float(odds), "<=", 62.0)
    assert (found.odds, found.value) == (Decimal("3.8"), 62.0)


def test_a_bound_that_no_factor_reaches_has_none() -> None:
    found = run(el, ">=", 0.99)
    assert (found.odds, found.value, found.steady) == (None, None, True)


def test_a_figure_that_is_not_there_reaches_nothing() -> None:
    assert run(lambda odds: None, ">=", 0.0).odds is None


def test_each_factor_is_asked_once_and_all_other_stress_stays() -> None:
    asked: list[Scenario] = []
    run(el, ">=", 0.05, asked)
    factors = [one.stress.pd_odds for one in asked]
    assert len(set(factors)) == len(factors) <= 15
    assert {one.stress.lgd_rise for one in asked} == {Decimal("0.1")}


def test_a_figure_that_turns_is_told() -> None:
    """From twice the odds on rules stop so many that the loss falls before it rises again."""
    found = run(lambda odds: float(odds) if odds < 2 else float(odds) - 1.5, ">=", 6.0)
    assert (found.odds, found.steady) == (Decimal("7.5"), False)
