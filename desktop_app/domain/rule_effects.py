"""What each rule adds to its policy: asked for by itself, since it takes a scan a rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from desktop_app.domain.cubes import Cube, Sums
from desktop_app.domain.fingerprints import fingerprint_of, sums_fingerprint
from desktop_app.domain.scenario import Scenario
from desktop_app.domain.sides import Side


@dataclass(frozen=True)
class RuleEffectsRequest:
    """For each rule of a scenario's policy: the accounts that it hits, under the policy and without the rule."""

    data_hash: str
    as_of: date
    scenario: Scenario

    @cached_property
    def key(self) -> str:
        """What the answer depends on."""
        return fingerprint_of("rule effects", self.data_hash, self.as_of.isoformat(), sums_fingerprint(self.scenario))


@dataclass(frozen=True, eq=False)
class RuleEffects:
    """The answer to a RuleEffectsRequest.

    Attributes: hits has, for the policy ("scenario") and for the policy without the rule ("baseline"), a cube on
    rule × outcome with every measure of an account, summed over the accounts that the rule hits; rules are those
    that are switched on and can be evaluated. milliseconds is how long it took.
    """

    key: str
    hits: Mapping[Side, Cube]
    milliseconds: float


@dataclass(frozen=True, eq=False)
class Overlap:
    """How many each pair of rules both hit.

    Attributes: users and accounts are square and symmetric, one row and column a rule; on the diagonal is any-hit.
    Both rules hit a user where each fires on any of the user's accounts.
    """

    rules: tuple[str, ...]
    users: Sums
    accounts: Sums
