"""How rules get into the editor: from a card, empty or from a template; drafts that were left wait."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.domain.changes import Changes, Part
from desktop_app.domain.policy import Cause, Wording
from desktop_app.domain.problems import BookUnusable, message
from desktop_app.domain.templates import RuleTemplate
from desktop_app.text.labels import CAUSE_LABELS, column_label
from desktop_app.text.words import Words
from desktop_app.ui.controller import Controller
from desktop_app.ui.rule_editor.window import RuleEditor
from desktop_app.ui.rules_panel import RulesPanel
from desktop_app.ui.speech import Speech
from desktop_app.workspace.condition_draft import Branch, Leaf
from desktop_app.workspace.desk import LOCKED
from desktop_app.workspace.draft_faults import Place
from desktop_app.workspace.rule_draft import RuleDraft
from desktop_app.workspace.rule_edits import free_id, rules_of
from desktop_app.workspace.rule_writing import RuleWriting
from desktop_app.workspace.templates import free_code, missing_columns, rule_of, rule_templates

NAME = Place("name_en")


class RuleOpening(QObject):
    """Opens the editor on one rule after another.

    Attributes: menu is what can be added.
    """

    def __init__(self, window: QWidget, controller: Controller, rules: RulesPanel, speech: Speech) -> None:
        super().__init__(window)
        self._window, self._controller, self._rules, self._speech = window, controller, rules, speech
        self._editor: RuleEditor | None = None
        self._workspace = controller.workspace
        self._left: dict[tuple[str, str], RuleWriting] = {}
        self.menu = QMenu(rules)
        self.menu.setToolTipsVisible(True)
        self.menu.aboutToShow.connect(self.fill)
        rules.add_button.setMenu(self.menu)
        controller.changed.connect(self._follow)
        speech.changed.connect(self._speak)

    @property
    def editor(self) -> RuleEditor:
        """The editor; its many fields would only hold up the opening of the window."""
        if self._editor is None:
            self._editor = RuleEditor(self._controller, self.words, self._window)
            self._editor.applied.connect(self._look_at)
        return self._editor

    @property
    def words(self) -> Words:
        """The present language."""
        return self._speech.words

    def edit(self, rule: str, *, at: Place | None = None) -> None:
        """Open a rule of the scenario in front, or go on with what was written of it; the baseline refuses."""
        desk = self._controller.workspace.desk
        if self._refuse():
            return
        writing = self._left.get((desk.active, rule))
        if writing is None or not writing.changed:
            draft = RuleDraft.of(desk.scenario.policy.rule(rule))
            writing = RuleWriting(self._controller.workspace, desk.active, draft)
        self._show(writing, at)

    def add(self, template: RuleTemplate | None = None) -> None:
        """Write a new rule, empty or from a template; the baseline refuses."""
        if self._refuse():
            return
        desk, book = self._controller.workspace.desk, self._controller.workspace.book
        policy = desk.scenario.policy
        if template is None:
            rule_id = free_id(f"rule_{len(policy.rules) + 1}", rules_of(policy))
            draft = RuleDraft(
                rule_id,
                name=Wording(en="New rule", zh="新规则"),
                code=free_code(Cause.POLICY, policy),
                condition=Branch(parts=(Leaf(f"{rule_id}.1"),)),
            )
        else:
            draft = RuleDraft.of(rule_of(template, policy, book, self.words), template.settings)
        self._show(RuleWriting(self._controller.workspace, desk.active, draft), None)

    def close(self) -> None:
        """Close the editor."""
        if self._editor is not None:
            self._editor.close()

    def fill(self) -> None:
        """Offer an empty rule, drafts that were left, and the templates by cause."""
        self.menu.clear()
        say, words = self.words.translate, self.words
        self.menu.addAction(say("Empty rule"), self.add)
        for writing in self._waiting():
            name = words.wording(writing.draft.name) or writing.draft.id
            text = words.say(message("Go on with {rule}", rule=name))
            self.menu.addAction(text, partial(self._show, writing, None))
        self.menu.addSeparator()
        for cause in Cause:
            group = self.menu.addMenu(words.say(CAUSE_LABELS[cause]))
            group.setToolTipsVisible(True)
            for template in rule_templates():
                if template.rule.reason.cause is cause:
                    self._offer(group, template)

    def _offer(self, menu: QMenu, template: RuleTemplate) -> None:
        words = self.words
        missing = missing_columns(template, self._controller.workspace.book)
        name, about = words.wording(template.rule.name), words.wording(template.about)
        if missing:
            columns = ", ".join(words.say(column_label(column)) for column in missing)
            name = words.say(message("{rule} – the book has no {columns}", rule=name, columns=columns))
        if template.source is not None:
            about += "\n" + words.say(message("Off until counsel has confirmed it."))
        action = menu.addAction(name, partial(self.add, template))
        action.setToolTip(about)
        action.setEnabled(not missing)

    def _waiting(self) -> list[RuleWriting]:
        """New rules of the scenario in front that were left without being applied."""
        active = self._controller.workspace.desk.active
        return [writing for writing in self._left.values() if writing.tab == active and writing.base is None]

    def _show(self, writing: RuleWriting, at: Place | None) -> None:
        self._left[writing.tab, writing.draft.id] = writing
        self.editor.show_rule(writing, at=at)

    def _look_at(self, rule: str) -> None:
        workspace = self._controller.workspace
        if rule in rules_of(workspace.desk.scenario.policy):
            self._controller.do(lambda: workspace.look_at(rule))
            self._rules.focus_on(rule)

    def _refuse(self) -> bool:
        locked = self._controller.workspace.desk.locked
        if locked:
            self._controller.failed.emit(BookUnusable(LOCKED))
        return locked

    def _follow(self, changes: Changes) -> None:
        if self._workspace is not self._controller.workspace:
            # Drafts are of another book.
            self._workspace = self._controller.workspace
            self._left.clear()
            self.close()
        elif self._editor is not None and changes.parts - {Part.ANSWER, Part.LENS}:
            self._editor.follow()

    def _speak(self) -> None:
        if self._editor is not None:
            self._editor.set_words(self.words)
