"""Answers about a filter: the same as plain Python, and exactly the cells that the filter was taken from."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.domain.filters import EVERYTHING, Filter, HasOutcome, HasReason, InGroup
from desktop_app.domain.outcomes import OUTCOMES
from desktop_app.domain.requests import SIDES, EvaluateRequest, Evaluation, HistogramCounts, HistogramRequest
from desktop_app.domain.scenario import Scenario
from desktop_app.domain.watch import CancelWatch
from desktop_app.engine.answers import answer
from desktop_app.figures.measures import MEASURES as CATALOGUE
from tests.engine.random_questions import Case, cases
from tests.engine.test_against_reference import cells, nonzero
from tests.engine.test_filters import random_filter
from tests.reference import summing
from tests.reference.books import AS_OF
from tests.reference.counting import counts
from tests.reference.evaluate import Result
from tests.reference.filtering import accounts_left, users_left
from tests.reference.preparing import prepared_types


def sides(case: Case) -> tuple[Scenario, Scenario]:
    baseline, scenario = (Scenario(id=side, policy=case.policies[side]) for side in SIDES)
    return baseline, scenario


def evaluated(case: Case, chosen: Filter, grouping: str | None = None) -> Evaluation:
    request = EvaluateRequest("random", AS_OF, *sides(case), grouping, chosen)
    found = answer(case.loaded.cursor, case.loaded.prepared, request, CancelWatch())
    assert isinstance(found, Evaluation)
    return found


class Left(Result):
    """A result of which only some accounts and users are left."""

    kept_users: set[str]

    @property
    def users(self) -> dict:
        return {name: user for name, user in self.whole.users.items() if name in self.kept_users}


def left(whole: Result, accounts: set[str], users: set[str]) -> Left:
    kept = tuple(account for account in whole.accounts if account.row["account_id"] in accounts)
    made = Left(kept, whole.rules, whole.unavailable, whole.shares, whole.question)
    object.__setattr__(made, "whole", whole)
    object.__setattr__(made, "kept_users", users)
    return made


@pytest.mark.parametrize("seed", range(1000, 1008))
def test_filtered_sums_agree_with_the_reference(seed: int, tmp_path: Path) -> None:
    draw = random.Random(seed)
    for case in cases(range(seed, seed + 1), tmp_path, pairs=1, most_rows=60):
        chosen = random_filter(draw, case, prepared_types(case.loaded.small.columns))
        found = evaluated(case, chosen, case.grouping)
        types = prepared_types(case.loaded.small.columns)
        accounts = set(accounts_left(chosen, case.expected, types))
        users = users_left(chosen, case.expected, types)
        for side in SIDES:
            result = left(case.expected[side], accounts, users)
            for name, measure in summing.MEASURES.items():
                if name in CATALOGUE:
                    expected = nonzero(summing.sums(result, measure, case.grouping))
                    assert cells(found.by_reason[side], name) == expected, (name, chosen)
            for name, of_user in summing.USER_MEASURES.items():
                expected = nonzero(summing.user_sums(result, of_user, case.grouping))
                assert cells(found.by_reason[side], name) == expected, (name, chosen)


@pytest.mark.parametrize("seed", range(1020, 1024))
def test_a_filter_leaves_the_cells_that_it_was_taken_from(seed: int, tmp_path: Path) -> None:
    draw = random.Random(seed)
    for case in cases(range(seed, seed + 1), tmp_path, pairs=1, most_rows=60):
        whole = evaluated(case, EVERYTHING, case.grouping)
        outcome = draw.choice(OUTCOMES)
        rule = draw.choice([one.id for one in case.policies["scenario"].rules] or [""])
        parts = [HasOutcome("scenario", (outcome,)), HasReason("scenario", (rule,))]
        wanted = {"outcome": outcome.value, "reason": rule}
        if case.grouping is not None:
            label = draw.choice(whole.by_reason["scenario"].axis("group").labels)
            parts.append(InGroup(case.grouping, (label,)))
            wanted["group"] = label
        found = evaluated(case, Filter(tuple(parts)), case.grouping)
        cube = whole.by_reason["scenario"]
        for axis, name in wanted.items():
            cube = cube.at(axis, name)
        for measure in CATALOGUE:
            assert found.by_reason["scenario"].total(measure) == cube.total(measure), measure


@pytest.mark.parametrize("seed", range(1030, 1034))
def test_rules_are_counted_within_the_filter(seed: int, tmp_path: Path) -> None:
    draw = random.Random(seed)
    for case in cases(range(seed, seed + 1), tmp_path, pairs=1, most_rows=60):
        types = prepared_types(case.loaded.small.columns)
        chosen = random_filter(draw, case, types)
        # What is kept of the whole book is not taken for the filter's.
        evaluated(case, EVERYTHING)
        users, accounts = users_left(chosen, case.expected, types), set(accounts_left(chosen, case.expected, types))
        for side in SIDES:
            result = left(case.expected[side], accounts, users)
            for rule, found in zip(case.policies[side].rules, evaluated(case, chosen).rules[side], strict=True):
                if rule.id in result.rules:
                    expected = counts(result, rule.id)
                    assert found.any_hit_users == expected.any_hit_users
                    assert found.any_hit_accounts == expected.any_hit_accounts
                    assert found.first_reason_users == expected.first_reason_users


def test_a_histogram_keeps_its_bins_whatever_is_chosen(tmp_path: Path) -> None:
    for case in cases(range(702, 703), tmp_path, pairs=1, most_rows=60):
        whole = HistogramRequest("random", AS_OF, *sides(case), "balance")
        blocked = Filter((HasOutcome("scenario", OUTCOMES[:1]),))
        every, some = (
            answer(case.loaded.cursor, case.loaded.prepared, asked, CancelWatch())
            for asked in (whole, replace(whole, chosen=blocked))
        )
        assert isinstance(every, HistogramCounts)
        assert isinstance(some, HistogramCounts)
        assert some.edges == every.edges
        for outcome, counted in some.counts.items():
            expected = every.counts[outcome] if outcome is OUTCOMES[0] else 0 * counted
            assert (counted == expected).all()


def test_the_filter_is_part_of_the_question(tmp_path: Path) -> None:
    for case in cases(range(702, 703), tmp_path, pairs=1, most_rows=5):
        whole = EvaluateRequest("random", AS_OF, *sides(case))
        one, other = (replace(whole, chosen=Filter((InGroup("segment", (label,)),))) for label in ("a", "b"))
        assert len({whole.key, one.key, other.key}) == 3
