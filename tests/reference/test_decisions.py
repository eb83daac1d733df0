"""Actions, targets, outcomes and reasons of one account, worked by hand; limits in minor units."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.reference.decisions import Decision
from tests.reference.quantities import Row
from tests.reference.samples import account, cut, low_score, new_limit, outcome, raised, rule, run

BANDS = {"field": "score", "edges": [450, 500, 550]}
WIDE = {"field": "utilisation", "edges": [0, 0.5]}


def decision(row: Row, *rules: dict[str, Any], **more: Any) -> Decision:
    return run([row], *rules, **more).accounts[0].decision


def matrix(cells: list[list[int | None]], cells_are: str = "amount", **more: Any) -> dict[str, Any]:
    return {
        "kind": "cut",
        "target": {"kind": "matrix", "rows": BANDS, "cells_are": cells_are, "cells": cells, **more},
    }


def test_policy_without_rules_changes_nothing() -> None:
    found = decision(account(balance=400_000))
    assert (found.outcome, found.reason, found.new_limit, found.undrawn) == ("unchanged", "", 1_000_000, 600_000)


def test_block_leaves_the_limit_and_nothing_undrawn() -> None:
    found = decision(low_score(), rule("r", "block"))
    assert (found.outcome, found.new_limit, found.undrawn) == ("blocked", 1_000_000, 0)


def test_most_severe_action_decides_whatever_the_order() -> None:
    found = decision(
        low_score(), rule("w", "watch"), rule("c", cut(percent=50)), rule("r", "refer"), rule("b", "block")
    )
    assert (found.action, found.outcome, found.reason) == ("block", "blocked", "b")


def test_reason_is_the_first_fired_rule_with_that_action() -> None:
    assert decision(low_score(), rule("x", "watch"), rule("b1", "block"), rule("b2", "block")).reason == "b1"


def test_referred_account_keeps_the_cut_limit_beside() -> None:
    found = decision(low_score(), rule("c", cut(percent=50)), rule("r", "refer"))
    assert (found.outcome, found.reason, found.new_limit) == ("referred", "r", 500_000)


def test_cut_rounds_down_to_the_step() -> None:
    assert new_limit(low_score(credit_limit=123_456), rule("c", cut(percent=90))) == 110_000


def test_cut_never_goes_below_the_floor() -> None:
    assert new_limit(low_score(), rule("c", cut(percent=0))) == 50_000


def test_cut_never_lifts_a_limit_below_the_floor() -> None:
    assert outcome(low_score(credit_limit=30_000), rule("c", cut(percent=0))) == "unchanged"


def test_protected_balance_is_kept_unrounded() -> None:
    assert new_limit(low_score(balance=512_345), rule("c", cut(percent=10)), protect_balance=True) == 512_345


def test_protected_balance_over_the_limit_changes_nothing() -> None:
    assert outcome(low_score(balance=1_200_000), rule("c", cut(percent=10)), protect_balance=True) == "unchanged"


def test_cut_to_nothing_with_floor_nothing_is_a_freeze() -> None:
    found = decision(low_score(balance=300_000), rule("c", cut(percent=0)), floor=0, protect_balance=True)
    assert (found.outcome, found.new_limit, found.undrawn) == ("reduced", 300_000, 0)


def test_lowest_cut_wins_and_gives_the_reason() -> None:
    found = decision(
        low_score(), rule("c1", cut(percent=80)), rule("c2", cut(amount=3000)), rule("c3", cut(percent=30))
    )
    assert (found.new_limit, found.reason) == (300_000, "c2")


def test_percentage_is_floored_to_a_minor_unit() -> None:
    found = new_limit(low_score(credit_limit=1_001), rule("c", cut(percent=33.3333)), round_to=0.01, floor=0)
    assert found == 333


def test_income_multiple_is_floored() -> None:
    row = low_score(income_monthly=333_333)
    assert new_limit(row, rule("c", cut(multiple=1.5)), round_to=0.01) == 499_999


def test_raise_rounds_down_and_never_lowers() -> None:
    assert new_limit(low_score(), rule("u", raised(percent=115.5))) == 1_150_000
    assert outcome(low_score(), rule("u", raised(percent=50))) == "unchanged"


def test_lowest_raise_wins() -> None:
    found = decision(low_score(), rule("u1", raised(amount=15_000)), rule("u2", raised(percent=120)))
    assert (found.outcome, found.reason, found.new_limit) == ("raised", "u2", 1_200_000)


@pytest.mark.parametrize("other", ["block", "refer", "watch", cut(percent=100)])
def test_raise_waits_until_no_other_kind_fires(other: Any) -> None:
    assert new_limit(low_score(), rule("u", raised(percent=120)), rule("o", other)) == 1_000_000


def test_raise_that_is_held_back_has_still_fired() -> None:
    found = decision(low_score(), rule("u", raised(percent=120)), rule("w", "watch"))
    assert (found.outcome, found.reason, found.traces["u"].word) == ("watched", "w", "fired")


def test_watch_shows_where_a_cut_changes_nothing() -> None:
    assert outcome(low_score(), rule("c", cut(percent=100)), rule("w", "watch")) == "watched"


@pytest.mark.parametrize(
    ("on_missing", "expected"), [("skip", "unchanged"), ("fire", "blocked"), ("refer", "referred")]
)
def test_unknown_condition_is_decided_by_on_missing(on_missing: Any, expected: Any) -> None:
    found = decision(account(), rule("r", "block", on_missing=on_missing))
    assert (found.outcome, found.traces["r"].unknown) == (expected, True)


@pytest.mark.parametrize(
    ("on_missing", "expected"), [("skip", "unchanged"), ("fire", "referred"), ("refer", "referred")]
)
def test_target_that_cannot_be_computed_refers_or_is_skipped(on_missing: Any, expected: Any) -> None:
    found = decision(low_score(), rule("r", cut(multiple=2), on_missing=on_missing))
    assert (found.outcome, found.traces["r"].unknown) == (expected, True)


def test_unknown_condition_that_fires_still_cuts() -> None:
    assert new_limit(account(), rule("r", cut(percent=50), on_missing="fire")) == 500_000


def test_false_condition_never_looks_at_the_target() -> None:
    found = decision(account(score=Decimal(700)), rule("r", cut(multiple=2), on_missing="fire"))
    assert found.traces["r"].word == "not fired"


def test_matrix_reads_the_band_that_includes_its_lower_edge() -> None:
    assert new_limit(low_score(), rule("m", matrix([[2000], [3000]]))) == 300_000


def test_matrix_cells_may_be_percentages() -> None:
    assert new_limit(low_score(), rule("m", matrix([[20], [35]], "percent"))) == 350_000


@pytest.mark.parametrize("score", [449, 550])
def test_matrix_does_not_cover_values_out_of_band(score: Any) -> None:
    found = decision(low_score(score=Decimal(score)), rule("m", matrix([[2000], [3000]])))
    assert found.traces["m"].word == "unknown"


def test_hole_of_a_matrix_is_unknown() -> None:
    found = decision(low_score(), rule("m", matrix([[2000], [None]]), on_missing="refer"))
    assert found.outcome == "referred"


def test_second_field_of_a_matrix_must_be_covered_too() -> None:
    rules = rule("m", matrix([[2000], [3000]], columns=WIDE))
    assert new_limit(low_score(balance=100_000), rules) == 300_000
    assert outcome(low_score(balance=500_000), rules) == "unchanged"


def test_disabled_rule_does_nothing() -> None:
    assert run([low_score()], rule("r", "block", enabled=False)).rules == ()


def test_rule_on_an_absent_column_is_unavailable_whatever_on_missing() -> None:
    absent = {"field": "tier", "operator": "is missing"}
    found = run([low_score()], rule("r", "block", absent, on_missing="fire"))
    assert (found.unavailable, found.accounts[0].decision.outcome) == (("r",), "unchanged")


def test_over_limit_account_has_nothing_undrawn() -> None:
    assert decision(account(balance=1_000_001)).undrawn == 0
