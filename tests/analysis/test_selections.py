"""What a bar, a bin or a cell stands for."""

from decimal import Decimal

import numpy as np

from desktop_app.analysis.selections import bin_parts, cause_parts, cell_parts, group_parts, missing_parts, reason_parts
from desktop_app.domain.chart_values import Bar
from desktop_app.domain.filters import HasOutcome, HasReason, InGroup, InRange, IsMissing
from desktop_app.domain.outcomes import Outcome
from desktop_app.domain.policy import Policy
from tests.charts.samples import histogram
from tests.reference.samples import policy, rule

RESTRICTED = (Outcome.BLOCKED, Outcome.REFERRED, Outcome.REDUCED)


def bar(key: str, value: float, baseline: float) -> Bar:
    return Bar(key, key, Outcome.BLOCKED, value, baseline)


def of_cause(key: str, cause: str) -> dict[str, object]:
    return rule(key, "block", reason={"code": key, "cause": cause})


def test_a_reason_is_the_scenarios() -> None:
    assert reason_parts(bar("low", 10, 20)) == (HasReason("scenario", ("low",)),)


def test_a_reason_that_only_the_baseline_gives_is_the_baselines() -> None:
    assert reason_parts(bar("low", 0, 20)) == (HasReason("baseline", ("low",)),)


def test_a_cause_is_the_restricted_of_all_its_rules() -> None:
    before = Policy.model_validate(policy(of_cause("a", "policy"), of_cause("gone", "behaviour")))
    after = Policy.model_validate(policy(of_cause("a", "behaviour"), of_cause("b", "policy")))
    found = cause_parts(bar("behaviour", 5, 1), before, after)
    assert found == (HasReason("scenario", ("a", "gone")), HasOutcome("scenario", RESTRICTED))


def test_bins_are_a_range_of_their_field() -> None:
    assert bin_parts(histogram(), 1, 2) == (InRange("score", Decimal(450), Decimal(650)),)


def test_the_last_bin_takes_the_tail() -> None:
    assert bin_parts(histogram(), 5, 5) == (InRange("score", Decimal(850), None),)


def test_edges_are_the_decimals_that_they_mean() -> None:
    value = histogram()
    fine = type(value)(**{**value.__dict__, "edges": np.array([0.1, 0.2, 0.30000000000000004, 1, 2, 3, 4])})
    assert bin_parts(fine, 1, 1) == (InRange("score", Decimal("0.2"), Decimal("0.3")),)


def test_missing_values_are_a_bin_of_their_own() -> None:
    assert missing_parts(histogram()) == (IsMissing("score"),)


def test_a_cell_is_both_outcomes() -> None:
    assert cell_parts(Outcome.UNCHANGED, Outcome.BLOCKED) == (
        HasOutcome("baseline", (Outcome.UNCHANGED,)),
        HasOutcome("scenario", (Outcome.BLOCKED,)),
    )


def test_a_group_may_be_the_missing_one() -> None:
    assert group_parts("segment", None) == (InGroup("segment", (None,)),)
