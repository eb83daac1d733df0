"""The cells of a matrix of targets as a grid to type in, to copy from and to paste into; holes are seen as such."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from desktop_app.charts.ink import ink_for
from desktop_app.domain.outcomes import Outcome
from desktop_app.text.formats import EM_DASH
from desktop_app.text.words import Words
from desktop_app.ui.typed_number import parsed, written
from desktop_app.workspace.matrix_draft import BandsDraft, MatrixDraft

_Index = QModelIndex | QPersistentModelIndex
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
# The largest cell is shaded this much.
_MOST_SHADE = 90
_MOST_ROWS_SEEN = 7


class MatrixModel(QAbstractTableModel):
    """A MatrixDraft as a table.

    Signals:
        edited: MatrixDraft.
    """

    edited = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.matrix = MatrixDraft()
        self._words: Words | None = None
        self._wrong: frozenset[tuple[int, int]] = frozenset()
        self.shade, self.alarm = QColor(), QColor()

    def show_matrix(self, matrix: MatrixDraft, words: Words, wrong: frozenset[tuple[int, int]]) -> None:
        """Show other cells; `wrong` are those that stop the rule."""
        self.beginResetModel()
        self.matrix, self._words, self._wrong = matrix, words, wrong
        self.endResetModel()

    def with_cells(self, top: int, left: int, rows: list[list[Decimal | None]]) -> MatrixDraft:
        """The matrix with a block of cells from one corner on; what lies outside is left out."""
        changed = self.matrix
        for row, line in enumerate(rows, top):
            for column, value in enumerate(line, left):
                if row < self.rowCount() and column < self.columnCount():
                    changed = changed.with_cell(row, column, value)
        return changed

    def _shaded(self, value: Decimal | None) -> QBrush:
        """The darker the larger; a hole is hatched."""
        if value is None:
            return QBrush(self.shade, Qt.BrushStyle.BDiagPattern)
        largest = max((cell for line in self.matrix.cells for cell in line if cell is not None), default=Decimal(0))
        shade = QColor(self.shade)
        shade.setAlpha(int(_MOST_SHADE * max(value, Decimal(0)) / largest) if largest > 0 else 0)
        return QBrush(shade)

    # Qt overrides

    def rowCount(self, parent: _Index | None = None) -> int:  # noqa: N802
        """One row a band."""
        return len(self.matrix.cells)

    def columnCount(self, parent: _Index | None = None) -> int:  # noqa: N802
        """One column a band of the second field, else one."""
        return len(self.matrix.cells[0])

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The bands; without a second field the one column is what the cells are."""
        if role != Qt.ItemDataRole.DisplayRole or self._words is None:
            return None
        if orientation is Qt.Orientation.Vertical:
            return band_text(self.matrix.rows, section, self._words)
        if self.matrix.columns is not None:
            return band_text(self.matrix.columns, section, self._words)
        return self._words.translate("New limit")

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The cell as it is read, typed, aligned, shaded and spoken."""
        value = self.matrix.cells[index.row()][index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._said(value)
            case Qt.ItemDataRole.EditRole:
                return written(value).replace(",", "")
            case Qt.ItemDataRole.TextAlignmentRole:
                return _RIGHT
            case Qt.ItemDataRole.BackgroundRole:
                return self._shaded(value)
            case Qt.ItemDataRole.ForegroundRole if (index.row(), index.column()) in self._wrong:
                return QBrush(self.alarm)
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleDescriptionRole if value is None:
                text = "A hole: accounts here have no target"
                return self._words.translate(text) if self._words else text
            case _:
                return None

    def _said(self, value: Decimal | None) -> str:
        if value is None or self._words is None:
            return EM_DASH
        number = self._words.number(value)
        return f"{number} %" if self.matrix.cells_are == "percent" else number

    def setData(self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802
        """Take what was typed; nothing, or a dash, makes a hole; what is no number changes nothing."""
        text = str(value).replace("%", "").strip()
        number = parsed(text)
        if role != Qt.ItemDataRole.EditRole or (number is None and text not in ("", "-", EM_DASH)):
            return False
        self.edited.emit(self.matrix.with_cell(index.row(), index.column(), number))
        return True

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Every cell can be typed in."""
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable


class MatrixGrid(QTableView):
    """Shows a MatrixDraft's cells.

    Signals:
        edited: MatrixDraft.
    """

    edited = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.cells = MatrixModel()
        self.cells.edited.connect(self.edited)
        self.setModel(self.cells)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        every = QAbstractItemView.EditTrigger
        self.setEditTriggers(every.AnyKeyPressed | every.DoubleClicked | every.EditKeyPressed | every.SelectedClicked)
        self.setTabKeyNavigation(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setMinimumSectionSize(56)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)
        self.horizontalHeader().setHighlightSections(False)

    def show_matrix(self, matrix: MatrixDraft, words: Words, wrong: frozenset[tuple[int, int]]) -> None:
        """Show the cells; the one that was being looked at stays so."""
        current = self.currentIndex()
        row, column = current.row(), current.column()
        ink = ink_for(self.palette())
        self.cells.shade, self.cells.alarm = QColor(ink.accent), ink.colour(Outcome.BLOCKED)
        self.cells.show_matrix(matrix, words, wrong)
        if 0 <= row < self.cells.rowCount() and 0 <= column < self.cells.columnCount():
            self.setCurrentIndex(self.cells.index(row, column))
        rows = min(self.cells.rowCount(), _MOST_ROWS_SEEN)
        height = self.verticalHeader().defaultSectionSize() * rows + self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(height + 6)

    def copy(self) -> None:
        """Put the chosen cells on the clipboard, tabs between them, holes empty."""
        rows = sorted({index.row() for index in self.selectedIndexes()})
        columns = sorted({index.column() for index in self.selectedIndexes()})
        cells = self.cells.matrix.cells
        lines = ["\t".join(written(cells[row][column]).replace(",", "") for column in columns) for row in rows]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def paste(self) -> None:
        """Take cells from the clipboard, as a spreadsheet gives them, from the chosen cell on."""
        lines = QGuiApplication.clipboard().text().rstrip("\n").split("\n")
        block = [[parsed(text.replace("%", "").strip()) for text in line.split("\t")] for line in lines]
        at = self.currentIndex()
        changed = self.cells.with_cells(max(at.row(), 0), max(at.column(), 0), block)
        if changed != self.cells.matrix:
            self.edited.emit(changed)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Copy, paste, and Delete for holes."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            changed = self.cells.matrix
            for index in self.selectedIndexes():
                changed = changed.with_cell(index.row(), index.column(), None)
            self.edited.emit(changed)
        else:
            super().keyPressEvent(event)


def band_text(bands: BandsDraft, place: int, words: Words) -> str:
    """A band from its lower edge to below its upper one."""
    low, high = list(pairwise(bands.edges))[place]
    return f"{words.number(low)} – <{words.number(high)}"
