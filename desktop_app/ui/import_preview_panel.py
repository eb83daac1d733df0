"""The right of the import page: the first rows as they will be stored, and those that will be refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSplitter, QVBoxLayout, QWidget

from desktop_app.domain.columns import ColumnType
from desktop_app.domain.plans import ReadPlan
from desktop_app.domain.problems import Message, message
from desktop_app.engine.stored_rows import StoredValue
from desktop_app.text.formats import EM_DASH
from desktop_app.text.labels import TYPE_LABELS, column_label
from desktop_app.text.words import Words
from desktop_app.ui.data_page import reject_cells
from desktop_app.ui.looks import label
from desktop_app.ui.table_model import Cell
from desktop_app.ui.table_view import TableView
from desktop_app.workspace.import_draft import ImportDraft
from desktop_app.workspace.import_sample import ImportSample


class PreviewPanel(QFrame):
    """Two tables, each under a sentence."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.rows_said, self.rejects_said = label("strong", wrap=True), label("strong", wrap=True)
        self.rows, self.rejects = TableView(), TableView()
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(_under(self.rows_said, self.rows))
        self._refused = _under(self.rejects_said, self.rejects)
        self._split.addWidget(self._refused)
        self._split.setSizes([300, 160])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.addWidget(self._split)

    def show_draft(self, draft: ImportDraft, words: Words) -> None:
        """Show what the sample became, or where it could not be loaded the rows as found."""
        sample, plan = draft.sample, draft.plan
        say = words.translate
        self.rows.setAccessibleName(say("First rows"))
        self.rejects.setAccessibleName(say("Rows that will not be loaded"))
        if sample is not None and sample.problem is None:
            self._show_stored(sample, words)
        elif plan is not None:
            self._show_found(plan, sample, words)
        else:
            # Whether it is being looked at, or could not be, the page says.
            self.rows_said.clear()
            self.rows.set_table([], [])
        report = sample.report if sample else None
        self._refused.setVisible(bool(report and report.rejects))
        if report is not None:
            headings = (say("Line"), say("Column"), say("Reason"), say("As found"))
            self.rejects.set_table(
                [Cell(text) for text in headings], [reject_cells(one, words) for one in report.rejects]
            )

    def _show_stored(self, sample: ImportSample, words: Words) -> None:
        self.rows_said.setText(words.say(_outcome(sample)))
        self.rejects_said.setText(words.translate("Rows that will not be loaded"))
        headings = []
        for name, kind in sample.columns:
            called = words.say(column_label(name))
            headings.append(Cell(called, tip=f"{called} ({name}): {words.say(TYPE_LABELS[kind])}"))
        kinds = [kind for _, kind in sample.columns]
        shown = [tuple(_cell(*pair, words) for pair in zip(row, kinds, strict=True)) for row in sample.rows]
        self.rows.set_table(headings, shown)

    def _show_found(self, plan: ReadPlan, sample: ImportSample | None, words: Words) -> None:
        problem = sample.problem if sample else None
        self.rows_said.setText(words.say(problem.message if problem else message("The first rows as they were found")))
        width = len(plan.headings)
        rows = [tuple(Cell(text, text) for text in (*row, *[""] * width)[:width]) for row in plan.preview]
        self.rows.set_table([Cell(heading) for heading in plan.headings], rows)


def _outcome(sample: ImportSample) -> Message:
    assert sample.report is not None
    values = {"rows": sample.report.rows_in, "loaded": sample.report.rows_loaded}
    if sample.report.rows_rejected == 0:
        if sample.whole:
            return message("All {rows} rows will be loaded; the first of them as they will be stored:", **values)
        return message("The first {rows} rows can all be loaded; some as they will be stored:", **values)
    refused = sample.report.rows_rejected
    if sample.whole:
        text = "{loaded} of {rows} rows will be loaded, {refused} will not; as they will be stored:"
        return message(text, refused=refused, **values)
    text = "Of the first {rows} rows {loaded} can be loaded, {refused} cannot; as they will be stored:"
    return message(text, refused=refused, **values)


def _cell(value: StoredValue, kind: ColumnType, words: Words) -> Cell:
    match value:
        case None:
            return Cell(EM_DASH, "" if kind in (ColumnType.TEXT, ColumnType.CATEGORY) else float("-inf"))
        case bool():
            text = words.translate("yes") if value else words.translate("no")
            return Cell(text, text)
        case int() | Decimal():
            return Cell(words.number(value), float(value))
        case date():
            return Cell(value.isoformat(), float(value.toordinal()))
        case _:
            return Cell(value, value)


def _under(sentence: QWidget, table: TableView) -> QWidget:
    part = QWidget()
    layout = QVBoxLayout(part)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(4)
    layout.addWidget(sentence)
    layout.addWidget(table, 1)
    return part
