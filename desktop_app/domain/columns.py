"""The columns of a portfolio: names, types, units and valid ranges (domain rules, section 2)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ColumnType(StrEnum):
    """How a column's values are kept, and in which unit.

    MONEY: integer minor units, 1/100 of the currency unit. RATE: integer parts per million. RATIO: integer
    ten-thousandths. NUMBER: DECIMAL(18,6). INTEGER: whole numbers. The rest are as named.
    """

    TEXT = "text"
    DATE = "date"
    MONEY = "money"
    RATE = "rate"
    RATIO = "ratio"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    CATEGORY = "category"


# Stored units in one unit as the analyst writes it: a threshold of 1.5 on a MONEY column is 150.
UNITS_PER_ONE: dict[ColumnType, int] = {
    ColumnType.MONEY: 100,
    ColumnType.RATE: 1_000_000,
    ColumnType.RATIO: 10_000,
    ColumnType.INTEGER: 1,
    ColumnType.NUMBER: 1_000_000,
}

NUMERIC: frozenset[ColumnType] = frozenset(UNITS_PER_ONE)


@dataclass(frozen=True)
class StandardColumn:
    """A column that Greyline knows by name.

    Attributes: minimum and maximum bound the valid range in the analyst's units (None: no bound);
    derived columns are computed and cannot be mapped unless `loadable`.
    """

    name: str
    type: ColumnType
    minimum: int | None = None
    maximum: int | None = None
    required: bool = False
    derived: bool = False
    loadable: bool = True


_T = ColumnType

STANDARD_COLUMNS: tuple[StandardColumn, ...] = (
    StandardColumn("account_id", _T.TEXT, required=True),
    StandardColumn("user_id", _T.TEXT),
    StandardColumn("snapshot_date", _T.DATE),
    StandardColumn("credit_limit", _T.MONEY, 0, required=True),
    StandardColumn("balance", _T.MONEY, 0, required=True),
    StandardColumn("score", _T.NUMBER),
    StandardColumn("pd", _T.RATE, 0, 1),
    StandardColumn("lgd", _T.RATE, 0, 1),
    StandardColumn("apr", _T.RATE, 0, 1),
    StandardColumn("days_past_due", _T.INTEGER, 0),
    StandardColumn("delinquencies_12m", _T.INTEGER, 0),
    StandardColumn("months_since_delinquency", _T.INTEGER, 0),
    StandardColumn("months_on_book", _T.INTEGER, 0),
    StandardColumn("income_monthly", _T.MONEY, 0),
    StandardColumn("debt_service_monthly", _T.MONEY, 0),
    StandardColumn("dti", _T.RATIO, 0, derived=True),
    StandardColumn("applications_7d", _T.INTEGER, 0),
    StandardColumn("devices_7d", _T.INTEGER, 0),
    StandardColumn("inquiries_3m", _T.INTEGER, 0),
    StandardColumn("kyc_complete", _T.BOOLEAN),
    StandardColumn("identity_match", _T.BOOLEAN),
    StandardColumn("segment", _T.CATEGORY),
    StandardColumn("product", _T.CATEGORY),
    StandardColumn("industry", _T.CATEGORY),
    StandardColumn("region", _T.CATEGORY),
    StandardColumn("channel", _T.CATEGORY),
    StandardColumn("customer_type", _T.CATEGORY),
    StandardColumn("age_band", _T.CATEGORY),
    StandardColumn("default_12m", _T.BOOLEAN),
    StandardColumn("recorded_action", _T.CATEGORY),
    StandardColumn("utilisation", _T.RATIO, 0, derived=True, loadable=False),
    StandardColumn("user_limit", _T.MONEY, 0, derived=True, loadable=False),
    StandardColumn("user_balance", _T.MONEY, 0, derived=True, loadable=False),
)

STANDARD: dict[str, StandardColumn] = {column.name: column for column in STANDARD_COLUMNS}
REQUIRED: tuple[str, ...] = tuple(column.name for column in STANDARD_COLUMNS if column.required)

# They are the future, and the answer: no condition may read them.
FORBIDDEN_IN_CONDITIONS: frozenset[str] = frozenset({"default_12m", "recorded_action"})

# Ratios are capped here, in the analyst's unit.
RATIO_CAP = 10

# Days past due above which an account is in default.
DEFAULT_DAYS_PAST_DUE = 90
