"""What is wrong or doubtful in a rule that is being written, at the field it concerns, with the near miss."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop_app.analysis.policy_check import doubts_of_rule
from desktop_app.analysis.sentence_check import number_shown
from desktop_app.domain.book import Book, Column
from desktop_app.domain.columns import FORBIDDEN_IN_CONDITIONS, NUMERIC, STANDARD, ColumnType
from desktop_app.domain.conditions import ORDERED, Operator, Scalar, Value, comparisons
from desktop_app.domain.documents import MAX_DIGITS
from desktop_app.domain.policy import MAX_RULES, Policy, Rule
from desktop_app.domain.problems import Message, PolicyInvalid, message
from desktop_app.domain.spelling import near_miss
from desktop_app.domain.verdicts import Possibilities
from desktop_app.engine.fitting import check_rule
from desktop_app.engine.schema import Fields
from desktop_app.text.labels import TYPE_LABELS, column_label
from desktop_app.workspace.condition_draft import Leaf, Path, branches, condition_of, leaves
from desktop_app.workspace.rule_draft import RuleDraft
from desktop_app.workspace.rule_edits import rules_of, with_rule_put
from desktop_app.workspace.target_faults import target_faults

_IDENTIFIER = re.compile(r"[A-Za-z0-9_.\-]{1,64}")


@dataclass(frozen=True)
class Place:
    """A field of the editor.

    Attributes: part names it; path says in which comparison or group of the condition it stands, group which of
    the values by group, cell which edge or cell of the matrix.
    """

    part: str
    path: Path = ()
    group: str = ""
    cell: tuple[int, int] | None = None


@dataclass(frozen=True)
class Fault:
    """One sentence about one place.

    Attributes: stops says that the rule cannot be taken like this; meant is the near miss, a column or a label.
    """

    place: Place
    sentence: Message
    stops: bool = True
    meant: str = ""


def draft_faults(draft: RuleDraft, policy: Policy, book: Book, *, new: bool) -> tuple[Fault, ...]:
    """What stands at single fields of a draft for `policy`, in the editor's order; `new` for a rule that it lacks."""
    found = [*_condition_faults(draft, book), *_action_faults(draft, policy, book), *_reason_faults(draft, policy)]
    if new:
        found += _identity_faults(draft, policy)
    if any(fault.stops for fault in found):
        return tuple(found)
    rule = draft.rule()
    if rule is None:
        found.append(Fault(Place("rule"), message("The rule is not complete.")))
        return tuple(found)
    return (*found, *_misfits(rule, book))


def known_columns(book: Book) -> dict[str, Column]:
    """The columns that a rule may read in this book: neither the outcome nor the answer."""
    fields = Fields.of(book).columns
    return {name: column for name, column in fields.items() if name not in FORBIDDEN_IN_CONDITIONS}


def draft_doubts(draft: RuleDraft, policy: Policy, book: Book) -> tuple[Fault, ...]:
    """What only the whole rule shows beside the others, none for one that is not complete: this takes a moment."""
    rule = draft.rule()
    if rule is None:
        return ()
    try:
        check_rule(rule, book)
        whole = with_rule_put(policy, rule.model_copy(update={"enabled": True}))
    except PolicyInvalid:
        return ()
    doubts = doubts_of_rule(whole, rule.id, book)
    return tuple(Fault(Place("rule"), doubt, stops=False) for doubt in doubts)


def _misfits(rule: Rule, book: Book) -> Iterator[Fault]:
    try:
        check_rule(rule, book)
    except PolicyInvalid as problem:
        yield Fault(Place("rule"), problem.message)


def _identity_faults(draft: RuleDraft, policy: Policy) -> Iterator[Fault]:
    place = Place("id")
    if not _IDENTIFIER.fullmatch(draft.id):
        yield Fault(place, message("An id has 1 to 64 letters, digits, dots, hyphens or underscores."))
    elif draft.id in rules_of(policy):
        yield Fault(place, message('Another rule has the id "{id}".', id=draft.id))
    if len(policy.rules) >= MAX_RULES:
        yield Fault(Place("rule"), message("A policy has at most {count} rules.", count=MAX_RULES))


def _condition_faults(draft: RuleDraft, book: Book) -> Iterator[Fault]:
    columns = known_columns(book)
    for path, branch in branches(draft.condition):
        if not branch.parts:
            yield Fault(Place("group", path), message("A group needs at least one condition."))
    for path, leaf in leaves(draft.condition):
        field_fault = _field_fault(leaf.field, Place("field", path), columns)
        if field_fault is not None:
            yield field_fault
        if leaf.field in columns:
            yield from _leaf_faults(leaf, path, columns[leaf.field], book)
        elif leaf.field and leaf.value is None and leaf.operator is not Operator.MISSING:
            yield Fault(Place("value", path), message("Give a value."))


def _field_fault(name: str, place: Place, columns: dict[str, Column]) -> Fault | None:
    if not name:
        return Fault(place, message("Choose a field."))
    if name in FORBIDDEN_IN_CONDITIONS:
        return Fault(place, message("This column is the outcome or the answer; no rule may read it."))
    if name in columns:
        return None
    meant = near_miss(name, [*columns, *STANDARD])
    if meant is None or name in STANDARD:
        text = 'The book has no column "{column}"; the rule will not be evaluated.'
        return Fault(place, message(text, column=name), stops=False)
    text = 'The book has no column "{column}"; did you mean "{meant}"?'
    return Fault(place, message(text, column=name, meant=meant), stops=False, meant=meant)


