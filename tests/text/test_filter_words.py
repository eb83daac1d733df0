"""Chips say what a filter asks for."""

from decimal import Decimal

import pytest

from desktop_app.domain.filters import FilterPart, HasId, HasOutcome, HasReason, InGroup, InRange, IsMissing
from desktop_app.domain.outcomes import Outcome
from desktop_app.text.filter_words import part_words
from desktop_app.text.language import Language
from desktop_app.text.words import Words


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (InRange("score", Decimal(600), Decimal(620)), "Score from 600 to below 620"),
        (InRange("score", None, Decimal(620)), "Score below 620"),
        (InRange("score", Decimal(0), None), "Score from 0"),
        (InRange("score", None, None), "Score is known"),
        (IsMissing("score"), "Score is missing"),
        (InGroup("segment", ("mass", None)), "Segment: mass, (missing)"),
        (InGroup("segment", ("{odd}",)), "Segment: {odd}"),
        (HasOutcome("scenario", (Outcome.BLOCKED, Outcome.REFERRED)), "Blocked, Referred"),
        (HasOutcome("baseline", (Outcome.UNCHANGED,)), "Baseline: Unchanged"),
        (HasReason("scenario", ("low",)), "Reason: LOW"),
        (HasId("A00"), "Id begins with A00"),
        (HasId("A00", whole=True), "Id is A00"),
    ],
)
def test_a_part_is_said_in_few_words(part: FilterPart, said: str) -> None:
    assert Words(Language.ENGLISH).say(part_words(part, lambda _, rule: rule.upper())) == said
