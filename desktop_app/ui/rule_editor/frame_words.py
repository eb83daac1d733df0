"""What the editor says around a rule: where it stands, what it does, what is counted, where something stops it."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.domain.book import Column
from desktop_app.domain.columns import NUMERIC
from desktop_app.domain.problems import Message, message
from desktop_app.text.labels import column_label
from desktop_app.text.policy_words import action_words, condition_words
from desktop_app.text.words import Words
from desktop_app.ui.rule_editor.hits_panel import HitsShown
from desktop_app.ui.rule_editor.work import RuleWork
from desktop_app.workspace.desk import Desk
from desktop_app.workspace.draft_faults import Fault
from desktop_app.workspace.rule_writing import RuleWriting

# The parts of a fault's place, by the tab that they stand in.
IN_CONDITION = frozenset({"field", "operator", "value", "by", "group"})
IN_ACTION = frozenset({"size", "rows", "columns", "cells"})
IN_REASON = frozenset({"id", "code", "sentence_en", "sentence_zh", "name_en", "name_zh", "note", "cause"})
TABS = (IN_CONDITION, IN_ACTION, IN_REASON)


def where_words(writing: RuleWriting, desk: Desk, words: Words) -> Message:
    """The rule's scenario and its place there."""
    scenario = next((one for one in desk.scenarios if one.id == writing.tab), None)
    if scenario is None:
        return message("its scenario was closed")
    called = words.wording(scenario.name) or scenario.id
    places = [rule.id for rule in scenario.policy.rules]
    if writing.base is None:
        return message("new in {scenario}, as rule {place}", scenario=called, place=len(places) + 1)
    text = "{scenario}, rule {place} of {count}"
    return message(text, scenario=called, place=places.index(writing.base.id) + 1, count=len(places))


def said_words(writing: RuleWriting) -> Message:
    """The whole rule in a sentence."""
    rule = writing.draft.rule()
    if rule is None:
        return message("Not complete yet.")
    text = "If {condition}: {action}."
    return message(text, condition=condition_words(rule.condition), action=action_words(rule.action))


def chart_hint(field: str, column: Column | None) -> Message:
    """Why there is no histogram."""
    if not field:
        return message("Choose a field: its histogram comes here, with the threshold to drag.")
    if column is None:
        return message("The book has no column {column}.", column=field)
    if column.type not in NUMERIC:
        return message("{field} is no number: give its values in the condition.", field=column_label(field))
    return message("Counting every account…")


def hits_shown(writing: RuleWriting, work: RuleWork) -> HitsShown:
    """What is known of the rule's hits, or why nothing is."""
    why: Message | None = None
    if not writing.ready:
        why = message("Counted once everything below is settled.")
    elif writing.hits_question() is None:
        why = message("Not counted: the book lacks a column that the rule needs.")
    return HitsShown(work.hits, work.before, work.fresh, why, off=not writing.draft.enabled)


def stops_by_tab(faults: Sequence[Fault]) -> list[int]:
    """How many faults stop the rule in each tab."""
    return [sum(fault.stops and fault.place.part in parts for fault in faults) for parts in TABS]
