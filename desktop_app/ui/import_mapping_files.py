"""The import page's mapping as a file: two buttons that open one and keep one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QWidget

from desktop_app.domain.problems import Problem, message
from desktop_app.reports.whole_files import write_whole
from desktop_app.text.words import Words
from desktop_app.workspace.import_draft import ImportDraft
from desktop_app.workspace.opening import read_mapping

_FILES = "JSON (*.json)"


class MappingFiles(QWidget):
    """Open mapping and Save mapping, for the draft that is shown.

    Signals:
        opened: the Mapping of a file.
        failed: the Problem with a file.
        told: the Message that says what was done.
    """

    opened = Signal(object)
    failed = Signal(object)
    told = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._draft: ImportDraft | None = None
        self.open_button, self.save_button = QPushButton(), QPushButton()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.open_button)
        row.addWidget(self.save_button)
        self.open_button.clicked.connect(self._ask_and_open)
        self.save_button.clicked.connect(self._ask_and_save)

    def show_draft(self, draft: ImportDraft | None) -> None:
        """Take the draft whose mapping is kept."""
        self._draft = draft

    def retext(self, words: Words) -> None:
        """Write every text again."""
        self._words = words
        say = words.translate
        self.open_button.setText(say("Open mapping…"))
        self.save_button.setText(say("Save mapping…"))
        self.open_button.setToolTip(say("Take the columns and options from a mapping file (JSON)"))
        self.save_button.setToolTip(say("Keep the columns and options as a mapping file (JSON)"))

    def open(self, path: Path) -> None:
        """Take everything from a mapping file."""
        try:
            mapping = read_mapping(path)
        except Problem as problem:
            self.failed.emit(problem)
        else:
            self.opened.emit(mapping)

    def save(self, path: Path) -> None:
        """Write the mapping as it is chosen."""
        if self._draft is None:
            return
        try:
            write_whole(path, self._draft.mapping().to_json().encode())
        except Problem as problem:
            self.failed.emit(problem)
        else:
            self.told.emit(message("The mapping was written to {file}.", file=str(path)))

    def _ask_and_open(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self._words.translate("Open mapping…"), "", _FILES)
        if chosen:
            self.open(Path(chosen))

    def _ask_and_save(self) -> None:
        name = f"{self._draft.path.stem}.mapping.json" if self._draft else ""
        chosen, _ = QFileDialog.getSaveFileName(self, self._words.translate("Save mapping…"), name, _FILES)
        if chosen:
            self.save(Path(chosen))
