"""What stands above the accounts: search by id, filters to add, columns to show, and whether ids are masked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QLineEdit, QMenu, QToolButton, QWidget

from desktop_app.domain.accounts import DECIDED
from desktop_app.domain.book import Book
from desktop_app.domain.filters import FilterPart, HasOutcome, HasReason, InGroup
from desktop_app.domain.outcomes import OUTCOMES
from desktop_app.domain.policy import Policy
from desktop_app.domain.problems import message
from desktop_app.text.labels import OUTCOME_LABELS, column_label
from desktop_app.text.words import Words
from desktop_app.ui.account_words import heading
from desktop_app.ui.icons import icon

# A search waits for the next letter.
_PAUSE_MS = 250
# More groups than these are no menu.
_MOST_GROUPS = 40


@dataclass(frozen=True)
class Choices:
    """What can be filtered by, and shown."""

    book: Book
    policy: Policy
    grouping: str | None
    columns: tuple[str, ...]


class AccountTools(QWidget):
    """A row of controls; it keeps nothing but what is typed.

    Signals:
        searched: the text of an id, whether it is the whole id.
        filtered: a FilterPart to add.
        columned: the names of the columns to show.
        masked: whether ids are to be masked.
    """

    searched = Signal(str, bool)
    filtered = Signal(object)
    columned = Signal(tuple)
    masked = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.search, self.whole = QLineEdit(), QCheckBox()
        self.filter, self.columns, self.masking = QToolButton(), QToolButton(), QToolButton()
        self.count = QLabel()
        self._find = QAction(self)
        self._find.setShortcuts(QKeySequence.StandardKey.Find)
        self._find.triggered.connect(self._focus_search)
        self.addAction(self._find)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(240)
        self.search.textChanged.connect(lambda _: self._pause.start())
        self.search.returnPressed.connect(self._search)
        self.whole.toggled.connect(lambda _: self._search())
        self.masking.setCheckable(True)
        self.masking.toggled.connect(self.masked)
        for button in (self.filter, self.columns):
            button.setMenu(QMenu(button))
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for part in (self.search, self.whole, self.filter, self.columns, self.masking):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.count)

    def retext(self, words: Words) -> None:
        """Texts and icons in another language or theme."""
        say = words.translate
        self.search.setPlaceholderText(say("Find an id…"))
        self.search.setAccessibleName(say("Find an account or a user by the beginning of the id"))
        self.search.setToolTip(f"{self.search.accessibleName()} ({self._find.shortcut().toString()})")
        self.whole.setText(say("whole id"))
        self.whole.setToolTip(say("Only the id that is typed, not all that begin so"))
        for button, name, text, tip in (
            (self.filter, "filter", say("Filter"), say("Show only some outcomes, reasons or groups")),
            (self.columns, "columns", say("Columns"), say("Choose the columns of the table")),
            (self.masking, "mask", say("Mask ids"), say("Show codes in place of ids; exports can use the same codes")),
        ):
            button.setText(text)
            button.setIcon(icon(name, self.palette()))
            button.setToolTip(tip)
            button.setAccessibleName(text)

    def show_choices(self, choices: Choices, words: Words) -> None:
        """Fill both menus."""
        self._fill_filters(choices, words)
        self._fill_columns(choices, words)

    def set_masked(self, masked: bool) -> None:
        """Tick the switch without telling."""
        with QSignalBlocker(self.masking):
            self.masking.setChecked(masked)

    def clear_search(self) -> None:
        """Forget what was typed, without telling."""
        with QSignalBlocker(self.search):
            self.search.clear()
        self._pause.stop()

    def _fill_filters(self, choices: Choices, words: Words) -> None:
        menu = self.filter.menu()
        menu.clear()
        outcomes = menu.addMenu(words.translate("Outcome"))
        for outcome in OUTCOMES:
            self._offer(outcomes, words.say(OUTCOME_LABELS[outcome]), HasOutcome("scenario", (outcome,)))
        reasons = menu.addMenu(words.translate("Reason"))
        for rule in choices.policy.rules:
            self._offer(reasons, words.wording(rule.name) or rule.id, HasReason("scenario", (rule.id,)))
        reasons.setEnabled(bool(choices.policy.rules))
        for column in choices.book.groupings():
            labels = _labels(choices.book, column.name)
            if 0 < len(labels) <= _MOST_GROUPS:
                groups = menu.addMenu(words.say(column_label(column.name)))
                for label in labels:
                    text = words.translate("(missing)") if label is None else label
                    self._offer(groups, text, InGroup(column.name, (label,)))

    def _offer(self, menu: QMenu, text: str, part: FilterPart) -> None:
        menu.addAction(text.replace("&", "&&")).triggered.connect(lambda: self.filtered.emit(part))

    def _fill_columns(self, choices: Choices, words: Words) -> None:
        menu = self.columns.menu()
        menu.clear()
        names = [*DECIDED, *(column.name for column in choices.book.columns)]
        for name in names:
            action = menu.addAction(words.say(heading(name)).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(name in choices.columns)
            action.toggled.connect(lambda on, name=name: self._choose(choices.columns, names, name, on))

    def _choose(self, columns: Sequence[str], names: Sequence[str], name: str, on: bool) -> None:
        kept = {*columns, name} if on else {*columns} - {name}
        order = [*(one for one in columns if one in kept), *(one for one in names if one in kept - {*columns})]
        self.columned.emit(tuple(order))

    def _search(self) -> None:
        self._pause.stop()
        self.searched.emit(self.search.text().strip(), self.whole.isChecked())

    def _focus_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()


def _labels(book: Book, column: str) -> tuple[str | None, ...]:
    found = book.column(column)
    known = found.domain or (("false", "true") if found.type == "boolean" else ())
    return (*known, *((None,) if found.missing else ())) if known else ()


def count_words(total: int, all_accounts: int, words: Words) -> str:
    """How many accounts are listed."""
    return words.say(message("{count} of {all} accounts", count=total, all=all_accounts))
