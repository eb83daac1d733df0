"""Which accounts, in which order: rows of the prepared table, found once and then only read.

A sort of the whole book is one permutation of its rows, made once for each column and kept while memory for it lasts;
filters and both directions are read from it.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from sqlglot import exp

from desktop_app.domain.accounts import DECIDED, Listing, ListingRequest, Order, Rows
from desktop_app.domain.problems import BookUnusable, message
from desktop_app.domain.watch import Watch
from desktop_app.engine import expressions as sql
from desktop_app.engine.connection import Connection, first_row, interruptible
from desktop_app.engine.decided_rows import ROW, decided_rows, decided_tree, plan_of, table_rows
from desktop_app.engine.filters import account_holds, field_holds
from desktop_app.engine.plan import Plan
from desktop_app.engine.prepare import Prepared

BUDGET_BYTES = 256_000_000
# A smaller part of the book is sorted by itself, where the whole is not sorted yet.
_SMALL_PART = 8
_SORTED_BY = "~sorted_by"

_Key: TypeAlias = tuple[str, str]


@dataclass(frozen=True)
class Permutation:
    """The rows of a whole book by one column, rising; the first `known` have a value."""

    rows: Rows
    known: int

    def descending(self) -> Rows:
        """The rows by falling value, equal ones from the end of the book; those without one still last."""
        return np.concatenate([self.rows[: self.known][::-1], self.rows[self.known :][::-1]])


class Permutations:
    """The permutations made so far, by book and column; the ones longest unused go where memory is short."""

    def __init__(self, budget: int = BUDGET_BYTES) -> None:
        self._budget = budget
        self._kept: OrderedDict[_Key, Permutation] = OrderedDict()

    def find(self, key: _Key) -> Permutation | None:
        """The permutation of that key, where it is kept."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def keep(self, key: _Key, made: Permutation) -> None:
        """Take one in; it is always kept, the others as far as the budget goes."""
        self._kept[key] = made
        while len(self._kept) > 1 and sum(one.rows.nbytes for one in self._kept.values()) > self._budget:
            self._kept.popitem(last=False)


def list_accounts(
    cursor: Connection, prepared: Prepared, request: ListingRequest, kept: Permutations, watch: Watch
) -> Listing:
    """The answer to a request; raises PolicyInvalid, BookUnusable or Cancelled."""
    if request.order is not None and request.order.column not in (*prepared.fields.columns, *DECIDED):
        raise BookUnusable(message('The book has no column "{column}" to sort by.', column=request.order.column))
    asked = _Asked.of(prepared, request, kept)
    watch.report(message("Looking through {n} accounts", n=prepared.accounts), 0, None)
    with interruptible(cursor, watch):
        selected = _selected(cursor, asked) if request.chosen else None
        if request.order is None:
            return _in_book_order(cursor, asked, selected)
        rows = _ordered(cursor, asked, request.order, selected, watch)
    return Listing(request.key, len(rows), rows)


@dataclass(frozen=True)
class _Asked:
    """A request over a table; plan is None where no policy is asked."""

    prepared: Prepared
    request: ListingRequest
    plan: Plan | None
    kept: Permutations

    @classmethod
    def of(cls, prepared: Prepared, request: ListingRequest, kept: Permutations) -> _Asked:
        decided = request.chosen.reads_policies or (request.order is not None and request.order.column in DECIDED)
        return cls(prepared, request, plan_of(prepared, request.about) if decided else None, kept)

    def query(self, columns: list[exp.Expr]) -> exp.Select:
        """The accounts for which the filter holds."""
        chosen = self.request.chosen
        if self.plan is None:
            source = sql.select_from(table_rows(self.prepared), columns)
            return source.where(field_holds(chosen, self.prepared.fields), copy=False)
        source = sql.select_from(decided_rows(self.plan), columns)
        return source.where(account_holds(chosen, self.plan), copy=False)


def _in_book_order(cursor: Connection, asked: _Asked, selected: Rows | None) -> Listing:
    key, table = asked.request.key, asked.prepared.table
    if selected is not None:
        return Listing(key, len(selected), selected)
    first, last, total = first_row(cursor, f"SELECT min(rowid), max(rowid), count(*) FROM {table}")
    if not total or last - first + 1 == total:
        return Listing(key, total, None, first or 0)
    return Listing(key, total, _fetch(cursor, f"SELECT rowid FROM {table} ORDER BY rowid"))


def _selected(cursor: Connection, asked: _Asked) -> Rows:
    """The rows for which the filter holds, in the book's order."""
    return np.sort(_fetch(cursor, sql.to_sql(asked.query([sql.column(ROW)]))))


def _ordered(cursor: Connection, asked: _Asked, order: Order, selected: Rows | None, watch: Watch) -> Rows:
    if order.column in DECIDED or _is_small(asked, order, selected):
        return _sorted_anew(cursor, asked, order)
    permutation = _permutation(cursor, asked, order.column, watch)
    rows = permutation.descending() if order.descending else permutation.rows
    if selected is None:
        return rows
    wanted: NDArray[np.bool_] = np.zeros(int(rows.max(initial=0)) + 1, dtype=np.bool_)
    wanted[selected] = True
    return rows[wanted[rows]]


def _is_small(asked: _Asked, order: Order, selected: Rows | None) -> bool:
    if selected is None or asked.kept.find((asked.prepared.key, order.column)) is not None:
        return False
    return len(selected) * _SMALL_PART < asked.prepared.accounts


def _permutation(cursor: Connection, asked: _Asked, column: str, watch: Watch) -> Permutation:
    prepared, found = asked.prepared, asked.kept.find((asked.prepared.key, column))
    if found is None:
        watch.report(message("Sorting {n} accounts", n=prepared.accounts), 0, None)
        name = sql.to_sql(sql.column(column))
        (known,) = first_row(cursor, f"SELECT count({name}) FROM {prepared.table}")
        rows = _fetch(cursor, f"SELECT rowid FROM {prepared.table} ORDER BY {name} NULLS LAST, rowid")
        found = Permutation(rows, known)
        asked.kept.keep((prepared.key, column), found)
    return found


def _sorted_anew(cursor: Connection, asked: _Asked, order: Order) -> Rows:
    """The rows sorted by themselves; equal ones as a permutation would have them."""
    decided = asked.plan is not None and order.column in DECIDED
    key = decided_tree(asked.plan, order.column) if asked.plan and decided else sql.column(order.column)
    rows = sql.to_sql(asked.query([sql.column(ROW), sql.named(key, _SORTED_BY)]))
    way = "DESC" if order.descending else "ASC"
    return _fetch(cursor, f'SELECT "{ROW}" FROM ({rows}) ORDER BY "{_SORTED_BY}" {way} NULLS LAST, "{ROW}" {way}')


def _fetch(cursor: Connection, query: str) -> Rows:
    """The only column of a query, as narrow as its numbers allow."""
    (rows,) = cursor.execute(query).fetchnumpy().values()
    found = np.asarray(rows, dtype=np.int64)
    return found.astype(np.int32) if found.max(initial=0) < 2**31 else found
