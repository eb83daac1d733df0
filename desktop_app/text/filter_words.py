"""The parts of a filter in words, short enough for a chip."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from typing import TypeAlias, assert_never

from desktop_app.domain.filters import FilterPart, HasId, HasOutcome, HasReason, InGroup, InRange, IsMissing
from desktop_app.domain.problems import Message, message
from desktop_app.domain.sides import Side
from desktop_app.text.labels import OUTCOME_LABELS, column_label

# What a rule of one side's policy is called.
RuleName: TypeAlias = Callable[[Side, str], str]


def part_words(part: FilterPart, rule_name: RuleName) -> Message:
    """What a part asks for."""
    match part:
        case InRange():
            return _range(part)
        case IsMissing(field=field):
            return message("{field} is missing", field=column_label(field))
        case InGroup(column=column, labels=labels):
            return message("{column}: {groups}", column=column_label(column), groups=_listed(list(map(_label, labels))))
        case HasOutcome(side=side, outcomes=outcomes):
            return _of(side, _listed([OUTCOME_LABELS[outcome] for outcome in outcomes]))
        case HasReason(side=side, rules=rules):
            named = _listed([Message("{name}", (("name", rule_name(side, rule)),)) for rule in rules])
            return _of(side, message("Reason: {reasons}", reasons=named))
        case HasId(text=text, whole=whole):
            return message("Id is {id}", id=text) if whole else message("Id begins with {id}", id=text)
        case _:
            assert_never(part)


def _range(part: InRange) -> Message:
    field = column_label(part.field)
    match part.low, part.high:
        case None, None:
            return message("{field} is known", field=field)
        case None, high:
            return message("{field} below {high}", field=field, high=high or 0)
        case low, None:
            return message("{field} from {low}", field=field, low=low or 0)
        case low, high:
            return message("{field} from {low} to below {high}", field=field, low=low or 0, high=high or 0)


def _label(label: str | None) -> Message:
    return message("(missing)") if label is None else Message("{label}", (("label", label),))


def _of(side: Side, said: Message) -> Message:
    return message("Baseline: {value}", value=said) if side == "baseline" else said


def _listed(parts: Sequence[Message]) -> Message:
    return reduce(lambda first, rest: message("{first}, {rest}", first=first, rest=rest), parts)
