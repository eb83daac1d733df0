"""A bar for one sentence: a problem with details to copy, or work that is done. It never stops the work."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout

from desktop_app.domain.problems import Message, Problem
from desktop_app.text.words import Words
from desktop_app.ui.icons import ICON_SIZE, icon
from desktop_app.ui.looks import label, set_property

# What may be done about a message: the words on its button, and the deed.
Offer: TypeAlias = tuple[Message, Callable[[], object]]


class Notice(QFrame):
    """Hidden until there is something to say."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "notice")
        self._sentence: Message | None = None
        self._details: tuple[Message, ...] = ()
        self._is_problem = False
        self._sign = QLabel()
        self.text, self.details = label("", wrap=True), label("small", wrap=True)
        for part in (self.text, self.details):
            part.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.details_button, self.copy_button, self.close_button = QToolButton(), QToolButton(), QToolButton()
        self.action_button = QToolButton()
        self.action_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._offer: Offer | None = None
        self.action_button.clicked.connect(self._act)
        self.details_button.setCheckable(True)
        self.details_button.toggled.connect(self.details.setVisible)
        self.copy_button.clicked.connect(self._copy)
        self.close_button.clicked.connect(self.hide)
        self._arrange()
        self.hide()

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self._sign)
        row.addWidget(self.text, 1)
        for button in (self.action_button, self.details_button, self.copy_button, self.close_button):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 4, 4, 4)
        layout.setSpacing(2)
        layout.addLayout(row)
        layout.addWidget(self.details)

    def show_problem(self, problem: Problem, words: Words) -> None:
        """Say what went wrong, with the further lines behind a button."""
        self._offer = None
        self._show(problem.message, problem.details, True, words)

    def show_done(self, sentence: Message, words: Words, offer: Offer | None = None) -> None:
        """Say what was done, with what may be done next."""
        self._offer = offer
        self._show(sentence, (), False, words)

    def retext(self, words: Words) -> None:
        """Say the same in another language."""
        if self._sentence is None:
            return
        self.text.setText(words.say(self._sentence))
        self.details.setText("\n".join(words.say(line) for line in self._details))
        self.details_button.setText(words.translate("Details"))
        self.action_button.setVisible(self._offer is not None)
        self.action_button.setText(words.say(self._offer[0]) if self._offer else "")
        self.action_button.setIcon(icon("open", self.palette()))
        self._sign.setPixmap(icon("warning" if self._is_problem else "done", self.palette()).pixmap(ICON_SIZE))
        for button, name, text in (
            (self.copy_button, "copy", words.translate("Copy the message with its details")),
            (self.close_button, "close", words.translate("Close the message")),
        ):
            button.setIcon(icon(name, self.palette()))
            button.setToolTip(text)
            button.setAccessibleName(text)
        self.setAccessibleName(self.text.text())

    def _show(self, sentence: Message, details: tuple[Message, ...], is_problem: bool, words: Words) -> None:
        self._sentence, self._details, self._is_problem = sentence, details, is_problem
        set_property(self, "role", "notice" if is_problem else "done")
        self.details_button.setVisible(bool(details))
        self.details_button.setChecked(False)
        self.details.hide()
        self.retext(words)
        self.show()

    def _act(self) -> None:
        if self._offer is not None:
            self._offer[1]()

    def _copy(self) -> None:
        lines = [self.text.text(), self.details.text()]
        QGuiApplication.clipboard().setText("\n".join(line for line in lines if line))
