"""Rules put, copied and removed: one step each, and never one that does not fit."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.domain.conditions import comparisons
from desktop_app.domain.policy import MAX_RULES, Policy, PolicySettings, Rule
from desktop_app.domain.problems import BookUnusable, PolicyInvalid, message
from desktop_app.workspace.desk import BASELINE
from desktop_app.workspace.workspace import Workspace
from tests.reference.samples import LOW_SCORE, cut, rule
from tests.small_projects import policy
from tests.workspace.rule_desk import LATE, first_desk, opened


def made(*arguments: object, **more: object) -> Rule:
    return Rule.model_validate(rule(*arguments, **more))


def ids(workspace: Workspace) -> list[str]:
    return [one.id for one in workspace.scenario.policy.rules]


def test_a_rule_is_replaced_in_its_place(workspace: Workspace) -> None:
    workspace.put_rule(made("low", "refer"))
    assert ids(workspace) == ["low", "cut"]
    assert workspace.scenario.policy.rule("low").action.kind == "refer"
    assert workspace.undo_label == message("Change {rule}", rule="low")
    workspace.undo()
    assert workspace.desk == first_desk()


def test_a_new_rule_is_the_last(workspace: Workspace) -> None:
    workspace.put_rule(made("late", "watch", LATE))
    assert ids(workspace) == ["low", "cut", "late"]
    assert workspace.undo_label == message("Add {rule}", rule="late")


def test_a_rule_is_there_after_opening_again(workspace: Workspace, path: Path) -> None:
    workspace.put_rule(made("late", "watch", LATE))
    workspace.close()
    again = opened(path)
    assert ids(again) == ["low", "cut", "late"]
    again.close()


def test_a_rule_brings_its_settings_in_the_same_step(workspace: Workspace) -> None:
    workspace.put_rule(made("freeze", cut(percent=0)), PolicySettings(floor=Decimal(0), protect_balance=True))
    changed = workspace.scenario.policy
    assert (changed.floor, changed.protect_balance, changed.round_to) == (0, True, 100)
    workspace.undo()
    assert workspace.desk == first_desk()


@pytest.mark.parametrize("enabled", [True, False])
def test_a_rule_that_does_not_fit_is_not_put(workspace: Workspace, enabled: bool) -> None:
    misfit = {"field": "segment", "operator": "<", "value": 5}
    with pytest.raises(PolicyInvalid):
        workspace.put_rule(made("new", "block", misfit, enabled=enabled))
    assert workspace.desk == first_desk()


def test_a_copy_stands_after_its_original_and_says_so(workspace: Workspace) -> None:
    workspace.copy_rule("low")
    workspace.copy_rule("low")
    assert ids(workspace) == ["low", "low_3", "low_2", "cut"]
    copy = workspace.scenario.policy.rule("low_2")
    assert copy.name.en == "low (copy)"
    assert [one.id for one in comparisons(copy.condition)] == ["low_2.1"]


def test_nested_comparisons_of_a_copy_have_ids_of_their_own(workspace: Workspace) -> None:
    nested = {"all": [{"not": LOW_SCORE}, {"any": [LATE, {"field": "kyc_complete", "operator": "=", "value": False}]}]}
    workspace.put_rule(made("nested", "block", nested))
    workspace.copy_rule("nested")
    copy = workspace.scenario.policy.rule("nested_2")
    assert [one.id for one in comparisons(copy.condition)] == ["nested_2.1", "nested_2.2", "nested_2.3"]


def test_a_full_policy_takes_no_copy(workspace: Workspace) -> None:
    many = [rule(f"r{number}", "watch") for number in range(MAX_RULES)]
    workspace.replace_policy(policy(*many), message("Open"))
    with pytest.raises(PolicyInvalid, match="at most 60 rules"):
        workspace.copy_rule("r0")
    with pytest.raises(PolicyInvalid, match="at most 60 rules"):
        workspace.put_rule(made("new", "watch"))
    workspace.put_rule(made("r0", "block"))


def test_a_removed_rule_comes_back(workspace: Workspace) -> None:
    workspace.remove_rule("low")
    assert ids(workspace) == ["cut"]
    workspace.undo()
    assert workspace.desk == first_desk()


def test_settings_and_name_are_taken_without_the_rules(workspace: Workspace) -> None:
    described = Policy.model_validate({**policy().__dict__, "round_to": 1000, "floor": 0, "name": {"en": "Tight"}})
    workspace.describe_policy(described)
    changed = workspace.scenario.policy
    assert (changed.round_to, changed.floor, changed.name.en) == (1000, 0, "Tight")
    assert ids(workspace) == ["low", "cut"]


def test_the_baseline_is_locked(workspace: Workspace) -> None:
    workspace.activate(BASELINE)
    for edit in (
        lambda: workspace.put_rule(made("new", "block")),
        lambda: workspace.describe_policy(Policy(id="p", floor=0)),
    ):
        with pytest.raises(BookUnusable, match="locked"):
            edit()
    workspace.activate("scenario-1")
    workspace.make_baseline()
    workspace.activate(BASELINE)
    for edit in (lambda: workspace.copy_rule("low"), lambda: workspace.remove_rule("low")):
        with pytest.raises(BookUnusable, match="locked"):
            edit()
