"""Small answers for tests: cubes from a few cells, a book and two scenarios around them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from desktop_app.domain.book import Book, Column, Snapshot
from desktop_app.domain.columns import ColumnType
from desktop_app.domain.cubes import Axis, Cube
from desktop_app.domain.outcomes import OUTCOMES
from desktop_app.domain.policy import Policy
from desktop_app.domain.requests import Evaluation
from desktop_app.domain.scenario import Scenario
from desktop_app.figures.catalogue import MEASURES

DAY = date(2026, 6, 30)
REASONS = ("low_score", "new_line", "")
GROUPS = ("east", "west", None)

Cell = tuple[str, str, str | None, dict[str, int]]


def _filled(axes: tuple[Axis, ...], cells: Iterable[tuple[tuple[str | None, ...], dict[str, int]]]) -> Cube:
    shape = tuple(len(axis.labels) for axis in axes)
    sums = {measure: np.zeros(shape, dtype=np.int64) for measure in MEASURES}
    for labels, measures in cells:
        place = tuple(axis.position(label) for axis, label in zip(axes, labels, strict=True))
        for measure, value in measures.items():
            sums[measure][place] += value
    return Cube(axes, sums)


def by_reason(*cells: Cell) -> Cube:
    """A cube from (outcome, reason, group, measures)."""
    # Least severe first, so that a reader who trusts places instead of labels is found out.
    outcomes = tuple(outcome.value for outcome in reversed(OUTCOMES))
    axes = (Axis("outcome", outcomes), Axis("reason", REASONS), Axis("group", GROUPS))
    return _filled(axes, (((outcome, reason, group), sums) for outcome, reason, group, sums in cells))


def transitions(*cells: tuple[str, str, dict[str, int]]) -> Cube:
    """A cube from (baseline outcome, scenario outcome, measures)."""
    outcomes = tuple(outcome.value for outcome in reversed(OUTCOMES))
    axes = (Axis("baseline_outcome", outcomes), Axis("outcome", outcomes))
    return _filled(axes, (((before, after), sums) for before, after, sums in cells))


def evaluation(
    scenario: Cube, baseline: Cube | None = None, moves: Cube | None = None, moves_baseline: Cube | None = None
) -> Evaluation:
    """An answer; the baseline is as the scenario where it is not given."""
    empty = transitions()
    return Evaluation(
        key="k",
        by_reason={"baseline": baseline or scenario, "scenario": scenario},
        by_group={"baseline": baseline or scenario, "scenario": scenario},
        transitions={"baseline": moves_baseline or moves or empty, "scenario": moves or empty},
        rules={"baseline": (), "scenario": ()},
        milliseconds=0.1,
    )


def rule(id_: str, field: str = "score", value: object = 600, action: object = None, **more: Any) -> dict[str, Any]:
    """A rule that blocks below a threshold."""
    condition = {"field": field, "operator": "<", "value": value} | more.pop("condition", {})
    reason = {"code": id_.upper(), "cause": more.pop("cause", "credit_standing")}
    return {"id": id_, "reason": reason, "condition": condition, "action": action or {"kind": "block"}, **more}


def scenario(*rules: dict[str, Any], **more: Any) -> Scenario:
    """A scenario of those rules, `low_score` where none is given."""
    policy = Policy.model_validate({"id": "p", "rules": list(rules or (rule("low_score"),))})
    return Scenario(id="s", policy=policy, **more)


def book(*columns: Column) -> Book:
    """A book with score, PD and LGD loaded, of which `columns` replace those of their names."""
    usual = (
        Column("account_id", ColumnType.TEXT),
        Column("user_id", ColumnType.TEXT),
        Column("snapshot_date", ColumnType.DATE),
        Column("credit_limit", ColumnType.MONEY, Decimal(500), Decimal(200_000)),
        Column("balance", ColumnType.MONEY, Decimal(0), Decimal(180_000)),
        Column("score", ColumnType.NUMBER, Decimal(350), Decimal(950), distinct=500),
        Column("pd", ColumnType.RATE, Decimal("0.001"), Decimal("0.9")),
        Column("lgd", ColumnType.RATE, Decimal("0.3"), Decimal("0.9")),
        Column("region", ColumnType.CATEGORY, domain=("east", "west")),
    )
    merged = {column.name: column for column in (*usual, *columns)}
    return Book("Book", "book.csv", tuple(merged.values()), (Snapshot(DAY, 100, 90),), DAY, "CNY", "d" * 64)
