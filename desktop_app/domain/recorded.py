"""Whether a policy does what the live system did: asked for by itself, and never under stress."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from desktop_app.domain.fingerprints import fingerprint_of, policy_fingerprint
from desktop_app.domain.outcomes import Outcome
from desktop_app.domain.scenario import Scenario, Stress

# What the live system records for each outcome; it knows no watching and no raising.
ACTION_OF: Final[Mapping[Outcome, str]] = {
    Outcome.BLOCKED: "block",
    Outcome.REFERRED: "refer",
    Outcome.REDUCED: "cut",
    Outcome.RAISED: "none",
    Outcome.WATCHED: "none",
    Outcome.UNCHANGED: "none",
}


@dataclass(frozen=True)
class RecordedRequest:
    """The accounts by what the live system did to each and what a policy, that of the baseline as a rule, does.

    Raises TypeError for a stressed scenario: nobody recorded what was done to fields that never were.
    """

    data_hash: str
    as_of: date
    scenario: Scenario

    def __post_init__(self) -> None:
        if self.scenario.stress != Stress():
            raise TypeError("a recorded action under stress")

    @classmethod
    def of(cls, data_hash: str, as_of: date, baseline: Scenario) -> RecordedRequest:
        """The question about a baseline, without its stress."""
        return cls(data_hash, as_of, baseline.model_copy(update={"stress": Stress()}))

    @cached_property
    def key(self) -> str:
        """What the answer depends on: what is assumed of losses is not among it."""
        policy = policy_fingerprint(self.scenario.policy)
        return fingerprint_of("recorded", self.data_hash, self.as_of.isoformat(), policy)


@dataclass(frozen=True)
class RecordedCell:
    """Some accounts: what was recorded of them (None: nothing), and what the policy makes of them.

    Attributes: balance is in minor units; agrees is None where nothing comparable was recorded.
    """

    recorded: str | None
    outcome: Outcome
    accounts: int
    balance: int

    @property
    def agrees(self) -> bool | None:
        """Whether the policy does what was recorded."""
        if self.recorded not in ACTION_OF.values():
            return None
        return ACTION_OF[self.outcome] == self.recorded


@dataclass(frozen=True, eq=False)
class RecordedCheck:
    """The answer to a RecordedRequest: cells that occur, by recorded action and outcome, mismatches among them.

    The mismatch share is the accounts where the policy does otherwise ÷ those whose recorded action is one of none,
    refer, cut and block; domain rules, section 3.
    """

    key: str
    cells: tuple[RecordedCell, ...]
    milliseconds: float

    @property
    def known(self) -> int:
        """Accounts of which it was recorded what was done."""
        return sum(cell.accounts for cell in self.cells if cell.agrees is not None)

    @property
    def mismatches(self) -> int:
        """Accounts to which the policy does otherwise."""
        return sum(cell.accounts for cell in self.cells if cell.agrees is False)

    @property
    def share(self) -> float | None:
        """Mismatches ÷ known; None where nothing is known."""
        return self.mismatches / self.known if self.known else None
