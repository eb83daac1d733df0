"""Filters as values: parts take each other's place, and equal ones have one key."""

from decimal import Decimal

from desktop_app.domain.filters import EVERYTHING, Filter, HasOutcome, HasReason, InGroup, InRange, IsMissing
from desktop_app.domain.outcomes import Outcome

LOW = InRange("score", None, Decimal(600))
MASS = InGroup("segment", ("mass",))
BLOCKED = HasOutcome("scenario", (Outcome.BLOCKED,))


def test_nothing_chosen_is_no_filter() -> None:
    assert not EVERYTHING
    assert EVERYTHING.key == ""


def test_a_second_bin_of_a_field_takes_the_place_of_the_first() -> None:
    assert Filter((LOW, MASS)).also(IsMissing("score")).parts == (MASS, IsMissing("score"))


def test_a_cell_of_both_outcomes_keeps_both() -> None:
    before = HasOutcome("baseline", (Outcome.UNCHANGED,))
    assert EVERYTHING.also(before, BLOCKED).parts == (before, BLOCKED)


def test_the_order_of_choosing_does_not_matter() -> None:
    assert Filter((LOW, MASS)).key == Filter((MASS, LOW)).key
    assert Filter((LOW,)).key != Filter((MASS,)).key


def test_one_part_can_be_taken_back() -> None:
    assert Filter((LOW, MASS)).without(LOW) == Filter((MASS,))


def test_only_outcomes_and_reasons_follow_the_policy() -> None:
    assert not Filter((LOW, MASS)).reads_policies
    assert Filter((LOW, BLOCKED)).reads_policies
    assert Filter((HasReason("baseline", ("a",)),)).reads_policies
