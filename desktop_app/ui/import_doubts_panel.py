"""What must be settled before loading, at the top of the import page, each with the buttons that settle it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app.text.words import Words
from desktop_app.ui.icons import ICON_SIZE, icon
from desktop_app.ui.looks import label
from desktop_app.workspace.import_doubts import DoubtAnswer, doubts_of
from desktop_app.workspace.import_draft import ImportDraft


class DoubtsPanel(QFrame):
    """One line a doubt or fault; hidden where there is none.

    Signals:
        answered: the read options that settle a doubt, as a dict.
        mapped: the column and the ColumnChoice that settle a doubt.
        wanted: the place of a fault that is to be put right.
    """

    answered = Signal(object)
    mapped = Signal(str, object)
    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "notice")
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(10, 6, 10, 6)
        self._lines.setSpacing(4)
        self.buttons: list[QPushButton] = []

    def show_draft(self, draft: ImportDraft, words: Words) -> None:
        """Write the doubts of the plan, then the faults of the choices."""
        while (item := self._lines.takeAt(0)) is not None:
            line = item.widget()
            if line is not None:
                line.hide()
                line.deleteLater()
        self.buttons = []
        for doubt in doubts_of(draft.plan) if draft.plan else ():
            self._lines.addWidget(self._doubt(words.say(doubt.sentence), doubt.answers, words))
        for fault in draft.faults():
            button = QPushButton(words.translate("Go there"))
            button.clicked.connect(lambda _=False, place=fault.place: self.wanted.emit(place))
            self._lines.addWidget(self._line(words.say(fault.sentence), [button]))
        self.setVisible(self._lines.count() > 0)

    def _doubt(self, sentence: str, answers: tuple[DoubtAnswer, ...], words: Words) -> QWidget:
        buttons = []
        for answer in answers:
            button = QPushButton(words.say(answer.label))
            button.clicked.connect(lambda _=False, answer=answer: self._settle(answer))
            buttons.append(button)
        return self._line(sentence, buttons)

    def _settle(self, answer: DoubtAnswer) -> None:
        if answer.column:
            self.mapped.emit(answer.column, answer.choice)
        else:
            self.answered.emit(dict(answer.options))

    def _line(self, sentence: str, buttons: list[QPushButton]) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        sign, text = label(""), label("", wrap=True)
        sign.setPixmap(icon("warning", self.palette()).pixmap(ICON_SIZE))
        text.setText(sentence)
        row.addWidget(sign)
        row.addWidget(text, 1)
        for button in buttons:
            button.setAccessibleDescription(sentence)
            row.addWidget(button)
        self.buttons += buttons
        return line
