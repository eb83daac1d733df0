"""Stress on the loaded fields of an account, in exact fractions (domain rules, section 4)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tests.reference.conditions import label
from tests.reference.fitting import Curve
from tests.reference.quantities import MILLION, RATIO_CAP, Row, exact, half_away, units

NONE: dict[str, Any] = {"balance_growth": 0, "income_fall": 0, "score_fall": 0, "pd_odds": 1, "lgd_rise": 0}


def stressed_rows(rows: Sequence[Row], stress: dict[str, Any]) -> list[Row]:
    """The rows as rules see them; `unstressed_pd` is kept, since no stress puts an account in default."""
    return [_row(row, {**NONE, **stress}) for row in rows]


def stressed_curve(curve: Curve | None, stress: dict[str, Any]) -> Callable[[Row], int] | None:
    """The curve for the stressed score of a row: its PD in whole ppm, then the odds."""
    return None if curve is None else lambda row: at_odds(curve(row["score"]), odds_of(row, stress))


def odds_of(row: Row, stress: dict[str, Any]) -> Fraction:
    """The overall factor times that of the row's group."""
    overall, groups = exact(stress.get("pd_odds", 1)), stress.get("group_odds")
    return overall * exact(groups["factors"].get(label(row[groups["column"]]), 1)) if groups else overall


def assumed_lgd(lgd: Any, stress: dict[str, Any]) -> Decimal:
    """What stands in for a missing LGD."""
    return min(Decimal(str(lgd)) + Decimal(str(stress.get("lgd_rise", 0))), Decimal(1))


def at_odds(pd: int, odds: Fraction) -> int:
    """m·pd ÷ (1 + (m − 1)·pd)."""
    chance = Fraction(pd, MILLION)
    return half_away(odds * chance / (1 + (odds - 1) * chance) * MILLION)


def _row(row: Row, stress: dict[str, Any]) -> Row:
    growth, fall, odds = exact(stress["balance_growth"]), exact(stress["income_fall"]), odds_of(row, stress)
    moved = {
        "balance": lambda balance: max(balance, min(half_away(balance * (1 + growth)), row["credit_limit"])),
        "income_monthly": lambda income: half_away(income * (1 - fall)),
        "dti": lambda dti: min(half_away(dti / (1 - fall)), RATIO_CAP),
        "score": lambda score: score - Decimal(str(stress["score_fall"])),
        "pd": lambda pd: at_odds(pd, odds),
        "lgd": lambda lgd: min(lgd + units(stress["lgd_rise"], MILLION), MILLION),
    }
    changed = {name: move(row[name]) for name, move in moved.items() if row.get(name) is not None}
    return {**row, **changed, "unstressed_pd": row.get("pd")}
