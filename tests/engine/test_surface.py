"""Two thresholds at once against a scan with both values: every sum, digit for digit."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from random import Random

import pytest

from desktop_app.domain.handles import ThresholdHandle, threshold_handles, with_value
from desktop_app.domain.indexing import Positions, SurfaceRequest, SurfaceSums
from desktop_app.domain.scenario import Scenario
from desktop_app.domain.watch import CancelWatch
from desktop_app.engine.answers import answer
from desktop_app.figures.measures import MEASURES
from tests.engine.random_questions import Case, cases
from tests.engine.test_index import draggable, some_positions
from tests.reference.books import AS_OF

_PAIRS_TRIED, _PLACES_TRIED = 1, 3


def axis(case: Case, scenario: Scenario, handle: ThresholdHandle, random: Random) -> tuple[ThresholdHandle, Positions]:
    return handle, some_positions(case, scenario, handle, random, most=40)


def assert_surface_is_scan(case: Case, random: Random) -> int:
    scenario = Scenario(id="scenario", policy=case.policies["scenario"])
    handles = [one for one in threshold_handles(scenario.policy) if draggable(case.loaded, scenario, one)]
    pairs = list(combinations(handles, 2))
    chosen = random.sample(pairs, min(len(pairs), _PAIRS_TRIED))
    for pair in chosen:
        x, y = (axis(case, scenario, handle, random) for handle in pair)
        request = SurfaceRequest(case.loaded.book.data_hash, AS_OF, scenario, x, y, tuple(MEASURES))
        found = answer(case.loaded.cursor, case.loaded.prepared, request, CancelWatch())
        assert isinstance(found, SurfaceSums)
        for _ in range(_PLACES_TRIED):
            assert_pair(case, request, found, random)
    return len(chosen)


def assert_pair(case: Case, request: SurfaceRequest, found: SurfaceSums, random: Random) -> None:
    there, places = request.scenario, []
    for handle, positions in (request.x, request.y):
        places.append(random.randrange(positions.count))
        there = with_value(there, handle, positions.value(places[-1]))
    cube = case.loaded.answer(there.policy, there.policy, None).by_reason["scenario"].onto("outcome")
    assert set(found.sums) == set(cube.sums)
    for measure, sums in cube.sums.items():
        assert found.sums[measure][places[0], places[1]].tolist() == sums.tolist(), measure


@pytest.mark.parametrize("seed", range(960, 964))
def test_at_any_pair_of_positions_the_surface_is_the_scan(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    for case in cases(range(seed, seed + 1), tmp_path, pairs=1, most_rows=120):
        assert_surface_is_scan(case, random)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2200, 2260))
def test_hundreds_of_pairs_of_random_policies(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    for case in cases(range(seed, seed + 1), tmp_path, pairs=4):
        assert_surface_is_scan(case, random)
