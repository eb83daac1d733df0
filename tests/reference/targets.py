"""Targets of cuts and raises, in minor units before any rounding; None where unknown."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

from tests.reference.conditions import in_analyst_unit
from tests.reference.quantities import MILLION, Row, exact, units

_PPM_IN_ONE_PERCENT = 10**4
_MINOR = 100


def target_of(target: dict[str, Any], row: Row, types: dict[str, str]) -> int | None:
    """The limit that the target names for `row`; None where it cannot be computed."""
    match target["kind"]:
        case "percent":
            return _share(row, target["percent"])
        case "amount":
            return units(target["amount"], _MINOR)
        case "income_multiple":
            income = row["income_monthly"]
            return None if income is None else income * units(target["multiple"], MILLION) // MILLION
        case "matrix":
            return _matrix(target, row, types)
    raise AssertionError(target)


def fields_of_target(target: dict[str, Any]) -> set[str]:
    """The columns that the target reads, beside limit and balance."""
    if target["kind"] == "income_multiple":
        return {"income_monthly"}
    if target["kind"] == "matrix":
        return {bands["field"] for bands in (target["rows"], target.get("columns")) if bands}
    return set()


def _share(row: Row, percent: float) -> int:
    limit: int = row["credit_limit"]
    return limit * units(percent, _PPM_IN_ONE_PERCENT) // MILLION


def _matrix(target: dict[str, Any], row: Row, types: dict[str, str]) -> int | None:
    down = _band(target["rows"], row, types)
    across = _band(target["columns"], row, types) if target.get("columns") else 0
    if down is None or across is None:
        return None
    cell = target["cells"][down][across]
    if cell is None:
        return None
    return _share(row, cell) if target["cells_are"] == "percent" else units(cell, _MINOR)


def _band(bands: dict[str, Any], row: Row, types: dict[str, str]) -> int | None:
    stored = row[bands["field"]]
    if stored is None:
        return None
    found: Fraction = in_analyst_unit(stored, types[bands["field"]])
    for index, (low, high) in enumerate(pairwise(bands["edges"])):
        if exact(low) <= found < exact(high):
            return index
    return None
