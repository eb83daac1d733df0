"""Conditions in three-valued logic: True, False, or None for unknown."""

from __future__ import annotations

import operator
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any

from tests.reference.quantities import UNITS, Row, exact

_ORDER = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq}


def holds(condition: dict[str, Any], row: Row, types: dict[str, str]) -> bool | None:
    """What `condition` is for `row`."""
    if "all" in condition:
        return _all(holds(part, row, types) for part in condition["all"])
    if "any" in condition:
        return _negated(_all(_negated(holds(part, row, types)) for part in condition["any"]))
    if "not" in condition:
        return _negated(holds(condition["not"], row, types))
    return _compared(condition, row, types[condition["field"]])


def fields(condition: dict[str, Any]) -> set[str]:
    """The columns that `condition` reads, groupings included."""
    parts = condition.get("all") or condition.get("any") or ([condition["not"]] if "not" in condition else [])
    if parts:
        return set().union(*(fields(part) for part in parts))
    return {condition["field"]} | ({condition["by"]["column"]} if condition.get("by") else set())


def in_analyst_unit(stored: Any, kind: str) -> Any:
    """A stored value as the analyst writes it: an exact fraction for a number, else the value itself."""
    return Fraction(stored) / UNITS[kind] if kind in UNITS else stored


def _all(parts: Iterable[bool | None]) -> bool | None:
    values = list(parts)
    if False in values:
        return False
    return None if None in values else True


def _negated(value: bool | None) -> bool | None:
    return None if value is None else not value


def _compared(comparison: dict[str, Any], row: Row, kind: str) -> bool | None:
    stored = row[comparison["field"]]
    if comparison["operator"] == "is missing":
        return stored is None
    if stored is None:
        return None
    found = in_analyst_unit(stored, kind)
    wanted = _wanted(comparison, row)
    if comparison["operator"] == "in":
        return any(found == _literal(value, kind) for value in wanted)
    return bool(_ORDER[comparison["operator"]](found, _literal(wanted, kind)))


def _wanted(comparison: dict[str, Any], row: Row) -> Any:
    # NULL and unlisted groups take the comparison's own value.
    if not comparison.get("by"):
        return comparison["value"]
    group = row[comparison["by"]["column"]]
    return comparison["by"]["values"].get(label(group), comparison["value"])


def label(group: Any) -> str | None:
    """The name of a group: a category's own, true or false for a boolean, None where it is missing."""
    if isinstance(group, bool):
        return "true" if group else "false"
    return None if group is None else str(group)


def _literal(value: Any, kind: str) -> Any:
    if kind in UNITS:
        return exact(value)
    return date.fromisoformat(value) if kind == "date" else value
