"""What is to be exported and where: the folder of CSV files always, a workbook and a report where wanted."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.book import Book
from desktop_app.domain.problems import message
from desktop_app.reports.export import TABLES, Settings, Targets
from desktop_app.reports.table_words import TABLE_LABELS
from desktop_app.text.labels import column_label
from desktop_app.text.words import Words
from desktop_app.ui.looks import label
from desktop_app.workspace.exporting import Wanted

WORKBOOK: Final = "impact.xlsx"
REPORT: Final = "report.html"
_WIDTH = 520
_COLUMNS = 3


class ExportDialog(QDialog):
    """Asks once for everything that an export needs; it writes nothing itself.

    Attributes: folder, browse, workbook, report, tables, accounts, grouping, codes, export: its controls, tables by
    name.

    Signals:
        wanted: a Wanted, and the column to break the figures down by (None: none).
    """

    wanted = Signal(object, object)

    def __init__(self, words: Words, folder: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words
        self.folder, self.browse = QLineEdit(str(folder)), QPushButton()
        self.csv, self.workbook, self.report = QCheckBox(), QCheckBox(), QCheckBox()
        self.tables = {name: QCheckBox() for name in TABLES}
        self.accounts, self.codes = QCheckBox(), QCheckBox()
        self.grouping = QComboBox()
        self.export, self.cancel = QPushButton(), QPushButton()
        self._titles: dict[str, QLabel] = {name: label("strong") for name in ("folder", "files", "tables", "grouping")}
        self._hint = label("small", wrap=True)
        self._arrange()
        self._write()
        self.browse.clicked.connect(self._browse)
        self.export.clicked.connect(self._take)
        self.cancel.clicked.connect(self.reject)
        self.folder.textChanged.connect(self._allow)
        self.accounts.toggled.connect(self.codes.setEnabled)
        self._allow()

    def show_book(self, book: Book, grouping: str | None, *, masked: bool) -> None:
        """Offer the book's groupings, with what the desk shows already chosen."""
        say = self._words.say
        self.grouping.addItem(self._words.translate("No grouping"), None)
        for column in book.groupings():
            self.grouping.addItem(say(column_label(column.name)), column.name)
        self.grouping.setCurrentIndex(max(self.grouping.findData(grouping), 0) if grouping else 0)
        lines = message("Accounts, {n} lines", n=book.accounts)
        self.accounts.setText(say(lines))
        self.codes.setChecked(masked)

    def say_whole(self, narrowed: bool) -> None:
        """Where the desk is narrowed to a choice, say that the files are not."""
        if narrowed:
            whole = "The files are about the whole book, whatever is chosen on the desk."
            self._hint.setText(f"{self._words.translate(whole)} {self._hint.text()}")

    def _arrange(self) -> None:
        self.csv.setChecked(True)
        self.csv.setEnabled(False)
        for box in (self.workbook, self.report, self.accounts, *self.tables.values()):
            box.setChecked(True)
        where, buttons, tables = QHBoxLayout(), QHBoxLayout(), QGridLayout()
        where.addWidget(self.folder, 1)
        where.addWidget(self.browse)
        for place, box in enumerate((*self.tables.values(), self.accounts)):
            tables.addWidget(box, place // _COLUMNS, place % _COLUMNS)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.export)
        self.export.setDefault(True)
        self.export.setProperty("role", "primary")
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addWidget(self._titles["folder"])
        layout.addLayout(where)
        layout.addWidget(self._titles["files"])
        for box in (self.csv, self.workbook, self.report):
            layout.addWidget(box)
        layout.addWidget(self._titles["tables"])
        layout.addLayout(tables)
        layout.addWidget(self.codes)
        layout.addWidget(self._titles["grouping"])
        layout.addWidget(self.grouping)
        layout.addWidget(self._hint)
        layout.addLayout(buttons)
        self.setMinimumWidth(_WIDTH)

    def _write(self) -> None:
        say = self._words.translate
        self.setWindowTitle(say("Export"))
        named = {
            "folder": say("Folder"),
            "files": say("Files"),
            "tables": say("Tables"),
            "grouping": say("Broken down by"),
        }
        for title, text in named.items():
            self._titles[title].setText(text)
        for title, control in (("folder", self.folder), ("grouping", self.grouping)):
            self._titles[title].setBuddy(control)
            control.setAccessibleName(named[title])
        self.browse.setText(say("Browse…"))
        self.csv.setText(say("CSV files with a manifest"))
        self.workbook.setText(say("Excel workbook, with charts"))
        self.report.setText(say("Report in one file, to read or to print"))
        for name, box in self.tables.items():
            box.setText(self._words.say(TABLE_LABELS[name]))
        self.codes.setText(say("Codes in place of the ids of accounts and users"))
        self.codes.setToolTip(say("The same codes in every export of this project; nobody can turn them back."))
        self._hint.setText(say("An earlier export in this folder is replaced; other files stay."))
        self.export.setText(say("Export"))
        self.cancel.setText(say("Cancel"))

    def _allow(self) -> None:
        self.export.setEnabled(bool(self.folder.text().strip()))

    def _browse(self) -> None:
        title = self._words.translate("Folder for the export")
        folder = QFileDialog.getExistingDirectory(self, title, self.folder.text())
        if folder:
            self.folder.setText(folder)

    def _take(self) -> None:
        folder = Path(self.folder.text().strip()).expanduser()
        targets = Targets(
            folder,
            folder / WORKBOOK if self.workbook.isChecked() else None,
            folder / REPORT if self.report.isChecked() else None,
        )
        tables = tuple(name for name, box in self.tables.items() if box.isChecked())
        accounts = self.accounts.isChecked()
        settings = Settings(tables, masked=accounts and self.codes.isChecked())
        self.wanted.emit(Wanted(targets, self._words, settings, accounts), self.grouping.currentData())
        self.accept()
