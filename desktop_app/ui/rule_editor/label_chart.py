"""The labels of a column with their users as bars: what is ticked is in the comparison, by a click or a key."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.charts.ink import ink_for
from desktop_app.domain.book import Column
from desktop_app.domain.conditions import Scalar
from desktop_app.text.formats import EM_DASH
from desktop_app.ui.rule_editor.offer import Offer
from desktop_app.workspace.leaf_values import label_text, labels_of

_VALUE, _SHARE, _COUNT = (Qt.ItemDataRole.UserRole + place for place in range(3))
_ROW = 24


class LabelChart(QListWidget):
    """Shows the labels of one column.

    Signals:
        edited: the ticked labels in the book's order, None for none.
    """

    edited = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self.setItemDelegate(_BarDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._column = ""
        self.itemChanged.connect(lambda _: self.edited.emit(self._ticked() or None))

    def show_labels(self, column: Column, ticked: tuple[Scalar, ...], offer: Offer) -> None:
        """Show the labels of a column, some ticked."""
        labels = labels_of(column)
        counts = offer.counts.get(column.name, {})
        most = max(counts.values(), default=0)
        self.setAccessibleName(offer.called(column.name))
        with QSignalBlocker(self):
            if column.name != self._column or self.count() != len(labels):
                self._column = column.name
                self._fill(labels)
            for row, value in enumerate(labels):
                item, users = self.item(row), counts.get(label_text(value)) if counts else None
                if counts and users is None:
                    users = 0
                text = offer.plain_label(column, value)
                item.setText(text)
                item.setData(_SHARE, users / most if users and most else 0.0)
                item.setData(_COUNT, EM_DASH if users is None else offer.words.integer(users))
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{text}: {item.data(_COUNT)}")
                item.setCheckState(Qt.CheckState.Checked if value in ticked else Qt.CheckState.Unchecked)

    def tick(self, value: Scalar, *, on: bool) -> None:
        """Tick a label as the analyst does."""
        for item in self._items():
            if item.data(_VALUE) == value:
                item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def _fill(self, labels: tuple[Scalar, ...]) -> None:
        self.clear()
        for value in labels:
            item = QListWidgetItem()
            item.setData(_VALUE, value)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            self.addItem(item)

    def _items(self) -> list[QListWidgetItem]:
        return [self.item(row) for row in range(self.count())]

    def _ticked(self) -> tuple[Scalar, ...]:
        return tuple(item.data(_VALUE) for item in self._items() if item.checkState() is Qt.CheckState.Checked)


class _BarDelegate(QStyledItemDelegate):
    """Tick and label at the left, the bar and its users at the right."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        whole = QRect(option.rect)
        names = whole.width() * 2 // 5
        counts = option.fontMetrics.horizontalAdvance("0,000,000 ")
        bar = QRect(whole.left() + names, whole.top() + 5, max(whole.width() - names - counts, 10), whole.height() - 10)
        option.rect = QRect(whole.left(), whole.top(), names - 6, whole.height())
        super().paint(painter, option, index)
        ink = ink_for(option.palette)
        ticked = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) is Qt.CheckState.Checked
        share = float(index.data(_SHARE) or 0)
        bar.setWidth(max(int(bar.width() * share), 1 if share else 0))
        painter.fillRect(bar, QColor(ink.accent if ticked else ink.faint))
        painter.setPen(QColor(ink.text))
        room = QRect(bar.right() + 6, whole.top(), counts, whole.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, str(index.data(_COUNT)))

    def sizeHint(  # noqa: N802
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(super().sizeHint(option, index).width(), _ROW)
