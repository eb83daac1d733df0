"""What is nearest to an account in words: for the analyst, with thresholds, never for the user."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import reduce

from desktop_app.domain.conditions import Operator
from desktop_app.domain.nearest import Change, Lift, Nearest, RuleDistance, Seen
from desktop_app.domain.problems import Message, message
from desktop_app.text.labels import OPERATOR_LABELS, OUTCOME_LABELS, column_label
from desktop_app.text.policy_words import rule_title, value_words
from desktop_app.text.words import Words


def change_words(change: Change) -> Message:
    """One field: what it holds, and what it needs."""
    field = column_label(change.field)
    has = message("{field} is missing", field=field)
    if change.seen is not None:
        has = message("{field} {value}", field=field, value=_value(change.seen))
    return message("{has}, needs {needed}", has=has, needed=_needed(change))


def distance_words(distance: RuleDistance, words: Words) -> Message:
    """A rule with the ways out of it."""
    rule = rule_title(distance.rule, words)
    if not distance.ways:
        return message("{rule}: no few changes would stop it", rule=rule)
    ways = reduce(_or, [_and(way) for way in distance.ways])
    return message("{rule}: {ways}", rule=rule, ways=ways)


def nearest_sentences(nearest: Nearest) -> Iterator[Message]:
    """What would lift the outcome, and when age alone does; nothing where nothing was looked for."""
    if not nearest.distances:
        return
    if nearest.lift is None:
        yield message("No set of up to three changes makes the outcome less severe.")
    for lift in (nearest.lift, nearest.free):
        if lift is not None:
            yield _lift(lift)
    if nearest.ageing is not None:
        outcome = OUTCOME_LABELS[nearest.ageing.outcome]
        text = "If nothing else changes, restricted no longer in {months} months ({outcome})."
        yield message(text, months=nearest.ageing.months, outcome=outcome)


def _lift(lift: Lift) -> Message:
    return message("{outcome} if: {changes}.", outcome=OUTCOME_LABELS[lift.outcome], changes=_and(lift.changes))


def _needed(change: Change) -> Message:
    if change.operator is Operator.MISSING:
        return message("a known value")
    if change.negated:
        return message("none of {values}", values=_value(change.value))
    if change.operator in (Operator.EQUAL, Operator.IN):
        return message("to be {value}", value=_value(change.value))
    return message("{operator} {value}", operator=OPERATOR_LABELS[change.operator], value=_value(change.value))


def _value(value: Seen | tuple[Seen, ...]) -> Message:
    if isinstance(value, tuple):
        return reduce(lambda first, rest: message("{first}, {rest}", first=first, rest=rest), map(_value, value))
    return Message("{day}", (("day", value),)) if isinstance(value, date) else value_words(value)


def _and(changes: Sequence[Change]) -> Message:
    return reduce(lambda first, rest: message("{first}; {rest}", first=first, rest=rest), map(change_words, changes))


def _or(first: Message, rest: Message) -> Message:
    return message("{first}, or {rest}", first=first, rest=rest)
