"""The headline: what the scenario does against the baseline, in one sentence."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.domain.problems import Message, MessageValue, message
from desktop_app.domain.readings import Reading
from desktop_app.text.formats import Formats

# Below half a minor unit two sums of money are the same.
_SAME_MONEY = 0.005


def headline(readings: Mapping[str, Reading], name: MessageValue, formats: Formats, currency: str) -> Message:
    """What `name` (the scenario, or its one edit) does to blocked users, to expected loss and to good users."""
    blocks = _blocks(readings["users_blocked"].delta, readings["blocked_rate"].delta, formats)
    loss = readings["el_avoided"].delta
    if loss is None:
        return message("{name} {blocks}; expected loss cannot be computed here.", name=name, blocks=blocks)
    avoids, hurt = _avoids(loss, formats, currency), _hurt(readings, formats)
    if hurt is None:
        return message("{name} {blocks} and {avoids}.", name=name, blocks=blocks, avoids=avoids)
    return message(
        "{name} {blocks} and {avoids}; {n} good users hurt per bad one stopped.",
        name=name,
        blocks=blocks,
        avoids=avoids,
        n=hurt,
    )


def _hurt(readings: Mapping[str, Reading], formats: Formats) -> str | None:
    """Δ good users hurt ÷ Δ bad users stopped; None unless both rise (domain rules, section 4)."""
    hurt, stopped = (readings[one].delta if one in readings else None for one in ("goods_hurt", "bads_stopped"))
    return formats.decimal(hurt / stopped, 1) if hurt and stopped and hurt > 0 and stopped > 0 else None


def _blocks(users: float | None, points: float | None, formats: Formats) -> Message:
    count = formats.integer(abs(users or 0))
    change = formats.percentage_points(points)
    if users and users > 0:
        return message("blocks {n} more users ({points})", n=count, points=change)
    if users and users < 0:
        return message("blocks {n} fewer users ({points})", n=count, points=change)
    return message("blocks as many users as the baseline")


def _avoids(loss: float, formats: Formats, currency: str) -> Message:
    amount = formats.short_money(abs(loss), currency)
    if abs(loss) < _SAME_MONEY:
        return message("leaves expected loss as it is")
    if loss > 0:
        return message("avoids {amount} of expected loss", amount=amount)
    return message("adds {amount} of expected loss", amount=amount)
