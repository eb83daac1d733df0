"""What differs between two policies, rule by rule, as Messages that either language can say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import assert_never

from desktop_app.domain.actions import Bands, Cut, Matrix, Raise
from desktop_app.domain.conditions import AllOf, AnyOf, ByGroup, Comparison, Condition, Not, Value, comparisons
from desktop_app.domain.policy import Policy, Rule, Wording
from desktop_app.domain.problems import Message, MessageValue, message
from desktop_app.text.formats import EM_DASH
from desktop_app.text.labels import CAUSE_LABELS, ON_MISSING_LABELS, column_label
from desktop_app.text.policy_words import action_words, condition_words, field_words, rule_title, value_words
from desktop_app.text.words import Words


@dataclass(frozen=True)
class RuleDifference:
    """One rule, or the policy itself (rule ""), and what changed in it; `title` says where the rule came or went."""

    title: Message
    changes: tuple[Message, ...] = ()
    rule: str = ""


def policy_differences(
    before: Policy, after: Policy, words: Words, *, names: bool = True
) -> tuple[RuleDifference, ...]:
    """The policy's own settings first, then the removed rules, then the others in their new order.

    Without `names` what is only called otherwise is left out.
    """
    settings = [*_settings(before, after), *(_name_changes(before.name, after.name) if names else ())]
    found = [RuleDifference(message("The policy as a whole"), tuple(settings))]
    kept = {rule.id for rule in after.rules}
    found.extend(
        RuleDifference(message("Removed: {rule}", rule=rule_title(rule, words)), (_said(rule),), rule.id)
        for rule in before.rules
        if rule.id not in kept
    )
    known = {rule.id: rule for rule in before.rules}
    moved = _moved(before, after)
    for rule in after.rules:
        title = rule_title(rule, words)
        if rule.id not in known:
            found.append(RuleDifference(message("Added: {rule}", rule=title), (_said(rule),), rule.id))
        else:
            old = known[rule.id]
            named = _name_changes(old.name, rule.name) if names else ()
            changes = (*moved.get(rule.id, ()), *_rule_changes(old, rule), *named)
            found.append(RuleDifference(message("Changed: {rule}", rule=title), changes, rule.id))
    return tuple(difference for difference in found if difference.changes)


def _settings(before: Policy, after: Policy) -> Iterator[Message]:
    yield from _change(message("limits are rounded down to"), before.round_to, after.round_to)
    yield from _change(message("no cut goes below"), before.floor, after.floor)
    spared = message("a cut spares what is drawn")
    yield from _change(spared, _yes(before.protect_balance), _yes(after.protect_balance))


def _name_changes(before: Wording, after: Wording) -> Iterator[Message]:
    yield from _change(message("name in English"), before.en, after.en)
    yield from _change(message("name in Chinese"), before.zh, after.zh)


def _said(rule: Rule) -> Message:
    said = message(
        "if {condition}: {action}", condition=condition_words(rule.condition), action=action_words(rule.action)
    )
    return said if rule.enabled else message("{rule}; switched off", rule=said)


def _moved(before: Policy, after: Policy) -> dict[str, tuple[Message, ...]]:
    """The rules that changed their order among those that both policies have; as few as explain it."""
    places = {rule.id: place for place, rule in enumerate(before.rules)}
    common = [rule.id for rule in after.rules if rule.id in places]
    still = _longest_rising([places[rule] for rule in common])
    new = {rule.id: place for place, rule in enumerate(after.rules)}
    return {
        rule: (message("moved from place {old} to place {new}", old=places[rule] + 1, new=new[rule] + 1),)
        for rule in common
        if places[rule] not in still
    }


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """The members of a longest rising subsequence of different numbers."""
    none: list[int] = []
    best = [none]
    for number in numbers:
        before = max((run for run in best if not run or run[-1] < number), key=len)
        best.append([*before, number])
    longest = max(best, key=len)
    return set(longest)


def _rule_changes(before: Rule, after: Rule) -> Iterator[Message]:
    if before.enabled != after.enabled:
        yield message("switched on") if after.enabled else message("switched off")
    yield from _condition_changes(before.condition, after.condition)
    yield from _action_changes(before, after)
    old, new = (ON_MISSING_LABELS[rule.on_missing] for rule in (before, after))
    yield from _change(message("where something is missing"), old, new)
    yield from _change(message("reason code"), before.reason.code, after.reason.code)
    yield from _change(message("cause"), CAUSE_LABELS[before.reason.cause], CAUSE_LABELS[after.reason.cause])
    for what, texts in _texts(before, after):
        yield from _change(what, *texts)


def _texts(before: Rule, after: Rule) -> Iterator[tuple[Message, tuple[str, str]]]:
    yield message("sentence in English"), (before.reason.sentence.en, after.reason.sentence.en)
    yield message("sentence in Chinese"), (before.reason.sentence.zh, after.reason.sentence.zh)
    yield message("note"), (before.note, after.note)


def _condition_changes(before: Condition, after: Condition) -> Iterator[Message]:
    if _shape(before) != _shape(after):
        yield from _change(message("condition"), condition_words(before), condition_words(after))
        return
    for old, new in zip(comparisons(before), comparisons(after), strict=True):
        if old.value != new.value:
            yield from _change(field_words(old), value_words(old.value), value_words(new.value))
        yield from _group_changes(old, new)


def _group_changes(old: Comparison, new: Comparison) -> Iterator[Message]:
    before, after = _groups(old), _groups(new)
    for column, group in dict.fromkeys((*before, *after)):
        label = message("{column} {group}", column=column_label(column), group=group)
        what = message("{first}, {rest}", first=field_words(old), rest=label)
        key = (column, group)
        yield from _change(what, _own_value(before, key), _own_value(after, key))


def _groups(comparison: Comparison) -> dict[tuple[str, str], Value]:
    by = comparison.by or ByGroup(column="", values={})
    return {(by.column, group): value for group, value in by.values.items()}


def _own_value(groups: dict[tuple[str, str], Value], key: tuple[str, str]) -> Message:
    return value_words(groups[key]) if key in groups else message("the value of all others")


def _shape(condition: Condition) -> object:
    """What a condition is made of, without its numbers: two of one shape differ only in thresholds."""
    match condition:
        case Comparison():
            return condition.field, condition.operator
        case AllOf(all=parts):
            return "all", tuple(_shape(part) for part in parts)
        case AnyOf(any=parts):
            return "any", tuple(_shape(part) for part in parts)
        case Not(negated=part):
            return "not", _shape(part)
        case _:
            assert_never(condition)


def _action_changes(before: Rule, after: Rule) -> Iterator[Message]:
    old, new = _matrix_of(before), _matrix_of(after)
    if old and new and before.action.kind == after.action.kind and _frame(old) == _frame(new):
        yield from _cell_changes(old, new)
        return
    said, says = action_words(before.action), action_words(after.action)
    yield from _change(message("action"), said, says)
    if before.action != after.action and said == says:
        yield message("the bands or the unit of the matrix have changed")


def _matrix_of(rule: Rule) -> Matrix | None:
    match rule.action:
        case Cut(target=Matrix() as matrix) | Raise(target=Matrix() as matrix):
            return matrix
        case _:
            return None


def _frame(matrix: Matrix) -> object:
    return matrix.rows, matrix.columns, matrix.cells_are


def _cell_changes(old: Matrix, new: Matrix) -> Iterator[Message]:
    for row, (before, after) in enumerate(zip(old.cells, new.cells, strict=True)):
        for column, (value, other) in enumerate(zip(before, after, strict=True)):
            yield from _change(cell_words(old, row, column), _cell(old, value), _cell(new, other))


def _cell(matrix: Matrix, value: Decimal | None) -> MessageValue:
    if value is None:
        return message("empty")
    return message("{percent} %", percent=value) if matrix.cells_are == "percent" else value


def cell_words(matrix: Matrix, row: int, column: int) -> Message:
    """Which cell of a matrix: the bands that it stands in."""
    said = _band(matrix.rows, row)
    return message("{first}, {rest}", first=said, rest=_band(matrix.columns, column)) if matrix.columns else said


def _band(bands: Bands, place: int) -> Message:
    low, high = list(pairwise(bands.edges))[place]
    text = "{field} from {low} to below {high}"
    return message(text, field=column_label(bands.field), low=low, high=high)


def _yes(value: bool) -> Message:
    return message("yes") if value else message("no")


def _change(what: Message, before: MessageValue, after: MessageValue) -> Iterator[Message]:
    """From → to; nothing where both are the same."""
    if before != after:
        old, new = (EM_DASH if value == "" else value for value in (before, after))
        yield message("{what}: {before} → {after}", what=what, before=old, after=new)
