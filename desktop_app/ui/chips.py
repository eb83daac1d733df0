"""The parts of a filter, each as a chip that can be taken away."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from desktop_app.domain.filters import Filter, FilterPart
from desktop_app.domain.problems import message
from desktop_app.text.filter_words import RuleName, part_words
from desktop_app.text.words import Words
from desktop_app.ui.icons import icon


class ChipBar(QWidget):
    """A row of chips; nothing where everything is looked at.

    Attributes:
        buttons: one for each part, in the filter's order, for tests.

    Signals:
        removed: a FilterPart that is no longer wanted.
    """

    removed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.buttons: list[QToolButton] = []
        self._shown: tuple[object, ...] = ()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)

    def show_filter(self, chosen: Filter, words: Words, rule_name: RuleName) -> None:
        """Write the chips of a filter."""
        texts = [words.say(part_words(part, rule_name)) for part in chosen]
        shown = (chosen, tuple(texts), self.palette().cacheKey())
        if shown == self._shown:
            return
        self._shown = shown
        for button in self.buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = [self._chip(part, text, words) for part, text in zip(chosen, texts, strict=True)]
        for button in self.buttons:
            self._row.addWidget(button)
        self.setVisible(bool(chosen))

    def _chip(self, part: FilterPart, text: str, words: Words) -> QToolButton:
        chip = QToolButton()
        chip.setProperty("role", "chip")
        chip.setText(text)
        chip.setIcon(icon("close", self.palette()))
        chip.setIconSize(chip.iconSize() * 0.6)
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        remove = words.say(message("Filter: {part}; click to take it away", part=text))
        chip.setToolTip(remove)
        chip.setAccessibleName(remove)
        chip.clicked.connect(lambda: self.removed.emit(part))
        return chip
