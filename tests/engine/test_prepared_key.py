"""Columns are prepared anew where what is supposed changes them, and only then."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.domain.scenario import Assumptions, Scenario, Stress
from desktop_app.engine.prepare import evidence_key, prepared_key
from tests.analysis.answers import book
from tests.small_projects import policy

BOOK = book()


def key(**supposed: object) -> str:
    assumptions = Assumptions.model_validate(supposed)
    return prepared_key(BOOK, Scenario(id="s", policy=policy(), assumptions=assumptions))


@pytest.mark.parametrize(
    "supposed", [{"lgd": 0.5}, {"capital_floors": False}, {"asset_correlation": 0.1}, {"loss_quantile": 0.99}]
)
def test_what_changes_a_measure_prepares_anew(supposed: dict) -> None:
    assert key(**supposed) != key()


@pytest.mark.parametrize(
    "supposed",
    [
        {"ccf": 1},
        {"funding_cost": 0.1},
        {"draw_rate": 1},
        {"opex": 5},
        {"review_decline": 0},
        {"review_cost": 0},
        {"review_capacity": 10},
        {"capital_method": "irb_retail"},
        {"lgd": "0.6500"},
    ],
)
def test_what_is_linear_does_not(supposed: dict) -> None:
    assert key(**supposed) == key()


def test_every_assumption_is_looked_at() -> None:
    anew, linear = (
        test.pytestmark[0].args[1] for test in (test_what_changes_a_measure_prepares_anew, test_what_is_linear_does_not)
    )
    assert {name for supposed in (*anew, *linear) for name in supposed} == set(Assumptions.model_fields)


def test_another_day_prepares_anew() -> None:
    day = Scenario(id="s", policy=policy())
    assert prepared_key(replace(BOOK, as_of=date(2020, 1, 1)), day) != prepared_key(BOOK, day)


def test_stress_prepares_anew_but_for_the_evidence_date() -> None:
    calm, stressed = (Scenario(id="s", policy=policy(), stress=Stress(pd_odds=odds)) for odds in (1, 2))
    assert prepared_key(BOOK, calm) != prepared_key(BOOK, stressed)
    assert evidence_key(BOOK) == evidence_key(replace(BOOK, as_of=date(2020, 1, 1)))
