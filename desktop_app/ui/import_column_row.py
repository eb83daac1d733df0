"""One standard column on the import page: which heading of the file, and how it becomes the column's values."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop_app.domain.columns import STANDARD
from desktop_app.text.labels import TYPE_LABELS, column_label
from desktop_app.text.words import Words
from desktop_app.ui.elided import ElidedLabel
from desktop_app.ui.import_fields import Choice, show_text
from desktop_app.workspace.import_choices import NOTHING, ChoiceKind, ColumnChoice, is_numeric

LABEL_WIDTH = 190
_WITH_HEADING = (ChoiceKind.HEADING, ChoiceKind.SCALE, ChoiceKind.TABLE)
_WITH_VALUE = (ChoiceKind.SCALE, ChoiceKind.TABLE, ChoiceKind.CONSTANT)


class ColumnRow(QWidget):
    """Label, heading, how it is read, and the factor, table or constant where one is needed.

    Signals:
        changed: the column's name and its ColumnChoice.
    """

    changed = Signal(str, object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self._choice = NOTHING
        self._label = ElidedLabel()
        self._label.setFixedWidth(LABEL_WIDTH)
        self.source, self.how, self.value = Choice(), Choice(), QLineEdit()
        self.how.setFixedWidth(82)
        self.value.setFixedWidth(110)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for part in (self._label, self.source, self.how, self.value):
            row.addWidget(part, 1 if part is self.source else 0)
        self.source.chosen.connect(self._take_source)
        self.how.chosen.connect(lambda kind: self._emit(ColumnChoice(kind, self._choice.heading, self._first(kind))))
        self.value.editingFinished.connect(self._take_value)

    def show_choice(self, choice: ColumnChoice, headings: tuple[str, ...], words: Words) -> None:
        """Show a choice among the headings of the file."""
        say = words.translate
        self._choice = choice
        called = words.say(column_label(self.name))
        self._label.setText(called)
        self._label.setToolTip(f"{called} ({self.name}): {words.say(TYPE_LABELS[STANDARD[self.name].type])}")
        offered: list[tuple[str, object]] = [(self._otherwise(words), ChoiceKind.NONE)]
        offered += [(heading, ("heading", heading)) for heading in headings]
        if self.name not in ("account_id", "user_id", "snapshot_date"):
            offered.append((say("(the same in every row)"), ChoiceKind.CONSTANT))
        if choice.kind is ChoiceKind.OTHER:
            offered.append((say("(as the mapping file says)"), ChoiceKind.OTHER))
        with_heading = choice.kind in _WITH_HEADING
        self.source.show_choices(offered, ("heading", choice.heading) if with_heading else choice.kind)
        ways = (
            (say("as it is"), ChoiceKind.HEADING),
            (say("times"), ChoiceKind.SCALE),
            (say("table"), ChoiceKind.TABLE),
        )
        self.how.setVisible(with_heading and is_numeric(self.name))
        if with_heading:
            self.how.show_choices(ways, choice.kind)
        self.value.setVisible(choice.kind in _WITH_VALUE)
        show_text(self.value, choice.value)
        self._describe(called, words)

    def _otherwise(self, words: Words) -> str:
        """What becomes of the column where nothing is chosen."""
        match self.name:
            case "user_id":
                return words.translate("(as the account)")
            case "snapshot_date":
                return words.translate("(one date, stated on the left)")
            case _:
                return "—"

    def _describe(self, called: str, words: Words) -> None:
        say = words.translate
        self.source.setAccessibleName(f"{called}: {say('column of the file')}")
        self.how.setAccessibleName(f"{called}: {say('how it is read')}")
        self.value.setAccessibleName(f"{called}: {say('factor, table or constant')}")
        self.source.setToolTip(
            self._choice.value if self._choice.kind is ChoiceKind.OTHER else self.source.currentText()
        )
        if self._choice.kind is ChoiceKind.TABLE:
            hint = say("Values by rising bounds: 600: 0.12; 700: 0.05; 0.01")
        elif self._choice.kind is ChoiceKind.SCALE:
            hint = say("A factor: 0.01 for percent, 10000 for tens of thousands")
        else:
            hint = say("The value of every row")
        self.value.setToolTip(hint)

    def _take_source(self, source: object) -> None:
        if isinstance(source, tuple):
            heading = str(source[1])
            kind = self._choice.kind if self._choice.kind in _WITH_HEADING else ChoiceKind.HEADING
            self._emit(ColumnChoice(kind, heading, self._choice.value if kind is not ChoiceKind.HEADING else ""))
        elif isinstance(source, ChoiceKind) and source is not self._choice.kind:
            self._emit(ColumnChoice(source, value=self._first(source)))

    def _take_value(self) -> None:
        if self.value.text() != self._choice.value:
            self._emit(ColumnChoice(self._choice.kind, self._choice.heading, self.value.text()))

    def _first(self, kind: object) -> str:
        """What a factor, table or constant begins with."""
        match kind:
            case ChoiceKind.SCALE:
                return "0.01"
            case ChoiceKind.TABLE:
                return "600: 0.12; 700: 0.05; 0.01"
            case ChoiceKind.CONSTANT:
                return "0" if is_numeric(self.name) else "true" if STANDARD[self.name].type == "boolean" else "all"
            case _:
                return ""

    def _emit(self, choice: ColumnChoice) -> None:
        if choice != self._choice:
            self.changed.emit(self.name, choice)
