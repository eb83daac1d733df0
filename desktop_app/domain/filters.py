"""Filters: which accounts and users are looked at, as a list of parts that must all hold.

A measure of accounts takes the accounts for which the filter holds, under their own outcome, reason and fields; a
measure of users takes the users for whom it holds, under the user's outcome and reason and the fields of the first
account. So what a filter leaves is exactly what the bar, bin, group or cell it was taken from shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from desktop_app.domain.fingerprints import fingerprint_of
from desktop_app.domain.outcomes import Outcome
from desktop_app.domain.sides import Side


@dataclass(frozen=True)
class InRange:
    """A number from `low` to below `high`, in the field's unit; None for no bound. A missing value is in no range."""

    field: str
    low: Decimal | None
    high: Decimal | None


@dataclass(frozen=True)
class IsMissing:
    """The field has no value."""

    field: str


@dataclass(frozen=True)
class InGroup:
    """One of the groups of a column; None is the group of missing values."""

    column: str
    labels: tuple[str | None, ...]


@dataclass(frozen=True)
class HasOutcome:
    """One of the outcomes, under one side's policy."""

    side: Side
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True)
class HasReason:
    """One of the rules gives the reason, under one side's policy; a rule that the policy lacks gives none."""

    side: Side
    rules: tuple[str, ...]


@dataclass(frozen=True)
class HasId:
    """The id of the account or of its user begins with `text`, or is just that where `whole`.

    Attributes: mask is the project's key where `text` is of the codes that stand for ids.
    """

    text: str
    whole: bool = False
    mask: bytes | None = None


FilterPart: TypeAlias = InRange | IsMissing | InGroup | HasOutcome | HasReason | HasId


def subject_of(part: FilterPart) -> tuple[str, str]:
    """What a part is about: a second part about one subject takes the first one's place."""
    match part:
        case InRange(field=name) | IsMissing(field=name) | InGroup(column=name):
            return "column", name
        case HasOutcome(side=side):
            return "outcome", side
        case HasReason(side=side):
            return "reason", side
        case HasId():
            return "id", ""


@dataclass(frozen=True)
class Filter:
    """Parts that must all hold; with none of them everything is looked at."""

    parts: tuple[FilterPart, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.parts)

    def __iter__(self) -> Iterator[FilterPart]:
        return iter(self.parts)

    @property
    def key(self) -> str:
        """The same for filters that hold for the same accounts under the same policies."""
        return fingerprint_of(*sorted(map(repr, self.parts))) if self.parts else ""

    @property
    def reads_policies(self) -> bool:
        """Whether what it holds for depends on a policy."""
        return any(isinstance(part, HasOutcome | HasReason) for part in self.parts)

    def also(self, *parts: FilterPart) -> Filter:
        """This filter with other parts in the place of those about the same subjects."""
        new = {subject_of(part) for part in parts}
        return Filter((*(part for part in self.parts if subject_of(part) not in new), *parts))

    def without(self, part: FilterPart) -> Filter:
        """This filter less one part."""
        return Filter(tuple(one for one in self.parts if one != part))


EVERYTHING = Filter()
