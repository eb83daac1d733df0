"""Groups against the reference group, by known answers."""

from __future__ import annotations

from math import erfc, sqrt

import pytest

from desktop_app.analysis.monitoring import Monitored, monitored, reference_group
from desktop_app.domain.cubes import Cube
from tests.analysis.answers import by_reason, evaluation

# East: 1,000 users, 100 blocked and 100 referred. West: 400 users, 60 blocked and 100 referred.
CUBE = by_reason(
    ("blocked", "low_score", "east", {"users": 100}),
    ("referred", "new_line", "east", {"users": 100}),
    ("unchanged", "", "east", {"users": 800}),
    ("blocked", "low_score", "west", {"users": 60}),
    ("referred", "new_line", "west", {"users": 100}),
    ("unchanged", "", "west", {"users": 240}),
    ("unchanged", "", None, {"users": 10}),
)


def groups(cube: Cube = CUBE, reference: str | None = None) -> dict[str | None, Monitored]:
    return {one.group: one for one in monitored(evaluation(cube), "scenario", reference)}


def pooled_p(hits: int, of: int, other_hits: int, other_of: int) -> float:
    pooled = (hits + other_hits) / (of + other_of)
    z = (hits / of - other_hits / other_of) / sqrt(pooled * (1 - pooled) * (1 / of + 1 / other_of))
    return erfc(abs(z) / sqrt(2))


def test_the_largest_group_that_is_known_is_the_reference() -> None:
    assert reference_group(evaluation(CUBE), "scenario") == "east"
    assert groups()["east"].unrestricted.ratio == 1
    mostly_missing = by_reason(("unchanged", "", None, {"users": 9}), ("unchanged", "", "west", {"users": 2}))
    assert reference_group(evaluation(mostly_missing), "scenario") == "west"


def test_rates_are_divided_by_the_references() -> None:
    west = groups()["west"]
    assert (west.unrestricted.rate, west.unrestricted.ratio) == (pytest.approx(0.6), pytest.approx(0.75))
    assert (west.blocked.rate, west.blocked.ratio) == (pytest.approx(0.15), pytest.approx(1.5))


def test_the_test_is_pooled_and_two_sided() -> None:
    west = groups()["west"]
    assert west.unrestricted.p == pytest.approx(pooled_p(240, 400, 800, 1000), rel=1e-9)
    assert west.blocked.p == pytest.approx(pooled_p(60, 400, 100, 1000), rel=1e-9)


def test_a_group_beyond_the_bounds_and_beyond_chance_is_flagged() -> None:
    assert [one.group for one in monitored(evaluation(CUBE), "scenario") if one.flagged] == ["west"]


def test_another_reference_turns_it_round() -> None:
    found = groups(reference="west")["east"]
    assert found.unrestricted.ratio == pytest.approx(4 / 3)
    assert not found.flagged


def test_few_users_are_never_flagged() -> None:
    few = by_reason(
        ("blocked", "low_score", "west", {"users": 20}),
        ("unchanged", "", "west", {"users": 5}),
        ("blocked", "low_score", "east", {"users": 10}),
        ("unchanged", "", "east", {"users": 990}),
    )
    west = groups(few)["west"]
    assert (west.unrestricted.thin, west.blocked.thin, west.flagged) == (True, True, False)


@pytest.mark.parametrize(("blocked", "flagged"), [(125, False), (126, True)])
def test_the_bound_itself_is_no_breach(blocked: int, flagged: bool) -> None:
    cube = by_reason(
        ("blocked", "low_score", "east", {"users": 2_000}),
        ("unchanged", "", "east", {"users": 18_000}),
        ("blocked", "low_score", "west", {"users": 10 * blocked}),
        ("unchanged", "", "west", {"users": 10_000 - 10 * blocked}),
    )
    assert groups(cube)["west"].flagged is flagged


def test_the_rule_that_makes_the_gap_is_named() -> None:
    # new_line restricts 25 % of the west and 10 % of the east, low_score 15 % and 10 %.
    found = groups()
    assert (found["west"].gap, found["east"].gap, found[None].gap) == ("new_line", None, None)


def test_where_nobody_is_blocked_there_is_no_ratio() -> None:
    nobody = by_reason(("unchanged", "", "east", {"users": 100}), ("unchanged", "", "west", {"users": 50}))
    west = groups(nobody)["west"]
    assert (west.blocked.rate, west.blocked.ratio, west.blocked.p, west.flagged) == (0, None, None, False)
