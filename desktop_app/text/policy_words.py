"""Rules in words: conditions and actions as Messages that either language can say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import assert_never

from desktop_app.domain.actions import (
    Action,
    Block,
    Cut,
    FixedAmount,
    IncomeMultiple,
    Matrix,
    PercentOfLimit,
    Raise,
    Refer,
    Target,
    WatchOnly,
)
from desktop_app.domain.conditions import AllOf, AnyOf, Comparison, Condition, Not, Operator, Scalar, Value
from desktop_app.domain.policy import Rule
from desktop_app.domain.problems import Message, message
from desktop_app.text.labels import ACTION_LABELS, OPERATOR_LABELS, column_label
from desktop_app.text.words import Words


def rule_title(rule: Rule, words: Words) -> Message:
    """The rule's name with its id, by which files and reasons know it; the id alone where it has no name."""
    name = words.wording(rule.name)
    return message("{name} ({id})", name=name, id=rule.id) if name else Message("{id}", (("id", rule.id),))


def condition_words(condition: Condition) -> Message:
    """The whole condition; parts of different kinds inside one another are put in parentheses."""
    match condition:
        case Comparison():
            return comparison_words(condition)
        case AllOf(all=parts):
            return _joined([_part(part, AnyOf) for part in parts], _and)
        case AnyOf(any=parts):
            return _joined([_part(part, AllOf) for part in parts], _or)
        case Not(negated=part):
            return message("not ({condition})", condition=condition_words(part))
        case _:
            assert_never(condition)


def action_words(action: Action) -> Message:
    """What the rule does, with the size of a cut or raise."""
    match action:
        case Block() | Refer() | WatchOnly():
            return ACTION_LABELS[action.kind]
        case Cut(target=target):
            return _target(target, ACTION_LABELS["cut"])
        case Raise(target=target):
            return _target(target, ACTION_LABELS["raise"])
        case _:
            assert_never(action)


def field_words(comparison: Comparison) -> Message:
    """What a comparison looks at and how, without its value: "Score below"."""
    field = column_label(comparison.field)
    return message("{field} {operator}", field=field, operator=OPERATOR_LABELS[comparison.operator])


def value_words(value: Value | None) -> Message:
    """A comparison's value, or the values of a list."""
    if isinstance(value, tuple):
        return _listed([_scalar(item) for item in value])
    return Message("") if value is None else _scalar(value)


def _target(target: Target, action: Message) -> Message:
    match target:
        case PercentOfLimit(percent=percent):
            return message("{action} to {percent} % of the present one", action=action, percent=percent)
        case FixedAmount(amount=amount):
            return message("{action} to {amount}", action=action, amount=amount)
        case IncomeMultiple(multiple=multiple):
            return message("{action} to {multiple} × monthly income", action=action, multiple=multiple)
        case Matrix(rows=rows, columns=columns):
            fields = _listed([column_label(banded.field) for banded in (rows, columns) if banded])
            return message("{action} by {fields}", action=action, fields=fields)
        case _:
            assert_never(target)


def comparison_words(comparison: Comparison) -> Message:
    """One comparison with its value, and the values of single groups."""
    field = column_label(comparison.field)
    if comparison.operator is Operator.MISSING:
        return message("{field} is missing", field=field)
    said = message(
        "{field} {operator} {value}",
        field=field,
        operator=OPERATOR_LABELS[comparison.operator],
        value=value_words(comparison.value),
    )
    if comparison.by is None:
        return said
    column = column_label(comparison.by.column)
    others = [
        message("{column} {group}: {value}", column=column, group=group, value=value_words(value))
        for group, value in comparison.by.values.items()
    ]
    return message("{condition} ({others})", condition=said, others=_listed(others))


def _scalar(value: Scalar) -> Message:
    match value:
        case bool():
            return message("yes") if value else message("no")
        case Decimal():
            return Message("{number}", (("number", value),))
        case _:
            # A value of the book: said as it stands, even where it holds braces.
            return Message("{text}", (("text", value),))


def _part(part: Condition, other: type[AllOf] | type[AnyOf]) -> Message:
    said = condition_words(part)
    return message("({condition})", condition=said) if isinstance(part, other) else said


def _listed(items: Sequence[Message]) -> Message:
    return _joined(items, lambda first, rest: message("{first}, {rest}", first=first, rest=rest))


def _joined(items: Sequence[Message], join: Callable[[Message, Message], Message]) -> Message:
    """All items in one message, pair by pair: a list of thousands must not be nested thousands deep."""
    while len(items) > 1:
        pairs = (items[place : place + 2] for place in range(0, len(items), 2))
        items = [join(*pair) if len(pair) == 2 else pair[0] for pair in pairs]
    return items[0]


def _and(first: Message, rest: Message) -> Message:
    return message("{first} and {rest}", first=first, rest=rest)


def _or(first: Message, rest: Message) -> Message:
    return message("{first} or {rest}", first=first, rest=rest)
