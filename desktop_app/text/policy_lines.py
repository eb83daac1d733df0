"""A whole policy as plain text for people: its settings, then rule by rule, matrices cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from desktop_app.domain.actions import Cut, Matrix, Raise
from desktop_app.domain.policy import OnMissing, Policy, Rule
from desktop_app.domain.problems import Message, message
from desktop_app.text.labels import CAUSE_LABELS, ON_MISSING_LABELS
from desktop_app.text.policy_diff import cell_words
from desktop_app.text.policy_words import action_words, condition_words, rule_title
from desktop_app.text.words import Words


def policy_lines(policy: Policy, words: Words) -> str:
    """The policy in one language, a line a statement."""
    name, note = words.wording(policy.name) or policy.id, words.wording(policy.note)
    parts = [name, *([note] if note else []), *(words.say(line) for line in _settings(policy))]
    for place, rule in enumerate(policy.rules, 1):
        parts += ["", *_rule_lines(place, rule, words)]
    return "\n".join(parts) + "\n"


def _settings(policy: Policy) -> Iterator[Message]:
    text = "Limits are rounded down to {step}; no cut goes below {floor}."
    yield message(text, step=policy.round_to, floor=policy.floor)
    if policy.protect_balance:
        yield message("A cut spares what is drawn")


def _rule_lines(place: int, rule: Rule, words: Words) -> Iterator[str]:
    title = message("{number}. {rule}", number=place, rule=rule_title(rule, words))
    yield words.say(title if rule.enabled else message("{rule}; switched off", rule=title))
    yield from (f"   {words.say(line)}" for line in _said(rule, words))


def _said(rule: Rule, words: Words) -> Iterator[Message]:
    yield message("If {condition}", condition=condition_words(rule.condition))
    yield message("then {action}.", action=action_words(rule.action))
    yield from _cells(rule)
    if rule.on_missing is not OnMissing.SKIP:
        yield message("Where something is missing: {what}.", what=ON_MISSING_LABELS[rule.on_missing])
    reason = rule.reason
    yield message("Reason {code}, {cause}.", code=reason.code, cause=CAUSE_LABELS[reason.cause])
    sentence = words.wording(reason.sentence)
    if sentence:
        yield message("The user reads: {sentence}", sentence=sentence)
    if rule.note:
        yield message("Note: {note}", note=rule.note)


def _cells(rule: Rule) -> Iterator[Message]:
    match rule.action:
        case Cut(target=Matrix() as matrix) | Raise(target=Matrix() as matrix):
            for row, line in enumerate(matrix.cells):
                for column, value in enumerate(line):
                    which = cell_words(matrix, row, column)
                    yield message("– {cell}: {value}", cell=which, value=_size(matrix, value))
        case _:
            return


def _size(matrix: Matrix, value: Decimal | None) -> Message | Decimal:
    if value is None:
        return message("no target")
    return message("{percent} %", percent=value) if matrix.cells_are == "percent" else value
