"""Random policies, as the JSON of a policy, whose thresholds stand on and between the values of random books."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any, TypeAlias

from hypothesis import strategies as st

from tests.reference.books import POOLS, TYPES
from tests.reference.choices import Chooser, Drawn, Seeded, happens, some
from tests.reference.quantities import UNITS

Json: TypeAlias = dict[str, Any]

# The future, and the answer: no rule may read them.
FORBIDDEN = ("default_12m", "recorded_action")
FIELD_TYPES: dict[str, str] = {
    **{name: kind for name, kind in TYPES.items() if name in POOLS and name not in FORBIDDEN},
    "utilisation": "ratio",
    "user_limit": "money",
    "user_balance": "money",
}
# Columns with a standard name that no random book has: their rules are unavailable.
ABSENT: dict[str, str] = {"industry": "category", "inquiries_3m": "integer"}
GROUPINGS = ("segment", "region", "tier", "customer_type")
_ORDERED = ("<", "<=", ">", ">=")
# Mixed policies, and those in which the mild actions meet each other.
_MIXED = ("block", "refer", "cut", "cut", "cut", "watch", "raise", "raise")
_KINDS: tuple[tuple[str, ...], ...] = (_MIXED, _MIXED, ("cut", "watch", "raise"), ("raise", "watch"))
_PERCENTS = (50, 0, 33.3333, 80, 99.9999, 100, 0.0001)
_RAISES = (120, 150.5, 100, 1000, 0, 133.3333)
_STEPS = tuple(map(Decimal, ("0", "0", "1", "-1", "0.5", "-0.5", "0.1", "1000000")))
_AMOUNTS = (3000, 0, 0.01, 500, 499.99, 1234.56, 999_999)
_MULTIPLES = (1.5, 0, 0.000001, 0.333333, 3, 999.999999)


def random_policy(chooser: Chooser, fields: Sequence[str] | None = None, most_rules: int = 8) -> Json:
    """A policy of up to `most_rules` rules that read mostly `fields`, all of a random book's where left out."""
    known = sorted(FIELD_TYPES) if fields is None else [name for name in fields if name in FIELD_TYPES]
    kinds = chooser.pick(_KINDS)
    rules = [_rule(chooser, known, kinds, f"r{number}") for number in range(chooser.whole(0, most_rules))]
    return {
        "greyline": "policy",
        "version": 1,
        "id": "random",
        "round_to": chooser.pick((100, 0.01, 1, 500, 33.33)),
        "floor": chooser.pick((500, 0, 0.01, 1000.5)),
        "protect_balance": happens(chooser, 40),
        "rules": rules,
    }


def _rule(chooser: Chooser, known: list[str], kinds: Sequence[str], key: str) -> Json:
    action = _action(chooser, known, chooser.pick(kinds))
    limited = action["kind"] in ("watch", "raise")
    return {
        "id": key,
        "enabled": not happens(chooser, 10),
        "reason": {"code": key, "cause": "policy"},
        "condition": _condition(chooser, known, count(1), key, depth=3),
        "action": action,
        "on_missing": "skip" if limited else chooser.pick(("skip", "fire", "refer")),
    }


def _condition(chooser: Chooser, known: list[str], numbers: Iterator[int], key: str, depth: int) -> Json:
    shape = chooser.pick(("comparison", "comparison", "all", "any", "not")) if depth else "comparison"
    if shape == "comparison":
        return {"id": f"{key}.{next(numbers)}", **_comparison(chooser, known)}
    if shape == "not":
        return {"not": _condition(chooser, known, numbers, key, depth - 1)}
    parts = range(chooser.whole(1, 3))
    return {shape: [_condition(chooser, known, numbers, key, depth - 1) for _ in parts]}


