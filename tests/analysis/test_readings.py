"""Readings of the whole book, by group and by reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop_app.analysis.readings import group_readings, readings, reason_cell_readings, reason_readings
from desktop_app.domain.cubes import Cube
from desktop_app.domain.outcomes import Outcome
from desktop_app.domain.requests import SIDES
from desktop_app.domain.scenario import Assumptions
from desktop_app.figures.catalogue import FIGURES
from tests.analysis.answers import DAY, book, by_reason, evaluation, rule, scenario

BASELINE = by_reason(
    ("blocked", "low_score", "east", {"users": 10, "accounts": 12}),
    ("unchanged", "", "east", {"users": 40, "accounts": 40}),
    ("unchanged", "", "west", {"users": 50, "accounts": 51}),
)
SCENARIO = by_reason(
    ("blocked", "low_score", "east", {"users": 15, "accounts": 17}),
    ("referred", "new_line", "west", {"users": 5, "accounts": 5}),
    ("unchanged", "", "east", {"users": 35, "accounts": 35}),
    ("unchanged", "", "west", {"users": 45, "accounts": 46}),
)
SUMS = {"balance": 30_000, "balance_with_pd": 30_000, "undrawn_performing": 70_000, "undrawn_with_pd": 70_000}
LOSS = {"loss_balance": 45_000, "loss_undrawn": 105_000}


def read(found=SCENARIO, baseline=BASELINE, before=None, after=None):
    return readings(evaluation(found, baseline), before or scenario(), after or scenario(), book())


def test_every_figure_of_the_catalogue_is_read():
    assert list(read()) == list(FIGURES)


def test_value_and_baseline_come_from_their_own_sides():
    reading = read()["users_blocked"]
    assert (reading.value, reading.baseline, reading.delta) == (15, 10, 5)


def test_a_rate_names_its_denominator_and_the_date():
    reading = read()["blocked_rate"]
    assert (reading.value, reading.denominator, reading.day) == (0.15, "users", DAY)


def test_what_cannot_be_computed_is_none_and_not_zero():
    no_pd = by_reason(("unchanged", "", "east", {"users": 50, "balance": 30_000}))
    found = read(no_pd, no_pd)
    assert (found["el"].value, found["el"].baseline, found["el_rate"].value) == (None, None, None)


def test_coverage_stands_beside_figures_that_need_a_pd():
    half = by_reason(("unchanged", "", "east", {"users": 50, "balance": 60_000, "balance_with_pd": 30_000}))
    found = read(half, half)
    assert (found["el"].coverage, found["ead"].coverage) == (0.5, None)


def test_each_side_has_its_own_assumptions():
    cube = by_reason(("unchanged", "", "east", {"users": 50, **SUMS, **LOSS}))
    half = scenario(assumptions=Assumptions(ccf=Decimal("0.5")))
    full = scenario(assumptions=Assumptions(ccf=Decimal(1)))
    found = read(cube, cube, before=half, after=full)
    assert (found["ead"].baseline, found["ead"].value) == (650, 1000)
    assert (found["el"].baseline, found["el"].value) == (9.75, 15)


def test_few_users_are_flagged_thin():
    few = by_reason(("unchanged", "", "east", {"users": 29}))
    enough = by_reason(("unchanged", "", "east", {"users": 30}))
    assert read(few, few)["blocked_rate"].thin
    assert not read(enough, enough)["blocked_rate"].thin


@pytest.fixture
def groups():
    return group_readings(evaluation(SCENARIO, BASELINE), scenario(), scenario(), book())


def test_groups_keep_the_cubes_order_with_missing_last(groups):
    assert list(groups) == ["east", "west", None]


def test_a_groups_rate_divides_by_the_groups_users(groups):
    reading = groups["east"]["blocked_rate"]
    assert (reading.value, reading.baseline) == (0.3, 0.2)


def test_an_empty_group_has_counts_of_zero_and_no_rates(groups):
    assert (groups[None]["users"].value, groups[None]["blocked_rate"].value) == (0, None)


def test_groups_add_up_to_the_whole(groups):
    whole = read()
    for figure in ("users", "accounts", "users_blocked", "users_referred"):
        assert sum(found[figure].value for found in groups.values()) == whole[figure].value


@pytest.fixture
def reasons():
    rules = scenario(rule("low_score"), rule("new_line", action={"kind": "refer"}))
    return reason_readings(evaluation(SCENARIO, BASELINE), scenario(rule("dropped"), rule("low_score")), rules, book())


def test_reasons_follow_the_scenario_then_the_baselines_own(reasons):
    assert list(reasons) == ["low_score", "new_line", "dropped"]


def test_a_reason_counts_those_it_is_given_for(reasons):
    assert (reasons["low_score"]["users"].value, reasons["low_score"]["users"].baseline) == (15, 10)
    assert (reasons["new_line"]["users_referred"].value, reasons["new_line"]["users"].baseline) == (5, 0)


def test_a_rule_without_cells_has_counts_of_zero(reasons):
    assert reasons["dropped"]["users"].value == 0


def test_shares_of_users_are_left_out_of_reasons(reasons):
    assert "blocked_rate" not in reasons["low_score"]
    assert "el_rate" in reasons["low_score"]


@pytest.fixture
def cells():
    rules = scenario(rule("low_score"), rule("new_line", action={"kind": "refer"}))
    return reason_cell_readings(evaluation(SCENARIO, BASELINE), scenario(), rules, book())


def test_a_cell_counts_one_reason_with_one_outcome(cells):
    assert cells["low_score", Outcome.BLOCKED]["users"].value == 15
    assert cells["low_score", Outcome.REFERRED]["users"].value == 0
    assert cells["new_line", Outcome.REFERRED]["users"].value == 5
    assert cells["", Outcome.UNCHANGED]["users"].baseline == 90


def test_the_cells_add_up_to_the_book(cells):
    assert sum(found["users"].value for found in cells.values()) == 100
    assert sum(found["accounts"].baseline for found in cells.values()) == 103


def test_coverage_is_stated_for_both_sides():
    before = by_reason(("unchanged", "", "east", {"users": 50, "balance": 60_000, "balance_with_pd": 30_000}))
    after = by_reason(("unchanged", "", "east", {"users": 50, "balance": 60_000, "balance_with_pd": 60_000}))
    found = read(after, before)["el"]
    assert (found.coverage, found.baseline_coverage) == (1, 0.5)


OBSERVED = {"users": 900, "observed_users": 950, "goods": 800, "bads": 100}
BLOCKED_THEN = {"users": 50, "observed_users": 50, "goods": 35, "bads": 15, "goods_hurt": 30, "bads_stopped": 10}
EVIDENCE = date(2025, 6, 30)


def observed(**changes):
    found = by_reason(
        ("blocked", "low_score", "east", {**BLOCKED_THEN, **changes}), ("unchanged", "", "east", OBSERVED)
    )
    known = replace(book(), evidence=EVIDENCE)
    return readings(evaluation(found), scenario(), scenario(), known)


def test_observed_figures_carry_the_evidence_date():
    found = observed()
    assert (found["goods_hurt"].value, found["goods_hurt"].day, found["users"].day) == (30, EVIDENCE, DAY)


def test_a_counted_share_has_its_interval():
    rate = observed()["bad_rate_blocked"]
    low, high = rate.interval
    assert low < rate.value == 0.3 < high
    assert rate.baseline_interval == rate.interval
    assert observed()["goods_hurt"].interval is None


def test_few_cases_are_thin_however_many_users():
    assert not observed()["bad_rate_blocked"].thin
    assert observed(bads=4)["bad_rate_blocked"].thin


def test_without_an_evidence_date_observed_figures_are_none():
    cubes = {side: Cube(SCENARIO.axes, {"users": SCENARIO.sums["users"]}) for side in SIDES}
    found = readings(replace(evaluation(SCENARIO), by_reason=cubes), scenario(), scenario(), book())
    assert (found["users"].value, found["goods_hurt"].value, found["bad_rate"].interval) == (100, None, None)
    assert found["el"].coverage is None


def test_a_figure_of_the_whole_queue_has_no_parts():
    queue = by_reason(("referred", "new_line", "east", {"users": 5, "accounts": 5}))
    supposed = scenario(assumptions=Assumptions(review_capacity=2))
    question = (evaluation(queue), supposed, supposed, book())
    assert readings(*question)["review_overflow"].value == 3
    assert {found["review_overflow"].value for found in group_readings(*question).values()} == {None}
