"""Assumptions and stress on the command line: single settings by name, and those that differ told."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from desktop_app.domain.documents import Document, validated
from desktop_app.domain.problems import DocumentInvalid, message
from desktop_app.domain.scenario import Assumptions, Scenario, Stress
from desktop_app.text.assumption_words import assumption_lines, stress_lines
from desktop_app.text.words import Words

D = TypeVar("D", bound=Document)

_NONE = "none"
# What a name on the command line cannot say: it has parts of its own.
_IN_FILES = "group_odds"


def add_suppositions(command: argparse.ArgumentParser, words: Words) -> None:
    """The options for assumptions and stress; each can be given several times."""
    for option, model in (("--assume", Assumptions), ("--stress", Stress)):
        names = ", ".join(name for name in model.model_fields if name != _IN_FILES)
        if model is Assumptions:
            said = message("an assumption, such as ccf=0.5 or lgd=0.6; one of: {names}", names=names)
        else:
            said = message("a stress on both policies, such as pd_odds=2; one of: {names}", names=names)
        command.add_argument(option, metavar="NAME=VALUE", action="append", default=[], help=words.say(said))


def with_settings(document: D, settings: Sequence[str], option: str) -> D:
    """The document with single values set; raises DocumentInvalid for an unknown name or a value out of range."""
    given: dict[str, object] = {}
    for setting in settings:
        name, sign, value = setting.partition("=")
        if not sign or name.strip() == _IN_FILES:
            text = '{option}: "{setting}" is no setting such as {example}.'
            example = "ccf=0.5" if isinstance(document, Assumptions) else "pd_odds=2"
            raise DocumentInvalid(message(text, option=option, setting=setting, example=example))
        given[name.strip()] = _value(value.strip())
    return validated(type(document), {**document.model_dump(), **given}, option)


def supposed_lines(scenario: Scenario, words: Words, currency: str) -> Iterator[str]:
    """The assumptions that are not the usual ones, and what the stress does, each in a line."""
    usual = dict(assumption_lines(Assumptions(), words, currency))
    own = dict(assumption_lines(scenario.assumptions, words, currency))
    changed = [(label, value) for label, value in own.items() if value != usual[label]]
    for label, value in (*changed, *stress_lines(scenario.stress, words, currency)):
        yield words.say(message("{what}: {value}", what=label, value=value))


def _value(text: str) -> object:
    """A share may be given in percent; none leaves open what can be."""
    if text == _NONE:
        return None
    try:
        return Decimal(text.removesuffix("%")) / 100 if text.endswith("%") else text
    except InvalidOperation:
        return text
