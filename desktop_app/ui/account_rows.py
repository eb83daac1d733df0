"""Accounts as the table writes them: texts in one language, ids masked or not, the colour of the outcome."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QIcon, QPainter, QPalette, QPixmap

from desktop_app.charts.ink import ink_for
from desktop_app.charts.legend import paint_swatch
from desktop_app.domain.accounts import OUTCOME, AccountRow
from desktop_app.domain.book import Book
from desktop_app.domain.outcomes import Outcome
from desktop_app.engine.masking import code_of
from desktop_app.text.filter_words import RuleName
from desktop_app.text.words import Words
from desktop_app.ui.account_list import AccountList
from desktop_app.ui.account_table import Row, Rows
from desktop_app.ui.account_words import written

_IDS = ("account_id", "user_id")
# Of a code's characters: enough that no two accounts of a book share them.
CODE_SHOWN = 16
_SWATCH = 11


@dataclass(frozen=True)
class Looks:
    """How accounts are written; mask is the key that ids are masked with, None where they are shown."""

    book: Book
    words: Words
    rule_name: RuleName
    columns: tuple[str, ...]
    mask: bytes | None
    palette: QPalette


class AccountRows(Rows):
    """The rows of an AccountList; each is written once."""

    def __init__(self, accounts: AccountList) -> None:
        super().__init__()
        self._accounts = accounts
        self._looks: Looks | None = None
        self._written: dict[int, tuple[AccountRow, Row]] = {}
        self._icons: dict[Outcome, QIcon] = {}
        self._fitted = False

    @property
    def are_first(self) -> bool:
        """Whether these are the first rows in these columns; asked once."""
        first, self._fitted = not self._fitted, True
        return first

    def set_looks(self, looks: Looks) -> None:
        """Write them otherwise from now on."""
        if self._looks is None or self._looks.columns != looks.columns:
            self._fitted = False
        self._looks = looks
        self._written.clear()
        self._icons.clear()

    def name(self, text: str) -> str:
        """An id as it is shown."""
        mask = self._looks.mask if self._looks else None
        return text if mask is None else code_of(text, mask)[:CODE_SHOWN]

    def total(self) -> int:
        """How many there are."""
        return self._accounts.total

    def row(self, place: int) -> Row | None:
        """The row in a place; None where it is still to come, or has other columns."""
        account = self._accounts.at(place)
        if account is None or self._looks is None or len(account.values) != len(self._looks.columns):
            return None
        known = self._written.get(account.row)
        if known is None or known[0] is not account:
            known = (account, self._write(account, self._looks))
            self._written[account.row] = known
        return known[1]

    def _write(self, account: AccountRow, looks: Looks) -> Row:
        texts = [
            self.name(str(value))
            if column in _IDS
            else written(value, column, looks.book, looks.words, looks.rule_name)
            for column, value in zip(looks.columns, account.values, strict=True)
        ]
        place = looks.columns.index(OUTCOME) if OUTCOME in looks.columns else -1
        outcome = account.values[place] if place >= 0 else None
        return Row(texts, self._icon(outcome, looks) if isinstance(outcome, Outcome) else None, place)

    def _icon(self, outcome: Outcome, looks: Looks) -> QIcon:
        if outcome not in self._icons:
            pixmap = QPixmap(2 * _SWATCH, 2 * _SWATCH)
            painter = QPainter(pixmap)
            paint_swatch(painter, QRectF(pixmap.rect()), ink_for(looks.palette), outcome)
            painter.end()
            pixmap.setDevicePixelRatio(2)
            self._icons[outcome] = QIcon(pixmap)
        return self._icons[outcome]
