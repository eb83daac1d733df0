"""Several labels of a column to tick, with their users, in a list that opens under a button."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.book import Column
from desktop_app.domain.conditions import Scalar
from desktop_app.ui.rule_editor.offer import Offer
from desktop_app.workspace.leaf_values import labels_of

_VALUE = Qt.ItemDataRole.UserRole
# Longer lists can be searched.
_SHORT = 8
_ROWS = 12


class LabelPicker(QPushButton):
    """Shows what is ticked; a press opens the list.

    Attributes: popup is the open list, None while it is shut.

    Signals:
        edited: the ticked labels in the book's order, None for none.
    """

    edited = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setProperty("role", "picker")
        self.popup: LabelList | None = None
        self._column: Column | None = None
        self._ticked: tuple[Scalar, ...] = ()
        self._offer: Offer | None = None
        self._full = ""
        self.clicked.connect(self.open)

    def show_labels(self, column: Column, ticked: tuple[Scalar, ...], offer: Offer) -> None:
        """Show what is ticked, and offer the labels of the column beside it."""
        self._column, self._ticked, self._offer = column, ticked, offer
        names = [offer.plain_label(column, value) for value in ticked]
        self._full = ", ".join(names) or offer.words.translate("Choose…")
        self.setToolTip(self._full)
        self.setAccessibleDescription(self._full)
        self._fit()
        if self.popup is not None:
            self.popup.show_labels(self._labels(), ticked, column, offer)

    def open(self) -> None:
        """Open the list."""
        if self._offer is None or self._column is None:
            return
        popup = LabelList(self)
        popup.ticked.connect(self._take)
        popup.closed.connect(self._shut)
        self.popup = popup
        popup.show_labels(self._labels(), self._ticked, self._column, self._offer)
        popup.move(self.mapToGlobal(QPoint(0, self.height())))
        popup.show()
        popup.begin()

    def _labels(self) -> tuple[Scalar, ...]:
        """Those of the book, then what is ticked and the book lacks."""
        known = labels_of(self._column) if self._column else ()
        return (*known, *(value for value in self._ticked if value not in known))

    def _take(self, ticked: tuple[Scalar, ...]) -> None:
        self.edited.emit(ticked or None)

    def _shut(self) -> None:
        popup, self.popup = self.popup, None
        if popup is not None:
            popup.deleteLater()

    def _fit(self) -> None:
        room = self.width() - 18
        self.setText(self.fontMetrics().elidedText(self._full, Qt.TextElideMode.ElideRight, max(room, 40)))

    # Qt overrides

    def resizeEvent(self, event: object) -> None:  # noqa: N802
        """What is ticked is cut to the new width."""
        self._fit()


class LabelList(QFrame):
    """The open list.

    Signals:
        ticked: the ticked labels, after every change; closed: it was shut.
    """

    ticked = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.search, self.list = QLineEdit(), QListWidget()
        self.every, self.none = QPushButton(), QPushButton()
        row = QHBoxLayout()
        row.addWidget(self.every)
        row.addWidget(self.none)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.setSpacing(4)
        layout.addWidget(self.search)
        layout.addWidget(self.list)
        layout.addLayout(row)
        self.search.textChanged.connect(self._filter)
        self.list.itemChanged.connect(lambda _: self.ticked.emit(self._checked()))
        self.every.clicked.connect(lambda: self._tick(Qt.CheckState.Checked))
        self.none.clicked.connect(lambda: self._tick(Qt.CheckState.Unchecked))

    def begin(self) -> None:
        """Give the focus to the search, or to a list that is short enough to see."""
        self.search.setVisible(self.list.count() > _SHORT)
        (self.search if self.list.count() > _SHORT else self.list).setFocus()
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)

    def show_labels(self, labels: tuple[Scalar, ...], ticked: tuple[Scalar, ...], column: Column, offer: Offer) -> None:
        """List the labels, some ticked."""
        say = offer.words.translate
        self.search.setPlaceholderText(say("Search"))
        self.search.setAccessibleName(say("Search"))
        self.list.setAccessibleName(offer.called(column.name))
        self.every.setText(say("All"))
        self.none.setText(say("None"))
        with QSignalBlocker(self.list):
            if [self.list.item(row).data(_VALUE) for row in range(self.list.count())] != list(labels):
                self._fill(labels)
            for row, value in enumerate(labels):
                item = self.list.item(row)
                item.setText(offer.label(column, value))
                item.setCheckState(Qt.CheckState.Checked if value in ticked else Qt.CheckState.Unchecked)

    def _fill(self, labels: tuple[Scalar, ...]) -> None:
        self.list.clear()
        for value in labels:
            item = QListWidgetItem()
            item.setData(_VALUE, value)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            self.list.addItem(item)
        height = (self.fontMetrics().height() + 8) * min(max(len(labels), 2), _ROWS)
        self.list.setFixedHeight(height + 8)
        self.setFixedWidth(260)

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    def _checked(self) -> tuple[Scalar, ...]:
        return tuple(item.data(_VALUE) for item in self._items() if item.checkState() is Qt.CheckState.Checked)

    def _tick(self, state: Qt.CheckState) -> None:
        with QSignalBlocker(self.list):
            for item in self._items():
                if not item.isHidden():
                    item.setCheckState(state)
        self.ticked.emit(self._checked())

    def _filter(self, text: str) -> None:
        for item in self._items():
            item.setHidden(text.casefold() not in item.text().casefold())

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter and Escape shut the list; arrows go from the search to the list."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.close()
        elif event.key() == Qt.Key.Key_Down:
            self.list.setFocus()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: object) -> None:  # noqa: N802
        """Tell that it was shut."""
        self.closed.emit()
