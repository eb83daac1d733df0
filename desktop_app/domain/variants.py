"""Variants of a policy that one scan answers ahead: rules switched, moved by one place, acting in another way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from desktop_app.domain.cubes import Cube, Sums
from desktop_app.domain.fingerprints import fingerprint_of, sums_fingerprint
from desktop_app.domain.indexing import Bins
from desktop_app.domain.policy import Policy
from desktop_app.domain.scenario import Scenario


@dataclass(frozen=True)
class VariantsRequest:
    """The sums of a scenario under some other policies.

    Attributes: field and bins are those of the histogram on the screen, None without one.
    """

    data_hash: str
    as_of: date
    scenario: Scenario
    policies: tuple[Policy, ...]
    grouping: str | None = None
    field: str | None = None
    bins: Bins | None = None

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What each policy's answer depends on, in their order."""
        return tuple(sums_fingerprint(self.scenario.with_policy(policy)) for policy in self.policies)

    @cached_property
    def key(self) -> str:
        """What the answer depends on."""
        question = (self.grouping or "", self.field or "", repr(self.bins))
        return fingerprint_of("variants", self.data_hash, self.as_of.isoformat(), *question, *self.names)


@dataclass(frozen=True, eq=False)
class Variant:
    """The sums under one policy: by_reason and by_group as in an Evaluation's side.

    Attributes: users_by_bin is int64 (outcomes, bins + 1), the last for users without the field, None without bins.
    """

    by_reason: Cube
    by_group: Cube
    users_by_bin: Sums | None


@dataclass(frozen=True, eq=False)
class Variants:
    """The answer to a VariantsRequest: variants by the names of the request."""

    key: str
    variants: Mapping[str, Variant]
    milliseconds: float
