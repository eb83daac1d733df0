"""What would have to be different for an account to be decided less severely: for the analyst, never for the user."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from desktop_app.domain.conditions import Operator
from desktop_app.domain.outcomes import Outcome
from desktop_app.domain.policy import Rule

# As the analyst writes it; None where it is missing.
Seen: TypeAlias = Decimal | bool | str | date | None


@dataclass(frozen=True)
class Change:
    """One field of the account that would have to hold something else.

    Attributes: seen is what it holds now and `to` the nearest value that would do; what would do is said by an
    operator and its value ("at least 620"), by its opposite where `negated` ("other than A, B"; "not missing").
    """

    field: str
    seen: Seen
    to: Seen
    operator: Operator
    value: Seen | tuple[Seen, ...] = None
    negated: bool = False


@dataclass(frozen=True)
class Lift:
    """A smallest set of changes, and the outcome that the account then has."""

    changes: tuple[Change, ...]
    outcome: Outcome


@dataclass(frozen=True)
class RuleDistance:
    """A rule that restricts the account, and sets of changes after each of which it would not, the nearest first.

    There is none where no few changes do.
    """

    rule: Rule
    ways: tuple[tuple[Change, ...], ...]


@dataclass(frozen=True)
class Ageing:
    """In how many months the account is restricted no longer if nothing else changes, and its outcome then."""

    months: int
    outcome: Outcome


@dataclass(frozen=True)
class Nearest:
    """What is nearest to one restricted account.

    Attributes: distances are of the rules that restrict it, in policy order; lift is the smallest set of changes
    after which its outcome is less severe, and free the smallest after which it is restricted no longer, None where
    lift does that already; each is None where no few changes do.
    """

    distances: tuple[RuleDistance, ...] = ()
    lift: Lift | None = None
    free: Lift | None = None
    ageing: Ageing | None = None
