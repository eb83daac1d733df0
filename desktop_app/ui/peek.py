"""A peek at what a bar stands for: five accounts with their traces, and the way to all of them."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from desktop_app.domain.accounts import OUTCOME, REASON, ListingRequest
from desktop_app.domain.filters import EVERYTHING, Filter
from desktop_app.domain.problems import message
from desktop_app.engine.masking import masking_key
from desktop_app.text.filter_words import part_words
from desktop_app.text.words import Words
from desktop_app.ui.account_list import AccountList
from desktop_app.ui.account_rows import AccountRows, Looks
from desktop_app.ui.account_table import AccountTable
from desktop_app.ui.account_words import heading, is_amount, rule_names
from desktop_app.ui.controller import Controller
from desktop_app.ui.icons import icon
from desktop_app.ui.looks import label
from desktop_app.ui.settings import SettingsFile
from desktop_app.ui.trace_view import TraceView
from desktop_app.workspace.browsing import Explained, question_about

PEEKED = 5
_COLUMNS = ("account_id", OUTCOME, REASON, "credit_limit", "balance")
_SIZE = (620, 520)
_NEAR = 12


class _FirstRows(AccountRows):
    """The first few accounts of a list."""

    def total(self) -> int:
        return min(super().total(), PEEKED)


class Peek(QFrame):
    """A popover; a click beside it, or Escape, closes it.

    Attributes:
        table, trace, narrow, more, close_button: its parts, for tests.
        chosen: the filter that is peeked at.

    Signals:
        opened: the Filter of which all accounts are wanted.
        narrowed: the Filter that the whole desk is to be narrowed to.
    """

    opened = Signal(object)
    narrowed = Signal(object)

    def __init__(self, parent: QWidget, controller: Controller, settings: SettingsFile) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._controller, self._settings = controller, settings
        self.chosen = EVERYTHING
        self._words: Words | None = None
        self._title, self._count = label("strong", wrap=True), label("faint")
        self.accounts = AccountList(controller, "peek", self)
        self._rows = _FirstRows(self.accounts)
        self.table, self.trace = AccountTable(self._rows), TraceView()
        self.narrow, self.more, self.close_button = QPushButton(), QPushButton(), QToolButton()
        self.resize(*_SIZE)
        self._arrange()
        self.more.clicked.connect(self._open)
        self.narrow.clicked.connect(self._narrow)
        self.close_button.clicked.connect(self.close)
        self.table.seen.connect(self.accounts.look)
        self.table.picked.connect(self.accounts.explain)
        self.accounts.listed.connect(self._take_listing)
        self.accounts.arrived.connect(self._take_rows)
        self.accounts.explained.connect(self._take_explained)

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self._title, 1)
        top.addWidget(self._count)
        top.addWidget(self.close_button)
        bottom = QHBoxLayout()
        bottom.addStretch(1)
        bottom.addWidget(self.narrow)
        bottom.addWidget(self.more)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.addLayout(top)
        row = self.table.grid.verticalHeader().defaultSectionSize()
        self.table.setFixedHeight((PEEKED + 2) * row + 6)
        layout.addWidget(self.table)
        layout.addWidget(self.trace, 1)
        layout.addLayout(bottom)

    def open_at(self, where: QPoint, chosen: Filter, words: Words) -> None:
        """Peek at a filter's accounts, near a point of the screen."""
        self.chosen, self._words = chosen, words
        workspace = self._controller.workspace
        asked, book = workspace.question(), workspace.book
        named = rule_names(asked.baseline.policy, asked.scenario.policy, words)
        mask = masking_key(workspace.project.id) if self._settings.settings.masked else None
        self._rows.set_looks(Looks(book, words, named, _COLUMNS, mask, self.palette()))
        self._title.setText(" · ".join(words.say(part_words(part, named)) for part in chosen))
        self.setAccessibleName(self._title.text())
        self._count.setText("")
        self.more.setText(words.translate("More in Accounts"))
        self.narrow.setText(words.translate("Look only at these"))
        self.close_button.setIcon(icon("close", self.palette()))
        self.close_button.setAccessibleName(words.translate("Close"))
        headings = [(name, words.say(heading(name))) for name in _COLUMNS]
        amounts = frozenset(place for place, name in enumerate(_COLUMNS) if is_amount(book, name))
        self.table.show_columns(headings, amounts, None)
        self.table.grid.setAccessibleName(words.translate("Accounts"))
        self.trace.show_explained(None, words, self._rows.name)
        self.accounts.forget()
        self.accounts.ask(book, ListingRequest(question_about(asked), chosen), _COLUMNS)
        self.move(self._beside(where))
        self.show()
        self.table.setFocus()

    def _beside(self, where: QPoint) -> QPoint:
        """Below and right of a point, or wherever the screen has room."""
        screen: QRect = self.screen().availableGeometry()
        left = min(where.x() + _NEAR, screen.right() - self.width())
        top = min(where.y() + _NEAR, screen.bottom() - self.height())
        return QPoint(max(left, screen.left()), max(top, screen.top()))

    def _open(self) -> None:
        self.close()
        self.opened.emit(self.chosen)

    def _narrow(self) -> None:
        self.close()
        self.narrowed.emit(self.chosen)

    def _take_listing(self) -> None:
        if self._words is None or self.accounts.listing is None:
            return
        self._count.setText(self._words.say(message("{count} accounts", count=self.accounts.total)))
        self.more.setEnabled(self.accounts.total > 0)
        self.table.show_rows(from_top=True)
        self.table.go_to(0)

    def _take_rows(self) -> None:
        self.table.tell()
        if self._rows.are_first:
            self.table.fit()

    def _take_explained(self, explained: Explained) -> None:
        if self._words is not None:
            self.trace.show_explained(explained, self._words, self._rows.name)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter opens all of them, Escape closes."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.more.isEnabled():
            self._open()
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)
