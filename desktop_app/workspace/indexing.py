"""Answers without a scan: which index the desk wants, which are kept, and what they say where a line stands."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from time import perf_counter
from typing import TypeAlias

from desktop_app.analysis.index import Index, positions_of, size_positions_of
from desktop_app.analysis.steps import size_steps, steps_of
from desktop_app.domain.book import Book
from desktop_app.domain.handles import SizeHandle, ThresholdHandle, find_comparison, value_of
from desktop_app.domain.indexing import IndexRequest, IndexSums
from desktop_app.domain.outcomes import OUTCOMES
from desktop_app.domain.requests import EvaluateRequest, Evaluation, HistogramCounts, HistogramRequest
from desktop_app.engine.schema import Fields
from desktop_app.workspace.latest import Latest

# What an index can follow.
IndexedHandle: TypeAlias = ThresholdHandle | SizeHandle

# What all indices together may take.
_MOST_BYTES = 384 * 1024 * 1024


class IndexCache:
    """The latest indices by key, under a budget of memory; the one longest unused goes first."""

    def __init__(self, most_bytes: int = _MOST_BYTES) -> None:
        self._most = most_bytes
        self._known: OrderedDict[str, Index] = OrderedDict()

    def keep(self, sums: IndexSums) -> None:
        """Take an index in; the newest stays whatever its size."""
        self._known[sums.key] = Index(sums)
        self._known.move_to_end(sums.key)
        while len(self._known) > 1 and self.nbytes > self._most:
            self._known.popitem(last=False)

    def find(self, key: str) -> Index | None:
        """The index of that key."""
        found = self._known.get(key)
        if found is not None:
            self._known.move_to_end(key)
        return found

    @property
    def nbytes(self) -> int:
        """How much memory all of them take."""
        return sum(index.sums.nbytes for index in self._known.values())


class Ahead:
    """The histogram along a number that is held while another field is looked at: once it is taken hold of, its field
    is the one on the screen, and its bins are those of the index.
    """

    def __init__(self) -> None:
        self._question: Latest[HistogramRequest] = Latest()
        self._known: HistogramCounts | None = None

    def question(
        self, asked: EvaluateRequest, handle: IndexedHandle, seen: HistogramRequest | None
    ) -> HistogramRequest | None:
        """What to ask for; None where the field of `handle` is `seen`, or a size has none."""
        if not isinstance(handle, ThresholdHandle):
            return None
        field = find_comparison(asked.scenario.policy.rule(handle.rule), handle.comparison).field
        if seen is not None and seen.field == field:
            return None
        sides = asked.baseline, asked.scenario
        return self._question.of((asked, field), lambda: HistogramRequest(asked.data_hash, asked.as_of, *sides, field))

    def counts(self, question: HistogramRequest, found: HistogramCounts | None) -> HistogramCounts | None:
        """`found` as the answer to `question`, or until there is one the last histogram of the same field."""
        if found is not None or (self._known and self._known.field != question.field):
            self._known = found
        return self._known


def index_question(
    asked: EvaluateRequest, handle: IndexedHandle, book: Book, counts: HistogramCounts | None
) -> IndexRequest | None:
    """The index of the asked scenario along `handle`; None where the book cannot have it.

    `counts` is the histogram on the screen: where it is of the same field, its bins are counted along.
    """
    rule = asked.scenario.policy.rule(handle.rule)
    if asked.chosen:
        # What a filter leaves may change along the line; it is read by scans.
        return None
    fields = Fields.of(book)
    if not rule.enabled or fields.missing(rule):
        return None
    if isinstance(handle, SizeHandle):
        grid = size_steps(rule.action, book)
        if grid is None:
            return None
        sizes = size_positions_of(grid)
        return IndexRequest(asked.data_hash, asked.as_of, asked.scenario, handle, sizes, asked.grouping)
    field = find_comparison(rule, handle.comparison).field
    column = fields.columns[field]
    if column.minimum is None:
        return None
    positions = positions_of(steps_of(column, value_of(asked.scenario, handle)))
    bins = counts.bins if counts is not None and counts.field == field else None
    return IndexRequest(asked.data_hash, asked.as_of, asked.scenario, handle, positions, asked.grouping, bins)


def evaluation_at(index: Index, asked: EvaluateRequest, handle: IndexedHandle, before: Evaluation) -> Evaluation | None:
    """The answer to `asked` as the index has it, None where the threshold stands between its positions.

    The baseline's sums are those of `before`, and so are transitions and rule counts, which an index does not know:
    `whole` is False.
    """
    started = perf_counter()
    place = index.place(value_of(asked.scenario, handle))
    if place is None:
        return None
    found = replace(
        before,
        key=asked.key,
        by_reason={**before.by_reason, "scenario": index.by_reason(place)},
        by_group={**before.by_group, "scenario": index.by_group(place)},
        whole=False,
    )
    return replace(found, milliseconds=1000 * (perf_counter() - started))


def counts_at(
    index: Index, asked: EvaluateRequest, handle: IndexedHandle, before: HistogramCounts
) -> HistogramCounts | None:
    """The histogram of the threshold's own field as the index has it; the baseline is that of `before`."""
    place, users = index.place(value_of(asked.scenario, handle)), index.sums.users_by_bin
    if place is None or users is None or users.shape[2] != before.bins.count + 1:
        return None
    counts = {outcome: users[place, number, :-1] for number, outcome in enumerate(OUTCOMES)}
    return replace(before, counts=counts)
