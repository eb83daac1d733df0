"""The row under the readings that says what the desk is narrowed to; nothing where everything is looked at."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from desktop_app.domain.filters import EVERYTHING
from desktop_app.domain.problems import message
from desktop_app.text.words import Words
from desktop_app.ui.account_words import rule_names
from desktop_app.ui.chips import ChipBar
from desktop_app.ui.icons import icon
from desktop_app.ui.looks import label
from desktop_app.ui.page import Scene


class FilterBar(QWidget):
    """Chips for the desk's filter, how many users it leaves, and a way back to everything.

    Attributes:
        chips, clear: its parts, for tests.

    Signals:
        chosen: the Filter that is wanted.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._lead, self._count = label("strong"), label("faint")
        self.chips, self.clear = ChipBar(), QToolButton()
        self._filter = EVERYTHING
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 0, 0)
        row.setSpacing(8)
        for part in (self._lead, self.chips, self._count):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.clear)
        self.chips.removed.connect(lambda part: self.chosen.emit(self._filter.without(part)))
        self.clear.clicked.connect(lambda: self.chosen.emit(EVERYTHING))
        self.hide()

    def show_scene(self, scene: Scene) -> None:
        """Write the filter of the desk."""
        filtered, words = scene.shown.filtered, scene.words
        self._filter = filtered.chosen if filtered else EVERYTHING
        self.setVisible(filtered is not None)
        if filtered is None:
            return
        asked = scene.workspace.question()
        self.chips.show_filter(self._filter, words, rule_names(asked.baseline.policy, asked.scenario.policy, words))
        self._lead.setText(words.translate("Looking only at"))
        users = filtered.readings.get("users")
        count = message("{users} users", users=words.integer(users.value if users else None))
        self._count.setText(words.say(count))
        self._write_clear(words)

    def _write_clear(self, words: Words) -> None:
        everything = words.translate("Look at everything again")
        self.clear.setIcon(icon("close", self.palette()))
        self.clear.setToolTip(everything)
        self.clear.setAccessibleName(everything)
