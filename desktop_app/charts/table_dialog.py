"""A chart's data as a table: for those who read numbers, and for screen readers."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.charts.saving import Cell, ChartTable
from desktop_app.text.words import Words

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class TableDialog(QDialog):
    """Shows one ChartTable; closes with Escape."""

    def __init__(self, table: ChartTable, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(table.title)
        self.resize(640, 480)
        self._grid = QTableWidget(len(table.rows), len(table.headings), self)
        self._grid.setHorizontalHeaderLabels(list(table.headings))
        self._grid.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self._grid.setAccessibleName(table.title)
        self._grid.verticalHeader().hide()
        self._grid.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self._fill(table, words)
        buttons = QDialogButtonBox(self)
        close = buttons.addButton(words.translate("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setShortcut(QKeySequence(QKeySequence.StandardKey.Close))
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self._grid)
        layout.addWidget(buttons)

    def cell(self, row: int, column: int) -> str:
        """What stands in a cell."""
        item = self._grid.item(row, column)
        return item.text() if item else ""

    def _fill(self, table: ChartTable, words: Words) -> None:
        for row, cells in enumerate(table.rows):
            for column, cell in enumerate(cells):
                item = QTableWidgetItem(_shown(cell, words))
                if not isinstance(cell, str):
                    item.setTextAlignment(_RIGHT)
                self._grid.setItem(row, column, item)


def _shown(cell: Cell, words: Words) -> str:
    return cell if isinstance(cell, str) else words.number(cell)
