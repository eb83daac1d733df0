"""A table of any number of accounts: it holds the rows that are seen, and a scroll bar says which these are.

Qt's own table adds up the heights of all rows and fails near a hundred million of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QIcon, QKeyEvent, QKeySequence, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QScrollBar, QTableView, QWidget

from desktop_app.domain.accounts import Order

Index: TypeAlias = QModelIndex | QPersistentModelIndex

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_WAITING = "…"
# Rows that a notch of the wheel goes over, as lists of the desktop do.
_NOTCH, _ROWS_A_NOTCH = 120, 3
_AIR = 14


class Row:
    """One account as it is written: the texts of its cells and the icon beside one of them."""

    __slots__ = ("icon", "icon_column", "texts")

    def __init__(self, texts: Sequence[str], icon: QIcon | None = None, icon_column: int = -1) -> None:
        self.texts, self.icon, self.icon_column = tuple(texts), icon, icon_column


class Rows(QObject):
    """Where the table takes its rows from; a place without a row is one that is still to come."""

    def total(self) -> int:
        """How many there are."""
        raise NotImplementedError

    def row(self, place: int) -> Row | None:
        """The row in a place."""
        raise NotImplementedError


class _Window(QAbstractTableModel):
    """The rows that are seen, from the place `first` on."""

    def __init__(self, rows: Rows) -> None:
        super().__init__()
        self._rows = rows
        self.first = self.height = 0
        self.headings: tuple[str, ...] = ()
        self.amounts: frozenset[int] = frozenset()

    def show_columns(self, headings: Sequence[str], amounts: frozenset[int]) -> None:
        self.beginResetModel()
        self.headings, self.amounts = tuple(headings), amounts
        self.endResetModel()

    def show_rows(self, first: int, height: int) -> None:
        if height != self.height:
            self.beginResetModel()
            self.first, self.height = first, height
            self.endResetModel()
            return
        self.first = first
        self.tell()

    def tell(self) -> None:
        """What stands in the rows may be other than before."""
        if self.height and self.headings:
            self.dataChanged.emit(self.index(0, 0), self.index(self.height - 1, len(self.headings) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else self.height

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else len(self.headings)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if index.column() in self.amounts else _LEFT
        row = self._rows.row(self.first + index.row())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _WAITING if row is None else row.texts[index.column()]
            case Qt.ItemDataRole.ToolTipRole:
                return None if row is None else row.texts[index.column()]
            case Qt.ItemDataRole.DecorationRole:
                return row.icon if row is not None and row.icon_column == index.column() else None
            case _:
                return None

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> object:
        if orientation is Qt.Orientation.Vertical or section >= len(self.headings):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section in self.amounts else _LEFT
        return self.headings[section] if role == Qt.ItemDataRole.DisplayRole else None


class _Grid(QTableView):
    """Draws the window; keys and the wheel go to the table around it."""

    def __init__(self) -> None:
        super().__init__()
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setSectionsClickable(True)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setSortIndicatorShown(True)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)


class AccountTable(QWidget):
    """Shows Rows; one of them is the current one.

    Attributes:
        grid, bar: its parts, for tests.

    Signals:
        seen: first place, place after the last.
        picked: the place of the current row.
        ordered: an Order by one of the columns, None for the book's own.
    """

    seen = Signal(int, int)
    picked = Signal(int)
    ordered = Signal(object)

    def __init__(self, rows: Rows) -> None:
        super().__init__()
        self._rows = rows
        self._columns: tuple[str, ...] = ()
        self._order: Order | None = None
        self.current = -1
        self._model = _Window(rows)
        self.grid, self.bar = _Grid(), QScrollBar(Qt.Orientation.Vertical)
        self.grid.setModel(self._model)
        self.grid.installEventFilter(self)
        self.grid.viewport().installEventFilter(self)
        self.grid.horizontalHeader().sectionClicked.connect(self._sort)
        self.grid.clicked.connect(lambda index: self.go_to(self._model.first + index.row()))
        self.bar.valueChanged.connect(self._scroll)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.grid, 1)
        layout.addWidget(self.bar)
        self.setFocusProxy(self.grid)

    def show_columns(self, columns: Sequence[tuple[str, str]], amounts: frozenset[int], order: Order | None) -> None:
        """Names and headings of the columns, which of them stand on the right, and which one orders the rows."""
        names = tuple(name for name, _ in columns)
        headings = tuple(heading for _, heading in columns)
        changed = names != self._columns or headings != self._model.headings
        self._columns, self._order = names, order
        if changed:
            self._model.show_columns(headings, amounts)
            self.fit()
        place = names.index(order.column) if order and order.column in names else -1
        way = Qt.SortOrder.DescendingOrder if order and order.descending else Qt.SortOrder.AscendingOrder
        self.grid.horizontalHeader().setSortIndicator(place, way)

    def show_rows(self, *, from_top: bool) -> None:
        """Other rows are there."""
        if from_top:
            self.current = -1
            self.bar.setValue(0)
        self._lay_out()

    def tell(self) -> None:
        """Rows that were to come are there."""
        self._model.tell()

    def fit(self) -> None:
        """Give each column the room that its heading and what is seen need."""
        header = self.grid.horizontalHeader()
        measure = header.fontMetrics().horizontalAdvance
        for place, heading in enumerate(self._model.headings):
            wanted = max(self.grid.sizeHintForColumn(place), measure(heading) + 2 * _AIR)
            header.resizeSection(place, wanted + _AIR)

    def text_at(self, place: int, column: str) -> str:
        """What stands in a cell that is seen."""
        index = self._model.index(place - self._model.first, self._columns.index(column))
        return str(index.data())

    def go_to(self, place: int) -> None:
        """Make a row the current one, and see it."""
        total = self._rows.total()
        if not total:
            return
        place = min(max(place, 0), total - 1)
        first, height = self._model.first, max(self._model.height, 1)
        if place < first:
            self.bar.setValue(place)
        elif place >= first + height:
            self.bar.setValue(place - height + 1)
        moved, self.current = place != self.current, place
        self._mark()
        if moved:
            self.picked.emit(place)

    def _lay_out(self) -> None:
        row = self.grid.verticalHeader().defaultSectionSize()
        total = self._rows.total()
        height = min(max(self.grid.viewport().height() // row, 1), total)
        self.bar.setRange(0, max(total - height, 0))
        self.bar.setPageStep(max(height, 1))
        self.bar.setVisible(total > height)
        self._model.show_rows(self.bar.value(), height)
        self._mark()
        self.seen.emit(self._model.first, self._model.first + height)

    def _scroll(self, first: int) -> None:
        self._model.show_rows(first, self._model.height)
        self._mark()
        self.seen.emit(first, first + self._model.height)

    def _mark(self) -> None:
        """Select the current row where it is seen."""
        row = self.current - self._model.first
        if self.current >= 0 and 0 <= row < self._model.height:
            self.grid.setCurrentIndex(self._model.index(row, max(self.grid.currentIndex().column(), 0)))
        else:
            self.grid.clearSelection()

    def _sort(self, section: int) -> None:
        """Rising, then falling, then as the book stands."""
        column = self._columns[section]
        if self._order is None or self._order.column != column:
            self.ordered.emit(Order(column))
        else:
            self.ordered.emit(None if self._order.descending else Order(column, descending=True))

    def _press(self, event: QKeyEvent) -> bool:
        page = max(self._model.height - 1, 1)
        steps = {
            Qt.Key.Key_Up: self.current - 1,
            Qt.Key.Key_Down: self.current + 1,
            Qt.Key.Key_PageUp: self.current - page,
            Qt.Key.Key_PageDown: self.current + page,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: self._rows.total() - 1,
        }
        if event.matches(QKeySequence.StandardKey.Copy):
            row = self._rows.row(self.current)
            QGuiApplication.clipboard().setText("\t".join(row.texts) if row else "")
            return True
        key = Qt.Key(event.key())
        if key not in steps or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            return False
        self.go_to(steps[key])
        return True

    # Qt overrides

    def sizeHint(self) -> QSize:  # noqa: N802
        """Room for a dozen rows."""
        return QSize(480, 12 * self.grid.verticalHeader().defaultSectionSize())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """More or fewer rows are seen."""
        super().resizeEvent(event)
        self._lay_out()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Keys and the wheel move the window; the grid itself never scrolls upright."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and watched is self.grid:
            return self._press(event)
        if event.type() is QEvent.Type.Wheel and isinstance(event, QWheelEvent) and event.angleDelta().y():
            self.bar.setValue(self.bar.value() - event.angleDelta().y() * _ROWS_A_NOTCH // _NOTCH)
            return True
        if event.type() is QEvent.Type.Resize and watched is self.grid.viewport():
            self._lay_out()
        return super().eventFilter(watched, event)
