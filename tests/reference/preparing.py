"""The rows of one snapshot with their derived columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tests.reference.quantities import RATIO_CAP, Row, ratio


def prepared_types(columns: dict[str, str]) -> dict[str, str]:
    """Every column that a rule may read, with its type."""
    derived = {"utilisation": "ratio", "user_limit": "money", "user_balance": "money"}
    if "dti" in columns or {"income_monthly", "debt_service_monthly"} <= columns.keys():
        derived["dti"] = "ratio"
    return {**columns, **derived}


def prepared_rows(rows: Sequence[Row], columns: dict[str, str]) -> list[Row]:
    """The rows, in their order, with utilisation, dti, user_limit and user_balance."""
    limits: Counter[str] = Counter()
    balances: Counter[str] = Counter()
    for row in rows:
        limits[row["user_id"]] += row["credit_limit"]
        balances[row["user_id"]] += row["balance"]
    return [
        {
            **row,
            "utilisation": ratio(row["balance"], row["credit_limit"]),
            "dti": _dti(row, columns),
            "user_limit": limits[row["user_id"]],
            "user_balance": balances[row["user_id"]],
        }
        for row in rows
    ]


def _dti(row: Row, columns: dict[str, str]) -> int | None:
    if "dti" not in columns:
        return ratio(row.get("debt_service_monthly"), row.get("income_monthly"))
    return None if row["dti"] is None else min(row["dti"], RATIO_CAP)
