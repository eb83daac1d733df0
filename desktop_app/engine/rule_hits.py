"""How often one rule acts: a single scan, without the sums that a whole evaluation needs."""

from __future__ import annotations

from time import perf_counter

from desktop_app.domain.policy import Policy
from desktop_app.domain.requests import RuleHits, RuleHitsRequest
from desktop_app.domain.watch import Watch
from desktop_app.engine.connection import Connection, interruptible
from desktop_app.engine.plan import Plan
from desktop_app.engine.prepare import Prepared
from desktop_app.engine.rule_counts import count_rules

# A plan decides two policies; the one that nobody asks about costs nothing.
_NOTHING = Policy(id="none")


def rule_hits(cursor: Connection, prepared: Prepared, request: RuleHitsRequest, watch: Watch) -> RuleHits:
    """The counts of one rule; KeyError where the policy has none of that id, PolicyInvalid where it does not fit."""
    started = perf_counter()
    policy = request.scenario.policy
    place = [rule.id for rule in policy.rules].index(policy.rule(request.rule).id)
    plan = Plan.of(prepared, {"baseline": _NOTHING, "scenario": policy})
    with interruptible(cursor, watch):
        counts = count_rules(cursor, plan, "scenario").rules[place]
    return RuleHits(request.key, counts, 1000 * (perf_counter() - started))
