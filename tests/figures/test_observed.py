"""Bad rates, lift, good users hurt and bads stopped, by known answers."""

from __future__ import annotations

import math

import pytest

from desktop_app.domain.outcomes import Outcome
from desktop_app.domain.readings import Unit
from desktop_app.domain.scenario import Assumptions
from desktop_app.figures.catalogue import FIGURES, MEASURES
from tests.figures.sums import sums_of

# 1,000 users of whom 900 are known; of 100 known and blocked 20 are bad, of all 45.
SUMS = sums_of(
    observed_users={Outcome.BLOCKED: 110, Outcome.REFERRED: 40, Outcome.REDUCED: 50, Outcome.UNCHANGED: 800},
    goods={Outcome.BLOCKED: 80, Outcome.REFERRED: 27, Outcome.REDUCED: 35, Outcome.UNCHANGED: 713},
    bads={Outcome.BLOCKED: 20, Outcome.REFERRED: 3, Outcome.REDUCED: 5, Outcome.UNCHANGED: 17},
    goods_hurt={Outcome.BLOCKED: 60, Outcome.REFERRED: 9, Outcome.REDUCED: 35, Outcome.RAISED: 1},
    bads_stopped={Outcome.BLOCKED: 15, Outcome.REFERRED: 2, Outcome.REDUCED: 4},
    goods_untreated={Outcome.BLOCKED: 40, Outcome.UNCHANGED: 710},
    bads_untreated={Outcome.BLOCKED: 10, Outcome.UNCHANGED: 15},
    goods_hurt_untreated={Outcome.BLOCKED: 30},
    bads_stopped_untreated={Outcome.BLOCKED: 8},
)
NOBODY_KNOWN = sums_of(observed_users={Outcome.UNCHANGED: 10})


def computed(figure, sums=SUMS):
    return float(FIGURES[figure].compute(sums, Assumptions()))


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ("observed_users", 1000),
        ("observed_known", 900),
        ("observed_goods", 855),
        ("observed_bads", 45),
        ("observed_unknown", 100),
        ("goods_hurt", 95),
        ("bads_stopped", 19),
        ("goods_referred", 27),
        ("bads_referred", 3),
        ("goods_hurt_untreated", 30),
        ("bads_stopped_untreated", 8),
    ],
)
def test_users_are_counted(figure, expected):
    assert computed(figure) == expected


@pytest.mark.parametrize("figure", [one for one in FIGURES.values() if one.cases], ids=lambda figure: figure.id)
def test_a_share_times_its_denominator_is_its_cases(figure):
    cases, of = figure.cases(SUMS)
    if figure.unit is Unit.SHARE:
        assert computed(figure.denominator) == of
    assert computed(figure.id) * computed(figure.denominator) == pytest.approx(
        {Unit.SHARE: float(cases), Unit.RATIO: _numerator(figure.id)}[figure.unit]
    )


def _numerator(ratio: str) -> float:
    """A lift is of a bad rate, goods per bad of goods hurt; among the untreated where the ratio is."""
    of = ratio.replace("lift", "bad_rate").replace("goods_per_bad", "goods_hurt")
    return computed(of)


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ("bad_rate", 45 / 900),
        ("bad_rate_blocked", 20 / 100),
        ("bad_rate_restricted", 28 / 170),
        ("bad_rate_unrestricted", 17 / 730),
        ("lift_blocked", 4),
        ("lift_restricted", 28 / 170 / 0.05),
        ("goods_per_bad", 5),
        ("goods_hurt_rate", 95 / 855),
        ("bads_stopped_rate", 19 / 45),
        ("treated_share", 125 / 900),
        ("bad_rate_untreated", 25 / 775),
        ("bad_rate_blocked_untreated", 10 / 50),
        ("lift_blocked_untreated", 0.2 / (25 / 775)),
        ("goods_per_bad_untreated", 30 / 8),
    ],
)
def test_rates_and_ratios(figure, expected):
    assert computed(figure) == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize(
    "figure", ["bad_rate", "bad_rate_blocked", "lift_blocked", "goods_per_bad", "goods_hurt_rate", "treated_share"]
)
def test_of_nobody_known_there_is_no_rate(figure):
    assert math.isnan(computed(figure, NOBODY_KNOWN))


def test_where_no_bad_is_stopped_goods_are_not_set_against_them():
    assert math.isnan(computed("goods_per_bad", sums_of(goods_hurt={Outcome.BLOCKED: 5})))


def test_where_nobody_is_bad_nothing_is_lifted():
    assert math.isnan(computed("lift_blocked", sums_of(goods={Outcome.BLOCKED: 5})))


@pytest.mark.parametrize("figure", [figure for figure in FIGURES.values() if figure.day == "evidence"])
def test_observed_figures_read_the_evidence_date_alone(figure):
    assert {MEASURES[measure].day for measure in figure.measures} == {"evidence"}


@pytest.mark.parametrize("figure", [figure for figure in FIGURES.values() if figure.day == "as_of"])
def test_all_others_read_the_as_of_date_alone(figure):
    assert {MEASURES[measure].day for measure in figure.measures} == {"as_of"}


@pytest.mark.parametrize("figure", [figure for figure in FIGURES.values() if figure.cases])
def test_cases_are_no_more_than_all_that_could_be(figure):
    hits, of = figure.cases(SUMS)
    assert 0 <= float(hits) <= float(of)
