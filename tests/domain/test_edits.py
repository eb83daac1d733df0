"""Edits: cut apart, made one after the other, they are the whole; each taken back is the other way."""

from __future__ import annotations

from typing import Any

import pytest

from desktop_app.domain.edits import FieldEdit, OrderEdit, RuleEdit, SettingEdit, edits_between, taken
from desktop_app.domain.handles import AssumptionHandle, StressHandle, ThresholdHandle
from desktop_app.domain.policy import Policy
from desktop_app.domain.scenario import Scenario
from tests.reference.policies import seeded_policy

LOW: dict[str, Any] = {
    "id": "low",
    "reason": {"code": "L", "cause": "policy"},
    "condition": {"field": "score", "operator": "<", "value": 600},
    "action": {"kind": "block"},
}
LATE = LOW | {"id": "late", "condition": {"field": "days_past_due", "operator": ">", "value": 30}}
OPEN = LOW | {"id": "open", "condition": {"field": "utilisation", "operator": ">", "value": 0.9}}


def scenario(*rules: dict[str, Any], **more: Any) -> Scenario:
    settings = {name: more.pop(name) for name in ("round_to", "floor") if name in more}
    return Scenario.model_validate({"id": "one", "policy": {"id": "p", "rules": rules, **settings}, **more})


def with_condition(**changes: Any) -> dict[str, Any]:
    return LOW | {"condition": LOW["condition"] | changes}


def by(**values: int) -> dict[str, Any]:
    return {"column": "segment", "values": values}


@pytest.mark.parametrize(
    ("before", "after", "edits"),
    [
        ((LOW,), (with_condition(value=640),), [ThresholdHandle("low", "low.1")]),
        ((LOW,), (with_condition(by=by(thin=580)),), [ThresholdHandle("low", "low.1", "thin")]),
        ((with_condition(by=by(thin=580)),), (LOW,), [ThresholdHandle("low", "low.1", "thin")]),
        ((LOW,), (with_condition(operator="<="),), [FieldEdit("low", "condition")]),
        ((LOW,), (LOW | {"enabled": False},), [FieldEdit("low", "enabled")]),
        (
            (LOW,),
            (LOW | {"action": {"kind": "refer"}, "note": "why"},),
            [FieldEdit("low", "action"), FieldEdit("low", "words")],
        ),
        ((LOW,), (LOW | {"on_missing": "fire"},), [FieldEdit("low", "on_missing")]),
        ((LOW,), (LOW, LATE), [RuleEdit("late")]),
        ((LOW, LATE), (LATE,), [RuleEdit("low")]),
        ((LOW, LATE), (LATE, LOW), [OrderEdit()]),
        ((LOW, LATE), (OPEN, LATE, LOW), [RuleEdit("open"), OrderEdit()]),
        ((LOW,), (LOW,), []),
    ],
)
def test_each_thing_that_was_done_is_one_edit(
    before: tuple[dict[str, Any], ...], after: tuple[dict[str, Any], ...], edits: list[object]
) -> None:
    assert list(edits_between(scenario(*before), scenario(*after))) == edits


def test_what_is_supposed_comes_before_the_policy() -> None:
    after = scenario(LOW, assumptions={"ccf": 0.5}, stress={"pd_odds": 2}, floor=100)
    assert list(edits_between(scenario(), after)) == [
        AssumptionHandle("ccf"),
        StressHandle("pd_odds"),
        SettingEdit("floor"),
        RuleEdit("low"),
    ]


def test_an_added_rule_stands_where_it_stood() -> None:
    before, after = scenario(LOW, LATE), scenario(LOW, OPEN, LATE)
    (edit,) = edits_between(before, after)
    assert [rule.id for rule in taken(edit, before, after).policy.rules] == ["low", "open", "late"]
    assert [rule.id for rule in taken(edit, after, before).policy.rules] == ["low", "late"]


def test_one_edit_taken_back_leaves_the_others() -> None:
    before, after = scenario(LOW, LATE), scenario(with_condition(value=640), LATE | {"enabled": False})
    first, second = edits_between(before, after)
    assert edits_between(before, taken(first, after, before)) == (second,)


def test_an_action_takes_what_it_does_with_missing_values_along() -> None:
    before, after = scenario(LOW | {"on_missing": "fire"}), scenario(LOW | {"action": {"kind": "watch"}})
    (edit,) = edits_between(before, after)
    assert Policy.model_validate(taken(edit, before, after).policy.model_dump(by_alias=True)) == after.policy


@pytest.mark.parametrize("seed", range(40))
def test_all_edits_together_make_the_whole(seed: int) -> None:
    ends = [scenario(*seeded_policy(100 * seed + place)["rules"], floor=place) for place in (0, 1)]
    for before, after in (ends, ends[::-1]):
        made = before
        for edit in edits_between(before, after):
            made = taken(edit, made, after)
        assert made == after
