"""Assumptions and stress in words: each with its name and its value as people write it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TypeAlias

from desktop_app.domain.problems import Message, message
from desktop_app.domain.scenario import Assumptions, GroupOdds, Stress
from desktop_app.text.formats import EM_DASH
from desktop_app.text.labels import ASSUMPTION_LABELS, CAPITAL_METHOD_LABELS, STRESS_LABELS
from desktop_app.text.suppositions import group_odds_words
from desktop_app.text.words import Words

Line: TypeAlias = tuple[Message, str]

_MONEY = frozenset({"opex", "review_cost"})
_NUMBERS = frozenset({"score_fall", "pd_odds", "review_capacity"})
# Correlations and quantiles are spoken of with their own digits: 0.04, 99.9%.
_AS_WRITTEN = frozenset({"asset_correlation"})


def assumption_lines(assumptions: Assumptions, words: Words, currency: str) -> Iterator[Line]:
    """Every assumption with its value, in the order of the document."""
    for name, label in ASSUMPTION_LABELS.items():
        yield label, _value(name, getattr(assumptions, name), words, currency)


def stress_lines(stress: Stress, words: Words, currency: str) -> Iterator[Line]:
    """What a stress changes; nothing where it leaves everything as it is."""
    for name, label in STRESS_LABELS.items():
        if getattr(stress, name) != getattr(Stress(), name):
            yield label, _value(name, getattr(stress, name), words, currency)


def _value(name: str, value: Decimal | int | bool | str | GroupOdds | None, words: Words, currency: str) -> str:
    match value:
        case None:
            return EM_DASH
        case GroupOdds():
            return words.say(group_odds_words(value))
        case bool():
            return words.say(message("yes") if value else message("no"))
        case str():
            return words.say(CAPITAL_METHOD_LABELS[value])
        case _ if name in _MONEY:
            return words.money(value, currency)
        case _ if name in _NUMBERS | _AS_WRITTEN:
            return words.number(value)
        case _:
            return words.share(value)
