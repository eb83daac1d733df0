"""The what-if index against a scan at the same value: every sum, cell by cell, digit for digit."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from random import Random

import numpy as np
import pytest

from desktop_app.analysis.steps import steps_of
from desktop_app.domain.handles import ThresholdHandle, find_comparison, threshold_handles, value_of, with_value
from desktop_app.domain.indexing import IndexRequest, IndexSums, Positions
from desktop_app.domain.outcomes import OUTCOMES
from desktop_app.domain.policy import Policy
from desktop_app.domain.requests import HistogramCounts, HistogramRequest
from desktop_app.domain.scenario import Scenario
from desktop_app.domain.watch import CancelWatch
from desktop_app.engine.answers import answer
from tests.engine.loaded_books import Loaded
from tests.engine.random_questions import Case, cases
from tests.reference.books import AS_OF

_PLACES_TRIED = 4
_MOST_POSITIONS = 400


def assert_index_is_scan(case: Case, random: Random) -> int:
    """For every handle of the scenario's policy; returns how many positions were compared."""
    scenario = Scenario(id="scenario", policy=case.policies["scenario"])
    compared = 0
    for handle in threshold_handles(scenario.policy):
        if draggable(case.loaded, scenario, handle):
            compared += assert_handle(case, scenario, handle, random)
    return compared


def draggable(loaded: Loaded, scenario: Scenario, handle: ThresholdHandle) -> bool:
    rule = scenario.policy.rule(handle.rule)
    if loaded.prepared.fields.missing(rule):
        return False
    column = loaded.prepared.fields.columns[find_comparison(rule, handle.comparison).field]
    return column.minimum is not None


def assert_handle(case: Case, scenario: Scenario, handle: ThresholdHandle, random: Random) -> int:
    found = answered(case.loaded, request_of(case, scenario, handle, random))
    places = {0, found.positions.count - 1, *(random.randrange(found.positions.count) for _ in range(_PLACES_TRIED))}
    for place in sorted(places):
        there = with_value(scenario, handle, found.positions.value(place))
        assert_place(case, found, place, there.policy)
    return len(places)


def request_of(case: Case, scenario: Scenario, handle: ThresholdHandle, random: Random) -> IndexRequest:
    comparison = find_comparison(scenario.policy.rule(handle.rule), handle.comparison)
    column = case.loaded.prepared.fields.columns[comparison.field]
    positions = some_positions(steps_of(column, value_of(scenario, handle)), random)
    book = case.loaded.book
    histogram = histogram_of(case.loaded, scenario, comparison.field)
    return IndexRequest(book.data_hash, AS_OF, scenario, handle, positions, case.grouping, histogram.bins)


def answered(loaded: Loaded, request: IndexRequest) -> IndexSums:
    found = answer(loaded.cursor, loaded.prepared, request, CancelWatch())
    assert isinstance(found, IndexSums)
    return found


def some_positions(steps, random: Random, most: int = _MOST_POSITIONS) -> Positions:
    """The whole grid where it is short, else a window of it, whose ends lie inside the data."""
    count = int((steps.maximum - steps.minimum) / steps.step) + 1
    shown = min(count, random.randrange(2, most))
    return Positions(steps.minimum + random.randrange(count - shown + 1) * steps.step, steps.step, shown)


def histogram_of(loaded: Loaded, scenario: Scenario, field: str) -> HistogramCounts:
    request = HistogramRequest(loaded.book.data_hash, AS_OF, scenario, scenario, field, bins=20)
    found = answer(loaded.cursor, loaded.prepared, request, CancelWatch())
    assert isinstance(found, HistogramCounts)
    return found


def assert_place(case: Case, found: IndexSums, place: int, policy: Policy) -> None:
    scanned = case.loaded.answer(policy, policy, case.grouping)
    cube = scanned.by_reason["scenario"]
    by_reason, by_group = cube.onto("outcome", "reason"), cube.onto("outcome", "group")
    assert by_reason.axis("reason").labels == found.reasons
    assert set(found.by_reason) == set(cube.sums)
    for measure, sums in by_reason.sums.items():
        assert found.by_reason[measure][place].tolist() == sums.tolist(), measure
        assert grouped(found.groups, found.by_group[measure][place]) == grouped(
            by_group.axis("group").labels, by_group.sums[measure]
        ), measure


def grouped(labels, sums) -> dict:
    return {label: column for label, column in zip(labels, sums.T.tolist(), strict=True) if any(column)}


@pytest.mark.parametrize("seed", range(900, 912))
def test_at_any_position_of_any_threshold_the_index_is_the_scan(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    for case in cases(range(seed, seed + 1), tmp_path, pairs=1, most_rows=150):
        assert_index_is_scan(case, random)


def test_two_threads_make_the_same_index(tmp_path: Path) -> None:
    random = Random(7)
    for case in cases(range(930, 932), tmp_path, pairs=1, threads=2, most_rows=150):
        assert_index_is_scan(case, random)


def test_the_bars_of_the_histogram_are_those_of_a_scan(tmp_path: Path) -> None:
    random, compared = Random(5), 0
    for case in cases(range(940, 948), tmp_path, pairs=1, most_rows=120):
        scenario = Scenario(id="scenario", policy=case.policies["scenario"])
        for handle in threshold_handles(scenario.policy):
            if draggable(case.loaded, scenario, handle):
                compared += bars_compared(case, scenario, handle, random)
    assert compared > 20


def bars_compared(case: Case, scenario: Scenario, handle: ThresholdHandle, random: Random) -> int:
    """How many bars were held against a scan's; none where the scan's histogram has other bins there."""
    request = request_of(case, scenario, handle, random)
    found = answered(case.loaded, request)
    place = random.randrange(found.positions.count)
    there = histogram_of(case.loaded, with_value(scenario, handle, found.positions.value(place)), request.field)
    assert found.users_by_bin is not None
    users = found.users_by_bin[place]
    assert users[:, -1].sum() == there.missing
    if there.bins != request.bins:
        return 0
    assert users[:, :-1].tolist() == np.stack([there.counts[outcome] for outcome in OUTCOMES]).tolist()
    return there.bins.count


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2000, 2100))
def test_thousands_of_positions_of_random_policies(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    for case in cases(range(seed, seed + 1), tmp_path, pairs=4, most_rows=300):
        assert_index_is_scan(case, random)


def test_a_request_does_not_depend_on_where_the_threshold_stands(tmp_path: Path) -> None:
    for case in cases(range(950, 951), tmp_path, pairs=1):
        scenario = Scenario(id="scenario", policy=case.policies["scenario"])
        handle = threshold_handles(scenario.policy)[0]
        positions = Positions(Decimal(0), Decimal(1), 3)
        keys = {
            IndexRequest("h", AS_OF, with_value(scenario, handle, Decimal(value)), handle, positions).key
            for value in (1, 2, 700)
        }
        assert len(keys) == 1
