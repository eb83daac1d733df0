"""The sentence that says what the scenario does, with a button that copies it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from desktop_app.text.words import Words
from desktop_app.ui.icons import icon
from desktop_app.ui.looks import hold_size, label, set_property, write
from desktop_app.workspace.showing import Shown


class Headline(QWidget):
    """Shows the headline of the active tab."""

    def __init__(self) -> None:
        super().__init__()
        self._looks: tuple[object, ...] = ()
        self._holding = False
        self.sentence = label("headline", wrap=True)
        self.sentence.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.copy_button = QToolButton()
        self.copy_button.clicked.connect(self._copy)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2, 0, 0, 0)
        layout.addWidget(self.sentence, 1)
        layout.addWidget(self.copy_button)

    def show_headline(self, shown: Shown, words: Words) -> None:
        """Write the sentence; on the locked tab say what the tab is."""
        if shown.headline is not None:
            text = words.say(shown.headline)
        elif shown.locked:
            text = words.translate("This is the baseline: it is locked, and every scenario is compared with it.")
        else:
            text = words.translate("Counting every account…")
        write(self.sentence, text)
        if self._holding and self.sentence.heightForWidth(self.sentence.width()) > self.sentence.height():
            # It needs another line: nothing is cut for the sake of a frame.
            hold_size(self.sentence, holding=False)
        self.sentence.setAccessibleName(text)
        set_property(self.sentence, "stale", "false" if shown.fresh else "true")
        looks = (words, self.palette().cacheKey())
        if looks == self._looks:
            return
        self._looks = looks
        self.copy_button.setIcon(icon("copy", self.palette()))
        self.copy_button.setToolTip(words.translate("Copy the sentence"))
        self.copy_button.setAccessibleName(words.translate("Copy the sentence"))

    def hold(self, holding: bool) -> None:
        """Keep the sentence in its place while a line is dragged."""
        self._holding = holding
        hold_size(self.sentence, holding)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.sentence.text())
