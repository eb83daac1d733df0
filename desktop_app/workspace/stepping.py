"""An open project's desk with its history: what it shows, undo and redo, and what a drag only previews."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from desktop_app.domain.book import Book
from desktop_app.domain.changes import Changes, Part
from desktop_app.domain.handles import Handle, with_value
from desktop_app.domain.plans import ImportReport
from desktop_app.domain.problems import Message
from desktop_app.domain.scenario import Scenario
from desktop_app.engine.project import Project
from desktop_app.text.language import Language
from desktop_app.text.words import Words
from desktop_app.workspace.desk import Desk
from desktop_app.workspace.history import Step
from desktop_app.workspace.journal import Journal


class Stepping:
    """What is open, step by step; `_edit` makes a step, in the history and in the journal.

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


def _touched(before: Desk, after: Desk) -> frozenset[Part]:
    """The parts in which two desks differ."""
    parts = {Part.POLICY}
    if before.active != after.active or [one.name for one in before.scenarios] != [one.name for one in after.scenarios]:
        parts |= {Part.TABS, Part.ACTIVE_RULE}
    if before.baseline != after.baseline:
        parts.add(Part.BASELINE)
    return frozenset(parts)
