"""Reverse stress: how far the odds of default must rise until a figure reaches a bound (domain rules, section 4)."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypeAlias

from desktop_app.domain.scenario import Goal, Scenario

# Odds are tried on a grid of hundredths, from one of them to a hundredfold.
_PER_ONE: Final = 100
_LEAST: Final = 1
_MOST: Final = 100 * _PER_ONE


@dataclass(frozen=True)
class Reached:
    """Where a figure reaches its bound.

    Attributes: odds is the smallest factor on the odds at which it does, None where none on the grid does; value is the
    figure there; tried has every factor that was tried with its value, rising; steady says that
    these only rise, or only fall. Rules see the stressed PD, so a figure may turn: where it is not steady, a smaller
    factor between those that were tried may reach the bound as well.
    """

    odds: Decimal | None
    value: float | None
    tried: tuple[tuple[Decimal, float | None], ...]
    steady: bool


# Yields a scenario to be counted, is sent its figure (None: it has none), and returns what was found.
Search: TypeAlias = Generator[Scenario, float | None, Reached]


def reverse_stress(scenario: Scenario, bound: Goal) -> Search:
    """Look for the smallest factor on the odds of default at which `bound` is met, by bisection.

    All else that the scenario stresses stays as it is; the factor takes the place of its own `pd_odds`. Each scenario
    that comes out is a question of its own (an EvaluateRequest, whose prepared columns are made anew): send the
    figure's value under it. About fourteen questions; nobody waits for one who calls it step by step.
    """
    known: dict[int, float | None] = {}

    def met(place: int) -> Generator[Scenario, float | None, bool]:
        if place not in known:
            known[place] = yield _at(scenario, place)
        return bound.is_met(known[place]) is True

    below, above = 0, _PER_ONE
    if (yield from met(above)):
        if (yield from met(_LEAST)):
            return _reached(_LEAST, known)
        below = _LEAST
    else:
        while True:
            below, above = above, min(2 * above, _MOST)
            if below == _MOST:
                return _reached(None, known)
            if (yield from met(above)):
                break
    while above - below > 1:
        middle = (below + above) // 2
        if (yield from met(middle)):
            above = middle
        else:
            below = middle
    return _reached(above, known)


def _at(scenario: Scenario, place: int) -> Scenario:
    stress = scenario.stress.model_copy(update={"pd_odds": Decimal(place) / _PER_ONE})
    return scenario.model_copy(update={"stress": stress})


def _reached(place: int | None, known: dict[int, float | None]) -> Reached:
    tried = sorted(known.items())
    values = [value for _, value in tried if value is not None]
    steady = values in (sorted(values), sorted(values, reverse=True))
    return Reached(
        None if place is None else Decimal(place) / _PER_ONE,
        None if place is None else known[place],
        tuple((Decimal(one) / _PER_ONE, value) for one, value in tried),
        steady,
    )
