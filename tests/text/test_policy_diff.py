"""What differs between two policies, in words."""

from __future__ import annotations

from typing import Any

import pytest

from desktop_app.domain.policy import Policy
from desktop_app.text.language import Language
from desktop_app.text.policy_diff import policy_differences
from desktop_app.text.words import Words
from tests.reference.samples import cut, policy, rule

WORDS = {language: Words(language) for language in Language}
BANDS = {"field": "score", "edges": [350, 600, 950]}


def differences(
    before: dict[str, Any], after: dict[str, Any], language: Language = Language.ENGLISH
) -> dict[str, list[str]]:
    words = WORDS[language]
    found = policy_differences(Policy.model_validate(before), Policy.model_validate(after), words)
    return {words.say(one.title): [words.say(change) for change in one.changes] for one in found}


def changed(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """What changed in the only rule of two policies."""
    (changes,) = differences(policy(before), policy(after)).values()
    return changes


def score(value: int, **groups: int) -> dict[str, Any]:
    by = {"by": {"column": "segment", "values": groups}} if groups else {}
    return {"field": "score", "operator": "<", "value": value, **by}


def matrix(*cells: int | None) -> dict[str, Any]:
    return {
        "kind": "cut",
        "target": {"kind": "matrix", "rows": BANDS, "cells_are": "percent", "cells": [[cell] for cell in cells]},
    }


def test_a_policy_differs_in_nothing_from_itself() -> None:
    assert differences(policy(rule("a", "block")), policy(rule("a", "block"))) == {}


def test_added_and_removed_rules_are_said_whole() -> None:
    found = differences(policy(rule("a", "block")), policy(rule("b", "refer", enabled=False)))
    assert found == {
        "Removed: a": ["if Score below 600: Block"],
        "Added: b": ["if Score below 600: Refer to manual review; switched off"],
    }


def test_the_rules_that_moved_are_the_fewest_that_explain_the_order() -> None:
    rules = [rule(key, "block") for key in "abcd"]
    assert differences(policy(*rules), policy(rules[3], *rules[:3])) == {
        "Changed: d": ["moved from place 4 to place 1"]
    }


def test_a_switch() -> None:
    assert changed(rule("a", "block"), rule("a", "block", enabled=False)) == ["switched off"]
    assert changed(rule("a", "block", enabled=False), rule("a", "block")) == ["switched on"]


def test_thresholds_by_group() -> None:
    before = rule("a", "block", score(600, prime=580, thin_file=640))
    after = rule("a", "block", score(610, prime=590, gig_worker=620))
    assert changed(before, after) == [
        "Score below: 600 → 610",
        "Score below, Segment prime: 580 → 590",
        "Score below, Segment thin_file: 640 → the value of all others",
        "Score below, Segment gig_worker: the value of all others → 620",
    ]


def test_another_condition_is_said_whole() -> None:
    found = changed(
        rule("a", "block"), rule("a", "block", {"any": [score(600), {"field": "pd", "operator": "is missing"}]})
    )
    assert found == ["condition: Score below 600 → Score below 600 or PD is missing"]


def test_the_size_of_an_action() -> None:
    found = changed(rule("a", cut(percent=60)), rule("a", cut(percent=50)))
    assert found == ["action: Cut the limit to 60 % of the present one → Cut the limit to 50 % of the present one"]


def test_cells_of_a_matrix() -> None:
    assert changed(rule("a", matrix(50, None)), rule("a", matrix(40, 80))) == [
        "Score from 350 to below 600: 50 % → 40 %",
        "Score from 600 to below 950: empty → 80 %",
    ]


def test_on_missing_and_the_sentence() -> None:
    after = rule("a", "block", on_missing="refer")
    after["reason"] = {**after["reason"], "sentence": {"en": "Please wait."}}
    assert changed(rule("a", "block"), after) == [
        "where something is missing: Skip the rule → Refer the account",
        "sentence in English: — → Please wait.",
    ]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"round_to": 500}, "limits are rounded down to: 100 → 500"),
        ({"floor": 0}, "no cut goes below: 500 → 0"),
        ({"protect_balance": True}, "a cut spares what is drawn: no → yes"),
    ],
)
def test_settings_of_the_policy(more: dict[str, Any], said: str) -> None:
    assert differences(policy(), policy(**more)) == {"The policy as a whole": [said]}


def test_chinese_has_no_english_left() -> None:
    rules = [rule(key, "block") for key in "12"]
    after = [rule("2", cut(percent=50), score(610), on_missing="refer"), rule("1", "block"), rule("3", "block")]
    found = differences(policy(*rules), policy(*after, floor=0), Language.CHINESE)
    text = "".join([*found, *(line for lines in found.values() for line in lines)])
    assert not any(character.isascii() and character.isalpha() for character in text)
