"""What is known about the book: how its import went, its columns, the rows that were refused."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QToolButton, QVBoxLayout

from desktop_app.domain.book import Book, Bound, Column
from desktop_app.domain.columns import UNITS_PER_ONE, ColumnType
from desktop_app.domain.plans import ImportReport, Reject
from desktop_app.domain.problems import Message, message
from desktop_app.domain.recorded import RecordedCell, RecordedCheck, RecordedRequest
from desktop_app.domain.requests import Request
from desktop_app.text.formats import EM_DASH
from desktop_app.text.labels import ACTION_LABELS, OUTCOME_LABELS, RECORDED_HELP, TYPE_LABELS, column_label
from desktop_app.text.words import Words
from desktop_app.ui.looks import label
from desktop_app.ui.page import AskingPage, PageHost, Scene
from desktop_app.ui.table_model import Cell
from desktop_app.ui.table_view import TableView
from desktop_app.workspace.latest import Latest


class DataPage(AskingPage):
    """Shows a Book and its ImportReport.

    Attributes: export is the button that has the report written as CSV; recorded says how far the baseline is what the
    live system did, mismatches where it is not.
    """

    name = "data"
    title = message("Data")

    def __init__(self, host: PageHost) -> None:
        super().__init__(host)
        self.summary = label("", wrap=True)
        self.columns, self.rejects, self.mismatches = TableView(), TableView(), TableView()
        self.recorded = label("", wrap=True)
        self.export = QToolButton()
        self.export.clicked.connect(host.write_report)
        self._written: Latest[None] = Latest()
        self._checked: Latest[None] = Latest()
        tables = QSplitter()
        right = QSplitter(Qt.Orientation.Vertical)
        right.addWidget(self.mismatches)
        right.addWidget(self.rejects)
        tables.addWidget(self.columns)
        tables.addWidget(right)
        tables.setStretchFactor(0, 3)
        tables.setStretchFactor(1, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        top = QHBoxLayout()
        top.addWidget(self.summary, 1)
        top.addWidget(self.export)
        layout.addLayout(top)
        layout.addWidget(self.recorded)
        layout.addWidget(tables, 1)

    def write(self, scene: Scene) -> None:
        """Write everything, where the book or the language is another."""
        book, report, words = scene.workspace.book, scene.workspace.report, scene.words
        self._written.of((book, report, words), lambda: self._write(book, report, words))
        asked = self._asked()
        found = scene.workspace.answers.find(asked.key, RecordedCheck) if asked else None
        self._checked.of((found, book, words), lambda: self._write_recorded(found, book, words))

    def _asked(self) -> RecordedRequest | None:
        """Whether the baseline does what was recorded; None for a book that does not say."""
        workspace = self.host.controller.workspace
        book = workspace.book
        if all(column.name != "recorded_action" for column in book.columns):
            return None
        return RecordedRequest.of(book.data_hash, book.as_of, workspace.desk.baseline)

    def asking(self) -> Sequence[Request]:
        """Whether the baseline does what was recorded."""
        asked = self._asked()
        return [asked] if asked else []

    def _write_recorded(self, found: RecordedCheck | None, book: Book, words: Words) -> None:
        """How many accounts the baseline treats otherwise than the live system did, and which."""
        mismatches = [cell for cell in found.cells if cell.agrees is False] if found else []
        self.recorded.setVisible(found is not None)
        self.mismatches.setVisible(bool(mismatches))
        if found is None:
            return
        say = words.translate
        self.recorded.setText(words.say(_recorded_sentence(found, book, words)))
        self.recorded.setToolTip(words.say(RECORDED_HELP))
        headings = (say("Recorded"), say("Baseline"), say("Accounts"), say("Balance"))
        self.mismatches.set_table(
            [Cell(text) for text in headings], [_mismatch(one, book, words) for one in mismatches]
        )
        self.mismatches.setAccessibleName(say("Accounts that the baseline treats otherwise than recorded"))

    def _write(self, book: Book, report: ImportReport, words: Words) -> None:
        self.summary.setText(" ".join(words.say(sentence) for sentence in _sentences(book, report)))
        say = words.translate
        self.export.setText(say("Report as CSV…"))
        self.export.setToolTip(say("Write report.csv, missing.csv and rejects.csv into a folder"))
        headings = (say("Column"), say("Name"), say("Type"), say("From"), say("To"), say("Missing"), say("Note"))
        self.columns.set_table([Cell(text) for text in headings], [_column(column, words) for column in book.columns])
        self.columns.setAccessibleName(words.translate("Columns of the book"))
        rejected = (say("Line"), say("Column"), say("Reason"), say("As found"))
        self.rejects.set_table([Cell(text) for text in rejected], [reject_cells(row, words) for row in report.rejects])
        self.rejects.setAccessibleName(words.translate("Rows that were not loaded"))
        self.rejects.setVisible(bool(report.rejects))


def _recorded_sentence(found: RecordedCheck, book: Book, words: Words) -> Message:
    if found.share is None:
        return message("{day}: of no account it is recorded what the live system did.", day=book.as_of)
    text = "{day}: the baseline treats {mismatches} of {known} accounts ({share}) otherwise than was recorded."
    share = words.share(found.share)
    return message(text, day=book.as_of, mismatches=found.mismatches, known=found.known, share=share)


def _mismatch(cell: RecordedCell, book: Book, words: Words) -> tuple[Cell, ...]:
    recorded = words.say(ACTION_LABELS[cell.recorded]) if cell.recorded in ACTION_LABELS else cell.recorded or ""
    outcome = words.say(OUTCOME_LABELS[cell.outcome])
    balance = cell.balance / UNITS_PER_ONE[ColumnType.MONEY]
    return (
        Cell(recorded, recorded),
        Cell(outcome, outcome),
        Cell(words.integer(cell.accounts), float(cell.accounts)),
        Cell(words.money(balance, book.currency), balance),
    )


def _sentences(book: Book, report: ImportReport) -> list[Message]:
    sentences = [
        message(
            "{source}: {rows} rows in the file, {loaded} loaded, {rejected} rejected.",
            source=book.source,
            rows=report.rows_in,
            loaded=report.rows_loaded,
            rejected=report.rows_rejected,
        )
    ]
    for name, count in report.changed:
        sentences.append(
            message("{column}: {count} values rounded to their unit.", column=column_label(name), count=count)
        )
    sentences += [
        message("{day}: {accounts} accounts of {users} users.", day=one.day, accounts=one.accounts, users=one.users)
        for one in book.snapshots
    ]
    return [*sentences, *report.notes]


def _column(column: Column, words: Words) -> tuple[Cell, ...]:
    notes = [words.wording(column.note)]
    if column.derived:
        notes.insert(0, words.translate("computed"))
    if column.assumed:
        notes.insert(0, words.translate("assumed"))
    label_text = words.say(column_label(column.name))
    note = "; ".join(text for text in notes if text)
    return (
        Cell(column.name, column.name),
        Cell(label_text, label_text),
        Cell(words.say(TYPE_LABELS[column.type]), column.type.value),
        _bound(column.minimum, words),
        _bound(column.maximum, words),
        Cell(words.integer(column.missing), float(column.missing)),
        Cell(note, note),
    )


def _bound(bound: Bound, words: Words) -> Cell:
    if bound is None:
        return Cell(EM_DASH, float("-inf"))
    if isinstance(bound, Decimal):
        return Cell(words.number(bound), float(bound))
    return Cell(words.date(bound), float(bound.toordinal()))


def reject_cells(reject: Reject, words: Words) -> tuple[Cell, ...]:
    """Line, column, reason and text of a row that was refused."""
    column = words.say(column_label(reject.column)) if reject.column else ""
    reason = words.say(reject.reason)
    return (
        Cell(words.integer(reject.line), float(reject.line)),
        Cell(column, column),
        Cell(reason, reason),
        Cell(reject.raw, reject.raw),
    )
