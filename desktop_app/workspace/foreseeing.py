"""Edits answered before they are made: each rule switched, moved by one place, or acting in another way."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from desktop_app.domain.actions import Block, Refer, WatchOnly
from desktop_app.domain.fingerprints import sums_fingerprint
from desktop_app.domain.outcomes import OUTCOMES
from desktop_app.domain.policy import OnMissing, Policy, Rule
from desktop_app.domain.requests import EvaluateRequest, Evaluation, HistogramCounts
from desktop_app.domain.variants import Variant, Variants, VariantsRequest
from desktop_app.workspace.desk import moved_rule, switched_rule
from desktop_app.workspace.latest import Latest

# More decisions than these make the scan longer than it is worth; other edits are read from the book.
MOST_VARIANTS = 24
# Undo comes back to what was foreseen before.
_KEPT = 8
_SIMPLE = (Block(), Refer(), WatchOnly())


def variants_of(policy: Policy, active: str | None = None) -> tuple[Policy, ...]:
    """The policies that are one switch, one move to the next place, or for the active rule one kind of action away."""
    switched = [switched_rule(policy, rule.id, not rule.enabled) for rule in policy.rules]
    acting = [policy.with_rule(rule) for one in policy.rules if one.id == active for rule in _acting(one)]
    moved = [moved_rule(policy, rule.id, place + 1) for place, rule in enumerate(policy.rules[:-1])]
    return tuple([*switched, *acting, *moved][:MOST_VARIANTS])


def _acting(rule: Rule) -> list[Rule]:
    """The rule with the other actions that need no size; watching allows no more than skipping what is missing."""
    if not isinstance(rule.action, Block | Refer | WatchOnly):
        return []
    kinds = [kind for kind in _SIMPLE if kind != rule.action]
    skips = rule.on_missing is OnMissing.SKIP
    return [rule.model_copy(update={"action": kind}) for kind in kinds if skips or not isinstance(kind, WatchOnly)]


@dataclass
class Foreseeing:
    """Knows what is asked ahead, and what has been answered."""

    _asked: Latest[VariantsRequest] = field(default_factory=Latest)
    _known: deque[tuple[VariantsRequest, Variants]] = field(default_factory=lambda: deque(maxlen=_KEPT))

    def question(
        self, asked: EvaluateRequest, active: str | None, counts: HistogramCounts | None
    ) -> VariantsRequest | None:
        """What may be edited next, of the asked scenario; None without rules and under a filter."""
        scenario = asked.scenario
        if not scenario.policy.rules or asked.chosen:
            return None

        def ask() -> VariantsRequest:
            policies = variants_of(scenario.policy, active)
            of_chart = (counts.field, counts.bins) if counts else (None, None)
            return VariantsRequest(asked.data_hash, asked.as_of, scenario, policies, asked.grouping, *of_chart)

        return self._asked.of((asked, active or "", counts), ask)

    def is_answered(self, request: VariantsRequest) -> bool:
        """Whether the answer is there."""
        return any(answer.key == request.key for _, answer in self._known)

    def keep(self, request: VariantsRequest | None, answer: Variants) -> bool:
        """Take an answer in; says whether it is the one that is asked."""
        if request is None or request.key != answer.key:
            return False
        self._known.appendleft((request, answer))
        return True

    def evaluation(self, asked: EvaluateRequest, before: Evaluation) -> Evaluation | None:
        """The answer to `asked` where it was foreseen; baseline, transitions and rules are those of `before`."""
        found = next((variant for _, variant in self._find(asked)), None)
        if found is None:
            return None
        by_reason = {**before.by_reason, "scenario": found.by_reason}
        by_group = {**before.by_group, "scenario": found.by_group}
        return replace(before, key=asked.key, by_reason=by_reason, by_group=by_group, milliseconds=0.0, whole=False)

    def counts(self, asked: EvaluateRequest, before: HistogramCounts) -> HistogramCounts | None:
        """The histogram of `asked` where it was foreseen, in the bins of `before`."""
        for request, found in self._find(asked):
            if found.users_by_bin is not None and (request.field, request.bins) == (before.field, before.bins):
                bars = {outcome: found.users_by_bin[place, :-1] for place, outcome in enumerate(OUTCOMES)}
                return replace(before, counts=bars)
        return None

    def _find(self, asked: EvaluateRequest) -> Iterator[tuple[VariantsRequest, Variant]]:
        """The answers that foresaw `asked`, the latest first."""
        if asked.chosen:
            return
        name, about = sums_fingerprint(asked.scenario), (asked.data_hash, asked.as_of, asked.grouping)
        for request, answer in self._known:
            if about == (request.data_hash, request.as_of, request.grouping) and name in answer.variants:
                yield request, answer.variants[name]
