"""The frame of the editor's window: what the rule is called and says, its tabs, and the buttons that put it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.problems import message
from desktop_app.text.words import Words
from desktop_app.ui.icons import icon
from desktop_app.ui.looks import label
from desktop_app.ui.rule_editor.frame_words import said_words, stops_by_tab, where_words
from desktop_app.workspace.desk import Desk
from desktop_app.workspace.draft_faults import Fault
from desktop_app.workspace.rule_writing import RuleWriting


class RuleFrame(QWidget):
    """A window of its own.

    Attributes: name, where, sentence and moved are said at the top; enabled, undo_button and redo_button beside
    them; tabs hold the parts of the rule; revert, shut and apply are the buttons below.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.name, self.where, self.sentence = label("headline"), label("small"), label("", wrap=True)
        self.moved = label("doubt", wrap=True)
        self.enabled, self.undo_button, self.redo_button = QCheckBox(), QToolButton(), QToolButton()
        self.tabs = QTabWidget()
        self.revert, self.shut, self.apply = QPushButton(), QPushButton(), QPushButton()
        self.apply.setProperty("role", "primary")

    def arrange(self, panels: Sequence[QWidget], side: QWidget) -> None:
        """Put the panels into tabs, and what stands beside them at the right."""
        top = QHBoxLayout()
        top.addWidget(self.name)
        top.addWidget(self.where, 1)
        for part in (self.enabled, self.undo_button, self.redo_button):
            top.addWidget(part)
        for panel in panels:
            page = QWidget()
            room = QVBoxLayout(page)
            room.setContentsMargins(10, 10, 6, 8)
            room.addWidget(panel)
            self.tabs.addTab(page, "")
        middle = QSplitter(Qt.Orientation.Horizontal)
        middle.addWidget(self.tabs)
        middle.addWidget(side)
        middle.setSizes([650, 450])
        middle.setStretchFactor(0, 3)
        middle.setStretchFactor(1, 2)
        middle.setChildrenCollapsible(False)
        bottom = QHBoxLayout()
        bottom.addWidget(self.revert)
        bottom.addStretch(1)
        bottom.addWidget(self.shut)
        bottom.addWidget(self.apply)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(6)
        column.addLayout(top)
        column.addWidget(self.sentence)
        column.addWidget(self.moved)
        column.addWidget(middle, 1)
        column.addLayout(bottom)

    def write(self, writing: RuleWriting, desk: Desk, faults: tuple[Fault, ...], words: Words) -> None:
        """Say what is true of the rule now."""
        draft = writing.draft
        name = words.wording(draft.name) or draft.id
        self.setWindowTitle(words.say(message("{rule} – rule editor", rule=name)))
        self.name.setText(name)
        self.where.setText(words.say(where_words(writing, desk, words)))
        self.sentence.setText(words.say(said_words(writing)))
        self.moved.setVisible(writing.moved)
        text = "The rule became another on the desk meanwhile; Apply puts this one in its place."
        self.moved.setText(words.translate(text))
        self.enabled.setText(words.translate("Switched on"))
        self.enabled.setChecked(draft.enabled)
        self._write_tabs(faults, words)
        self._write_buttons(writing, words)

    def _write_tabs(self, faults: tuple[Fault, ...], words: Words) -> None:
        say = words.translate
        titles = (say("If"), say("Then"), say("Because"))
        for place, (title, count) in enumerate(zip(titles, stops_by_tab(faults), strict=True)):
            self.tabs.setTabText(place, f"{title} ({count})" if count else title)
        self.tabs.tabBar().setAccessibleName(say("Parts of the rule"))

    def _write_buttons(self, writing: RuleWriting, words: Words) -> None:
        say = words.translate
        self.apply.setText(say("Apply"))
        self.apply.setToolTip(say("Put the rule into the scenario, as one step (Ctrl+Enter)"))
        self.apply.setEnabled(writing.changed and writing.open)
        self.shut.setText(say("Close"))
        self.shut.setToolTip(say("Close the editor (Esc); what is written is kept until it is applied"))
        self.revert.setText(say("Begin again"))
        self.revert.setToolTip(say("Take the rule as the scenario has it"))
        self.revert.setEnabled(writing.can_undo or writing.moved)
        for button, name, text, can in (
            (self.undo_button, "undo", say("Undo in the editor"), writing.can_undo),
            (self.redo_button, "redo", say("Redo in the editor"), writing.can_redo),
        ):
            button.setIcon(icon(name, self.palette()))
            button.setToolTip(text)
            button.setAccessibleName(text)
            button.setEnabled(can)
