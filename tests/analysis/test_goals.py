"""Goals: kept or not, and said in the figure's own unit."""

from datetime import date
from decimal import Decimal

import pytest

from desktop_app.analysis.goals import goal_words, standings
from desktop_app.domain.policy import Policy
from desktop_app.domain.readings import Kind, Reading, Unit
from desktop_app.domain.scenario import Goal, Scenario
from desktop_app.text.language import Language
from desktop_app.text.words import Words

RATE = Goal(figure="el_rate", operator="<=", value=Decimal("0.04"))
LINE = Goal(figure="open_line", operator=">=", value=Decimal(2_000_000))


def reading(figure: str, value: float | None) -> Reading:
    return Reading(figure, Unit.SHARE, Kind.MODELLED, date(2026, 6, 30), value, None)


@pytest.mark.parametrize(
    ("goal", "value", "met"),
    [
        (RATE, 0.04, True),
        (RATE, 0.0400001, False),
        (LINE, 2_000_000.0, True),
        (LINE, 1_999_999.99, False),
        (RATE, None, None),
    ],
)
def test_a_bound_itself_is_kept(goal: Goal, value: float | None, met: bool | None) -> None:
    assert goal.is_met(value) is met


def test_goals_stand_in_their_order_and_unknown_figures_are_passed_over() -> None:
    unknown = Goal(figure="of_a_later_version", operator="<=", value=Decimal(1))
    readings = {one: reading(one, 1.0) for one in ("open_line", "el_rate")}
    assert [one.goal for one in standings((RATE, unknown, LINE), readings)] == [RATE, LINE]


@pytest.mark.parametrize(
    ("goal", "said"),
    [
        (RATE, "Expected loss rate ≤ 4 %"),
        (LINE, "Open line ≥ 2,000,000 CNY"),
        (Goal(figure="users_blocked", operator="<=", value=Decimal(5000)), "Blocked users ≤ 5,000"),
    ],
)
def test_a_goal_is_said_in_its_unit(goal: Goal, said: str) -> None:
    assert Words(Language.ENGLISH).say(goal_words(goal, "CNY")).startswith(said)


def test_another_goal_takes_the_place_of_the_old() -> None:
    tighter = RATE.model_copy(update={"value": Decimal("0.03")})
    scenario = Scenario(id="one", policy=Policy(id="none"), goals=(RATE, LINE))
    assert scenario.with_goal("el_rate", tighter).goals == (tighter, LINE)
    assert scenario.with_goal("el_rate", None).goals == (LINE,)
    assert scenario.with_goal("ead", Goal(figure="ead", operator="<=", value=Decimal(1))).goals[-1].figure == "ead"
