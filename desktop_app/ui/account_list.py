"""Between a list of accounts and the browsing lane: what is looked at is fetched, what came last stays till then."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from desktop_app.domain.accounts import AccountRow, Listing, ListingRequest, PageRequest, Question
from desktop_app.domain.book import Book
from desktop_app.ui.controller import Controller

# Rows that are kept once they came; some screens full.
_KEPT = 2000


@dataclass(frozen=True)
class _Page:
    """Which values were asked for: rows that came for another page are out of date."""

    key: str
    columns: tuple[str, ...]


class AccountList(QObject):
    """The accounts of one listing, by their place in it.

    Attributes:
        listing: what was found last, None before the first; `fresh` says whether it answers the present request.

    Signals:
        listed: another listing is there.
        arrived: values of accounts are there.
        explained: an Explained.
    """

    listed = Signal()
    arrived = Signal()
    explained = Signal(object)

    def __init__(self, controller: Controller, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._controller, self._name = controller, name
        self.listing: Listing | None = None
        self._request: ListingRequest | None = None
        self._book: Book | None = None
        self._page = _Page("", ())
        self._window = (0, 0)
        self._kept: OrderedDict[int, tuple[_Page, AccountRow]] = OrderedDict()
        self._fetching: _Page | None = None
        controller.browsing.finished.connect(self._take)
        controller.browsing.idle.connect(self._rest)

    @property
    def fresh(self) -> bool:
        """Whether the listing answers what was asked last."""
        return self.listing is not None and self._request is not None and self.listing.key == self._request.key

    @property
    def about(self) -> Question | None:
        """What the accounts are looked at under, None before the first request."""
        return self._request.about if self._request else None

    @property
    def total(self) -> int:
        """How many accounts the present listing has."""
        return self.listing.total if self.listing else 0

    def ask(self, book: Book, request: ListingRequest, columns: tuple[str, ...]) -> None:
        """Have these accounts listed, and those columns of the ones that are looked at fetched."""
        known = self._request is not None and self._request.key == request.key
        self._book, self._request = book, request
        self._page = _Page(request.about.policies_key, columns)
        if known and self.listing is not None:
            self._fetch()
        elif not known:
            job = self._controller.workspace.browser.listing_job(book, request)
            self._controller.browsing.submit(self._key("listing"), job)

    def forget(self) -> None:
        """Another book is open: nothing that came before is of it."""
        self.listing = self._request = self._fetching = None
        self._kept.clear()
        self.listed.emit()

    def look(self, start: int, stop: int) -> None:
        """Which places are seen; a screen before and one behind are fetched with them."""
        height = stop - start
        self._window = (max(start - height, 0), stop + height)
        self._fetch()

    def at(self, place: int) -> AccountRow | None:
        """The account in a place as it came last, None where it never did."""
        rows = self.listing.span(place, place + 1) if self.listing else []
        kept = self._kept.get(rows[0]) if rows else None
        return kept[1] if kept and len(kept[0].columns) == len(self._page.columns) else None

    def explain(self, place: int) -> None:
        """Have the account in a place explained."""
        rows = self.listing.span(place, place + 1) if self.listing else []
        if rows and self._book is not None and self._request is not None:
            browser = self._controller.workspace.browser
            job = browser.explaining_job(self._book, self._request.about, rows[0])
            self._controller.browsing.submit(self._key("trace"), job)

    def _fetch(self) -> None:
        """Ask for what is seen and not there; one request at a time, or fast scrolling would cancel each."""
        if self.listing is None or self._book is None or self._request is None or self._fetching is not None:
            return
        rows = self.listing.span(*self._window)
        lacking = tuple(row for row in rows if row not in self._kept or self._kept[row][0] != self._page)
        if not lacking:
            return
        self._fetching = self._page
        request = PageRequest(self._request.about, lacking, self._page.columns)
        job = self._controller.workspace.browser.page_job(self._book, request)
        self._controller.browsing.submit(self._key("page"), job)

    def _take(self, key: str, result: object) -> None:
        if key == self._key("listing") and isinstance(result, Listing):
            self.listing = result
            self.listed.emit()
            self._fetch()
        elif key == self._key("page") and isinstance(result, tuple) and self._fetching is not None:
            page, self._fetching = self._fetching, None
            for row in result:
                self._kept[row.row] = (page, row)
                self._kept.move_to_end(row.row)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
            self.arrived.emit()
            self._fetch()
        elif key == self._key("trace"):
            self.explained.emit(result)

    def _rest(self) -> None:
        # Also where the page was cancelled or failed: it is asked for again when something else is looked at.
        self._fetching = None

    def _key(self, what: str) -> str:
        return f"{self._name}.{what}"
