"""A loaded portfolio as every layer but the engine sees it: its columns and dates, no rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from desktop_app.domain.columns import ColumnType
from desktop_app.domain.policy import Wording

# Whole numbers with at most this many values are codes as often as quantities: they may group accounts.
MAX_CODES = 50

Bound: TypeAlias = Decimal | date | None


@dataclass(frozen=True)
class Column:
    """One column of a book.

    Attributes: minimum and maximum are the range found, in the analyst's unit (None for an empty column and for
    text); missing is how many rows have NULL; domain holds the categories, in byte order, where there are at most
    1,000; steps is the smallest distance between values in the analyst's unit where it is known; assumed and note
    tell the analyst what a mapping made up.
    """

    name: str
    type: ColumnType
    minimum: Bound = None
    maximum: Bound = None
    missing: int = 0
    distinct: int | None = None
    domain: tuple[str, ...] = ()
    derived: bool = False
    assumed: bool = False
    note: Wording = field(default_factory=Wording)

    @property
    def is_grouping(self) -> bool:
        """Whether accounts can be grouped by it."""
        if self.type is ColumnType.INTEGER:
            return self.distinct is not None and self.distinct <= MAX_CODES
        return self.type is ColumnType.BOOLEAN or (self.type is ColumnType.CATEGORY and bool(self.domain))


@dataclass(frozen=True)
class OutcomeDefinition:
    """What `default_12m` means in this book.

    Attributes: months is the length of the outcome window; days_past_due is how late a payment must be to count,
    None where the definition is not about days.
    """

    definition: Wording
    months: int
    days_past_due: int | None = None

    @property
    def is_standard(self) -> bool:
        """Whether it is 90 or more days past due within twelve months: only then may a PD be fitted to it."""
        return self.months == 12 and self.days_past_due is not None and self.days_past_due >= 90


@dataclass(frozen=True)
class PdCurve:
    """How a missing PD is read from the score: PD = 1 / (1 + e^−(intercept + slope × score)).

    Attributes: fitted says that the curve was fitted to this book's outcomes, else it is the stated curve for
    350–950 scores; accounts, bads and treated count what it was fitted to (treated: with a recorded action).
    """

    intercept: float
    slope: float
    fitted: bool
    accounts: int = 0
    bads: int = 0
    treated: int = 0


@dataclass(frozen=True)
class Snapshot:
    """One date of the book with its number of accounts and users."""

    day: date
    accounts: int
    users: int


@dataclass(frozen=True)
class Book:
    """What is known about a portfolio, for one as-of date.

    Attributes: source is the file's name without its folder; as_of is one of the snapshots' dates, or the date a
    mapping gave a book without dates (as_of_note then says so); data_hash identifies content and mapping; evidence
    is the latest snapshot whose outcomes are known, None where there is none; pd_curve fills a missing PD, None
    where nothing does.
    """

    name: str
    source: str
    columns: tuple[Column, ...]
    snapshots: tuple[Snapshot, ...]
    as_of: date
    currency: str
    data_hash: str
    as_of_note: Wording = field(default_factory=Wording)
    outcome: OutcomeDefinition | None = None
    evidence: date | None = None
    pd_curve: PdCurve | None = None

    @property
    def names(self) -> frozenset[str]:
        """The names of all columns."""
        return frozenset(column.name for column in self.columns)

    @property
    def accounts(self) -> int:
        """Accounts at the as-of date."""
        return self._current.accounts

    @property
    def users(self) -> int:
        """Users at the as-of date."""
        return self._current.users

    @property
    def _current(self) -> Snapshot:
        return next(snapshot for snapshot in self.snapshots if snapshot.day == self.as_of)

    def column(self, name: str) -> Column:
        """The column of that name; KeyError where the book has none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    def groupings(self) -> tuple[Column, ...]:
        """The columns that accounts can be grouped by: categories, booleans, and codes of few values."""
        return tuple(column for column in self.columns if column.is_grouping)
