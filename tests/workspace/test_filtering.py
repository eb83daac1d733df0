"""The desk through a filter: readings are of what is chosen, a view's own choice leaves it whole."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.domain.changes import Part
from desktop_app.domain.filters import EVERYTHING, Filter, HasReason, InGroup, InRange
from desktop_app.domain.handles import ThresholdHandle
from desktop_app.domain.outcomes import OUTCOMES
from desktop_app.domain.policy import Policy
from desktop_app.domain.watch import CancelWatch
from desktop_app.text.language import Language
from desktop_app.text.words import Words
from desktop_app.workspace.desk import BASELINE, Desk, scenario_of
from desktop_app.workspace.filter_trail import FilterTrail
from desktop_app.workspace.workspace import Workspace
from tests.reference.samples import policy, rule
from tests.small_projects import lines, make_project

HEADING = "account_id,user_id,credit_limit,balance,score,days_past_due,kyc_complete"
ROWS = [
    (f"a{number:03}", f"u{number}", 1000, 100, 500 + number, number % 40, "true" if number % 3 else "false")
    for number in range(200)
]
KYC = InGroup("kyc_complete", ("false",))
LOW = HasReason("scenario", ("low",))
SCORE = InRange("score", Decimal(550), Decimal(600))
HANDLE = ThresholdHandle("low", "low.1")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    late = rule("late", "refer", {"field": "days_past_due", "operator": ">=", "value": 30})
    policies = [Policy.model_validate(policy(rule("low", "block"), late)), Policy.model_validate(policy())]
    scenario, baseline = (scenario_of(one, name) for one, name in zip(policies, ("scenario-1", BASELINE), strict=True))
    project = make_project(tmp_path, lines(HEADING, ROWS))
    made = Workspace(project, Desk(baseline, (scenario,), scenario.id), Words(Language.ENGLISH))
    made.group_by("kyc_complete")
    yield made
    made.close()


def settle(workspace: Workspace) -> None:
    while wanted := workspace.wanted():
        workspace.accept(workspace.job(wanted[0])(CancelWatch()))


def users(workspace: Workspace) -> float | None:
    settle(workspace)
    filtered = workspace.shown().filtered
    assert filtered is not None
    return filtered.readings["users"].value


def bars(workspace: Workspace) -> dict[str, float]:
    shown = workspace.shown()
    return {bar.key: bar.value for bar in shown.reasons.bars}


def test_nothing_chosen_is_the_whole_book(workspace: Workspace) -> None:
    settle(workspace)
    assert workspace.shown().filtered is None


def test_readings_are_of_what_is_chosen_beside_the_whole(workspace: Workspace) -> None:
    workspace.filters.choose(Filter((KYC,)))
    assert users(workspace) == 67
    assert workspace.shown().readings["users"].value == 200


def test_old_figures_are_not_fresh_until_the_new_ones_come(workspace: Workspace) -> None:
    settle(workspace)
    workspace.filters.choose(Filter((KYC,)))
    assert not workspace.shown().fresh
    assert workspace.shown().filtered.readings == {}
    settle(workspace)
    assert workspace.shown().fresh


def test_another_view_narrows_the_bars(workspace: Workspace) -> None:
    settle(workspace)
    before = bars(workspace)
    workspace.filters.choose(Filter((KYC,)))
    settle(workspace)
    assert bars(workspace)["low"] < before["low"]


def test_bars_stay_whole_where_one_of_them_is_chosen(workspace: Workspace) -> None:
    settle(workspace)
    before = bars(workspace)
    workspace.filters.choose(Filter((LOW,)))
    settle(workspace)
    assert bars(workspace) == before
    assert users(workspace) == before["low"]


def test_groups_stay_whole_where_one_of_them_is_chosen(workspace: Workspace) -> None:
    settle(workspace)
    before = [row.readings["users"].value for row in workspace.shown().groups]
    workspace.filters.choose(Filter((KYC,)))
    settle(workspace)
    assert [row.readings["users"].value for row in workspace.shown().groups] == before
    workspace.filters.choose(Filter((KYC, LOW)))
    settle(workspace)
    assert sum(row.readings["users"].value for row in workspace.shown().groups) == bars_of_whole(workspace)["low"]


def bars_of_whole(workspace: Workspace) -> dict[str, float]:
    workspace.filters.choose(EVERYTHING)
    settle(workspace)
    return bars(workspace)


def test_histogram_stays_whole_along_its_own_field_only(workspace: Workspace) -> None:
    settle(workspace)
    before = histogram_users(workspace)
    workspace.filters.choose(Filter((SCORE,)))
    settle(workspace)
    assert histogram_users(workspace) == before == 200
    workspace.filters.choose(Filter((KYC,)))
    settle(workspace)
    assert histogram_users(workspace) == 67


def histogram_users(workspace: Workspace) -> int:
    value = workspace.shown().histogram
    return int(sum(value.counts[outcome].sum() for outcome in OUTCOMES)) + value.missing


def test_a_preview_asks_for_what_is_chosen_too(workspace: Workspace) -> None:
    workspace.filters.choose(Filter((KYC,)))
    settle(workspace)
    blocked = workspace.shown().filtered.readings["users_blocked"].value
    workspace.preview(HANDLE, Decimal(650))
    settle(workspace)
    assert workspace.shown().filtered.readings["users_blocked"].value > blocked


def test_headline_and_goals_stay_about_the_whole_book(workspace: Workspace) -> None:
    settle(workspace)
    before = workspace.shown().headline
    workspace.filters.choose(Filter((KYC,)))
    settle(workspace)
    assert workspace.shown().headline == before


def test_trail_goes_back_and_forward() -> None:
    trail = FilterTrail()
    for chosen in (Filter((KYC,)), Filter((KYC, LOW))):
        trail.choose(chosen)
    assert trail.back().parts == {Part.FILTER}
    assert trail.chosen == Filter((KYC,))
    trail.forward()
    assert trail.chosen == Filter((KYC, LOW))
    assert not trail.forward()


def test_a_new_choice_forgets_what_was_gone_back_from() -> None:
    trail = FilterTrail()
    trail.choose(Filter((KYC,)))
    trail.back()
    trail.choose(Filter((LOW,)))
    assert not trail.forward()
    trail.back()
    assert trail.chosen == EVERYTHING
    assert not trail.back()


def test_the_same_choice_again_is_no_step() -> None:
    trail = FilterTrail()
    trail.choose(Filter((KYC,)))
    assert not trail.choose(Filter((KYC,)))
    trail.back()
    assert trail.chosen == EVERYTHING
