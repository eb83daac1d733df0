"""A table that sorts by its headings, fits its columns and copies as text."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPoint, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from desktop_app.charts.saving import Cell as PlainCell
from desktop_app.charts.saving import ChartTable
from desktop_app.ui.table_model import SORT_ROLE, Cell, TableModel

# Pixels between the widest text and its column's end: numbers that grow during a drag stay whole.
_AIR = 12
# Chinese headings of fewer characters keep their line.
_SHORT = 5
# Characters that a line may have more for the sake of a pause.
_PAUSE = 2.5
_FIRST_CHINESE = "\u2e80"


class TableView(QTableView):
    """Shows a TableModel.

    Signals:
        picked: the number of a row as it came: a double click, or Enter.
        narrowed: the same, with Ctrl: the row is to be looked at alone, or no longer.
    """

    picked = Signal(int)
    narrowed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._model = TableModel()
        self._headings: tuple[Cell, ...] = ()
        self._folded = False
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
        # Fitted by hand: Qt's own fitting measures every cell again with every frame of a drag.
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setHighlightSections(False)

    def set_table(self, headings: Sequence[Cell], rows: Sequence[tuple[Cell, ...]]) -> None:
        """Show other rows; sorting is offered from the first rows on and starts as the rows come."""
        known = [cell.text for cell in self._headings]
        self._headings = tuple(headings)
        self._model.set_table(self._written(), rows)
        if known != [cell.text for cell in headings]:
            self.fit()
        if not self.isSortingEnabled():
            self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            self.setSortingEnabled(True)

    def text_at(self, row: int, column: int) -> str:
        """What stands in a cell, in the order shown."""
        return str(self._sorted.index(row, column).data())

    def key_at(self, row: int) -> str:
        """The key of a row's first cell, in the order shown; "" for no row."""
        return str(self._sorted.index(row, 0).data(SORT_ROLE) or "") if row >= 0 else ""

    def row_at(self, where: QPoint) -> int | None:
        """The number of the row at a pixel of the table, as it came."""
        index = self.indexAt(where)
        return self._sorted.mapToSource(index).row() if index.isValid() else None

    def foot_of(self, row: int) -> QPoint:
        """The pixel of the table under the first cell of a row."""
        return self.visualRect(self._sorted.mapFromSource(self._model.index(row, 0))).bottomLeft()

    def _say_picked(self, index: QModelIndex, modifiers: Qt.KeyboardModifier) -> None:
        if index.isValid():
            signal = self.narrowed if modifiers & Qt.KeyboardModifier.ControlModifier else self.picked
            signal.emit(self._sorted.mapToSource(index).row())

    def as_table(self, title: str) -> ChartTable:
        """Everything in the order shown: numbers as numbers, what is none left empty."""
        rows = range(self._sorted.rowCount())
        columns = range(self._sorted.columnCount())
        return ChartTable(
            title,
            tuple(heading.text for heading in self._headings),
            tuple(tuple(self._plain(row, column) for column in columns) for row in rows),
        )

    def _plain(self, row: int, column: int) -> PlainCell:
        index = self._sorted.index(row, column)
        key = index.data(SORT_ROLE)
        if isinstance(key, float):
            return key if math.isfinite(key) else None
        return str(index.data())

    def fit(self) -> None:
        """Give each column what it needs, and every column the same share of the room that is left."""
        cells = [self.sizeHintForColumn(place) for place in range(len(self._headings))]
        wanted, room = self._widths(cells, folded=False), self.viewport().width()
        self._fold(sum(wanted) > room)
        if self._folded:
            wanted = self._widths(cells, folded=True)
        spare = max(room - sum(wanted), 0) // max(len(wanted), 1)
        for place, width in enumerate(wanted):
            self.horizontalHeader().resizeSection(place, width + spare)

    def _widths(self, cells: Sequence[int], *, folded: bool) -> list[int]:
        measure = self.horizontalHeader().fontMetrics().horizontalAdvance
        lines = [two_lines(heading.text) if folded else (heading.text,) for heading in self._headings]
        return [max(cell, *map(measure, texts)) + _AIR for cell, texts in zip(cells, lines, strict=True)]

    def _fold(self, folded: bool) -> None:
        if folded != self._folded:
            self._folded = folded
            self._model.set_headings(self._written())
            # A header asks for the height of two lines only when it is told to measure again.
            self.updateGeometries()

    def _written(self) -> tuple[Cell, ...]:
        """The headings as they are drawn: over two lines where one would take the room of numbers."""
        if not self._folded:
            return self._headings
        return tuple(
            Cell("\n".join(two_lines(heading.text)), heading.key, heading.tip or heading.text)
            for heading in self._headings
        )

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Columns share the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Pick the row under the pointer."""
        super().mouseDoubleClickEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            self._say_picked(self.indexAt(event.position().toPoint()), event.modifiers())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Copy the selected rows, tabs between the cells; Enter picks the current one."""
        if event.matches(QKeySequence.StandardKey.Copy):
            rows = sorted({index.row() for index in self.selectedIndexes()})
            columns = range(self._sorted.columnCount())
            lines = ["\t".join(self.text_at(row, column) for column in columns) for row in rows]
            QGuiApplication.clipboard().setText("\n".join(lines))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._say_picked(self.currentIndex(), event.modifiers())
        else:
            super().keyPressEvent(event)


def two_lines(heading: str) -> tuple[str, ...]:
    """A heading parted where its lines are shortest: at a space, in Chinese between two characters; else as it is."""
    parted = [(heading[:place], heading[place + 1 :]) for place, sign in enumerate(heading) if sign == " "]
    if not parted and len(heading) > _SHORT:
        parted = [(heading[:place], heading[place:]) for place in range(1, len(heading)) if _parts(heading, place)]
    return min(parted, key=_cost, default=(heading,))


def _cost(lines: tuple[str, str]) -> float:
    """The longer line; where the sentence itself pauses, it may be a little longer."""
    pauses = lines[0].endswith("的") or lines[1].startswith("（")
    return max(map(len, lines)) - (_PAUSE if pauses else 0.0)


def _parts(heading: str, place: int) -> bool:
    """Whether a line may end before a character: both sides are Chinese, and no sign stands where none begins one."""
    before, after = heading[place - 1], heading[place]
    return min(before, after) >= _FIRST_CHINESE and before not in "（“" and after not in "）”、，：的"
