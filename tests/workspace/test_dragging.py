"""Dragging with an index: every frame exact and none of them a scan."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from desktop_app.domain.handles import AssumptionHandle, SizeHandle, ThresholdHandle
from desktop_app.domain.indexing import IndexRequest, IndexSums, Positions
from desktop_app.domain.outcomes import OUTCOMES
from desktop_app.domain.requests import EvaluateRequest, HistogramRequest
from desktop_app.domain.scenario import Goal
from desktop_app.domain.watch import CancelWatch
from desktop_app.engine.project import Project
from desktop_app.figures.catalogue import FIGURES
from desktop_app.text.language import Language
from desktop_app.text.words import Words
from desktop_app.workspace.desk import BASELINE, Desk, scenario_of
from desktop_app.workspace.indexing import IndexCache
from desktop_app.workspace.showing import Shown
from desktop_app.workspace.workspace import Workspace
from tests.reference.samples import cut, rule
from tests.small_projects import BOOK, ONE_THREAD, TYPES, make_project, mapping_of, policy

LOW = ThresholdHandle("low", "low.1")
LATE = {"field": "days_past_due", "operator": ">=", "value": 10}


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    make_project(tmp_path, BOOK, mapping_of(BOOK, types=TYPES)).close()
    before, after = policy(rule("low", "block")), policy(rule("low", "block"), rule("cut", cut(percent=50), LATE))
    desk = Desk(scenario_of(before, BASELINE), (scenario_of(after, "scenario-1"),), "scenario-1")
    made = Workspace(Project.open(tmp_path / "book.greyline", ONE_THREAD), desk, Words(Language.ENGLISH))
    made.group_by("segment")
    yield made
    made.close()


def answer(workspace: Workspace) -> list[type]:
    """Answer all that is wanted; returns what was asked, in order."""
    asked = []
    while wanted := workspace.wanted():
        asked.append(type(wanted[0]))
        workspace.accept(workspace.job(wanted[0])(CancelWatch()))
    return asked


def figures(shown: Shown) -> dict[str, object]:
    return {name: (reading.value, reading.baseline) for name, reading in shown.readings.items()}


def test_the_index_of_the_line_that_is_looked_at_is_made_last(workspace: Workspace) -> None:
    assert answer(workspace)[:3] == [EvaluateRequest, HistogramRequest, IndexRequest]


def test_a_drag_is_answered_at_once_and_asks_nothing(workspace: Workspace) -> None:
    answer(workspace)
    workspace.preview(LOW, Decimal(640))
    assert workspace.shown().fresh
    assert workspace.wanted() == ()


def test_a_frame_of_a_drag_is_what_a_scan_says(workspace: Workspace) -> None:
    answer(workspace)
    workspace.preview(LOW, Decimal(640))
    dragged = workspace.shown()
    workspace.set_value(LOW, Decimal(640))
    assert answer(workspace)[0] is EvaluateRequest
    scanned = workspace.shown()
    assert scanned.status.method != dragged.status.method
    assert figures(dragged) == figures(scanned)
    assert dragged.reasons == scanned.reasons
    assert [(row.label, figures_of(row)) for row in dragged.groups] == [
        (row.label, figures_of(row)) for row in scanned.groups
    ]
    for outcome in OUTCOMES:
        # The bins of a scan at another value may be others.
        assert dragged.histogram.counts[outcome].sum() == scanned.histogram.counts[outcome].sum()


def test_a_size_is_dragged_with_figures_as_of_a_scan_beside_the_old_histogram(workspace: Workspace) -> None:
    workspace.hold(SizeHandle("cut"))
    answer(workspace)
    workspace.preview(SizeHandle("cut"), Decimal(20))
    dragged = workspace.shown()
    assert workspace.wanted() == ()
    assert (dragged.fresh, dragged.histogram_fresh, dragged.status.fresh) == (True, False, True)
    assert dragged.readout is not None and "counting" not in dragged.readout.lines[0]
    workspace.set_value(SizeHandle("cut"), Decimal(20))
    answer(workspace)
    assert workspace.shown().histogram_fresh
    assert figures(dragged) == figures(workspace.shown())


def figures_of(row) -> dict[str, object]:
    return {name: reading.value for name, reading in row.readings.items()}


def test_a_line_let_go_stays_answered_while_the_book_is_read_again(workspace: Workspace) -> None:
    answer(workspace)
    workspace.set_value(LOW, Decimal(640))
    assert workspace.shown().fresh
    assert [type(request) for request in workspace.wanted()] == [EvaluateRequest, HistogramRequest]


def test_a_line_without_an_index_asks_for_nothing_but_one(workspace: Workspace) -> None:
    for request in workspace.wanted():
        workspace.accept(workspace.job(request)(CancelWatch()))
    workspace.shown()
    workspace.preview(LOW, Decimal(640))
    assert [type(request) for request in workspace.wanted()] == [IndexRequest]
    assert not workspace.shown().fresh


def test_a_value_between_the_steps_is_read_from_the_book(workspace: Workspace) -> None:
    answer(workspace)
    workspace.preview(LOW, Decimal("640.5"))
    assert EvaluateRequest in [type(request) for request in workspace.wanted()]
    assert not workspace.shown().fresh


def test_a_linear_assumption_asks_nothing(workspace: Workspace) -> None:
    answer(workspace)
    before = workspace.shown().readings["ead"].value
    workspace.set_value(AssumptionHandle("ccf"), Decimal("0.9"))
    assert workspace.wanted() == ()
    assert workspace.shown().readings["ead"].value > before


def test_an_assumption_that_changes_measures_is_read_again(workspace: Workspace) -> None:
    answer(workspace)
    workspace.set_value(AssumptionHandle("lgd"), Decimal("0.9"))
    assert EvaluateRequest in [type(request) for request in workspace.wanted()]


def index_of(key: str, size: int) -> IndexSums:
    cells = {"users": np.zeros((size, 1, 1), dtype=np.int64)}
    return IndexSums(key, Positions(Decimal(0), Decimal(1), size), ("",), (None,), cells, cells, None, 0.0)


def test_indices_leave_when_they_take_too_much_memory_the_longest_unused_first() -> None:
    cache = IndexCache(most_bytes=2 * 2 * 8 * 10)
    for key in ("first", "second"):
        cache.keep(index_of(key, 10))
    cache.find("first")
    cache.keep(index_of("third", 10))
    assert [key for key in ("first", "second", "third") if cache.find(key)] == ["first", "third"]


def test_the_curve_is_what_the_desk_says_wherever_the_line_stands(workspace: Workspace) -> None:
    answer(workspace)
    curve = workspace.shown().curve
    assert curve is not None and curve.fresh
    for value in (560, 640, 700):
        workspace.preview(LOW, Decimal(value))
        place = int(np.flatnonzero(curve.positions == value)[0])
        assert workspace.shown().readings["users_restricted"].value == curve.values[place]


def test_the_curve_shows_the_lens(workspace: Workspace) -> None:
    answer(workspace)
    workspace.look_through("credit_limit_after")
    curve = workspace.shown().curve
    assert curve is not None
    assert curve.label == workspace.words.translate(FIGURES["credit_limit_after"].name)


def test_the_last_curve_stays_until_the_next_is_counted(workspace: Workspace) -> None:
    answer(workspace)
    assert workspace.shown().curve is not None
    workspace.switch_rule("cut", False)
    curve = workspace.shown().curve
    assert curve is not None and not curve.fresh
    answer(workspace)
    curve = workspace.shown().curve
    assert curve is not None and curve.fresh


def test_the_loosest_value_keeps_the_goal_and_the_next_one_does_not(workspace: Workspace) -> None:
    workspace.set_goal("users_blocked", Goal(figure="users_blocked", operator="<=", value=Decimal(2)))
    answer(workspace)
    found = workspace.shown().loosest
    assert found is not None and found.value is not None
    workspace.set_value(found.handle, found.value)
    answer(workspace)
    assert workspace.shown().goals[0].met
    assert [mark.value for mark in workspace.shown().marks]


def test_the_hits_of_a_frame_of_a_drag_are_known_to_be_of_before(workspace: Workspace) -> None:
    answer(workspace)
    assert workspace.shown().whole
    workspace.preview(LOW, Decimal(640))
    assert not workspace.shown().whole


def test_figures_follow_a_number_whose_field_the_histogram_does_not_show(workspace: Workspace) -> None:
    answer(workspace)
    late = ThresholdHandle("cut", "cut.1")
    workspace.hold(late)
    answer(workspace)
    workspace.preview(late, Decimal(20))
    assert workspace.view.handle == LOW
    shown = workspace.shown()
    assert (shown.fresh, shown.histogram_fresh) == (True, False)
    assert shown.readout is not None
    assert shown.readout.lines != ("counting…",)
    workspace.set_value(late, Decimal(20))
    assert not workspace.shown().fresh
    seen = figures(shown)
    answer(workspace)
    assert figures(workspace.shown()) == seen
    assert workspace.shown().histogram_fresh
