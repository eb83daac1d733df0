"""Doubts about a policy: each is proved, and those that matter are found."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.analysis.policy_check import cannot_fire, policy_doubts, shadows
from desktop_app.domain.book import Book, Column, Snapshot
from desktop_app.domain.columns import ColumnType
from desktop_app.domain.policy import Policy
from desktop_app.domain.verdicts import Possibilities
from tests.reference.books import AS_OF, seeded_book
from tests.reference.evaluate import evaluate
from tests.reference.policies import seeded_policy
from tests.reference.samples import cut, policy, raised, rule

DAY = date(2026, 6, 30)
SCORE = {"field": "score", "operator": "<", "value": 600}


def book(*columns: Column) -> Book:
    return Book("b", "b.csv", columns, (Snapshot(DAY, 9, 9),), DAY, "CNY", "hash")


SMALL = book(
    Column("score", ColumnType.NUMBER, Decimal(350), Decimal(900)),
    Column("segment", ColumnType.CATEGORY, domain=("prime", "thin_file")),
    Column("days_past_due", ColumnType.INTEGER, Decimal(0), Decimal(120), missing=3),
)


def doubts(*rules: dict[str, Any], of: Book | None = None) -> list[str]:
    return [str(doubt) for doubt in policy_doubts(Policy.model_validate(policy(*rules)), of)]


def at(field: str, operator: str, value: Any, **more: Any) -> dict[str, Any]:
    return {"field": field, "operator": operator, "value": value, **more}


@pytest.mark.parametrize(
    "condition",
    [
        {"all": [at("score", "<", 500), at("score", ">=", 500)]},
        {"all": [SCORE, {"field": "score", "operator": "is missing"}]},
        {"all": [at("days_past_due", ">", 3), at("days_past_due", "<", 4)]},
        {"all": [at("segment", "=", "a"), at("segment", "in", ["b", "c"])]},
        {"all": [{"not": at("segment", "in", ["a", "b"])}, at("segment", "=", "a")]},
        {"all": [at("score", "<", 400, by={"column": "segment", "values": {"a": 500}}), at("score", ">=", 500)]},
        {"not": {"any": [SCORE, at("score", ">", 500)]}},
        at("pd", ">", 1),
        at("days_past_due", "<", 0),
        at("balance", "=", 0.005),
    ],
)
def test_a_contradiction_never_fires(condition: dict[str, Any]) -> None:
    assert doubts(rule("x", "block", condition)) == ['Rule "x" can never fire: no account meets its whole condition.']


def test_a_contradiction_may_fire_where_it_is_unknown() -> None:
    condition = {"all": [at("score", "<", 500), at("score", ">=", 500)]}
    assert doubts(rule("x", "block", condition, on_missing="refer")) == []


def test_values_of_other_groups_do_not_contradict() -> None:
    by = {"column": "segment", "values": {"a": 500}}
    condition = {"all": [at("score", "<", 400, by=by), at("score", ">=", 450)]}
    assert doubts(rule("x", "block", condition)) == []
    assert cannot_fire(Policy.model_validate(policy(rule("x", "block", {"all": [condition, at("segment", "=", "b")]}))))


def test_a_threshold_outside_the_book_is_said() -> None:
    assert doubts(rule("x", "block", at("score", "<", 300)), of=SMALL) == [
        'Rule "x" cannot fire on any account of this book.',
        'Rule "x": Score below 300: no account of this book, from 350 to 900.',
    ]


def test_a_threshold_that_everyone_meets_is_said() -> None:
    assert doubts(rule("x", "block", at("score", "<=", 900)), of=SMALL) == [
        'Rule "x": Score at most 900: every account of this book, from 350 to 900.'
    ]


def test_an_unheard_of_group_suggests_the_near_one() -> None:
    by = {"column": "segment", "values": {"thinfile": 640}}
    assert doubts(rule("x", "block", at("score", "<", 600, by=by)), of=SMALL) == [
        'Rule "x": no account of this book has the Segment "thinfile"; did you mean "thin_file"?'
    ]


def test_a_strange_column_suggests_the_near_one() -> None:
    assert doubts(rule("x", "block", at("scroe", "<", 600))) == [
        'Rule "x" reads "scroe", which is no standard column; did you mean "score"?'
    ]


def late(days: int) -> dict[str, Any]:
    return at("days_past_due", ">=", days)


SHADOWED = 'Rule "b" decides no outcome: wherever it fires, rule "a" before it fires too and is at least as severe.'


@pytest.mark.parametrize(
    ("one", "other", "shadowed"),
    [
        ("block", "block", True),
        ("block", "watch", True),
        ("refer", cut(percent=50), True),
        ("refer", "block", False),
        (cut(percent=50), cut(percent=50), True),
        (cut(percent=50), cut(percent=49), False),
        (cut(percent=50), cut(amount=9999), False),
        (cut(percent=50), "watch", False),
        (cut(percent=50), raised(percent=150), True),
        (cut(multiple=1), "watch", False),
        (raised(amount=1), raised(amount=2), True),
    ],
)
def test_a_stricter_rule_after_a_wider_one(one: Any, other: Any, shadowed: bool) -> None:
    assert doubts(rule("a", one, late(60)), rule("b", other, late(90))) == ([SHADOWED] if shadowed else [])


def test_a_wider_rule_after_a_stricter_one_decides() -> None:
    assert doubts(rule("a", "block", late(90)), rule("b", "block", late(60))) == []


def test_a_rule_that_also_fires_where_unknown_is_not_shadowed() -> None:
    assert doubts(rule("a", "block", late(60)), rule("b", "block", late(90), on_missing="fire")) == []


def test_a_rule_that_is_switched_off_raises_no_doubt() -> None:
    assert doubts(rule("x", "block", at("pd", ">", 1), enabled=False)) == []


def matrix(*cells: int | None) -> dict[str, Any]:
    rows = {"field": "score", "edges": [400, *range(500, 500 + len(cells))]}
    target = {"kind": "matrix", "rows": rows, "cells_are": "percent", "cells": [[cell] for cell in cells]}
    return {"kind": "cut", "target": target}


def test_holes_and_waves_of_a_matrix() -> None:
    assert doubts(rule("x", matrix(50, 80, None, 60))) == [
        'Rule "x": 1 cells of its matrix are empty; accounts there have no target.',
        'Rule "x": along Score the cells of its matrix both rise and fall.',
    ]


def test_a_matrix_that_does_not_cover_the_book() -> None:
    assert doubts(rule("x", matrix(50, 80)), of=SMALL) == [
        'Rule "x": its matrix covers Score from 400 to below 501; this book has 350 to 900.'
    ]


@given(st.integers(0, 10_000))
def test_what_is_said_never_to_fire_never_does(seed: int) -> None:
    small = seeded_book(seed, 60)
    document = seeded_policy(seed)
    checked = Policy.model_validate(document)
    columns = tuple(Column(name, ColumnType(kind)) for name, kind in small.columns.items())
    result = evaluate(small.at(AS_OF), small.columns, document)
    fired = {key for one in result.accounts for key, trace in one.decision.traces.items() if trace.fired}
    assert not cannot_fire(checked) & fired
    assert not cannot_fire(checked, book(*columns)) & fired


@given(st.integers(0, 10_000))
def test_what_is_said_to_decide_nothing_gives_no_reason(seed: int) -> None:
    # Two policies of few fields one after the other, so that rules imply one another.
    document = seeded_policy(seed, ["score", "days_past_due", "credit_limit", "balance"], 12)
    for one in document["rules"]:
        one["enabled"] = True
    checked = Policy.model_validate(document)
    result = evaluate(seeded_book(seed, 60).at(AS_OF), seeded_book(seed, 60).columns, document)
    anywhere = Possibilities.anywhere(checked)
    for place, later in enumerate(checked.rules):
        if later.id in result.rules and any(
            shadows(earlier, later, anywhere) for earlier in checked.rules[:place] if earlier.id in result.rules
        ):
            assert later.id not in {one.decision.reason for one in result.accounts}
            without = result.without(later.id)
            assert [one.decision.outcome for one in without.accounts] == [
                one.decision.outcome for one in result.accounts
            ]


TWO_GROUPS = {"column": "segment", "values": {"a": 300, "b": 310}}


@pytest.mark.parametrize(
    "condition",
    [
        {"all": [at("days_past_due", ">", 3), at("days_past_due", "<", 5)]},
        {"all": [at("days_past_due", ">=", 4), at("days_past_due", "<=", 4)]},
        {"all": [at("score", "<", 500, by=TWO_GROUPS), at("score", ">", 400), at("segment", "is missing", None)]},
        {"all": [at("score", "<", 500, by=TWO_GROUPS), at("score", "<", 305), at("segment", "=", "b")]},
    ],
)
def test_what_just_can_be_is_no_contradiction(condition: dict[str, Any]) -> None:
    assert doubts(rule("x", "block", condition)) == []
