"""Choosing one figure of the catalogue: typed for in either language, explained before it is taken."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.problems import Message
from desktop_app.figures.catalogue import FIGURES
from desktop_app.figures.types import Figure
from desktop_app.text.labels import KIND_LABELS, UNIT_LABELS
from desktop_app.text.language import Language
from desktop_app.text.words import Words
from desktop_app.ui.looks import label
from desktop_app.ui.popup import place_under

_SIZE = QSize(430, 440)
_FACTS = Qt.ItemDataRole.UserRole + 1
_ID = Qt.ItemDataRole.UserRole
_PAD = 5
# Keys that the list answers while the field has the focus.
_FOR_THE_LIST = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


def found(query: str) -> list[Figure]:
    """The figures with every word of `query` in a name or id, in either language; then those that explain with it."""
    typed = query.lower().split()
    by_name = [figure for figure in FIGURES.values() if all(word in _names(figure.id) for word in typed)]
    by_help = [figure for figure in FIGURES.values() if all(word in _helps(figure.id) for word in typed)]
    return [*by_name, *(figure for figure in by_help if figure not in by_name)]


class FigurePicker(QDialog):
    """A list of figures under a field to search it.

    Attributes: search, list: its parts.

    Signals:
        picked: the id of a figure, "" for none.
    """

    picked = Signal(str)

    def __init__(self, words: Words, current: str, none: Message | None, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._words, self._none = words, none
        self.search, self.list = QLineEdit(), QListWidget()
        self._help = label("small", wrap=True)
        self._help.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._help.setFixedHeight(self.fontMetrics().height() * 5)
        self.list.setItemDelegate(_TwoLines(self.list))
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        for part in (self.search, self.list, self._help):
            layout.addWidget(part)
        self.resize(_SIZE)
        self._name()
        self.search.textChanged.connect(lambda typed: self._fill(typed, ""))
        self.list.currentItemChanged.connect(lambda *_: self._explain())
        self.list.itemActivated.connect(self._take)
        self.list.itemClicked.connect(self._take)
        self.search.returnPressed.connect(self._take)
        self.search.installEventFilter(self)
        self._fill("", current)

    def open_under(self, widget: QWidget) -> None:
        """Show it under a widget, inside the screen."""
        place_under(self, widget)
        self.show()
        self.search.setFocus()

    def _name(self) -> None:
        say = self._words.translate
        self.search.setPlaceholderText(say("Find a figure: a name, in English or Chinese"))
        self.search.setAccessibleName(say("Find a figure"))
        self.list.setAccessibleName(say("Figures"))
        self.setWindowTitle(say("Figures"))

    def _fill(self, typed: str, current: str) -> None:
        self.list.clear()
        if self._none is not None and not typed:
            self._add(self._words.say(self._none), "", "")
        for figure in found(typed):
            self._add(self._words.translate(figure.name), self._facts(figure), figure.id)
        rows = [self.list.item(row).data(_ID) for row in range(self.list.count())]
        self.list.setCurrentRow(rows.index(current) if current in rows else 0)
        self._explain()

    def _add(self, name: str, facts: str, figure: str) -> None:
        item = QListWidgetItem(name, self.list)
        item.setData(_ID, figure)
        item.setData(_FACTS, facts)
        item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, facts)

    def _facts(self, figure: Figure) -> str:
        """The name in the other language, the kind, the unit."""
        other = next(language for language in Language if language is not self._words.language)
        say = self._words.say
        return " · ".join(
            (_words(other).translate(figure.name), say(KIND_LABELS[figure.kind]), say(UNIT_LABELS[figure.unit]))
        )

    def _explain(self) -> None:
        item = self.list.currentItem()
        figure = FIGURES.get(item.data(_ID)) if item else None
        nothing = self._words.translate("No figure has that name.") if item is None else ""
        texts = (figure.help, figure.formula) if figure else ()
        self._help.setText("\n".join(self._words.translate(text) for text in texts) or nothing)

    def _take(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.picked.emit(item.data(_ID))
            self.close()

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Up and Down go through the list while the name is typed."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() in _FOR_THE_LIST:
            self.list.event(event)
            return True
        return super().eventFilter(watched, event)


class _TwoLines(QStyledItemDelegate):
    """The name, and the facts faint below it."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        facts = str(index.data(_FACTS) or "")
        self.initStyleOption(option, index)
        name, option.text = option.text, ""
        option.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole
        area: QRect = option.rect.adjusted(_PAD, _PAD, -_PAD, -_PAD)
        painter.setPen(option.palette.color(role.HighlightedText if chosen else role.Text))
        painter.drawText(area, Qt.AlignmentFlag.AlignTop, name)
        painter.setPen(option.palette.color(role.HighlightedText if chosen else role.PlaceholderText))
        elided = option.fontMetrics.elidedText(facts, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignBottom, elided)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        return QSize(100, option.fontMetrics.height() * (2 if index.data(_FACTS) else 1) + 2 * _PAD)


@cache
def _words(language: Language) -> Words:
    return Words(language)


@cache
def _names(figure: str) -> str:
    """What a figure is known by, in both languages."""
    name = FIGURES[figure].name
    return " ".join((figure, *(_words(language).translate(name) for language in Language))).lower()


@cache
def _helps(figure: str) -> str:
    texts = (FIGURES[figure].help, FIGURES[figure].formula)
    return " ".join((_names(figure), *(_words(one).translate(text) for text in texts for one in Language))).lower()
