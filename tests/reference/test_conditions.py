"""Three-valued logic, units, groups: what a condition is for one row."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.reference.conditions import holds

TYPES = {
    "score": "number",
    "pd": "rate",
    "credit_limit": "money",
    "segment": "category",
    "opened": "date",
    "kyc": "boolean",
    "gone": "integer",
    "utilisation": "ratio",
}
ROW = {
    "score": Decimal(600),
    "pd": 50_000,
    "credit_limit": 10_000,
    "segment": "thin_file",
    "opened": date(2026, 1, 31),
    "kyc": False,
    "gone": None,
    "utilisation": 5_000,
}
TRUE = {"field": "score", "operator": "=", "value": 600}
FALSE = {"field": "score", "operator": ">", "value": 600}
UNKNOWN = {"field": "gone", "operator": "=", "value": 1}


def compared(field: str, operator: str, value: Any = None, **by: Any) -> bool | None:
    return holds({"field": field, "operator": operator, "value": value, **by}, ROW, TYPES)


@pytest.mark.parametrize(
    ("operator", "expected"), [("<", False), ("<=", True), (">", False), (">=", True), ("=", True)]
)
def test_operators_at_the_threshold_itself(operator: Any, expected: Any) -> None:
    assert compared("score", operator, 600) is expected


def test_thresholds_are_in_the_unit_the_analyst_writes() -> None:
    assert compared("pd", "=", 0.05)
    assert compared("credit_limit", "=", 100)
    assert compared("utilisation", "=", 0.5)


def test_threshold_between_two_units_is_compared_exactly() -> None:
    assert compared("credit_limit", "<", 100.005)
    assert not compared("credit_limit", "=", 100.004)
    assert compared("pd", ">", 0.0499995)


def test_dates_texts_and_booleans_are_compared_as_they_are() -> None:
    assert compared("opened", "<=", "2026-01-31")
    assert compared("kyc", "=", False)
    assert not compared("segment", "=", "THIN_FILE")


def test_in_matches_any_of_its_values() -> None:
    assert compared("score", "in", [1, 600])
    assert not compared("segment", "in", ["prime", "student"])


def test_missing_field_makes_a_comparison_unknown() -> None:
    assert compared("gone", "<", 5) is None
    assert compared("gone", "in", [5]) is None


def test_is_missing_is_never_unknown() -> None:
    assert compared("gone", "is missing") is True
    assert compared("score", "is missing") is False


def test_group_has_its_own_value_and_others_the_default() -> None:
    by = {"column": "segment", "values": {"thin_file": 580}}
    assert not compared("score", "<", 640, by=by)
    assert holds({"field": "score", "operator": "<", "value": 640, "by": by}, {**ROW, "segment": None}, TYPES)
    assert holds({"field": "score", "operator": "<", "value": 640, "by": by}, {**ROW, "segment": "prime"}, TYPES)


@pytest.mark.parametrize(
    ("parts", "expected"), [((TRUE, UNKNOWN), None), ((FALSE, UNKNOWN), False), ((TRUE, TRUE), True)]
)
def test_all_is_false_as_soon_as_one_part_is(parts: Any, expected: Any) -> None:
    assert holds({"all": list(parts)}, ROW, TYPES) is expected


@pytest.mark.parametrize(
    ("parts", "expected"), [((TRUE, UNKNOWN), True), ((FALSE, UNKNOWN), None), ((FALSE, FALSE), False)]
)
def test_any_is_true_as_soon_as_one_part_is(parts: Any, expected: Any) -> None:
    assert holds({"any": list(parts)}, ROW, TYPES) is expected


@pytest.mark.parametrize(("part", "expected"), [(TRUE, False), (FALSE, True), (UNKNOWN, None)])
def test_not_leaves_unknown_unknown(part: Any, expected: Any) -> None:
    assert holds({"not": part}, ROW, TYPES) is expected
