"""Which accounts perform, and at which date it is known what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tests.reference.quantities import MILLION, Row


def evidence_date(rows: Sequence[Row]) -> date | None:
    """The latest snapshot where the outcome of at least 90 % of the performing accounts is known."""
    for day in sorted({row["snapshot_date"] for row in rows}, reverse=True):
        performing = [row for row in rows if row["snapshot_date"] == day and not in_default(row)]
        known = [row for row in performing if row.get("default_12m") is not None]
        if known and 10 * len(known) >= 9 * len(performing):
            return day
    return None


def in_default(row: Row) -> bool:
    """More than 90 days past due, or a loaded PD of 1, before any stress."""
    return (row.get("days_past_due") or 0) > 90 or row.get("unstressed_pd", row.get("pd")) == MILLION
