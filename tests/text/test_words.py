"""Sentences in two languages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from desktop_app.domain.policy import Wording
from desktop_app.domain.problems import Message, message
from desktop_app.text.language import Language
from desktop_app.text.words import Words

ENGLISH = Words(Language.ENGLISH)
CHINESE = Words(Language.CHINESE)
# Built without `message`, so that the search for sentences to translate does not find them.
UNKNOWN = Message("No such sentence: {what}.", (("what", "x"),))


def test_a_sentence_is_translated() -> None:
    assert CHINESE.translate("Balance") == "余额"


def test_an_unknown_sentence_stays_english() -> None:
    assert CHINESE.say(UNKNOWN) == "No such sentence: x."


def test_values_are_filled_in_the_language() -> None:
    filled = Message("{rows}, {rate}, {day}", (("rows", 12345), ("rate", Decimal("0.5")), ("day", date(2026, 1, 31))))
    assert (ENGLISH.say(filled), CHINESE.say(filled)) == (
        "12,345, 0.5, Jan 31, 2026",
        "12,345, 0.5, 2026年1月31日",
    )


def test_messages_inside_messages_are_translated() -> None:
    assert CHINESE.say(Message("[{inner}]", (("inner", message("Balance")),))) == "[余额]"


def test_braces_in_a_value_are_text() -> None:
    assert ENGLISH.say(Message("{name}", (("name", "{0} {x"),))) == "{0} {x"


def test_braces_in_a_sentence_without_places_are_text() -> None:
    assert ENGLISH.say(Message("{not a place}")) == "{not a place}"


def test_a_wording_falls_back_to_the_other_language() -> None:
    assert (CHINESE.wording(Wording(en="a")), ENGLISH.wording(Wording(zh="甲"))) == ("a", "甲")


def test_a_wording_is_read_in_its_language() -> None:
    both = Wording(en="a", zh="甲")
    assert (ENGLISH.wording(both), CHINESE.wording(both)) == ("a", "甲")


def test_the_first_locale_that_is_set_decides_the_language() -> None:
    assert Language.preferred(None, "", "zh_CN.UTF-8", "en_US") is Language.CHINESE


def test_other_locales_are_spoken_to_in_english() -> None:
    assert Language.preferred("de_DE.UTF-8") is Language.ENGLISH


@pytest.mark.parametrize(
    ("stated", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, Language.CHINESE),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, Language.ENGLISH),
        ({"LC_MESSAGES": "en_GB.UTF-8", "LC_ALL": "zh_TW.UTF-8"}, Language.CHINESE),
        ({"LC_TIME": "zh_CN.UTF-8"}, Language.ENGLISH),
    ],
)
def test_the_terminal_speaks_the_language_of_its_messages(stated: dict[str, str], language: Language) -> None:
    assert Language.of_terminal(stated) is language
