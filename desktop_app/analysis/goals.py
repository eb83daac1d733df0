"""Goals: whether the figures keep the bounds that the analyst set, and how a goal is said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import assert_never

from desktop_app.domain.problems import Message, message
from desktop_app.domain.readings import Reading, Unit
from desktop_app.domain.scenario import Goal
from desktop_app.figures.catalogue import FIGURES

_SIGNS = {"<=": "≤", ">=": "≥"}


@dataclass(frozen=True)
class Standing:
    """A goal with what became of it; met and value are None where the figure cannot be computed."""

    goal: Goal
    met: bool | None
    value: float | None


def standings(goals: Iterable[Goal], readings: Mapping[str, Reading]) -> tuple[Standing, ...]:
    """How each goal stands; one for a figure that this version does not know is passed over."""
    values = ((goal, readings[goal.figure].value) for goal in goals if goal.figure in readings)
    return tuple(Standing(goal, goal.is_met(value), value) for goal, value in values)


def sign(goal: Goal) -> str:
    """The sign of its bound: ≤ or ≥."""
    return _SIGNS[goal.operator]


def goal_words(goal: Goal, currency: str) -> Message:
    """A goal with its figure: "Expected loss rate ≤ 4 %"; KeyError for a figure that the catalogue lacks."""
    figure = FIGURES[goal.figure]
    bound = _bound(goal, figure.unit, currency)
    return message("{figure} {sign} {bound}", figure=Message(figure.name), sign=sign(goal), bound=bound)


def _bound(goal: Goal, unit: Unit, currency: str) -> Message:
    match unit:
        case Unit.SHARE:
            return message("{percent} %", percent=goal.value * 100)
        case Unit.MONEY if currency:
            return message("{value} {unit}", value=goal.value, unit=currency)
        case Unit.MONEY | Unit.USERS | Unit.ACCOUNTS | Unit.RATIO:
            return Message("{number}", (("number", goal.value),))
        case _:
            assert_never(unit)