def _comparison(chooser: Chooser, known: list[str]) -> Json:
    absent = happens(chooser, 2)
    field = chooser.pick(sorted(ABSENT) if absent else known)
    kind = {**FIELD_TYPES, **ABSENT}[field]
    ordered = _ORDERED if kind in UNITS or kind == "date" else ()
    operator = chooser.pick((*ordered, "=", "in", "is missing"))
    if operator == "is missing":
        return {"field": field, "operator": operator}
    found: Json = {"field": field, "operator": operator, "value": _value(chooser, field, kind, operator)}
    groupings = [name for name in GROUPINGS if name in known]
    if groupings and happens(chooser, 25):
        column = chooser.pick(groupings)
        groups = some(chooser, (*POOLS[column], "unlisted", "thin'file"), 1, 3)
        values = {group: _value(chooser, field, kind, operator) for group in groups}
        found["by"] = {"column": column, "values": values}
    return found


def _value(chooser: Chooser, field: str, kind: str, operator: str) -> Any:
    if operator == "in":
        return [_scalar(chooser, field, kind) for _ in range(chooser.whole(1, 3))]
    return _scalar(chooser, field, kind)


def _scalar(chooser: Chooser, field: str, kind: str) -> Any:
    stored = chooser.pick(POOLS.get(field, (0, 1) if kind in UNITS else ("yes", "no")))
    if isinstance(stored, date):
        return stored.isoformat()
    return _threshold(chooser, Decimal(stored), kind) if kind in UNITS else stored


def _threshold(chooser: Chooser, stored: Decimal, kind: str) -> int | float:
    # On the value, half a stored unit off it, or far from it; at most 15 digits, as a document allows.
    unit = Decimal("0.000001") if kind == "number" else Decimal(1)
    return as_json((stored + chooser.pick(_STEPS) * unit) / UNITS[kind])


def as_json(value: Decimal) -> int | float:
    """The JSON number of a decimal."""
    return int(value) if value == value.to_integral_value() else float(value)


def _action(chooser: Chooser, known: list[str], kind: str) -> Json:
    if kind in ("cut", "raise"):
        return {"kind": kind, "target": _target(chooser, known, kind)}
    return {"kind": kind}


def _target(chooser: Chooser, known: list[str], action: str) -> Json:
    kind = chooser.pick(("percent", "amount", "income_multiple", "matrix"))
    percents = _PERCENTS if action == "cut" else _RAISES
    match kind:
        case "percent":
            return {"kind": kind, "percent": chooser.pick(percents)}
        case "amount":
            return {"kind": kind, "amount": chooser.pick(_AMOUNTS)}
        case "income_multiple":
            return {"kind": kind, "multiple": chooser.pick(_MULTIPLES)}
    return _matrix(chooser, known)


def _matrix(chooser: Chooser, known: list[str]) -> Json:
    numeric = [name for name in known if FIELD_TYPES[name] in UNITS]
    rows = _bands(chooser, chooser.pick(numeric))
    columns = _bands(chooser, chooser.pick(numeric)) if happens(chooser, 50) else None
    width = len(columns["edges"]) - 1 if columns else 1
    cells_are = chooser.pick(("percent", "amount"))
    sizes = (None, 50, 0, 120.25, 33.33) if cells_are == "percent" else (None, *_AMOUNTS)
    cells = [[chooser.pick(sizes) for _ in range(width)] for _ in rows["edges"][1:]]
    return {"kind": "matrix", "rows": rows, "columns": columns, "cells_are": cells_are, "cells": cells}


def _bands(chooser: Chooser, field: str) -> Json:
    kind = FIELD_TYPES[field]
    edges = {_threshold(chooser, Decimal(stored), kind) for stored in some(chooser, POOLS[field], 2, 4)}
    if len(edges) < 2:
        edges = {min(edges), min(edges) + 1}
    return {"field": field, "edges": sorted(edges)}


def policies(fields: Sequence[str] | None = None, most_rules: int = 8) -> st.SearchStrategy[Json]:
    """Policies that shrink."""
    return st.composite(lambda draw: random_policy(Drawn(draw), fields, most_rules))()


def seeded_policy(seed: int, fields: Sequence[str] | None = None, most_rules: int = 8) -> Json:
    """The policy of a seed."""
    return random_policy(Seeded(seed), fields, most_rules)
