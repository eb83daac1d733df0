"""The middle of the import page: every standard column, in groups, made of a heading of the file."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop_app.text.words import Words
from desktop_app.ui.import_column_row import ColumnRow
from desktop_app.ui.looks import label
from desktop_app.workspace.import_choices import COLUMN_GROUPS
from desktop_app.workspace.import_draft import ImportDraft

# A row with its heading, its way and its value is seen whole.
_WIDTH = 480


class MappingPanel(QFrame):
    """The rows of all columns.

    Signals:
        changed: a column's name and its ColumnChoice.
    """

    changed = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.rows: dict[str, ColumnRow] = {}
        self._titles: list[QLabel] = []
        self._hint = label("small", wrap=True)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(3)
        column.addWidget(self._hint)
        for _, names in COLUMN_GROUPS:
            title = label("strong")
            title.setContentsMargins(0, 6, 0, 0)
            self._titles.append(title)
            column.addWidget(title)
            for name in names:
                row = ColumnRow(name)
                row.changed.connect(self.changed)
                self.rows[name] = row
                column.addWidget(row)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inside)
        self.setMinimumWidth(_WIDTH)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 4, 8)
        layout.addWidget(self._scroll)

    def show_draft(self, draft: ImportDraft, words: Words) -> None:
        """Show every choice."""
        self._hint.setText(
            words.translate("The mapping confirmed last for such headings is proposed; check it.")
            if draft.recalled
            else words.translate("Columns of the file with the usual names are proposed; check them.")
        )
        for title, (name, _) in zip(self._titles, COLUMN_GROUPS, strict=True):
            title.setText(words.say(name))
        for column, row in self.rows.items():
            row.show_choice(draft.choice(column), draft.headings, words)

    def focus_on(self, name: str) -> None:
        """Bring a column's row into sight and begin there."""
        row = self.rows[name]
        self._scroll.ensureWidgetVisible(row)
        (row.value if row.value.isVisible() else row.source).setFocus(Qt.FocusReason.ShortcutFocusReason)
