"""Who may draw less and who more under another policy: asked for by itself, since it looks at both policies at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from desktop_app.domain.cubes import Cube
from desktop_app.domain.filters import EVERYTHING, Filter
from desktop_app.domain.fingerprints import fingerprint_of, sums_fingerprint
from desktop_app.domain.scenario import Scenario
from desktop_app.domain.sides import Side


class Movement(StrEnum):
    """What the scenario does to what may be drawn, against the baseline (domain rules, section 3).

    By the sign of the difference of what is undrawn; whoever either policy refers stands apart, since a review decides.
    """

    TIGHTENED = "tightened"
    LOOSENED = "loosened"
    SAME = "same"
    REFERRED = "referred"


@dataclass(frozen=True)
class MovementsRequest:
    """Every measure by movement, under both policies."""

    data_hash: str
    as_of: date
    baseline: Scenario
    scenario: Scenario
    chosen: Filter = EVERYTHING

    @cached_property
    def key(self) -> str:
        """What the answer depends on."""
        effects = (sums_fingerprint(self.baseline), sums_fingerprint(self.scenario))
        return fingerprint_of("movements", self.data_hash, self.as_of.isoformat(), *effects, self.chosen.key)


@dataclass(frozen=True, eq=False)
class Movements:
    """The answer to a MovementsRequest.

    Attributes: cubes has, per side, a cube on movement × outcome with every measure of the as-of date under that side's
    policy; a user moves by the sum over the user's accounts. milliseconds is how long it took.
    """

    key: str
    cubes: Mapping[Side, Cube]
    milliseconds: float
