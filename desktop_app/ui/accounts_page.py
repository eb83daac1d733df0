"""Every account of the book, found, filtered and sorted without a wait, with the reasons of one beside them."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGraphicsOpacityEffect, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.domain.accounts import NEW_LIMIT, OUTCOME, REASON, ListingRequest, Order
from desktop_app.domain.book import Book
from desktop_app.domain.filters import EVERYTHING, Filter, FilterPart, HasId
from desktop_app.domain.policy import Policy
from desktop_app.domain.problems import message
from desktop_app.engine.masking import masking_key
from desktop_app.ui.account_list import AccountList
from desktop_app.ui.account_rows import AccountRows, Looks
from desktop_app.ui.account_table import AccountTable
from desktop_app.ui.account_tools import AccountTools, Choices, count_words
from desktop_app.ui.account_words import heading, is_amount, rule_names
from desktop_app.ui.chips import ChipBar
from desktop_app.ui.looks import label
from desktop_app.ui.page import Page, PageHost, Scene
from desktop_app.ui.splitters import splitter
from desktop_app.ui.status import PATIENCE_MS
from desktop_app.ui.trace_view import TraceView
from desktop_app.workspace.browsing import Explained, question_about
from desktop_app.workspace.workspace import Workspace

_USUAL = ("account_id", OUTCOME, REASON, "credit_limit", NEW_LIMIT, "balance")
# Fields of rules that are shown beside those at first.
_MOST_FIELDS = 5
_DIMMED = 0.45


class AccountsPage(Page):
    """The table of accounts with its filter, and the trace of the current one.

    Attributes:
        tools, chips, table, trace: its parts, for tests.
        accounts: what they are fed from.
    """

    name = "accounts"
    title = message("Accounts")
    ROOM = 290

    def __init__(self, host: PageHost) -> None:
        super().__init__(host)
        settings = host.settings.settings
        self._workspace: Workspace | None = None
        self._scene: Scene | None = None
        self._chosen = EVERYTHING
        self._order: Order | None = None
        self._columns: tuple[str, ...] = settings.account_columns
        self._masked = settings.masked
        self._explained: Explained | None = None
        self.accounts = AccountList(host.controller, "accounts", self)
        self._rows = AccountRows(self.accounts)
        self.tools, self.chips = AccountTools(), ChipBar()
        self.table, self.trace = AccountTable(self._rows), TraceView()
        self._nobody, self._clear = label("faint", wrap=True), QPushButton()
        self._stack = QStackedWidget()
        self._opacity = QGraphicsOpacityEffect(self.table)
        self._opacity.setEnabled(False)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(lambda: self._opacity.setEnabled(not self.accounts.fresh))
        self.tools.set_masked(self._masked)
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        nobody = QWidget()
        empty = QVBoxLayout(nobody)
        empty.addWidget(self._nobody)
        empty.addWidget(self._clear, 0, Qt.AlignmentFlag.AlignLeft)
        empty.addStretch(1)
        self._stack.addWidget(self.table)
        self._stack.addWidget(nobody)
        self._opacity.setOpacity(_DIMMED)
        self.table.setGraphicsEffect(self._opacity)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.tools)
        column.addWidget(self.chips, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._stack, 1)
        parts = splitter("accounts", Qt.Orientation.Horizontal, {left: 3, self.trace: 2}, [600, 360])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.addWidget(parts)

    def _connect(self) -> None:
        self.tools.searched.connect(self._search)
        self.tools.filtered.connect(lambda part: self._choose(self._chosen.also(part)))
        self.tools.columned.connect(self._show_columns)
        self.tools.masked.connect(self._mask)
        self.chips.removed.connect(self._remove)
        self._clear.clicked.connect(lambda: self.show_filter(EVERYTHING))
        self.table.seen.connect(self.accounts.look)
        self.table.picked.connect(self.accounts.explain)
        self.table.ordered.connect(self._sort)
        self.accounts.listed.connect(self._take_listing)
        self.accounts.arrived.connect(self._take_rows)
        self.accounts.explained.connect(self._take_explained)

    def show_filter(self, chosen: Filter) -> None:
        """Look at other accounts: those of a bar, a bin or a cell of a chart."""
        self.tools.clear_search()
        self._choose(chosen)

    def write(self, scene: Scene) -> None:
        """Show the accounts under the desk's policies."""
        fresh = scene.workspace is not self._workspace
        self._workspace, self._scene = scene.workspace, scene
        if fresh:
            self._begin(scene.workspace.book)
        moved = self.accounts.about is not None and self.accounts.about != question_about(scene.workspace.question())
        self._ask()
        if moved and self.table.current >= 0:
            self.accounts.explain(self.table.current)

    def _begin(self, book: Book) -> None:
        """Another book is open."""
        self._chosen, self._order, self._explained = EVERYTHING, None, None
        self.accounts.forget()
        self.tools.clear_search()

    def _ask(self) -> None:
        """Write what is known and ask for the rest."""
        scene, workspace = self._scene, self._workspace
        if scene is None or workspace is None:
            return
        asked, book, words = workspace.question(), workspace.book, scene.words
        named = rule_names(asked.baseline.policy, asked.scenario.policy, words)
        columns = self._shown_columns(book, asked.scenario.policy)
        self._rows.set_looks(Looks(book, words, named, columns, self._key(), self.palette()))
        self.tools.retext(words)
        self.tools.show_choices(Choices(book, asked.scenario.policy, asked.grouping, columns), words)
        self.chips.show_filter(self._chosen, words, named)
        self._nobody.setText(words.translate("No account is so."))
        self._clear.setText(words.translate("Show every account"))
        headings = [(name, words.say(heading(name))) for name in columns]
        amounts = frozenset(place for place, name in enumerate(columns) if is_amount(book, name))
        self.table.show_columns(headings, amounts, self._order)
        self.table.grid.setAccessibleName(words.translate("Accounts"))
        chosen = workspace.filters.chosen.also(*self._chosen)
        self.accounts.ask(book, ListingRequest(question_about(asked), chosen, self._order), columns)
        self._write_count()
        self._write_trace()
        self.table.tell()
        self._patience.start()

    def _shown_columns(self, book: Book, policy: Policy) -> tuple[str, ...]:
        known = {column.name for column in book.columns}
        kept = tuple(name for name in self._columns if name in known or name.startswith("~"))
        if kept:
            return kept
        fields = dict.fromkeys(name for rule in policy.rules for name in sorted(rule.fields) if name in known)
        more = [name for name in fields if name not in _USUAL]
        return (*_USUAL, *more[:_MOST_FIELDS])

    def _key(self) -> bytes | None:
        """What ids are masked with; None where they are shown."""
        return masking_key(self._workspace.project.id) if self._masked and self._workspace else None

    def _choose(self, chosen: Filter) -> None:
        self._chosen = chosen
        self._ask()

    def _remove(self, part: FilterPart) -> None:
        if isinstance(part, HasId):
            self.tools.clear_search()
        self._choose(self._chosen.without(part))

    def _search(self, text: str, whole: bool) -> None:
        parts = [part for part in self._chosen if not isinstance(part, HasId)]
        found = [HasId(text, whole, self._key())] if text else []
        if (*parts, *found) != self._chosen.parts:
            self._choose(Filter((*parts, *found)))

    def _sort(self, order: Order | None) -> None:
        self._order = order
        self._ask()

    def _show_columns(self, columns: tuple[str, ...]) -> None:
        if columns:
            self._columns = columns
            self.host.settings.change(account_columns=columns)
        self._ask()

    def _mask(self, masked: bool) -> None:
        self._masked = masked
        self.host.settings.change(masked=masked)
        self._search(self.tools.search.text().strip(), self.tools.whole.isChecked())
        self._ask()

    def _take_listing(self) -> None:
        self._opacity.setEnabled(False)
        nobody = self.accounts.listing is not None and not self.accounts.total
        self._stack.setCurrentIndex(1 if nobody else 0)
        self.table.show_rows(from_top=True)
        self._explained = None
        self._write_count()
        self._write_trace()
        self.table.go_to(0)

    def _take_rows(self) -> None:
        self.table.tell()
        if self._rows.are_first:
            self.table.fit()

    def _take_explained(self, explained: Explained) -> None:
        self._explained = explained
        self._write_trace()

    def _write_count(self) -> None:
        if self._scene is not None and self._workspace is not None:
            total, words = self.accounts.total, self._scene.words
            self.tools.count.setText(count_words(total, self._workspace.book.accounts, words))

    def _write_trace(self) -> None:
        if self._scene is not None:
            self.trace.show_explained(self._explained, self._scene.words, self._rows.name)
