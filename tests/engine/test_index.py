"""The what-if index against a scan at the same value: every sum, cell by cell, digit for digit."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random

import numpy as np
import pytest

from desktop_app.domain.actions import Cut, FixedAmount, IncomeMultiple, PercentOfLimit, Raise
from desktop_app.domain.columns import UNITS_PER_ONE
from desktop_app.domain.handles import (
    SizeHandle,
    ThresholdHandle,
    find_comparison,
    threshold_handles,
    value_of,
    with_value,
)
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

_PLACES_TRIED = 2
_MOST_POSITIONS = 60


def assert_index_is_scan(case: Case, random: Random, most: int) -> None:
    """For some thresholds of the scenario's policy."""
    scenario = Scenario(id="scenario", policy=case.policies["scenario"])
    handles = [handle for handle in threshold_handles(scenario.policy) if draggable(case.loaded, scenario, handle)]
    for handle in random.sample(handles, min(len(handles), most)):
        assert_handle(case, scenario, handle, random)


def draggable(loaded: Loaded, scenario: Scenario, handle: ThresholdHandle) -> bool:
    return not loaded.prepared.fields.missing(scenario.policy.rule(handle.rule))


def assert_handle(case: Case, scenario: Scenario, handle: ThresholdHandle, random: Random) -> int:
    found = answered(case.loaded, request_of(case, scenario, handle, random))
    places = {0, found.positions.count - 1, *(random.randrange(found.positions.count) for _ in range(_PLACES_TRIED))}
    for place in sorted(places):
        there = with_value(scenario, handle, found.positions.value(place))
        assert_place(case, found, place, there.policy)
    return len(places)


def request_of(case: Case, scenario: Scenario, handle: ThresholdHandle, random: Random) -> IndexRequest:
    book, positions = case.loaded.book, some_positions(case, scenario, handle, random)
    request = IndexRequest(book.data_hash, AS_OF, scenario, handle, positions, case.grouping)
    return replace(request, bins=histogram_of(case.loaded, scenario, request.field).bins)


def some_positions(
    case: Case, scenario: Scenario, handle: ThresholdHandle, random: Random, most: int = _MOST_POSITIONS
) -> Positions:
    """Round the threshold, in stored units or wider steps, so that positions stand on values and between them."""
    comparison = find_comparison(scenario.policy.rule(handle.rule), handle.comparison)
    unit = UNITS_PER_ONE[case.loaded.prepared.fields.columns[comparison.field].type]
    count, step = random.randrange(2, most), random.choice((1, 2, 7, 1_000, 100_000))
    stored = int(value_of(scenario, handle) * unit) // step * step
    first = stored - random.randrange(count) * step
    return Positions(Decimal(first) / unit, Decimal(step) / unit, count)


def answered(loaded: Loaded, request: IndexRequest) -> IndexSums:
    found = answer(loaded.cursor, loaded.prepared, request, CancelWatch())
    assert isinstance(found, IndexSums)
    return found


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


@pytest.mark.parametrize("seed", range(900, 906))
def test_at_any_position_of_any_threshold_the_index_is_the_scan(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    for case in cases(range(seed, seed + 1), tmp_path, pairs=1, most_rows=150):
        assert_index_is_scan(case, random, most=3)


def test_two_threads_make_the_same_index(tmp_path: Path) -> None:
    random = Random(7)
    for case in cases(range(930, 931), tmp_path, pairs=1, threads=2, most_rows=150):
        assert_index_is_scan(case, random, most=2)


def test_the_bars_of_the_histogram_are_those_of_a_scan(tmp_path: Path) -> None:
    random, bars, missing = Random(5), 0, 0
    for case in cases(range(940, 942), tmp_path, pairs=1, most_rows=120):
        scenario = Scenario(id="scenario", policy=case.policies["scenario"])
        for handle in threshold_handles(scenario.policy):
            if draggable(case.loaded, scenario, handle):
                there = bars_compared(case, scenario, handle, random)
                bars, missing = bars + there.bins.count, missing + there.missing
    assert bars > 50
    assert missing > 5


def bars_compared(case: Case, scenario: Scenario, handle: ThresholdHandle, random: Random) -> HistogramCounts:
    """The scan's histogram, after its bars were held against the index's where both have the same bins."""
    request = request_of(case, scenario, handle, random)
    found = answered(case.loaded, request)
    place = random.randrange(found.positions.count)
    there = histogram_of(case.loaded, with_value(scenario, handle, found.positions.value(place)), request.field)
    assert found.users_by_bin is not None
    users = found.users_by_bin[place]
    assert users[:, -1].sum() == there.missing
    if there.bins == request.bins:
        assert users[:, :-1].tolist() == np.stack([there.counts[outcome] for outcome in OUTCOMES]).tolist()
    return there


def size_handles(policy: Policy) -> list[SizeHandle]:
    sized = (PercentOfLimit, FixedAmount, IncomeMultiple)
    return [
        SizeHandle(rule.id)
        for rule in policy.rules
        if isinstance(rule.action, Cut | Raise) and isinstance(rule.action.target, sized)
    ]


def sizes_compared(case: Case, random: Random) -> int:
    """For every size of the scenario's policy; returns how many were compared."""
    scenario, compared = Scenario(id="scenario", policy=case.policies["scenario"]), 0
    for handle in size_handles(scenario.policy):
        if case.loaded.prepared.fields.missing(scenario.policy.rule(handle.rule)):
            continue
        step, book = Decimal(random.choice(("0.5", "1", "7"))), case.loaded.book
        positions = Positions(Decimal(random.randrange(4)), step, random.randrange(2, 30))
        request = IndexRequest(book.data_hash, AS_OF, scenario, handle, positions, case.grouping)
        found = answered(case.loaded, request)
        for place in {0, positions.count - 1, random.randrange(positions.count)}:
            there = with_value(scenario, handle, positions.value(place))
            assert_place(case, found, place, there.policy)
            compared += 1
    return compared


def test_at_any_size_of_any_action_the_index_is_the_scan(tmp_path: Path) -> None:
    random = Random(11)
    compared = sum(sizes_compared(case, random) for case in cases(range(971, 973), tmp_path, pairs=1, most_rows=120))
    assert compared > 3


def test_sizes_have_the_sums_of_the_evidence_date_too(tmp_path: Path) -> None:
    random, compared = Random(12), 0
    for case in cases(range(974, 990), tmp_path, pairs=1, most_rows=40):
        if case.loaded.prepared.evidence is not None:
            compared += sizes_compared(case, random)
        if compared:
            return
    raise AssertionError("no case with known outcomes and a size")


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2000, 2100))
def test_thousands_of_positions_of_random_policies(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    for case in cases(range(seed, seed + 1), tmp_path, pairs=4, most_rows=300):
        assert_index_is_scan(case, random, most=100)
        sizes_compared(case, random)


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
