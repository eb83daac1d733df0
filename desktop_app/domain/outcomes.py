"""The six outcomes of an account under a policy, most severe first."""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """What a policy does to an account or a user; exactly one applies (domain rules, section 3)."""

    BLOCKED = "blocked"
    REFERRED = "referred"
    REDUCED = "reduced"
    RAISED = "raised"
    WATCHED = "watched"
    UNCHANGED = "unchanged"


# The order in which the first that applies decides an account.
OUTCOMES: tuple[Outcome, ...] = tuple(Outcome)

# A user takes the most severe among their accounts; here "watched" comes before "raised".
USER_SEVERITY: tuple[Outcome, ...] = (
    Outcome.BLOCKED,
    Outcome.REFERRED,
    Outcome.REDUCED,
    Outcome.WATCHED,
    Outcome.RAISED,
    Outcome.UNCHANGED,
)

RESTRICTED: frozenset[Outcome] = frozenset({Outcome.BLOCKED, Outcome.REFERRED, Outcome.REDUCED})
AFFECTED: frozenset[Outcome] = frozenset(OUTCOMES) - {Outcome.UNCHANGED}
