"""What a drag does from where it began: the lines beside the line in the hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from desktop_app.domain.actions import Action, Block, Cut, Raise, Refer, WatchOnly
from desktop_app.domain.problems import Message, message
from desktop_app.domain.readings import Reading
from desktop_app.text.formats import Formats

Readings = Mapping[str, Reading]


def readout(before: Readings, after: Readings, action: Action, formats: Formats) -> tuple[Message, ...]:
    """Users of the rule's outcome, expected loss, good users hurt for each bad one stopped; what cannot be said, not.

    `before` are the readings where the drag began; their scenario side is compared, not their baseline.
    """
    lines = (
        _users(before, after, action, formats),
        _loss(before, after, formats),
        good_per_bad(_moved(before, after, "goods_hurt"), _moved(before, after, "bads_stopped"), formats),
    )
    return tuple(line for line in lines if line is not None)


def good_per_bad(hurt: float | None, stopped: float | None, formats: Formats) -> Message | None:
    """Δ good users hurt ÷ Δ bad users stopped, a figure only where both are positive (domain rules, section 4)."""
    if hurt is None or stopped is None or hurt <= 0 or stopped <= 0:
        return None
    return message("{n} good per bad", n=formats.decimal(hurt / stopped, 1))


def _users(before: Readings, after: Readings, action: Action, formats: Formats) -> Message | None:
    figure, sentence = _counted(action)
    users, everyone = _moved(before, after, figure), after["users"].value
    if users is None or not everyone:
        return None
    points = formats.percentage_points(users / everyone)
    return message(sentence.text, n=formats.integer(users, signed=True), points=points)


def _loss(before: Readings, after: Readings, formats: Formats) -> Message | None:
    loss = _moved(before, after, "el")
    return None if loss is None else message("EL {amount}", amount=formats.short_money(loss, signed=True))


def _counted(action: Action) -> tuple[str, Message]:
    """The figure that the rule's action moves, and how its change is said."""
    match action:
        case Block():
            return "users_blocked", message("{n} users blocked ({points})")
        case Refer():
            return "users_referred", message("{n} users referred ({points})")
        case Cut():
            return "users_reduced", message("{n} users limit-reduced ({points})")
        case WatchOnly():
            return "users_watched", message("{n} users watched ({points})")
        case Raise():
            return "users_raised", message("{n} users raised ({points})")
        case _:
            assert_never(action)


def _moved(before: Readings, after: Readings, figure: str) -> float | None:
    """How far a figure has moved; None where it is unknown on either side, or in this catalogue."""
    if figure not in before or figure not in after:
        return None
    then, now = before[figure].value, after[figure].value
    return None if then is None or now is None else now - then
