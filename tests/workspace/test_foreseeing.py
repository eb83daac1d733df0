"""Switching, moving and re-purposing rules, answered before they are asked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop_app.domain.actions import Refer, WatchOnly
from desktop_app.domain.changes import Changes
from desktop_app.domain.outcomes import OUTCOMES
from desktop_app.domain.policy import OnMissing, Policy
from desktop_app.domain.problems import message
from desktop_app.domain.requests import EvaluateRequest, HistogramRequest
from desktop_app.domain.variants import VariantsRequest
from desktop_app.domain.watch import CancelWatch
from desktop_app.workspace.foreseeing import MOST_VARIANTS, variants_of
from desktop_app.workspace.workspace import Workspace
from tests.reference.samples import rule
from tests.small_projects import policy
from tests.workspace.test_dragging import answer, figures, figures_of, workspace

__all__ = ["workspace"]


def refer_instead(workspace: Workspace) -> Changes:
    rules = workspace.scenario.policy.rule("low").model_copy(update={"action": Refer()})
    return workspace.replace_policy(workspace.scenario.policy.with_rule(rules), message("Refer instead"))


EDITS: dict[str, Callable[[Workspace], Changes]] = {
    "switch off": lambda workspace: workspace.switch_rule("low", False),
    "switch a cut off": lambda workspace: workspace.switch_rule("cut", False),
    "move": lambda workspace: workspace.move_rule("low", 1),
    "act otherwise": refer_instead,
}


def test_variants_are_asked_when_nothing_else_is(workspace: Workspace) -> None:
    assert answer(workspace)[-1] is VariantsRequest


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_an_edit_that_was_foreseen_is_answered_at_once_as_a_scan_does(
    workspace: Workspace, edit: Callable[[Workspace], Changes]
) -> None:
    workspace.look_at("low")
    answer(workspace)
    edit(workspace)
    at_once = workspace.shown()
    assert at_once.fresh
    assert {EvaluateRequest, HistogramRequest} <= {type(request) for request in workspace.wanted()}
    answer(workspace)
    scanned = workspace.shown()
    assert figures(at_once) == figures(scanned)
    assert at_once.reasons == scanned.reasons
    assert [figures_of(row) for row in at_once.groups] == [figures_of(row) for row in scanned.groups]
    for outcome in OUTCOMES:
        assert at_once.histogram.counts[outcome].sum() == scanned.histogram.counts[outcome].sum()


def test_two_edits_at_once_are_read_from_the_book(workspace: Workspace) -> None:
    answer(workspace)
    workspace.switch_rule("low", False)
    workspace.switch_rule("cut", False)
    assert not workspace.shown().fresh


def test_what_was_foreseen_by_other_groups_is_no_answer(workspace: Workspace) -> None:
    answer(workspace)
    workspace.group_by("kyc_complete")
    while not isinstance(wanted := workspace.wanted()[0], VariantsRequest):
        workspace.accept(workspace.job(wanted)(CancelWatch()))
    workspace.switch_rule("low", False)
    assert not workspace.shown().fresh


def test_watching_is_foreseen_only_where_what_is_missing_is_skipped() -> None:
    def kinds(on_missing: OnMissing) -> list[type]:
        asked = policy(rule("low", "block", on_missing=on_missing.value))
        return [type(one.rules[0].action) for one in variants_of(asked, "low")[1:]]

    assert kinds(OnMissing.SKIP) == [Refer, WatchOnly]
    assert kinds(OnMissing.FIRE) == [Refer]


def test_a_long_policy_foresees_no_more_than_is_worth_it() -> None:
    many: Policy = policy(*(rule(f"r{number}", "block") for number in range(40)))
    assert len(variants_of(many)) == MOST_VARIANTS
