"""Handles: every number that can be dragged is read and set where it stands, and nothing else is."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from desktop_app.domain.handles import (
    AssumptionHandle,
    Handle,
    SizeHandle,
    StressHandle,
    ThresholdHandle,
    find_comparison,
    supposed,
    supposing,
    threshold_handles,
    value_of,
    with_value,
)
from desktop_app.domain.scenario import Scenario
from tests.reference.samples import cut, policy, raised, rule

BY_SEGMENT = {"column": "segment", "values": {"new": 640, "thin": 580}}
NESTED = {
    "all": [
        {"field": "score", "operator": "<", "value": 600, "by": BY_SEGMENT},
        {
            "any": [
                {"field": "segment", "operator": "in", "value": ["new"]},
                {"not": {"field": "days_past_due", "operator": ">=", "value": 30}},
                {"field": "kyc_complete", "operator": "=", "value": False},
                {"field": "product", "operator": "=", "value": "card"},
                {"field": "dti", "operator": "is missing"},
            ]
        },
    ]
}
MATRIX = {
    "kind": "matrix",
    "rows": {"field": "score", "edges": [300, 900]},
    "cells_are": "percent",
    "cells": [[50]],
}
SCORE, NEW = ThresholdHandle("nested", "nested.1"), ThresholdHandle("nested", "nested.1", "new")
LATE = ThresholdHandle("nested", "nested.3")


def scenario() -> Scenario:
    rules = (
        rule("nested", "block", NESTED),
        rule("percent", cut(percent=40)),
        rule("amount", cut(amount=500)),
        rule("multiple", raised(multiple=2)),
        rule("matrix", {"kind": "cut", "target": MATRIX}),
    )
    return Scenario.model_validate({"id": "s", "policy": policy(*rules)})


NUMBERS: list[tuple[Handle, str]] = [
    (SCORE, "600"),
    (NEW, "640"),
    (ThresholdHandle("nested", "nested.1", "thin"), "580"),
    (LATE, "30"),
    (SizeHandle("percent"), "40"),
    (SizeHandle("amount"), "500"),
    (SizeHandle("multiple"), "2"),
    (AssumptionHandle("ccf"), "0.40"),
    (StressHandle("pd_odds"), "1"),
]
NO_NUMBERS: list[Handle] = [
    ThresholdHandle("none", "none.1"),
    ThresholdHandle("nested", "nested.9"),
    ThresholdHandle("nested", "nested.1", "old"),
    ThresholdHandle("nested", "nested.3", "new"),
    ThresholdHandle("nested", "nested.2"),
    ThresholdHandle("nested", "nested.5"),
    ThresholdHandle("nested", "nested.6"),
    SizeHandle("nested"),
    SizeHandle("matrix"),
    SizeHandle("none"),
]


@pytest.mark.parametrize(("handle", "value"), NUMBERS)
def test_a_number_is_read_where_it_stands(handle: Handle, value: str) -> None:
    assert value_of(scenario(), handle) == Decimal(value)


@pytest.mark.parametrize("handle", [handle for handle, _ in NUMBERS])
def test_setting_a_number_moves_it_and_no_other(handle: Handle) -> None:
    before, new = scenario(), Decimal("0.75")
    after = with_value(before, handle, new)
    assert value_of(after, handle) == new
    others = [other for other, _ in NUMBERS if other != handle]
    assert [value_of(after, other) for other in others] == [value_of(before, other) for other in others]


@pytest.mark.parametrize("handle", [handle for handle, _ in NUMBERS])
def test_setting_it_back_gives_the_same_scenario(handle: Handle) -> None:
    before = scenario()
    assert with_value(with_value(before, handle, Decimal("0.75")), handle, value_of(before, handle)) == before


@pytest.mark.parametrize("handle", NO_NUMBERS)
def test_where_no_number_stands_none_is_read(handle: Handle) -> None:
    with pytest.raises(KeyError):
        value_of(scenario(), handle)


@pytest.mark.parametrize("handle", NO_NUMBERS)
def test_where_no_number_stands_none_is_put(handle: Handle) -> None:
    with pytest.raises(KeyError):
        with_value(scenario(), handle, Decimal(1))


@pytest.mark.parametrize("handle", [AssumptionHandle("capital_method"), AssumptionHandle("no"), StressHandle("no")])
def test_a_choice_is_no_number(handle: Handle) -> None:
    with pytest.raises(KeyError):
        value_of(scenario(), handle)


@pytest.mark.parametrize(
    ("handle", "value"),
    [
        (AssumptionHandle("ccf"), "1.1"),
        (StressHandle("pd_odds"), "0"),
        (SizeHandle("percent"), "-1"),
    ],
)
def test_a_number_outside_its_range_is_refused(handle: Handle, value: str) -> None:
    with pytest.raises(ValueError, match=handle.name if hasattr(handle, "name") else "percent"):
        with_value(scenario(), handle, Decimal(value))


@pytest.mark.parametrize(
    ("handle", "value"),
    [
        (AssumptionHandle("capital_method"), "irb_retail"),
        (AssumptionHandle("review_capacity"), 40),
        (AssumptionHandle("review_capacity"), None),
        (AssumptionHandle("capital_floors"), False),
        (StressHandle("lgd_rise"), Decimal("0.1")),
    ],
)
def test_what_is_supposed_is_read_as_it_was_set(handle: AssumptionHandle | StressHandle, value: Any) -> None:
    assert supposed(supposing(scenario(), handle, value), handle) == value


def test_what_is_supposed_has_a_name() -> None:
    with pytest.raises(KeyError):
        supposed(scenario(), AssumptionHandle("no"))


def test_only_ordered_numbers_can_be_dragged_the_default_before_the_groups() -> None:
    late = [handle for handle in threshold_handles(scenario().policy) if handle.rule == "nested"]
    assert late == [SCORE, NEW, ThresholdHandle("nested", "nested.1", "thin"), LATE]


def test_every_draggable_threshold_has_a_number() -> None:
    assert all(value_of(scenario(), handle) for handle in threshold_handles(scenario().policy))


def test_a_comparison_is_found_inside_not() -> None:
    assert find_comparison(scenario().policy.rule("nested"), "nested.3").field == "days_past_due"
