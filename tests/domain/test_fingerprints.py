"""Fingerprints: whatever moves a sum moves them, and nothing else does."""

from __future__ import annotations

from typing import Any

import pytest

from desktop_app.domain.fingerprints import effect_fingerprint, policy_fingerprint, sums_fingerprint
from desktop_app.domain.policy import Policy
from desktop_app.domain.scenario import Assumptions, Scenario, Stress
from tests.reference.samples import cut, policy, rule

LATE = {"field": "days_past_due", "operator": ">=", "value": 10, "by": {"column": "segment", "values": {"prime": 30}}}
RULES = (rule("low", "block"), rule("late", cut(percent=50), LATE))


def scenario(*rules: dict[str, Any], **more: Any) -> Scenario:
    return Scenario(id="one", policy=Policy.model_validate(policy(*(rules or RULES), **more)))


def changed(place: int, **parts: Any) -> Scenario:
    rules = [dict(one) for one in RULES]
    rules[place].update(parts)
    return scenario(*rules)


FIRST = scenario()
MOVED = {
    "rounding": scenario(round_to=1),
    "floor": scenario(floor=0),
    "protection": scenario(protect_balance=True),
    "order": scenario(*reversed(RULES)),
    "switch": changed(0, enabled=False),
    "operator": changed(1, condition={**LATE, "operator": ">"}),
    "threshold": changed(1, condition={**LATE, "value": 11}),
    "threshold of a group": changed(1, condition={**LATE, "by": {"column": "segment", "values": {"prime": 31}}}),
    "what is missing": changed(0, on_missing="refer"),
    "kind of action": changed(0, action={"kind": "refer"}),
    "size of an action": changed(1, action=cut(percent=40)),
    "measured assumption": FIRST.model_copy(update={"assumptions": Assumptions(lgd="0.5")}),
    "stress": FIRST.model_copy(update={"stress": Stress(pd_odds=2)}),
}
SAID = {
    "note": changed(0, note="tightened in May"),
    "name": changed(0, name={"en": "Low score"}),
    "parent": scenario(parent="before"),
}


@pytest.mark.parametrize("other", MOVED.values(), ids=MOVED)
def test_what_moves_sums_has_a_fingerprint_of_its_own(other: Scenario) -> None:
    assert sums_fingerprint(other) != sums_fingerprint(FIRST)
    assert effect_fingerprint(other) != effect_fingerprint(FIRST)


@pytest.mark.parametrize("other", SAID.values(), ids=SAID)
def test_what_is_only_said_changes_none(other: Scenario) -> None:
    assert sums_fingerprint(other) == sums_fingerprint(FIRST)
    assert policy_fingerprint(other.policy) == policy_fingerprint(FIRST.policy)


def test_an_assumption_of_figures_alone_moves_no_sum() -> None:
    other = FIRST.model_copy(update={"assumptions": Assumptions(ccf="0.5")})
    assert sums_fingerprint(other) == sums_fingerprint(FIRST)
    assert effect_fingerprint(other) != effect_fingerprint(FIRST)
