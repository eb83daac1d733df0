"""A small export for tests: two policies, two groups, four accounts."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from desktop_app.domain.cubes import Axis, Cube
from desktop_app.domain.movements import Movement, Movements
from desktop_app.domain.outcomes import OUTCOMES, Outcome
from desktop_app.domain.recorded import RecordedCell, RecordedCheck
from desktop_app.domain.requests import Evaluation, RuleCounts, Side
from desktop_app.domain.rule_effects import Overlap
from desktop_app.figures.catalogue import MEASURES
from desktop_app.reports.export import Export, Further
from tests.analysis.answers import book, by_reason, rule, scenario, transitions

BASELINE = scenario(rule("low_score", name={"en": "Low score"}))
SCENARIO = scenario(
    rule("low_score", value=640, name={"en": "Low score"}),
    rule("new_line", action={"kind": "refer"}, cause="behaviour", name={"zh": "新户"}),
    rule("idle", enabled=False),
)
_CUBES: dict[Side, Cube] = {
    "baseline": by_reason(
        ("blocked", "low_score", "east", {"users": 10, "accounts": 12, "balance": 30_050}),
        ("unchanged", "", "west", {"users": 90, "accounts": 91, "balance": 100_000}),
    ),
    "scenario": by_reason(
        ("blocked", "low_score", "east", {"users": 15, "accounts": 17, "balance": 40_050}),
        ("referred", "new_line", "west", {"users": 5, "accounts": 5}),
        ("unchanged", "", "west", {"users": 80, "accounts": 81, "balance": 90_000}),
    ),
}

EVALUATION = Evaluation(
    key="k",
    by_reason=_CUBES,
    by_group=_CUBES,
    transitions={
        "baseline": transitions(("unchanged", "blocked", {"users": 5, "accounts": 5, "balance": 10_000})),
        "scenario": transitions(("unchanged", "blocked", {"users": 5, "accounts": 5, "balance": 20_000})),
    },
    rules={
        "baseline": (RuleCounts("low_score", True, 10, 12, 10, 12, 10, 10, 0, 0),),
        "scenario": (
            RuleCounts("low_score", True, 16, 18, 15, 17, 14, 15, 1, 2),
            RuleCounts("new_line", True, 6, 6, 5, 5, 4, 5, 0, 0),
            RuleCounts("idle", True),
        ),
    },
    overlaps={"scenario": Overlap(("low_score", "new_line"), np.array([[16, 3], [3, 6]]), np.array([[18, 4], [4, 6]]))},
    milliseconds=0.3,
)


def _moved(*cells: tuple[str, str, dict[str, int]]) -> Cube:
    movements, outcomes = tuple(Movement), tuple(OUTCOMES)
    made = {name: np.zeros((len(movements), len(outcomes)), dtype=np.int64) for name in MEASURES}
    for movement, outcome, sums in cells:
        for name, value in sums.items():
            made[name][movements.index(movement), outcomes.index(outcome)] = value
    return Cube((Axis("movement", movements), Axis("outcome", outcomes)), made)


_MOVED = {
    side: _moved(("tightened", "unchanged", {"users": 2, "accounts": 3, "balance": 100, "undrawn": undrawn}))
    for side, undrawn in (("baseline", 900), ("scenario", 400))
}
_CELLS = (
    RecordedCell("block", Outcome.BLOCKED, 9, 12_345),
    RecordedCell("none", Outcome.BLOCKED, 1, 100),
    RecordedCell(None, Outcome.UNCHANGED, 90, 0),
)
FURTHER = Further(movements=Movements("k", _MOVED, 1.0), recorded=RecordedCheck("k", _CELLS, 1.0))


def export(**changes: Any) -> Export:
    """The export of the answer above, grouped by region."""
    settings = {"grouping": "region", "version": "0.1.0", "further": FURTHER} | changes
    return Export.of(EVALUATION, BASELINE, SCENARIO, book(), **settings)


def batch(**columns: list[Any]) -> pa.RecordBatch:
    """Two accounts, of which `columns` replace columns."""
    values: dict[str, list[Any]] = {
        "account_id": ["00123", "987654321098765432"],
        "user_id": ["u1", "u2"],
        "action": ["block", "none"],
        "outcome": ["blocked", "unchanged"],
        "reason": ["LOW_SCORE", None],
        "credit_limit": [123_450, 5],
        "balance": [0, 100],
        "new_limit": [123_450, 5],
        "undrawn": [0, 9_000_000_000_000_000],
        "in_default": [False, True],
        "baseline_outcome": ["unchanged", "unchanged"],
    } | columns
    arrays = {name: pa.array(items) for name, items in values.items()}
    for name in ("action", "outcome", "baseline_outcome"):
        arrays[name] = arrays[name].dictionary_encode()
    return pa.RecordBatch.from_pydict(arrays)


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a written file, as any reader of CSV sees them."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, strict=True))
