"""The Chinese catalogue says everything that the code says, and nothing else."""

from __future__ import annotations

from functools import cache
from string import Formatter

from babel.messages.pofile import read_po

from tests.house.sentences import Sentences, find_sentences, sentences_in
from tests.house.update_catalogue import CATALOGUES

TO_FIX = "run python -m tests.house.update_catalogue and fill in the empty translations"


@cache
def sentences() -> Sentences:
    return find_sentences()


@cache
def chinese() -> dict[str, str]:
    with (CATALOGUES / "zh" / "greyline.po").open("rb") as file:
        return {str(entry.id): str(entry.string) for entry in read_po(file) if entry.id and not entry.fuzzy}


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_every_sentence_can_be_found() -> None:
    assert not sentences().unreadable, (
        "give message() its sentence as a literal, or build a Message from another's text"
    )


def test_every_sentence_has_a_translation() -> None:
    missing = [text for text in sentences().files if not chinese().get(text)]
    assert not missing, TO_FIX


def test_no_translation_is_left_over() -> None:
    assert not set(chinese()) - set(sentences().files), TO_FIX


def test_translations_keep_their_places() -> None:
    different = [text for text, said in chinese().items() if said and places(said) != places(text)]
    assert not different


def test_a_sentence_stays_a_sentence() -> None:
    different = [text for text, said in chinese().items() if said and text.endswith(".") != said.endswith("。")]
    assert not different


def test_a_conditional_sentence_is_found_both_ways() -> None:
    found = sentences_in('message("a" if x else "b")')
    assert set(found.files) == {"a", "b"}


def test_an_assigned_sentence_is_found_in_its_own_function() -> None:
    found = sentences_in('text = "outer"\ndef f():\n    text = "inner"\n    return message(text)')
    assert set(found.files) == {"inner"}


def test_a_sentence_made_at_run_time_is_reported() -> None:
    assert sentences_in('message(f"{x}")').unreadable == ["source.py:1"]


def test_the_text_of_another_message_was_found_with_it() -> None:
    assert not sentences_in("message(OTHER.text, n=1)").unreadable
