"""Small random books whose values stand on, just below and just above the thresholds of random policies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from tests.reference.choices import Chooser, Drawn, Seeded, happens
from tests.reference.quantities import Row

AS_OF = date(2026, 6, 30)
EARLIER = date(2025, 6, 30)

# Orders differ between code points, UTF-16 units and folded case.
_STEMS = ("a", "A", "b", "Z", "é", "É", "张", "０", "\ufffd", "𝔸", "00", "ß", "a b", "'", "%")

TYPES: dict[str, str] = {
    "account_id": "text",
    "user_id": "text",
    "snapshot_date": "date",
    "credit_limit": "money",
    "balance": "money",
    "score": "number",
    "pd": "rate",
    "lgd": "rate",
    "apr": "rate",
    "days_past_due": "integer",
    "months_on_book": "integer",
    "income_monthly": "money",
    "debt_service_monthly": "money",
    "dti": "ratio",
    "applications_7d": "integer",
    "kyc_complete": "boolean",
    "segment": "category",
    "region": "category",
    "customer_type": "category",
    "default_12m": "boolean",
    "recorded_action": "category",
    "opened_on": "date",
    "branch code": "text",
    "tier": "category",
    "internal_rating": "number",
}
ALWAYS = ("account_id", "user_id", "snapshot_date", "credit_limit", "balance")

# Stored units; some products of PD, LGD and amount end in exactly a half. Policies take their thresholds from here
# too, so ties and boundaries are common.
POOLS: dict[str, tuple[Any, ...]] = {
    "credit_limit": (1_000_000, 0, 1, 49_999, 50_000, 50_001, 99_999, 100_000, 123_456, 5_000_000, 20_000_000, 10**11),
    "balance": (0, 1, 49_999, 50_000, 50_001, 100_000, 123_456, 999_999, 1_000_000, 1_000_001, 5_000_000, 10**9),
    "score": tuple(map(Decimal, ("600", "599.999999", "600.000001", "350", "950", "640", "580", "700.5", "650"))),
    "pd": (20_000, 0, 1, 49_999, 50_000, 50_001, 333_333, 999_999, 1_000_000),
    "lgd": (650_000, 0, 1, 1_000, 123_500, 450_000, 999_999, 1_000_000),
    "apr": (240_000, 0, 1, 146_000, 239_999, 240_001, 1_000_000),
    "days_past_due": (0, 1, 30, 31, 90, 91, 360),
    "months_on_book": (12, 0, 6, 11, 13),
    "income_monthly": (650_000, 0, 1, 333_333, 333_334, 1_000_000),
    "debt_service_monthly": (100_000, 0, 1, 333_333, 650_000, 9_999_999),
    "dti": (5_500, 0, 1, 5_499, 5_501, 10_000, 100_000),
    "applications_7d": (0, 1, 2, 3, 5),
    "kyc_complete": (True, False),
    "segment": ("prime", "thin_file", "new_to_credit", "Prime", ""),
    "region": ("north", "south", "北京", "North"),
    "customer_type": ("consumer", "business_owner"),
    "default_12m": (False, False, True),
    "recorded_action": ("none", "refer", "cut", "block"),
    "opened_on": (date(2024, 2, 29), date(2023, 12, 31), date(2024, 3, 1), date(1970, 1, 1)),
    "branch code": ("001", "1", "01", "é", "e\u0301", "NULL", "a'b"),
    "tier": ("gold", "silver", "Gold", "gold "),
    "internal_rating": tuple(map(Decimal, ("0", "-1.5", "0.000001", "-0.000001", "12.345678", "999999"))),
    "utilisation": (5_000, 0, 1, 4_999, 5_001, 9_999, 10_000, 10_001, 100_000),
    "user_limit": (1_000_000, 0, 100_000, 2_000_000, 2_000_001, 3_000_000),
    "user_balance": (0, 100_000, 1_000_000, 1_000_001, 1_100_000),
}


@dataclass(frozen=True)
class SmallBook:
    """A book in stored units.

    Attributes: columns maps names to types, in file order; rows are all snapshots' rows, in file order.
    """

    columns: dict[str, str]
    rows: tuple[Row, ...]

    def at(self, day: date) -> list[Row]:
        """The rows of one snapshot, in file order."""
        return [row for row in self.rows if row["snapshot_date"] == day]


@dataclass(frozen=True)
class _Columns:
    """What the rows of one book are drawn from; gaps are percentages of missing values."""

    names: Sequence[str]
    gaps: dict[str, int]
    pools: dict[str, tuple[Any, ...]]


def random_book(chooser: Chooser, most_rows: int) -> SmallBook:
    """A book of at most `most_rows` accounts at AS_OF, sometimes with an earlier snapshot mixed in."""
    names = [name for name in TYPES if name in ALWAYS or not happens(chooser, 25)]
    # One score out of range, and no PD is read from the scores of the whole book.
    pools = {**POOLS, "score": (*POOLS["score"], Decimal(951))} if happens(chooser, 25) else POOLS
    gaps = {name: chooser.pick((5, 0, 30, 100)) for name in names}
    # In most books it is known what became of the accounts.
    gaps["default_12m"] = chooser.pick((0, 5, 0, 100))
    users = chooser.pick((1, 3, 2, 40))
    columns = _Columns(names, gaps, pools)
    rows: list[Row] = []
    for number in range(chooser.whole(0, most_rows)):
        key = f"{chooser.pick(_STEMS)}{number if happens(chooser, 90) else -number}"
        rows.append(_row(chooser, columns, key, chooser.whole(0, max(1, most_rows // users))))
    if happens(chooser, 30):
        rows = _with_earlier(chooser, columns, rows)
    return SmallBook({name: TYPES[name] for name in names}, tuple(rows))


def _with_earlier(chooser: Chooser, columns: _Columns, rows: list[Row]) -> list[Row]:
    # The same accounts and users a year before: none of it may reach a figure of the as-of date.
    # As in life, it is known what became of those, and not yet of these.
    early = "default_12m" in columns.names and happens(chooser, 50)
    mixed: list[Row] = []
    for row in rows:
        if happens(chooser, 60):
            old = _row(chooser, columns, row["account_id"], 0)
            mixed.append({**old, "user_id": row["user_id"], "snapshot_date": EARLIER})
        mixed.append({**row, "default_12m": None} if early else row)
    return mixed


def _row(chooser: Chooser, columns: _Columns, key: str, user: int) -> Row:
    row: Row = {"account_id": key, "user_id": f"{_STEMS[user % len(_STEMS)]}{user}", "snapshot_date": AS_OF}
    for name in columns.names:
        if name not in row:
            missing = name not in ALWAYS and happens(chooser, columns.gaps[name])
            row[name] = None if missing else chooser.pick(columns.pools[name])
    return row


def books(most_rows: int = 30) -> st.SearchStrategy[SmallBook]:
    """Books that shrink, of at most `most_rows` rows; keep it small, for every value is a choice."""
    return st.composite(lambda draw: random_book(Drawn(draw), most_rows))()


def seeded_book(seed: int, most_rows: int = 300) -> SmallBook:
    """The book of a seed."""
    return random_book(Seeded(seed), most_rows)
