"""Looking through the accounts of a book: which ones in which order, and a page of them with what policies do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from desktop_app.domain.filters import EVERYTHING, Filter
from desktop_app.domain.fingerprints import fingerprint_of, sums_fingerprint
from desktop_app.domain.outcomes import Outcome
from desktop_app.domain.scenario import Scenario

# What policies add to an account's own columns; no column of a book begins so.
OUTCOME, REASON, NEW_LIMIT, UNDRAWN = "~outcome", "~reason", "~new_limit", "~undrawn"
BASELINE_OUTCOME, BASELINE_REASON = "~baseline_outcome", "~baseline_reason"
DECIDED: tuple[str, ...] = (OUTCOME, REASON, NEW_LIMIT, UNDRAWN, BASELINE_OUTCOME, BASELINE_REASON)

# 32 bits wide wherever they suffice.
Rows: TypeAlias = NDArray[np.integer[Any]]
# In the analyst's unit; a reason is a rule's id; None where there is none.
Shown: TypeAlias = Decimal | bool | str | date | Outcome | None


@dataclass(frozen=True)
class Order:
    """Accounts by one column, those without a value last; equal ones as they stand in the book."""

    column: str
    descending: bool = False


@dataclass(frozen=True)
class Question:
    """What both requests carry: the book at its date, and the two policies with what is supposed."""

    data_hash: str
    as_of: date
    baseline: Scenario
    scenario: Scenario

    @cached_property
    def policies_key(self) -> str:
        """What the accounts' outcomes depend on."""
        effects = (sums_fingerprint(self.baseline), sums_fingerprint(self.scenario))
        return fingerprint_of(self.data_hash, self.as_of.isoformat(), *effects)

    @cached_property
    def book_key(self) -> str:
        """What the accounts' own columns depend on: a stress moves them, a policy does not."""
        return fingerprint_of(self.data_hash, self.as_of.isoformat(), self.scenario.stress.model_dump_json())


@dataclass(frozen=True)
class ListingRequest:
    """Which accounts, in which order (None: as they stand in the book)."""

    about: Question
    chosen: Filter = EVERYTHING
    order: Order | None = None

    @cached_property
    def key(self) -> str:
        """What the listing depends on: the policies only where they are filtered or ordered by."""
        decided = self.chosen.reads_policies or (self.order is not None and self.order.column in DECIDED)
        about = self.about.policies_key if decided else self.about.book_key
        return fingerprint_of("listing", about, self.chosen.key, repr(self.order))


@dataclass(frozen=True, eq=False)
class Listing:
    """The answer: the row of each account in the prepared table; rows is None where they stand one after the other.

    Attributes: total is how many accounts there are; first is the row of the first where rows is None.
    """

    key: str
    total: int
    rows: Rows | None = None
    first: int = 0

    def span(self, start: int, stop: int) -> list[int]:
        """The rows of the accounts from place `start` to below `stop`."""
        stop = min(stop, self.total)
        if self.rows is None:
            return list(range(self.first + start, self.first + max(stop, start)))
        found: list[int] = self.rows[start:stop].tolist()
        return found


@dataclass(frozen=True)
class PageRequest:
    """Some rows, with some columns of the book or of DECIDED."""

    about: Question
    rows: tuple[int, ...]
    columns: tuple[str, ...]


@dataclass(frozen=True)
class AccountRow:
    """One account: its row, its id as the book has it, its user's, and a value for each column asked for."""

    row: int
    account: str
    user: str
    values: tuple[Shown, ...]
