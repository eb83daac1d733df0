"""Variants of a policy by one scan against a scan of each: every sum, digit for digit."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.domain.outcomes import OUTCOMES
from desktop_app.domain.requests import HistogramCounts, HistogramRequest
from desktop_app.domain.scenario import Scenario
from desktop_app.domain.variants import Variant, Variants, VariantsRequest
from desktop_app.domain.watch import CancelWatch
from desktop_app.engine.answers import answer
from desktop_app.workspace.foreseeing import variants_of
from tests.engine.random_questions import Case, cases
from tests.reference.books import AS_OF

FIELD = "credit_limit"


def answered(case: Case) -> tuple[VariantsRequest, Variants]:
    scenario = Scenario(id="scenario", policy=case.policies["scenario"])
    rules = scenario.policy.rules
    policies = variants_of(scenario.policy, rules[0].id if rules else None)
    bins = histogram(case, scenario).bins
    request = VariantsRequest(case.loaded.book.data_hash, AS_OF, scenario, policies, case.grouping, FIELD, bins)
    found = answer(case.loaded.cursor, case.loaded.prepared, request, CancelWatch())
    assert isinstance(found, Variants)
    return request, found


def histogram(case: Case, scenario: Scenario) -> HistogramCounts:
    request = HistogramRequest(case.loaded.book.data_hash, AS_OF, scenario, scenario, FIELD, bins=15)
    found = answer(case.loaded.cursor, case.loaded.prepared, request, CancelWatch())
    assert isinstance(found, HistogramCounts)
    return found


def assert_variant(case: Case, request: VariantsRequest, place: int, found: Variant) -> None:
    policy = request.policies[place]
    cube = case.loaded.answer(policy, policy, case.grouping).by_reason["scenario"]
    for shown, names in ((found.by_reason, ("outcome", "reason")), (found.by_group, ("outcome", "group"))):
        expected = cube.onto(*names)
        assert shown.axes == expected.axes
        assert set(shown.sums) == set(expected.sums)
        for measure, sums in expected.sums.items():
            assert shown.sums[measure].tolist() == sums.tolist(), measure
    bars = histogram(case, request.scenario.with_policy(policy))
    assert found.users_by_bin is not None
    assert found.users_by_bin[:, -1].sum() == bars.missing
    if bars.bins == request.bins:
        assert found.users_by_bin[:, :-1].tolist() == [bars.counts[outcome].tolist() for outcome in OUTCOMES]


@pytest.mark.parametrize("seed", range(1000, 1004))
def test_each_variant_is_what_a_scan_of_it_says(seed: int, tmp_path: Path) -> None:
    for case in cases(range(seed, seed + 1), tmp_path, pairs=1, most_rows=120):
        request, found = answered(case)
        assert set(found.variants) == set(request.names)
        for place in {0, len(request.names) // 2, len(request.names) - 1} if request.names else ():
            assert_variant(case, request, place, found.variants[request.names[place]])


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2300, 2360))
def test_every_variant_of_many_policies(seed: int, tmp_path: Path) -> None:
    for case in cases(range(seed, seed + 1), tmp_path, pairs=3):
        request, found = answered(case)
        for place, name in enumerate(request.names):
            assert_variant(case, request, place, found.variants[name])