def _leaf_faults(leaf: Leaf, path: Path, column: Column, book: Book) -> Iterator[Fault]:
    if leaf.operator in ORDERED and column.type not in NUMERIC | {ColumnType.DATE}:
        text = '{field} has no order; use "is" or "is one of".'
        yield Fault(Place("operator", path), message(text, field=column_label(column.name)))
        return
    if leaf.operator is Operator.MISSING:
        return
    yield from _value_faults(leaf, leaf.value, Place("value", path), column, book)
    if leaf.by is None:
        return
    grouping = next((one for one in book.groupings() if one.name == leaf.by.column), None)
    if grouping is None:
        yield Fault(Place("by", path), message("Choose a column of groups."), stops=bool(leaf.by.values))
        return
    for group, value in leaf.by.values:
        place = Place("value", path, group)
        if grouping.type is ColumnType.CATEGORY and group not in grouping.domain:
            yield _unknown_label(group, grouping, place)
        yield from _value_faults(leaf, value, place, column, book)


def _value_faults(leaf: Leaf, value: Value | None, place: Place, column: Column, book: Book) -> Iterator[Fault]:
    if value is None or value == ():
        yield Fault(place, message("Give a value."))
        return
    for single in value if isinstance(value, tuple) else (value,):
        sentence = _misfit(single, column)
        if sentence is not None:
            yield Fault(place, sentence)
            return
        if column.type is ColumnType.CATEGORY and column.domain and single not in column.domain:
            yield _unknown_label(str(single), column, place)
    if leaf.operator in ORDERED:
        yield from _range_fault(leaf, value, place, column, book)


def _misfit(value: Scalar, column: Column) -> Message | None:
    """What is wrong with one value for a column of that type."""
    if column.type in NUMERIC:
        if isinstance(value, bool) or not isinstance(value, Decimal):
            return message('"{value}" is no number.', value=str(value))
        too_long = len(value.as_tuple().digits) > MAX_DIGITS
        return message("A number has at most {digits} digits.", digits=MAX_DIGITS) if too_long else None
    if column.type is ColumnType.BOOLEAN:
        return None if isinstance(value, bool) else message("Choose yes or no.")
    if not isinstance(value, str):
        return message("A {type} is a text.", type=TYPE_LABELS[column.type])
    if column.type is ColumnType.DATE and not _is_date(value):
        return message('"{value}" is no date; write 2026-01-31.', value=value)
    return None


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _unknown_label(label: str, column: Column, place: Place) -> Fault:
    meant = near_miss(label, column.domain)
    field = column_label(column.name)
    if meant is None:
        text = 'No account of this book has the {column} "{label}".'
        return Fault(place, message(text, column=field, label=label), stops=False)
    text = 'No account of this book has the {column} "{label}"; did you mean "{meant}"?'
    return Fault(place, message(text, column=field, label=label, meant=meant), stops=False, meant=meant)


def _range_fault(leaf: Leaf, value: Value, place: Place, column: Column, book: Book) -> Iterator[Fault]:
    low, high = column.minimum, column.maximum
    comparison = condition_of(Leaf(field=leaf.field, operator=leaf.operator, value=value))
    if low is None or high is None or comparison is None:
        return
    (one,) = comparisons(comparison)
    decided = Possibilities.within(Policy(id="rule"), book).decided(one, value)
    if decided is not None:
        every, none = (
            "Every account of this book: from {low} to {high}.",
            "No account of this book: from {low} to {high}.",
        )
        text = every if decided else none
        yield Fault(place, message(text, low=low, high=high), stops=False)


def _action_faults(draft: RuleDraft, policy: Policy, book: Book) -> Iterator[Fault]:
    if draft.action in ("cut", "raise"):
        settings = policy.with_settings(draft.settings) if draft.settings else policy
        for part, cell, sentence, stops in target_faults(draft, settings, known_columns(book)):
            yield Fault(Place(part, cell=cell), sentence, stops)


def _reason_faults(draft: RuleDraft, policy: Policy) -> Iterator[Fault]:
    if not _IDENTIFIER.fullmatch(draft.code):
        text = "A reason's code has 1 to 64 letters, digits, dots, hyphens or underscores."
        yield Fault(Place("code"), message(text))
    for rule in policy.rules:
        reason = rule.reason
        alike = (reason.cause, reason.sentence) == (draft.cause, draft.sentence)
        if rule.id != draft.id and reason.code == draft.code and not alike:
            text = 'Rule "{rule}" has this code with another cause or sentence.'
            yield Fault(Place("code"), message(text, rule=rule.id), stops=False)
            break
    for part, sentence in (("sentence_en", draft.sentence.en), ("sentence_zh", draft.sentence.zh)):
        shown = number_shown(sentence)
        if shown is not None:
            said = 'Shows the user "{number}"; a sentence names neither a threshold nor a count.'
            yield Fault(Place(part), message(said, number=shown), stops=False)
        elif not sentence and draft.action != "watch":
            yield Fault(
                Place(part), message("Without a sentence the user is told nothing in this language."), stops=False
            )
