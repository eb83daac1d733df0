"""The one edit that makes a scenario of its baseline, as the beginning of a sentence."""

from __future__ import annotations

from typing import assert_never

from desktop_app.domain.edits import Edit, FieldEdit, OrderEdit, RuleEdit, SettingEdit, edits_between
from desktop_app.domain.handles import AssumptionHandle, StressHandle, ThresholdHandle, find_comparison, value_of
from desktop_app.domain.policy import Rule
from desktop_app.domain.problems import Message, message
from desktop_app.domain.scenario import Scenario
from desktop_app.text.labels import column_label
from desktop_app.text.words import Words


def only_edit_words(baseline: Scenario, scenario: Scenario, restricted: float | None, words: Words) -> Message | None:
    """What was done, where it is one thing: "Tightening Score to 640"; None for several, or for nothing.

    `restricted` is how many users more the scenario restricts: by that a threshold was tightened or loosened. What
    is supposed is the same on both sides of a comparison and is no part of it, nor is what a rule is called.
    """
    edits = [one for one in edits_between(baseline, scenario) if _moves(one)]
    return _words(edits[0], scenario, restricted or 0, words, baseline) if len(edits) == 1 else None


def _moves(edit: Edit) -> bool:
    """Whether an edit can part the two sides of a comparison."""
    is_name = isinstance(edit, FieldEdit) and edit.name == "words"
    return not is_name and not isinstance(edit, AssumptionHandle | StressHandle)


def _words(edit: Edit, scenario: Scenario, restricted: float, words: Words, baseline: Scenario) -> Message | None:
    match edit:
        case ThresholdHandle():
            return _threshold(edit, baseline, scenario, restricted)
        case RuleEdit(rule=rule):
            rules = {one.id: one for one in scenario.policy.rules}
            if rule in rules:
                return message("Adding {rule}", rule=_name(rules[rule], words))
            return message("Removing {rule}", rule=_name(baseline.policy.rule(rule), words))
        case FieldEdit(rule=rule, name="enabled"):
            named = scenario.policy.rule(rule)
            text = message("Switching {rule} on") if named.enabled else message("Switching {rule} off")
            return message(text.text, rule=_name(named, words))
        case FieldEdit(rule=rule):
            return message("Changing {rule}", rule=_name(scenario.policy.rule(rule), words))
        case OrderEdit():
            return message("Another order of the rules")
        case SettingEdit() | AssumptionHandle() | StressHandle():
            return None
        case _:
            assert_never(edit)


def _threshold(handle: ThresholdHandle, baseline: Scenario, scenario: Scenario, restricted: float) -> Message | None:
    try:
        value = value_of(scenario, handle)
        value_of(baseline, handle)
    except KeyError:
        # A group's value that came or went, or one that is no number.
        return None
    column = column_label(find_comparison(scenario.policy.rule(handle.rule), handle.comparison).field)
    if handle.group is not None:
        column = message("{column} for {group}", column=column, group=handle.group)
    if restricted > 0:
        return message("Tightening {what} to {value}", what=column, value=value)
    if restricted < 0:
        return message("Loosening {what} to {value}", what=column, value=value)
    return message("Moving {what} to {value}", what=column, value=value)


def _name(rule: Rule, words: Words) -> str:
    return words.wording(rule.name) or rule.id
