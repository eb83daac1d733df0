"""A field of the book to choose: by a list with type and range, or by typing a part of its name."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPalette, QStandardItem, QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QLineEdit,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from desktop_app.domain.book import Column
from desktop_app.ui.rule_editor.offer import Offer

_NAME, _FACTS, _SEARCH = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1, Qt.ItemDataRole.UserRole + 2
_LIST_WIDTH = 380


class FieldChooser(QComboBox):
    """Offers columns.

    Attributes: line is where a name is typed.

    Signals:
        chosen: the column's name; or what was typed, where no column is meant.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.line = QLineEdit()
        self.setEditable(True)
        self.setLineEdit(self.line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._items = QStandardItemModel(self)
        self._offered: tuple[object, ...] = ()
        self._none = ""
        self.setModel(self._items)
        self.setItemDelegate(_FieldDelegate(self))
        self.view().setMinimumWidth(_LIST_WIDTH)
        self._completer = QCompleter(self._items, self)
        self._complete()
        self.activated.connect(self._choose)
        self.line.textEdited.connect(self._type)
        self.line.editingFinished.connect(self._leave)

    def _complete(self) -> None:
        """Typing finds a part of the name in words or of the column's own."""
        completer = self._completer
        completer.setCompletionRole(_SEARCH)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setCompleter(completer)
        found = QListView()
        completer.setPopup(found)
        found.setItemDelegate(_FieldDelegate(self))
        found.setMinimumWidth(_LIST_WIDTH)

    @property
    def value(self) -> str:
        """The column that is shown, or what stands in its place."""
        return str(self.currentData(_NAME) or "") if self.currentIndex() >= 0 else self.line.text()

    def show_field(self, name: str, columns: tuple[Column, ...], offer: Offer, *, optional: bool = False) -> None:
        """Offer these columns, one of them chosen; `optional` offers none as well."""
        self._offer(columns, offer, optional)
        with QSignalBlocker(self):
            place = self.findData(name, _NAME)
            if place >= 0:
                self.setCurrentIndex(place)
                self.line.setText(self.itemText(place))
            elif not (self.line.hasFocus() and self.line.text() == name):
                self.setCurrentIndex(-1)
                self.line.setText(name)
        self.line.setPlaceholderText(offer.words.translate("Choose a field"))
        column = offer.columns.get(name)
        self.setToolTip(f"{offer.called(name)} ({name}): {offer.facts(column)}" if column else name)
        if not self.line.hasFocus():
            self.line.setCursorPosition(0)

    def choose(self, name: str) -> None:
        """Choose as the analyst does."""
        place = self.findData(name, _NAME)
        self.setCurrentIndex(place)
        self._choose(place)

    def _offer(self, columns: tuple[Column, ...], offer: Offer, optional: bool) -> None:
        offered = (columns, offer.words, optional)
        if offered == self._offered:
            return
        self._offered = offered
        self._none = offer.words.translate("none")
        with QSignalBlocker(self):
            self._items.clear()
            if optional:
                self._items.appendRow(_item(self._none, "", ""))
            for column in columns:
                self._items.appendRow(_item(offer.called(column.name), column.name, offer.facts(column)))

    def _choose(self, place: int) -> None:
        if place >= 0:
            with QSignalBlocker(self):
                self.setCurrentIndex(place)
            self.line.setText(self.itemText(place))
            self.chosen.emit(str(self.itemData(place, _NAME) or ""))

    def _type(self, text: str) -> None:
        # A text that could still become a field is left to the list of those it could become.
        if self._completer.completionCount() == 0 or not text:
            self.chosen.emit(text)

    def _leave(self) -> None:
        """What was typed is taken as the field that it names exactly, else as it stands."""
        text = self.line.text().strip()
        names = [self.itemData(place, _NAME) for place in range(self.count())]
        labels = [self.itemText(place).casefold() for place in range(self.count())]
        if text in names:
            self.chosen.emit(text)
        elif text.casefold() in labels:
            self.chosen.emit(str(names[labels.index(text.casefold())]))
        else:
            self.chosen.emit(text)

    # Qt overrides

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Leave the wheel to the page."""
        event.ignore()


def _item(text: str, name: str, facts: str) -> QStandardItem:
    item = QStandardItem(text)
    item.setData(name, _NAME)
    item.setData(facts, _FACTS)
    item.setData(f"{text} {name}", _SEARCH)
    item.setData(f"{text}, {facts}" if facts else text, Qt.ItemDataRole.AccessibleTextRole)
    return item


class _FieldDelegate(QStyledItemDelegate):
    """The name at the left, type and range at the right."""

    def initStyleOption(  # noqa: N802
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        # The completer's list would show what it searches.
        option.text = str(index.data(Qt.ItemDataRole.DisplayRole))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        palette: QPalette = option.palette
        chosen = option.state & QStyle.StateFlag.State_Selected
        role = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.PlaceholderText
        painter.setPen(palette.color(QPalette.ColorGroup.Active, role))
        area = option.rect.adjusted(0, 0, -8, 0)
        painter.drawText(
            area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(index.data(_FACTS) or "")
        )

    def sizeHint(  # noqa: N802
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return super().sizeHint(option, index) + QSize(0, 6)
