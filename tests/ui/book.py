"""A small seeded book with two policies, so that a window has something to show."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd

from desktop_app.domain.actions import Block, Cut, PercentOfLimit, Refer
from desktop_app.domain.conditions import ByGroup, Comparison, Operator
from desktop_app.domain.mapping import Mapping
from desktop_app.domain.policy import Cause, Policy, Reason, Rule, Wording
from desktop_app.domain.scenario import Scenario
from desktop_app.workspace.desk import BASELINE, Desk

ROWS = 3_000


def write_book(folder: Path) -> Path:
    """The book as CSV; the same on every machine."""
    draw = np.random.default_rng(20260131)
    limit = draw.integers(1, 200, ROWS) * 500
    frame = pd.DataFrame(
        {
            "account_id": [f"{number:06d}" for number in range(ROWS)],
            "credit_limit": limit,
            "balance": (limit * draw.random(ROWS)).astype(int),
            "score": np.where(draw.random(ROWS) < 0.02, -1, draw.normal(655, 55, ROWS).clip(350, 950).round()),
            "pd": draw.uniform(0.001, 0.2, ROWS).round(4),
            "days_past_due": np.where(draw.random(ROWS) < 0.1, draw.integers(1, 120, ROWS), 0),
            "segment": draw.choice(["mass", "new_to_credit", "premium"], ROWS),
        }
    )
    path = folder / "book.csv"
    frame.assign(score=frame["score"].where(frame["score"] > 0)).to_csv(path, index=False)
    return path


def mapping() -> Mapping:
    """The book's mapping."""
    names = ("account_id", "credit_limit", "balance", "score", "pd", "days_past_due", "segment")
    columns = {name: {"value": name} for name in names}
    return Mapping.model_validate({"currency": "CNY", "columns": columns, "as_of": {"date": "2026-01-31"}})


def rule(name: str, comparison: Comparison, action: Block | Refer | Cut, cause: Cause = Cause.CREDIT_STANDING) -> Rule:
    """A rule with one comparison; its id is its English name too."""
    words = Wording(en=name, zh=f"规则 {name}")
    return Rule(id=name, name=words, reason=Reason(code=name, cause=cause), condition=comparison, action=action)


def policy(score: int, dpd: int) -> Policy:
    """Four rules; the last needs a column that the book lacks."""
    by = ByGroup(column="segment", values={"new_to_credit": score + 40})
    at_least = Operator.AT_LEAST
    return Policy(
        id=f"policy-{score}",
        rules=(
            rule("low-score", Comparison(field="score", operator=Operator.LESS, value=score, by=by), Block()),
            rule("late", Comparison(field="days_past_due", operator=at_least, value=dpd), Refer()),
            rule(
                "drawn",
                Comparison(field="utilisation", operator=at_least, value=Decimal("0.9")),
                Cut(target=PercentOfLimit(percent=80)),
            ),
            rule("many", Comparison(field="applications_7d", operator=at_least, value=5), Block(), Cause.BEHAVIOUR),
        ),
    )


def desk() -> Desk:
    """The baseline, and a scenario that blocks more."""
    baseline = Scenario(id=BASELINE, name=Wording(en="Baseline", zh="基准"), policy=policy(560, 60))
    first = Scenario(id="scenario-1", name=Wording(en="Scenario 1", zh="情景 1"), policy=policy(600, 30))
    return Desk(baseline, (first,), first.id)
