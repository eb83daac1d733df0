"""The one thing that was done begins the sentence; of several things, or of none, nothing is said."""

from __future__ import annotations

from typing import Any

import pytest

from desktop_app.analysis.edit_words import only_edit_words
from desktop_app.text.language import Language
from desktop_app.text.words import Words
from tests.analysis.answers import rule, scenario

LOW = rule("low_score", name={"en": "Low score", "zh": "分低"})
BY_PD = rule("by_pd", "pd", 0.5)


def by(**values: int) -> dict[str, Any]:
    return {"condition": {"by": {"column": "region", "values": values}}}


@pytest.mark.parametrize(
    ("before", "after", "restricted", "said"),
    [
        ((LOW,), (rule("low_score", value=640),), 5, "Tightening Score to 640"),
        ((LOW,), (rule("low_score"),), 0, None),
        ((LOW,), (rule("low_score", value=640, enabled=False),), 5, None),
        ((rule("low_score"),), (rule("low_score", value=640),), 5, "Tightening Score to 640"),
        ((rule("low_score"),), (rule("low_score", value=560),), -5, "Loosening Score to 560"),
        ((rule("low_score"),), (rule("low_score", value=601),), 0, "Moving Score to 601"),
        (
            (rule("low_score", **by(west=580)),),
            (rule("low_score", **by(west=590)),),
            1,
            "Tightening Score for west to 590",
        ),
        ((LOW,), (LOW, BY_PD), 5, "Adding by_pd"),
        ((LOW, BY_PD), (BY_PD,), -5, "Removing Low score"),
        ((LOW,), (LOW | {"enabled": False},), -5, "Switching Low score off"),
        ((LOW,), (LOW | {"action": {"kind": "refer"}},), 0, "Changing Low score"),
        ((LOW, BY_PD), (BY_PD, LOW), 0, "Another order of the rules"),
        ((LOW,), (LOW,), 0, None),
        ((LOW,), (BY_PD,), 0, None),
    ],
)
def test_one_edit_is_said(
    before: tuple[dict[str, Any], ...], after: tuple[dict[str, Any], ...], restricted: int, said: str | None
) -> None:
    words = Words(Language.ENGLISH)
    found = only_edit_words(scenario(*before), scenario(*after), restricted, words)
    assert (words.say(found) if found else None) == said


def test_what_is_supposed_is_no_edit_of_the_policy() -> None:
    supposed = scenario(LOW, assumptions={"ccf": 0.5})
    assert only_edit_words(scenario(LOW), supposed, 0, Words(Language.ENGLISH)) is None
