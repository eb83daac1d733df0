"""Random books inside the engine: the stored table, what the book knows of itself, the prepared columns."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from desktop_app.domain.book import Book, Column, Snapshot
from desktop_app.domain.columns import ColumnType
from desktop_app.domain.fingerprints import fingerprint_of
from desktop_app.domain.policy import Policy
from desktop_app.domain.requests import EvaluateRequest, Evaluation
from desktop_app.domain.scenario import Assumptions, Scenario, Stress
from desktop_app.domain.watch import CancelWatch
from desktop_app.engine.answers import answer
from desktop_app.engine.connection import Connection, Limits, connect
from desktop_app.engine.derived import describe_derived
from desktop_app.engine.evidence import describe_evidence
from desktop_app.engine.prepare import Prepared, evidence_key, prepare, prepare_evidence
from desktop_app.engine.revise import revised
from tests.reference.books import AS_OF, SmallBook

_ARROW: dict[str, pa.DataType] = {
    "text": pa.string(),
    "date": pa.date32(),
    "money": pa.int64(),
    "rate": pa.int32(),
    "ratio": pa.int32(),
    "integer": pa.int64(),
    "number": pa.decimal128(18, 6),
    "boolean": pa.bool_(),
    "category": pa.string(),
}


@dataclass(frozen=True)
class Loaded:
    """A random book in the engine, ready for questions."""

    small: SmallBook
    book: Book
    cursor: Connection
    prepared: Prepared
    assumptions: Assumptions
    stress: Stress

    def answer(self, baseline: Policy, scenario: Policy, grouping: str | None) -> Evaluation:
        """The engine's answer at the as-of date."""
        sides = Scenario(id="baseline", policy=baseline), Scenario(id="scenario", policy=scenario)
        request = EvaluateRequest(self.book.data_hash, AS_OF, *sides, grouping)
        found = answer(self.cursor, self.prepared, request, CancelWatch())
        assert isinstance(found, Evaluation)
        return found


@contextmanager
def engine(scratch: Path, threads: int) -> Iterator[Connection]:
    """A connection with an empty project and room for prepared columns, as an open project has."""
    cursors = connect((), (), scratch, Limits(threads=threads))
    cursors["main"].execute("ATTACH ':memory:' AS project")
    cursors["main"].execute("ATTACH ':memory:' AS prepared")
    try:
        yield cursors["main"]
    finally:
        cursors["main"].close()


def load(
    cursor: Connection, small: SmallBook, assumptions: Assumptions | None = None, stress: Stress | None = None
) -> Loaded:
    """Put the book in the place of the one before it."""
    columns = {name: pa.array([row[name] for row in small.rows], _ARROW[kind]) for name, kind in small.columns.items()}
    cursor.register("incoming", pa.table(columns))
    cursor.execute("CREATE OR REPLACE TABLE project.accounts AS FROM incoming")
    cursor.unregister("incoming")
    book = describe_evidence(cursor, describe_derived(cursor, _book(small)))
    supposed, shock = assumptions or Assumptions(), stress or Stress()
    prepared = prepare(cursor, book, Assumptions(), fingerprint_of("base", book.data_hash), CancelWatch())
    if (supposed, shock) != (Assumptions(), Stress()):
        scenario = Scenario(id="s", policy=Policy(id="p"), assumptions=supposed, stress=shock)
        prepared = revised(cursor, prepared, book, scenario, CancelWatch())
    if book.evidence is not None:
        then = prepare_evidence(cursor, book, evidence_key(book), CancelWatch())
        prepared = replace(prepared, evidence=then)
    return Loaded(small, book, cursor, prepared, supposed, shock)


def _book(small: SmallBook) -> Book:
    days = sorted({row["snapshot_date"] for row in small.rows} | {AS_OF})
    return Book(
        name="random",
        source="random",
        columns=tuple(_column(small, name, kind) for name, kind in small.columns.items()),
        snapshots=tuple(_snapshot(small, day) for day in days),
        as_of=AS_OF,
        currency="CNY",
        data_hash=fingerprint_of(repr(small.rows)),
    )


def _snapshot(small: SmallBook, day: date) -> Snapshot:
    rows = small.at(day)
    return Snapshot(day, len(rows), len({row["user_id"] for row in rows}))


def _column(small: SmallBook, name: str, kind: str) -> Column:
    found: set[Any] = {row[name] for row in small.rows} - {None}
    domain = tuple(sorted(found, key=str.encode)) if kind == "category" else ()
    return Column(name, ColumnType(kind), distinct=len(found), domain=domain)
