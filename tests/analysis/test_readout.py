"""The readout of a drag: what moved since it began, and nothing that is not known."""

from datetime import date

import pytest

from desktop_app.analysis.readout import good_per_bad, readout
from desktop_app.domain.actions import Action, Block, Cut, PercentOfLimit, Raise, Refer, WatchOnly
from desktop_app.domain.readings import Kind, Reading, Unit
from desktop_app.text.language import Language
from desktop_app.text.words import Words

ENGLISH = Words(Language.ENGLISH)
HALF = PercentOfLimit(percent=50)


def readings(**values: float | None) -> dict[str, Reading]:
    day = date(2026, 6, 30)
    return {figure: Reading(figure, Unit.USERS, Kind.OBSERVED, day, value, 0.0) for figure, value in values.items()}


BEFORE = readings(users=1_000_000, users_blocked=10_000, el=5_000_000.0, goods_hurt=900, bads_stopped=100)
AFTER = readings(users=1_000_000, users_blocked=28_203, el=2_900_000.0, goods_hurt=1_840, bads_stopped=200)


def said(before: dict[str, Reading], after: dict[str, Reading], action: Action | None = None) -> list[str]:
    return [ENGLISH.say(line) for line in readout(before, after, action or Block(), ENGLISH)]


def test_it_says_what_moved_since_the_drag_began() -> None:
    assert said(BEFORE, AFTER) == ["+18,203 users blocked (+1.8 pp)", "EL −2.10 M", "9.4 good per bad"]


def test_what_is_not_known_is_not_said() -> None:
    lost = {**AFTER, **readings(el=None)}
    assert said(BEFORE, lost) == ["+18,203 users blocked (+1.8 pp)", "9.4 good per bad"]
    assert said(readings(users=5, users_blocked=1), readings(users=5, users_blocked=1)) == ["0 users blocked (0.0 pp)"]


@pytest.mark.parametrize(("hurt", "stopped"), [(-3, 2), (3, -2), (0, 2), (3, 0), (None, 2), (3, None)])
def test_good_per_bad_is_a_figure_only_where_both_rise(hurt: float | None, stopped: float | None) -> None:
    assert good_per_bad(hurt, stopped, ENGLISH) is None


@pytest.mark.parametrize(
    ("action", "figure", "word"),
    [
        (Refer(), "users_referred", "referred"),
        (Cut(target=HALF), "users_reduced", "limit-reduced"),
        (WatchOnly(), "users_watched", "watched"),
        (Raise(target=HALF), "users_raised", "raised"),
    ],
)
def test_users_are_those_of_the_rules_own_outcome(action: Action, figure: str, word: str) -> None:
    before, after = readings(users=100, **{figure: 1}), readings(users=100, **{figure: 3})
    assert said(before, after, action) == [f"+2 users {word} (+2.0 pp)"]
