"""A table that sorts by its headings, fits its columns and copies as text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from desktop_app.ui.table_model import SORT_ROLE, Cell, TableModel


class TableView(QTableView):
    """Shows a TableModel."""

    def __init__(self) -> None:
        super().__init__()
        self._model = TableModel()
        self._sorted = QSortFilterProxyModel()
        self._sorted.setSourceModel(self._model)
        self._sorted.setSortRole(SORT_ROLE)
        self.setModel(self._sorted)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setHighlightSections(False)

    def set_table(self, headings: Sequence[Cell], rows: Sequence[tuple[Cell, ...]]) -> None:
        """Show other rows; sorting is offered from the first rows on and starts as the rows come."""
        self._model.set_table(headings, rows)
        if not self.isSortingEnabled():
            self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            self.setSortingEnabled(True)

    def text_at(self, row: int, column: int) -> str:
        """What stands in a cell, in the order shown."""
        return str(self._sorted.index(row, column).data())

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Copy the selected rows, tabs between the cells."""
        if event.matches(QKeySequence.StandardKey.Copy):
            rows = sorted({index.row() for index in self.selectedIndexes()})
            columns = range(self._sorted.columnCount())
            lines = ["\t".join(self.text_at(row, column) for column in columns) for row in rows]
            QGuiApplication.clipboard().setText("\n".join(lines))
        else:
            super().keyPressEvent(event)
