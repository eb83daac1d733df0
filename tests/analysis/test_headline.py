"""The headline says the direction in words."""

from __future__ import annotations

from types import MappingProxyType

import pytest

from desktop_app.analysis.headline import headline
from desktop_app.domain.readings import Kind, Reading, Unit
from desktop_app.text.language import Language
from desktop_app.text.words import Words
from tests.analysis.answers import DAY

WORDS = Words(Language.ENGLISH)


def reading(figure, unit, value, baseline):
    return Reading(figure, unit, Kind.OBSERVED, DAY, value, baseline)


def said(blocked, avoided, baseline=(100, 5e6), more=MappingProxyType({})):
    readings = {
        "users_blocked": reading("users_blocked", Unit.USERS, blocked, baseline[0]),
        "blocked_rate": reading("blocked_rate", Unit.SHARE, blocked / 10_000, baseline[0] / 10_000),
        "el_avoided": reading("el_avoided", Unit.MONEY, avoided, baseline[1]),
    }
    readings |= more
    return WORDS.say(headline(readings, "Scenario 1", WORDS, "USD"))


@pytest.mark.parametrize(
    ("blocked", "avoided", "sentence"),
    [
        (280, 7.1e6, "Scenario 1 blocks 180 more users (+1.8 pp) and avoids $2.10 M of expected loss."),
        (40, 2.9e6, "Scenario 1 blocks 60 fewer users (−0.60 pp) and adds $2.10 M of expected loss."),
        (100, 5e6, "Scenario 1 blocks as many users as the baseline and leaves expected loss as it is."),
        (280, None, "Scenario 1 blocks 180 more users (+1.8 pp); expected loss cannot be computed here."),
    ],
)
def test_the_sentence(blocked, avoided, sentence):
    assert said(blocked, avoided) == sentence


@pytest.mark.parametrize(
    ("hurt", "stopped", "end"),
    [
        (1_840, 200, "and avoids $2.10 M of expected loss; 9.4 good users hurt per bad one stopped."),
        (900, 200, "and avoids $2.10 M of expected loss."),
        (1_840, 90, "and avoids $2.10 M of expected loss."),
    ],
)
def test_good_users_are_in_it_where_more_of_both_are_hit(hurt, stopped, end):
    users = {
        "goods_hurt": reading("goods_hurt", Unit.USERS, hurt, 900),
        "bads_stopped": reading("bads_stopped", Unit.USERS, stopped, 100),
    }
    assert said(280, 7.1e6, more=users).endswith(end)


def test_less_than_half_a_cent_is_no_change():
    assert "leaves expected loss as it is" in said(100, 5e6 + 0.004)
