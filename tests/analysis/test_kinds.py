"""A figure that rests on something made up says so."""

from __future__ import annotations

import dataclasses

import pytest

from desktop_app.analysis.kinds import Kinds
from desktop_app.domain.book import Column
from desktop_app.domain.columns import ColumnType
from desktop_app.domain.readings import Kind
from desktop_app.domain.scenario import Stress
from desktop_app.figures.catalogue import FIGURES
from tests.analysis.answers import book, rule, scenario

ON_SCORE = scenario().policy


def kind(figure, *columns, policy=ON_SCORE, stress=None):
    return Kinds(book(*columns), policy, stress=stress).of(FIGURES[figure])


def made_up(name, type_=ColumnType.RATE, **more):
    return Column(name, type_, assumed=True, **more)


@pytest.mark.parametrize(
    ("figure", "expected"),
    [("users_blocked", Kind.OBSERVED), ("ead", Kind.ASSUMED), ("el", Kind.MODELLED), ("balance", Kind.OBSERVED)],
)
def test_with_everything_loaded_a_figure_keeps_its_kind(figure, expected):
    assert kind(figure) is expected


def test_an_assumed_pd_makes_expected_loss_assumed():
    assert kind("el", made_up("pd")) is Kind.ASSUMED


def test_an_assumed_pd_leaves_counts_alone():
    assert kind("users_blocked", made_up("pd")) is Kind.OBSERVED


def test_a_rule_on_an_assumed_column_makes_counts_assumed():
    assert kind("users_blocked", made_up("score", ColumnType.NUMBER)) is Kind.ASSUMED


def test_a_rule_that_is_switched_off_does_not():
    off = scenario(rule("low_score", enabled=False)).policy
    assert kind("users_blocked", made_up("score", ColumnType.NUMBER), policy=off) is Kind.OBSERVED


def test_what_no_policy_can_move_stays_observed():
    assert kind("balance", made_up("score", ColumnType.NUMBER)) is Kind.OBSERVED


def test_a_cut_rests_on_the_limit():
    cut = scenario(rule("low_score", action={"kind": "cut", "target": {"kind": "percent", "percent": 50}})).policy
    assert kind("users_reduced", made_up("credit_limit", ColumnType.MONEY), policy=cut) is Kind.ASSUMED


@pytest.mark.parametrize(("derived", "expected"), [(True, Kind.ASSUMED), (False, Kind.OBSERVED)])
def test_a_derived_ratio_rests_on_what_it_is_made_of(derived, expected):
    dti = Column("dti", ColumnType.RATIO, derived=derived)
    policy = scenario(rule("heavy", "dti", 1)).policy
    assert kind("users_blocked", dti, made_up("income_monthly", ColumnType.MONEY), policy=policy) is expected


def test_without_lgd_expected_loss_is_assumed():
    whole = book()
    without = dataclasses.replace(whole, columns=tuple(column for column in whole.columns if column.name != "lgd"))
    assert Kinds(without, ON_SCORE).of(FIGURES["el"]) is Kind.ASSUMED


@pytest.mark.parametrize(
    ("stress", "figure", "expected"),
    [
        ({"score_fall": 30}, "users_blocked", Kind.ASSUMED),
        ({"pd_odds": 2}, "users_blocked", Kind.OBSERVED),
        ({"pd_odds": 2}, "el", Kind.ASSUMED),
        ({"lgd_rise": "0.1"}, "el", Kind.ASSUMED),
        ({"group_odds": {"column": "region", "factors": {"east": 2}}}, "el", Kind.ASSUMED),
        ({"balance_growth": "0.1"}, "balance", Kind.ASSUMED),
        ({"score_fall": 30}, "bad_rate", Kind.OBSERVED),
        ({"score_fall": 30}, "el_no_policy", Kind.MODELLED),
    ],
)
def test_what_rests_on_a_stressed_field_is_assumed_but_at_the_evidence_date(stress, figure, expected):
    assert kind(figure, stress=Stress(**stress)) is expected
