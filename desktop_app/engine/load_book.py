"""What is known about the accounts in a database: the Book, from the stored facts and one look at each column."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from sqlglot import exp

from desktop_app.domain.book import Book, Bound, Column, OutcomeDefinition, Snapshot
from desktop_app.domain.columns import NUMERIC, UNITS_PER_ONE, ColumnType
from desktop_app.domain.fingerprints import fingerprint, fingerprint_of
from desktop_app.domain.mapping import Mapping
from desktop_app.domain.plans import ReadPlan, Survey
from desktop_app.domain.policy import Wording
from desktop_app.engine.connection import Connection
from desktop_app.engine.expressions import column as named
from desktop_app.engine.expressions import is_null, to_sql, whole
from desktop_app.engine.load_columns import MAX_CATEGORIES, Layout
from desktop_app.engine.staging import single_row

# The key of `meta` under which the facts of an import stand.
FACTS = "book"
# Distinct values are counted exactly up to about here, since counting costs more than it tells beyond.
_COUNTED = 20_000
# The first rows tell which columns have too many, though not more exactly than this factor.
_SAMPLED = 122_880
_SLACK = 2


def write_facts(connection: Connection, plan: ReadPlan, mapping: Mapping, layout: Layout, survey: Survey) -> None:
    """Keep what the accounts themselves do not tell: types, notes, currency, dates and hash."""
    file = PurePath(plan.path).name
    facts = {
        "name": {"en": mapping.name.en or PurePath(file).stem, "zh": mapping.name.zh},
        "source": file,
        "attribution": mapping.source.model_dump(),
        "currency": mapping.currency,
        "data_hash": fingerprint_of(survey.sha256, fingerprint(mapping)),
        "as_of_note": mapping.as_of.note.model_dump() if mapping.as_of else {},
        "outcome": mapping.outcome.model_dump() if mapping.outcome else None,
        "users_are_accounts": mapping.columns.get("user_id", mapping.columns["account_id"])
        == mapping.columns["account_id"],
        "columns": [
            {"name": c.name, "type": c.type.value, "assumed": c.assumed, "note": c.note.model_dump()}
            for c in layout.columns
        ],
    }
    row = (FACTS, json.dumps(facts, ensure_ascii=False))
    connection.execute('DELETE FROM meta WHERE "key" = ?', [FACTS])
    connection.execute("INSERT INTO meta VALUES (?, ?)", row)


def describe(connection: Connection) -> Book:
    """The book of the tables `accounts` and `meta` in the connection's current database."""
    facts = _facts(connection)
    columns = _columns(connection, facts["columns"])
    snapshots = _snapshots(connection, facts["users_are_accounts"])
    outcome = facts["outcome"]
    return Book(
        name=facts["name"]["en"],
        source=facts["source"],
        columns=columns,
        snapshots=snapshots,
        as_of=max((snapshot.day for snapshot in snapshots), default=date.min),
        currency=facts["currency"],
        data_hash=facts["data_hash"],
        as_of_note=Wording(**facts["as_of_note"]),
        outcome=OutcomeDefinition(Wording(**outcome.pop("definition")), **outcome) if outcome else None,
    )


def _facts(connection: Connection) -> dict[str, Any]:
    row = single_row(connection, 'SELECT "value" FROM meta WHERE "key" = ?', [FACTS])
    facts: dict[str, Any] = json.loads(row[0])
    return facts


def _columns(connection: Connection, kept: Sequence[dict[str, Any]]) -> tuple[Column, ...]:
    names = [fact["name"] for fact in kept]
    types = [ColumnType(fact["type"]) for fact in kept]
    bounds = _bounds(connection, names, types)
    estimates = _estimates(connection, names)
    made = []
    for fact, column_type, (missing, low, high), estimate in zip(kept, types, bounds, estimates, strict=True):
        distinct, domain = _distinct(connection, fact["name"], column_type, estimate)
        final = _final_type(column_type, domain)
        made.append(
            Column(
                name=fact["name"],
                type=final,
                minimum=_in_units(low, column_type),
                maximum=_in_units(high, column_type),
                missing=missing,
                distinct=distinct,
                domain=domain,
                assumed=fact["assumed"],
                note=Wording(**fact["note"]),
            )
        )
    return tuple(made)


def _bounds(
    connection: Connection, names: Sequence[str], types: Sequence[ColumnType]
) -> Iterable[tuple[int, object, object]]:
    """Per column: missing values, smallest, largest; the database knows most of it without looking."""
    parts: list[exp.Expr] = []
    for name, column_type in zip(names, types, strict=True):
        ordered = column_type in NUMERIC or column_type is ColumnType.DATE
        parts.append(exp.Sub(this=exp.Count(this=exp.Star()), expression=exp.Count(this=named(name))))
        parts.append(exp.Min(this=named(name)) if ordered else exp.null())
        parts.append(exp.Max(this=named(name)) if ordered else exp.null())
    row = single_row(connection, to_sql(exp.select(*parts).from_("accounts")))
    return [(int(row[n]), row[n + 1], row[n + 2]) for n in range(0, len(row), 3)]


def _estimates(connection: Connection, names: Sequence[str]) -> tuple[int, ...]:
    """About how many distinct values the columns have among the first rows: at least so many they have in all."""
    parts = [exp.Anonymous(this="approx_count_distinct", expressions=[named(name)]) for name in names]
    first = exp.LT(this=exp.column("rowid"), expression=whole(_SAMPLED))
    return single_row(connection, to_sql(exp.select(*parts).from_("accounts").where(first)))


def _distinct(
    connection: Connection, name: str, column_type: ColumnType, estimate: int
) -> tuple[int | None, tuple[str, ...]]:
    """The exact number of distinct values where it is small, and the categories where they are few."""
    if estimate > _COUNTED or (column_type is ColumnType.CATEGORY and estimate > _SLACK * MAX_CATEGORIES):
        return None, ()
    query = to_sql(exp.select(named(name)).distinct().from_("accounts").limit(_COUNTED + 2))
    known = exp.not_(is_null(named(name)))
    if column_type is not ColumnType.CATEGORY:
        row = single_row(connection, f"SELECT count(*) FROM ({query}) WHERE {to_sql(known)}")
        return (int(row[0]), ()) if row[0] <= _COUNTED else (None, ())
    found = [value for (value,) in connection.execute(query).fetchall() if value is not None]
    if len(found) > _COUNTED:
        return None, ()
    few = len(found) <= MAX_CATEGORIES
    return len(found), tuple(sorted(found, key=lambda value: str(value).encode())) if few else ()


def _final_type(column_type: ColumnType, domain: tuple[str, ...]) -> ColumnType:
    return ColumnType.TEXT if column_type is ColumnType.CATEGORY and not domain else column_type


def _in_units(bound: object, column_type: ColumnType) -> Bound:
    match bound:
        case date() | None:
            return bound
        case Decimal():
            return bound
        case int():
            return Decimal(bound) / UNITS_PER_ONE[column_type]
        case _:
            raise TypeError(f"{bound!r} is no bound")


def _snapshots(connection: Connection, users_are_accounts: bool) -> tuple[Snapshot, ...]:
    # Accounts are unique within a date, so that counting them again as users would only cost time.
    users = "count(*)" if users_are_accounts else "count(DISTINCT user_id)"
    query = f"SELECT snapshot_date, count(*), {users} FROM accounts GROUP BY ALL ORDER BY ALL"
    return tuple(Snapshot(day, accounts, users) for day, accounts, users in connection.execute(query).fetchall())
