"""A rule written beside the desk: its own undo, what it asks, and that applying it is one step."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from desktop_app.domain.policy import PolicySettings, Wording
from desktop_app.domain.problems import BookUnusable
from desktop_app.domain.requests import RuleHits
from desktop_app.domain.watch import CancelWatch
from desktop_app.workspace.condition_draft import Branch, Leaf, with_node
from desktop_app.workspace.desk import BASELINE
from desktop_app.workspace.rule_draft import RuleDraft, TargetDraft
from desktop_app.workspace.rule_writing import RuleWriting
from desktop_app.workspace.workspace import Workspace
from tests.workspace.rule_desk import first_desk

SCORE = Leaf("x.1", "score", value=Decimal(600))


def writing(workspace: Workspace, rule: str = "low") -> RuleWriting:
    return RuleWriting(workspace, "scenario-1", RuleDraft.of(workspace.desk.scenario.policy.rule(rule)))


def new(workspace: Workspace, **more: object) -> RuleWriting:
    draft = RuleDraft("fresh", code="N1", condition=Branch(parts=(SCORE,)))
    return RuleWriting(workspace, "scenario-1", replace(draft, **more))


def at_score(draft: RuleDraft, value: int) -> RuleDraft:
    return replace(draft, condition=with_node(draft.condition, (0,), replace(SCORE, value=Decimal(value))))


def hits(workspace: Workspace, written: RuleWriting, *, base: bool = False) -> RuleHits:
    request = written.base_question() if base else written.hits_question()
    assert request is not None
    found = workspace.job(request)(CancelWatch())
    assert isinstance(found, RuleHits)
    return found


def test_a_rule_that_was_only_opened_has_nothing_to_apply(workspace: Workspace) -> None:
    assert not writing(workspace).changed
    assert new(workspace).changed


def test_steps_are_taken_back_and_done_again(workspace: Workspace) -> None:
    written = writing(workspace)
    first = written.draft
    written.write(at_score(first, 640))
    written.write(replace(written.draft, note="n"))
    written.undo()
    assert written.draft == at_score(first, 640)
    written.undo()
    assert (written.draft, written.can_undo) == (first, False)
    written.redo()
    written.redo()
    assert (written.draft.note, written.can_redo) == ("n", False)


def test_steps_at_one_field_are_one(workspace: Workspace) -> None:
    written = writing(workspace)
    first = written.draft
    for value in (610, 620, 630):
        written.write(at_score(first, value), "value")
    written.write(replace(written.draft, note="n"), "note")
    written.undo()
    assert written.draft == at_score(first, 630)
    written.undo()
    assert written.draft == first


def test_applying_is_one_step_of_the_desk(workspace: Workspace) -> None:
    written = writing(workspace)
    written.write(at_score(written.draft, 640))
    written.write(replace(written.draft, name=Wording(en="Lower")))
    written.apply()
    assert workspace.scenario.policy.rule("low").name.en == "Lower"
    assert not written.changed
    workspace.undo()
    assert workspace.desk == first_desk()


def test_a_new_rule_is_added_with_its_settings(workspace: Workspace) -> None:
    written = new(workspace, settings=PolicySettings(floor=Decimal(0)))
    written.apply()
    assert [rule.id for rule in workspace.scenario.policy.rules] == ["low", "cut", "fresh"]
    assert workspace.scenario.policy.floor == 0
    assert not written.new


def test_a_new_rule_takes_no_other_rules_place(workspace: Workspace) -> None:
    written = new(workspace)
    written.write(written.draft.called("low"))
    written.follow()
    assert written.new
    assert not written.ready


def test_applying_brings_the_scenario_to_the_front(workspace: Workspace) -> None:
    written = writing(workspace)
    written.write(at_score(written.draft, 640))
    workspace.activate(BASELINE)
    written.apply()
    assert workspace.desk.active == "scenario-1"
    assert workspace.desk.baseline == first_desk().baseline


def test_a_closed_scenario_takes_no_rule(workspace: Workspace) -> None:
    written = writing(workspace)
    workspace.close_scenario("scenario-1")
    assert not written.ready
    assert written.hits_question() is None
    with pytest.raises(BookUnusable, match="closed"):
        written.apply()


def test_an_incomplete_rule_is_not_applied(workspace: Workspace) -> None:
    written = new(workspace, condition=Branch())
    with pytest.raises(BookUnusable, match="not complete"):
        written.apply()


def test_an_untouched_draft_follows_the_desk(workspace: Workspace) -> None:
    written = writing(workspace)
    workspace.switch_rule("low", False)
    written.follow()
    assert not written.draft.enabled
    assert not written.changed
    assert not written.moved


def test_a_changed_draft_stays_and_is_told(workspace: Workspace) -> None:
    written = writing(workspace)
    written.write(at_score(written.draft, 640))
    workspace.switch_rule("low", False)
    written.follow()
    assert written.moved
    assert written.draft.enabled
    written.revert()
    assert not written.draft.enabled
    assert not written.moved
    written.undo()
    assert written.draft.enabled


def test_a_rule_that_was_deleted_is_put_again(workspace: Workspace) -> None:
    written = writing(workspace)
    workspace.remove_rule("low")
    written.follow()
    assert written.changed
    written.apply()
    assert [rule.id for rule in workspace.scenario.policy.rules] == ["cut", "low"]


def test_hits_are_those_of_the_draft(workspace: Workspace) -> None:
    written = writing(workspace)
    assert hits(workspace, written).counts.any_hit_users == 2
    written.write(at_score(written.draft, 700))
    assert hits(workspace, written).counts.any_hit_users == 3
    assert hits(workspace, written, base=True).counts.any_hit_users == 2


def test_a_rule_that_is_off_is_counted_as_if_it_were_on(workspace: Workspace) -> None:
    written = writing(workspace)
    written.write(replace(written.draft, enabled=False))
    assert hits(workspace, written).counts.any_hit_users == 2
    written.apply()
    assert written.base_question() is None


def test_the_wording_asks_nothing_again(workspace: Workspace) -> None:
    written = writing(workspace)
    before = written.hits_question()
    written.write(replace(written.draft, name=Wording(en="Other"), note="n"))
    after = written.hits_question()
    assert before and after
    assert before.key == after.key


@pytest.mark.parametrize(
    "condition", [Branch(), Branch(parts=(replace(SCORE, field="apr"),)), Branch(parts=(replace(SCORE, value="x"),))]
)
def test_what_cannot_be_evaluated_is_not_asked(workspace: Workspace, condition: Branch) -> None:
    written = writing(workspace)
    written.write(replace(written.draft, condition=condition))
    assert written.hits_question() is None
    assert written.histogram_question("score") is not None


def test_the_histogram_shows_the_rule_as_it_is_written(workspace: Workspace) -> None:
    written = writing(workspace)
    written.write(replace(written.draft.acting("cut"), target=TargetDraft(percent=Decimal(10))))
    asked = written.histogram_question("score")
    assert asked is not None
    assert asked.scenario.policy.rule("low").action.kind == "cut"
    assert asked.baseline.policy == first_desk().baseline.policy


def test_comparisons_of_a_renamed_rule_are_named_after_it(workspace: Workspace) -> None:
    written = new(workspace)
    written.write(written.draft.called("other"))
    assert written.draft.free_leaf_id() == "other.2"
    written.apply()
    assert workspace.scenario.policy.rule("other").condition.id == "other.1"


def test_ids_of_comparisons_that_another_rule_has_are_changed(workspace: Workspace) -> None:
    taken = Branch(parts=(replace(SCORE, id="low.1"), replace(SCORE, id="fresh.1", field="balance")))
    new(workspace, condition=taken).apply()
    parts = workspace.scenario.policy.rule("fresh").condition.all
    assert [part.id for part in parts] == ["fresh.1", "fresh.2"]
