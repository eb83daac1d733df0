"""Editing the desk: every step undoable and journalled, a drag only previewed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from time import monotonic
from typing import assert_never

from pydantic import TypeAdapter

from desktop_app.domain.book import Book
from desktop_app.domain.changes import Changes, Part
from desktop_app.domain.documents import Number
from desktop_app.domain.handles import (
    AssumptionHandle,
    Handle,
    SizeHandle,
    ThresholdHandle,
    find_comparison,
    with_value,
)
from desktop_app.domain.plans import ImportReport
from desktop_app.domain.policy import Policy
from desktop_app.domain.problems import Message, message
from desktop_app.domain.scenario import Scenario
from desktop_app.engine.plan import check_policy
from desktop_app.engine.project import Project
from desktop_app.text.labels import ASSUMPTION_LABELS, column_label
from desktop_app.text.language import Language
from desktop_app.text.words import Words
from desktop_app.workspace.desk import Desk, moved_rule, switched_rule
from desktop_app.workspace.history import Step
from desktop_app.workspace.journal import Journal

_NUMBER: TypeAdapter[Decimal] = TypeAdapter(Number)

# Seconds in which settings of one number count as one.
_KEY_REPEATS = 1.0


class Editing:
    """An open project's desk with its history.

    Attributes: project is the open file; words the language that everything is shown in.
    """

    def __init__(self, project: Project, first: Desk, words: Words) -> None:
        self.project = project
        self.words = words
        self._book = project.book
        self._journal = Journal(project)
        self._history = self._journal.begin(first)
        self._active = self._history.desk.active
        self._preview: Scenario | None = None
        self._set_at = -_KEY_REPEATS

    @property
    def book(self) -> Book:
        """The book as of the chosen date."""
        return self._book

    @property
    def report(self) -> ImportReport:
        """What came of the import."""
        return self.project.report

    @property
    def desk(self) -> Desk:
        """The baseline and the scenarios as they are, the tab in front marked."""
        return replace(self._history.desk, active=self._active)

    @property
    def scenario(self) -> Scenario:
        """What the tab in front shows: while a line is dragged, the preview."""
        return self._preview or self.desk.scenario

    @property
    def undo_label(self) -> Message | None:
        """What undo would take back."""
        return self._history.undo_label

    @property
    def redo_label(self) -> Message | None:
        """What redo would bring again."""
        return self._history.redo_label

    def speak(self, language: Language) -> Changes:
        """Show everything in another language."""
        self.words = Words(language)
        return Changes(frozenset({Part.LANGUAGE}))

    def look_at_date(self, as_of: date) -> Changes:
        """Take another of the book's snapshots (no step of undo); BookUnusable where it has none of that date."""
        self._book = self.project.at(as_of)
        return Changes(frozenset({Part.BOOK}))

    def activate(self, tab: str) -> Changes:
        """Bring a tab to the front (no step of undo); KeyError where there is none of that id."""
        self._active = self.desk.activated(tab).active
        self._preview = None
        self._history.seal()
        return Changes(frozenset({Part.TABS, Part.POLICY, Part.ACTIVE_RULE}))

    def set_value(self, handle: Handle, value: Decimal) -> Changes:
        """Set one number; settings of it that follow within a second, as when a key repeats, are one step.

        Raises ValueError for a number of more digits than a document holds: the journal could not be read again.
        """
        _NUMBER.validate_python(value)
        now = monotonic()
        if now - self._set_at > _KEY_REPEATS:
            self._history.seal()
        self._set_at = now
        label = message("Set {what} to {value}", what=self._called(handle), value=value)
        merge = repr((self._active, handle))
        return self._edit(self.desk.with_value(handle, value), label, merge)

    def switch_rule(self, rule: str, enabled: bool) -> Changes:
        """Switch a rule on or off."""
        name = self._rule_name(rule)
        label = message("Switch {rule} on", rule=name) if enabled else message("Switch {rule} off", rule=name)
        return self._edit(self.desk.with_policy(lambda policy: switched_rule(policy, rule, enabled)), label)

    def move_rule(self, rule: str, position: int) -> Changes:
        """Move a rule to another place, counted from 0."""
        label = message("Move {rule}", rule=self._rule_name(rule))
        return self._edit(self.desk.with_policy(lambda policy: moved_rule(policy, rule, position)), label)

    def replace_policy(self, policy: Policy, label: Message) -> Changes:
        """Put another policy into the scenario; raises PolicyInvalid where it does not fit the book."""
        check_policy(self.book, policy)
        return self._edit(self.desk.with_policy(lambda _: policy), label)

    def replace_baseline(self, policy: Policy, label: Message) -> Changes:
        """Compare with another policy; raises PolicyInvalid where it does not fit the book."""
        check_policy(self.book, policy)
        return self._edit(self.desk.with_baseline(policy), label)

    def new_scenario(self) -> Changes:
        """Open a copy of the baseline in a tab of its own."""
        return self._edit(self.desk.with_new_scenario(), message("New scenario"))

    def close_scenario(self, tab: str) -> Changes:
        """Close a scenario's tab; undo brings it back."""
        name = self.words.wording(self.desk.find(tab).name)
        return self._edit(self.desk.without(tab), message("Close {scenario}", scenario=name))

    def rename_scenario(self, tab: str, name: str) -> Changes:
        """Give a scenario another name."""
        return self._edit(self.desk.renamed(tab, name), message("Rename to {name}", name=name))

    def make_baseline(self) -> Changes:
        """Make the scenario's policy the baseline that every scenario is compared with."""
        name = self.words.wording(self.desk.scenario.name)
        return self._edit(self.desk.with_baseline_from_active(), message("Make {scenario} the baseline", scenario=name))

    def undo(self) -> Changes:
        """Take the last step back; its tab comes to the front."""
        touched = self._history.desk.active
        return self._moved(self._history.undo(), touched)

    def redo(self) -> Changes:
        """Do again what was undone."""
        moved = self._history.redo()
        return self._moved(moved, self._history.desk.active)

    def preview(self, handle: Handle, value: Decimal) -> Changes:
        """Show the scenario with one number elsewhere; nothing is kept."""
        self._preview = self.desk.edited(lambda scenario: with_value(scenario, handle, value)).scenario
        return Changes(frozenset({Part.POLICY}))

    def end_preview(self) -> Changes:
        """Drop the preview."""
        self._preview = None
        return Changes(frozenset({Part.POLICY}))

    def flush(self) -> None:
        """Wait until every step is written."""
        self._journal.flush()

    def _edit(self, desk: Desk, label: Message, merge: str = "") -> Changes:
        self._preview = None
        before = self.desk
        if desk == before:
            return Changes(frozenset())
        self._active = desk.active
        self._journal.write(self._history, self._history.add(Step(desk, label, merge)))
        return Changes(_touched(before, desk) | {Part.HISTORY}, label)

    def _moved(self, moved: bool, touched: str) -> Changes:
        if not moved:
            return Changes(frozenset())
        self._preview = None
        self._history.seal()
        desk = self._history.desk
        known = {one.id for one in desk.scenarios}
        self._active = touched if touched in known else desk.active
        self._journal.move(self._history.cursor)
        return Changes(frozenset({Part.TABS, Part.POLICY, Part.BASELINE, Part.HISTORY, Part.ACTIVE_RULE}))

    def _rule_name(self, rule: str) -> str:
        return self.words.wording(self.desk.scenario.policy.rule(rule).name) or rule

    def _called(self, handle: Handle) -> Message:
        """What a number is called in the label of a step."""
        match handle:
            case ThresholdHandle(rule=rule, comparison=comparison, group=group):
                field = find_comparison(self.desk.scenario.policy.rule(rule), comparison).field
                column = column_label(field)
                return message("{column} for {group}", column=column, group=group) if group else column
            case SizeHandle(rule=rule):
                return message("the size of {rule}", rule=self._rule_name(rule))
            case AssumptionHandle(name=name):
                return ASSUMPTION_LABELS[name]
            case _:
                assert_never(handle)


def _touched(before: Desk, after: Desk) -> frozenset[Part]:
    """The parts in which two desks differ."""
    parts = {Part.POLICY}
    if before.active != after.active or [one.name for one in before.scenarios] != [one.name for one in after.scenarios]:
        parts |= {Part.TABS, Part.ACTIVE_RULE}
    if before.baseline != after.baseline:
        parts.add(Part.BASELINE)
    return frozenset(parts)
