"""Compact conditions, targets and policies, each with the SQL that it becomes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from sqlglot import exp

from desktop_app.domain.actions import Target
from desktop_app.domain.book import Column
from desktop_app.domain.columns import STANDARD
from desktop_app.domain.conditions import Condition
from desktop_app.domain.policy import Policy
from desktop_app.engine.conditions import ConditionCompiler
from desktop_app.engine.decide import Decision
from desktop_app.engine.schema import Fields
from desktop_app.engine.targets import target_tree
from tests.reference.samples import cut, policy, raised, rule

FOLDER = Path(__file__).parent
_DOMAIN = ("o'brien", "prime", "thin_file")
FIELDS = Fields(
    {
        name: Column(name, STANDARD[name].type, domain=_DOMAIN if name == "segment" else ())
        for name in (
            *("credit_limit", "balance", "score", "pd", "utilisation", "days_past_due", "income_monthly"),
            *("kyc_complete", "segment", "snapshot_date", "account_id"),
        )
    }
)

SCORE = {"field": "score", "operator": "<", "value": 600}
LATE = {"field": "days_past_due", "operator": ">=", "value": 30}

CONDITIONS: tuple[dict[str, Any], ...] = (
    SCORE,
    {"field": "score", "operator": "<=", "value": 599.5},
    {"field": "balance", "operator": ">", "value": 0.005},
    {"field": "balance", "operator": ">=", "value": 0.005},
    {"field": "balance", "operator": "<", "value": 0.005},
    {"field": "balance", "operator": "<=", "value": 0.005},
    {"field": "balance", "operator": "=", "value": 12.34},
    {"field": "balance", "operator": "=", "value": 0.005},
    {"field": "pd", "operator": ">=", "value": 0.05},
    {"field": "utilisation", "operator": ">", "value": 0.9},
    {"field": "days_past_due", "operator": ">", "value": -1},
    {"field": "days_past_due", "operator": "in", "value": [30, 60]},
    {"field": "kyc_complete", "operator": "=", "value": False},
    {"field": "segment", "operator": "=", "value": "o'brien"},
    {"field": "segment", "operator": "=", "value": "unheard of"},
    {"field": "segment", "operator": "in", "value": ["prime", "thin_file"]},
    {"field": "account_id", "operator": "=", "value": "00123"},
    {"field": "snapshot_date", "operator": "<", "value": "2026-06-30"},
    {"field": "score", "operator": "is missing"},
    {**SCORE, "by": {"column": "segment", "values": {"prime": 580, "thin_file": 640.5}}},
    {**SCORE, "by": {"column": "kyc_complete", "values": {"false": 640}}},
    {"all": [SCORE, LATE]},
    {"any": [SCORE, LATE]},
    {"not": SCORE},
    {"not": {"any": [{"all": [SCORE, LATE]}, {"field": "score", "operator": "is missing"}]}},
)

_ROWS = {"field": "score", "edges": [350, 600, 950]}
TARGETS: tuple[dict[str, Any], ...] = (
    {"kind": "percent", "percent": 70},
    {"kind": "percent", "percent": 33.3333},
    {"kind": "amount", "amount": 1234.56},
    {"kind": "income_multiple", "multiple": 1.5},
    {"kind": "matrix", "rows": _ROWS, "cells_are": "percent", "cells": [[50], [None]]},
    {
        "kind": "matrix",
        "rows": _ROWS,
        "columns": {"field": "days_past_due", "edges": [0, 30, 90]},
        "cells_are": "amount",
        "cells": [[1000, 500], [None, 2000]],
    },
)

POLICIES: dict[str, dict[str, Any]] = {
    "empty": policy(),
    "block": policy(rule("low", "block", SCORE)),
    "block-or-refer-where-unknown": policy(rule("low", "block", SCORE, on_missing="refer")),
    "refer-fires-where-unknown": policy(rule("low", "refer", SCORE, on_missing="fire")),
    "cut": policy(rule("late", cut(percent=70), LATE), rule("low", cut(amount=1000), SCORE), round_to=500, floor=0),
    "cut-to-income-or-refer": policy(rule("low", cut(multiple=2), SCORE, on_missing="fire"), protect_balance=True),
    "watch-and-switched-off": policy(rule("low", "watch", SCORE), rule("off", "block", LATE, enabled=False)),
    "raise-beside-cut": policy(rule("good", raised(percent=120), {"not": SCORE}), rule("late", cut(percent=50), LATE)),
}


def texts() -> Iterator[tuple[str, str]]:
    """The name of every golden file with what it should hold."""
    compiler = ConditionCompiler(FIELDS)
    condition: TypeAdapter[Condition] = TypeAdapter(Condition)
    target: TypeAdapter[Target] = TypeAdapter(Target)
    yield "conditions.sql", _listed(CONDITIONS, lambda case: compiler.tree(condition.validate_python(case)))
    yield "targets.sql", _listed(TARGETS, lambda case: target_tree(target.validate_python(case), FIELDS, "rule"))
    for name, document in POLICIES.items():
        tree = Decision(Policy.model_validate(document), FIELDS).select(exp.to_table("accounts"))
        yield f"policy-{name}.sql", _layers(tree) + "\n"


def _listed(cases: tuple[dict[str, Any], ...], compiled: Callable[[dict[str, Any]], exp.Expr]) -> str:
    return "\n".join(f"-- {json.dumps(case, ensure_ascii=False)}\n{_line(compiled(case))}\n" for case in cases)


def _layers(query: exp.Expr) -> str:
    """A nested query with one line a column, the outermost layer first."""
    if not isinstance(query, exp.Select):
        return _line(query)
    columns = ",\n  ".join(_line(column) for column in query.expressions)
    source = query.args["from_"].this
    inner = f"(\n{_layers(source.this)}\n) AS {source.alias}" if isinstance(source, exp.Subquery) else _line(source)
    return f"SELECT\n  {columns}\nFROM {inner}"


def _line(tree: exp.Expr) -> str:
    return tree.transform(_without_doubled_parentheses).sql(dialect="duckdb")


def _without_doubled_parentheses(node: exp.Expr) -> exp.Expr:
    while isinstance(node, exp.Paren) and isinstance(node.this, exp.Paren | exp.Column | exp.Boolean):
        node = node.this
    return node
