"""Requests and answers: a frozen question that carries all it needs, and its result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeAlias

from desktop_app.domain.cubes import Cube, Sums
from desktop_app.domain.filters import EVERYTHING, Filter
from desktop_app.domain.fingerprints import fingerprint_of, sums_fingerprint
from desktop_app.domain.indexing import Bins, IndexRequest, IndexSums, SurfaceRequest, SurfaceSums
from desktop_app.domain.movements import Movements, MovementsRequest
from desktop_app.domain.observations import RuleOutcomes
from desktop_app.domain.outcomes import Outcome
from desktop_app.domain.recorded import RecordedCheck, RecordedRequest
from desktop_app.domain.rule_effects import Overlap, RuleEffects, RuleEffectsRequest
from desktop_app.domain.scenario import Scenario
from desktop_app.domain.sides import SIDES, Side
from desktop_app.domain.variants import Variants, VariantsRequest

__all__ = [
    "SIDES",
    "Answer",
    "EvaluateRequest",
    "Evaluation",
    "HistogramCounts",
    "HistogramRequest",
    "LabelCounts",
    "LabelCountsRequest",
    "Request",
    "RuleCounts",
    "RuleHits",
    "RuleHitsRequest",
    "RungRequest",
    "Side",
]


@dataclass(frozen=True)
class EvaluateRequest:
    """All figures of a scenario beside its baseline, by reason and by one grouping (None: no grouping).

    Attributes: chosen is what is looked at; sums are of nothing else.
    """

    data_hash: str
    as_of: date
    baseline: Scenario
    scenario: Scenario
    grouping: str | None = None
    chosen: Filter = EVERYTHING

    @cached_property
    def key(self) -> str:
        """What the answer depends on, and nothing else: names and sentences leave it as it is."""
        effects = (sums_fingerprint(self.baseline), sums_fingerprint(self.scenario))
        asked = (*effects, self.grouping or "", self.chosen.key)
        return fingerprint_of("evaluate", self.data_hash, self.as_of.isoformat(), *asked)


@dataclass(frozen=True)
class RungRequest(EvaluateRequest):
    """One state between the baseline and the scenario, both sides of the question: a rung of what changed.

    It is asked beside the desk's own question, by which it is answered as well where the two are alike.
    """


@dataclass(frozen=True)
class RuleCounts:
    """How often one rule acts; users first, accounts beside (domain rules, section 3).

    Attributes: any_hit, the rule fires; first_reason, it gives the reason; sole_hit, no other rule fires on any of
    the user's accounts; marginal, restricted by the policy minus restricted without this rule; unknown, its
    condition or target cannot be decided. None everywhere where the rule is unavailable or switched off.
    """

    rule: str
    available: bool
    any_hit_users: int | None = None
    any_hit_accounts: int | None = None
    first_reason_users: int | None = None
    first_reason_accounts: int | None = None
    sole_hit_users: int | None = None
    marginal_users: int | None = None
    unknown_users: int | None = None
    unknown_accounts: int | None = None


@dataclass(frozen=True, eq=False)
class Evaluation:
    """The answer to an EvaluateRequest.

    Attributes: by_reason has, per side, a cube with the axes outcome × reason (a rule's id, "" for none) and by_group
    one with outcome × group, maybe the same one, with every measure of the catalogue; transitions has, per side, a
    cube on baseline_outcome × outcome whose measures are under that side's policy; rules are the counts per side, in
    policy order; outcomes is what became of those whom they hit, empty for a book without an evidence date, whose
    measures are not in the cubes either; overlaps are how many the rules of a side hit together; milliseconds is how
    long it took. whole is False for an answer that an index gave: its transitions, rules, outcomes and overlaps are
    those of the answer before it.
    """

    key: str
    by_reason: Mapping[Side, Cube]
    by_group: Mapping[Side, Cube]
    transitions: Mapping[Side, Cube]
    rules: Mapping[Side, tuple[RuleCounts, ...]]
    milliseconds: float
    whole: bool = True
    outcomes: Mapping[Side, tuple[RuleOutcomes, ...]] = field(default_factory=dict)
    overlaps: Mapping[Side, Overlap] = field(default_factory=dict)


@dataclass(frozen=True)
class HistogramRequest:
    """How the users spread over one field, by outcome, under the scenario and the baseline.

    Attributes: at most `bins` bins between the book's minimum and maximum of the field, whatever is chosen to be
    looked at.
    """

    data_hash: str
    as_of: date
    baseline: Scenario
    scenario: Scenario
    field: str
    bins: int = 80
    chosen: Filter = EVERYTHING

    @cached_property
    def key(self) -> str:
        """What the answer depends on."""
        effects = (sums_fingerprint(self.baseline), sums_fingerprint(self.scenario))
        asked = (*effects, self.field, str(self.bins), self.chosen.key)
        return fingerprint_of("histogram", self.data_hash, self.as_of.isoformat(), *asked)


@dataclass(frozen=True, eq=False)
class HistogramCounts:
    """The answer to a HistogramRequest.

    Attributes: edges are bins + 1 rising numbers in the field's unit (the last bin includes its upper edge);
    counts and baseline map outcomes to users a bin; missing is the number of users without the field; bins is where
    they stand in stored units, open where the last also holds the long tail above its upper edge.
    """

    key: str
    field: str
    edges: tuple[float, ...]
    counts: Mapping[Outcome, Sums]
    baseline: Mapping[Outcome, Sums]
    missing: int
    bins: Bins


@dataclass(frozen=True)
class RuleHitsRequest:
    """How often one rule of a scenario's policy acts, by itself and within it; it may be a rule still being written."""

    data_hash: str
    as_of: date
    scenario: Scenario
    rule: str

    @cached_property
    def key(self) -> str:
        """What the answer depends on."""
        effect = sums_fingerprint(self.scenario)
        return fingerprint_of("rule hits", self.data_hash, self.as_of.isoformat(), effect, self.rule)


@dataclass(frozen=True, eq=False)
class RuleHits:
    """The answer to a RuleHitsRequest; milliseconds is how long the scan took."""

    key: str
    counts: RuleCounts
    milliseconds: float


@dataclass(frozen=True)
class LabelCountsRequest:
    """How many users have each label of a category, each code of few, or each value of a yes-or-no column."""

    data_hash: str
    as_of: date
    scenario: Scenario
    field: str

    @cached_property
    def key(self) -> str:
        """What the answer depends on: neither policy nor stress moves a label."""
        return fingerprint_of("labels", self.data_hash, self.as_of.isoformat(), self.field)


@dataclass(frozen=True, eq=False)
class LabelCounts:
    """The answer to a LabelCountsRequest: users by label, "true" and "false" for yes and no, None for missing."""

    key: str
    field: str
    users: Mapping[str | None, int]


Request: TypeAlias = (
    EvaluateRequest
    | HistogramRequest
    | IndexRequest
    | SurfaceRequest
    | VariantsRequest
    | RuleHitsRequest
    | RuleEffectsRequest
    | MovementsRequest
    | RecordedRequest
    | LabelCountsRequest
)
Answer: TypeAlias = (
    Evaluation
    | HistogramCounts
    | IndexSums
    | SurfaceSums
    | Variants
    | RuleHits
    | RuleEffects
    | Movements
    | RecordedCheck
    | LabelCounts
)
