"""A read-only table of frozen rows: text to show, a key to sort by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

Index: TypeAlias = QModelIndex | QPersistentModelIndex

SORT_ROLE = int(Qt.ItemDataRole.UserRole)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class Cell:
    """One cell; key sorts (a number stands on the right), tip is shown under the pointer."""

    text: str
    key: float | str = ""
    tip: str = ""


class TableModel(QAbstractTableModel):
    """Rows of Cells under headings."""

    def __init__(self) -> None:
        super().__init__()
        self._headings: tuple[Cell, ...] = ()
        self._rows: tuple[tuple[Cell, ...], ...] = ()

    def set_table(self, headings: Sequence[Cell], rows: Sequence[tuple[Cell, ...]]) -> None:
        """Show another table."""
        if len(rows) == len(self._rows) and len(headings) == len(self._headings) and rows:
            # The same shape keeps selection, sorting and scroll position.
            old_headings, old_rows = self._headings, self._rows
            self._headings, self._rows = tuple(headings), tuple(rows)
            self._say_changed(old_rows)
            if old_headings != self._headings:
                self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(headings) - 1)
            return
        self.beginResetModel()
        self._headings, self._rows = tuple(headings), tuple(rows)
        self.endResetModel()

    def set_headings(self, headings: Sequence[Cell]) -> None:
        """Show the same rows under other headings, as many."""
        self._headings = tuple(headings)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._headings) - 1)

    def _say_changed(self, old: tuple[tuple[Cell, ...], ...]) -> None:
        """Have only the columns drawn anew in which a cell is another one."""
        for column in range(len(self._headings)):
            if any(row[column] != before[column] for row, before in zip(self._rows, old, strict=True)):
                self.dataChanged.emit(self.index(0, column), self.index(len(self._rows) - 1, column))

    # Qt overrides

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """Rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """Headings."""
        return 0 if parent.isValid() else len(self._headings)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Text, sorting key, alignment, tooltip."""
        if not index.isValid():
            return None
        return _shown(self._rows[index.row()][index.column()], role)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> object:
        """Headings stand as their column does."""
        if orientation is not Qt.Orientation.Horizontal or section >= len(self._headings):
            return None
        heading = self._headings[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and self._rows:
            return _shown(self._rows[0][section], role)
        return _shown(heading, role) if role != SORT_ROLE else None


def _shown(cell: Cell, role: int) -> object:
    match role:
        case Qt.ItemDataRole.DisplayRole:
            return cell.text
        case Qt.ItemDataRole.ToolTipRole:
            return cell.tip or cell.text
        case Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT if isinstance(cell.key, str) else _RIGHT
        case _ if role == SORT_ROLE:
            return cell.key
        case _:
            return None
