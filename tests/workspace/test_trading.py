"""Two thresholds weighed against each other: asked while they are looked at, adopted in one step."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from desktop_app.domain.handles import threshold_handles, value_of
from desktop_app.domain.indexing import SurfaceRequest
from desktop_app.domain.problems import BookUnusable, message
from desktop_app.domain.scenario import Goal
from desktop_app.domain.watch import CancelWatch
from desktop_app.figures.catalogue import UnknownFigure
from desktop_app.text.language import Language
from desktop_app.text.words import Words
from desktop_app.workspace.desk import BASELINE, Desk, scenario_of
from desktop_app.workspace.trading import Traded
from desktop_app.workspace.workspace import Workspace
from tests.reference.samples import rule
from tests.small_projects import make_project, policy

LOW = rule("low", "block", {"field": "score", "operator": "<", "value": 560})
LATE = rule("late", "refer", {"field": "days_past_due", "operator": ">=", "value": 20})


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    desk = Desk(scenario_of(policy(LOW), BASELINE), (scenario_of(policy(LOW, LATE), "one"),), "one")
    made = Workspace(make_project(tmp_path), desk, Words(Language.ENGLISH))
    made.trading.open = True
    yield made
    made.close()


def settle(workspace: Workspace) -> list[str]:
    """Answer everything; says which kinds of questions that took."""
    asked = []
    while wanted := workspace.wanted():
        workspace.accept(workspace.job(wanted[0])(CancelWatch()))
        asked.append(type(wanted[0]).__name__)
    return asked


def seen(workspace: Workspace) -> Traded:
    return workspace.trading.view(workspace, workspace.shown().readings)


def counted(workspace: Workspace) -> Traded:
    settle(workspace)
    return seen(workspace)


def test_nothing_is_asked_while_nobody_looks(workspace: Workspace) -> None:
    workspace.trading.open = False
    assert SurfaceRequest.__name__ not in settle(workspace)


def test_one_scan_answers_a_pair_wherever_it_stands(workspace: Workspace) -> None:
    assert settle(workspace).count(SurfaceRequest.__name__) == 1
    workspace.set_value(threshold_handles(workspace.scenario.policy)[0], Decimal(620))
    assert SurfaceRequest.__name__ not in settle(workspace)


def test_active_line_and_the_next_are_weighed_first(workspace: Workspace) -> None:
    assert counted(workspace).pair == threshold_handles(workspace.scenario.policy)


def test_every_place_is_what_the_desk_counts_there(workspace: Workspace) -> None:
    heat = counted(workspace).heatmap
    for place in ((0, 0), (7, 20), (30, 5), (heat.values.shape[0] - 1, heat.values.shape[1] - 1)):
        x, y = heat.at(*place)
        workspace.set_values((heat.x.handle, x), (heat.y.handle, y))
        settle(workspace)
        assert workspace.shown().readings["users_restricted"].value == heat.values[place]


def test_contour_surrounds_where_the_goal_is_met(workspace: Workspace) -> None:
    workspace.set_goal("users_restricted", Goal(figure="users_restricted", operator="<=", value=Decimal(2)))
    heat = counted(workspace).heatmap
    assert np.array_equal(heat.contours[0].met, heat.values <= 2)
    assert heat.contours[0].label == "Restricted users ≤ 2"
    assert len(heat.contours[0].segments)


def test_frontier_points_have_their_figures(workspace: Workspace) -> None:
    front = counted(workspace).frontier
    point = front.points[-1]
    heat = seen(workspace).heatmap
    workspace.set_values((heat.x.handle, point.x), (heat.y.handle, point.y))
    settle(workspace)
    assert workspace.shown().readings["users_restricted"].value == point.costs
    assert seen(workspace).frontier.present == (point.costs, point.gains)


def test_adopting_is_one_step(workspace: Workspace) -> None:
    x, y = threshold_handles(workspace.scenario.policy)
    before = workspace.scenario
    workspace.set_values((x, Decimal(600)), (y, Decimal(10)))
    assert [value_of(workspace.scenario, one) for one in (x, y)] == [600, 10]
    assert workspace.words.say(workspace.undo_label) == "Set Score to 600 and Days past due to 10"
    workspace.undo()
    assert workspace.scenario == before


def test_baseline_cannot_be_adopted_into(workspace: Workspace) -> None:
    x, y = threshold_handles(workspace.scenario.policy)
    workspace.activate(BASELINE)
    with pytest.raises(BookUnusable):
        workspace.set_values((x, Decimal(600)), (x, Decimal(10)))
    assert y.rule == "late"


def test_policy_with_one_threshold_has_nothing_to_weigh(workspace: Workspace) -> None:
    workspace.switch_rule("late", enabled=False)
    found = counted(workspace)
    assert found.pair is None
    assert found.heatmap is None


def test_chosen_pair_gives_way_where_a_rule_is_switched_off(workspace: Workspace) -> None:
    x, y = threshold_handles(workspace.scenario.policy)
    workspace.trading.choose((y, x))
    assert counted(workspace).pair == (y, x)
    workspace.switch_rule("late", enabled=False)
    assert counted(workspace).pair is None


def test_lens_is_what_the_heatmap_shows(workspace: Workspace) -> None:
    workspace.look_through("ead")
    assert counted(workspace).heatmap.figure.figure == "ead"


def test_frontier_shows_other_figures(workspace: Workspace) -> None:
    workspace.trading.measure("restricted_rate", "ead_avoided")
    front = counted(workspace).frontier
    assert (front.costs.figure, front.gains.figure) == ("restricted_rate", "ead_avoided")
    with pytest.raises(UnknownFigure):
        workspace.trading.measure("no_such", "ead")


def test_old_surface_stands_dimmed_until_the_new_one_comes(workspace: Workspace) -> None:
    counted(workspace)
    more = rule("more", "block", {"field": "balance", "operator": ">", "value": 5})
    workspace.replace_policy(policy(LOW, LATE, more), message("More"))
    found = seen(workspace)
    assert found.heatmap is not None
    assert not found.fresh


def test_surfaces_keep_to_their_budget(workspace: Workspace) -> None:
    counted(workspace)
    workspace.trading._most = 1
    workspace.trading.look_near(True)
    settle(workspace)
    workspace.trading.look_near(False)
    assert SurfaceRequest.__name__ in settle(workspace)
