"""Preparation: once per date and risk assumption, the narrow typed columns that every scan reads.

The table lives in an attached temporary database, in the book's row order, so that the project stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from sqlglot import exp

from desktop_app.domain.book import Book, Column
from desktop_app.domain.columns import UNITS_PER_ONE, ColumnType
from desktop_app.domain.fingerprints import fingerprint_of
from desktop_app.domain.observations import RuleOutcomes
from desktop_app.domain.requests import RuleCounts
from desktop_app.domain.rule_effects import Overlap
from desktop_app.domain.scenario import Scenario
from desktop_app.domain.watch import Watch
from desktop_app.engine import expressions as sql
from desktop_app.engine.connection import Connection, interruptible
from desktop_app.engine.derived import derived_trees
from desktop_app.engine.measures import CLASS, Parts, parts_of, stored_columns
from desktop_app.engine.proof import Totals, measured_totals
from desktop_app.engine.rates import (
    Named,
    before_rates,
    capital_rate,
    default_chances,
    outcomes,
    rate_lookup,
    rates,
    standing,
)
from desktop_app.engine.schema import OWN_PREFIX, Fields, own
from desktop_app.engine.several import Tables, combine_users, user_columns
from desktop_app.engine.stress import UNSTRESSED_PD, check_groups, stressed_columns
from desktop_app.figures.measures import measures_of
from desktop_app.figures.types import Day


@dataclass(frozen=True, eq=False)
class Counted:
    """What one table of signatures tells of a policy's rules: each by itself, and each pair."""

    rules: tuple[RuleCounts, ...]
    overlap: Overlap


@dataclass(frozen=True)
class Unknown:
    """How many users and accounts a rule could not decide; a user is one with any such account."""

    users: int
    accounts: int


@dataclass(frozen=True)
class Prepared:
    """One prepared table: where it stands, and what its columns are.

    Attributes: table (or a query in brackets) has every account in the book's row order; shared has those of users
    with several accounts again, None where there are none; stored names the columns that measures are added up from
    (`measures.Parts`); totals bound every sum; user_columns are the same for all accounts of a user; counted keeps the
    counts of policies by fingerprint, unknown those of single rules, observed those of the evidence date; evidence is
    the table of that date, None where there is none.
    """

    key: str
    table: str
    shared: str | None
    fields: Fields
    accounts: int
    parts: tuple[Parts, ...]
    stored: Mapping[str, str]
    totals: Totals
    user_columns: tuple[str, ...]
    counted: dict[str, Counted] = field(default_factory=dict, repr=False, compare=False)
    unknown: dict[str, Unknown] = field(default_factory=dict, repr=False, compare=False)
    observed: dict[str, tuple[RuleOutcomes, ...]] = field(default_factory=dict, repr=False, compare=False)
    evidence: Prepared | None = None


def prepared_key(book: Book, scenario: Scenario) -> str:
    """What the prepared columns depend on: the book, its as-of date, what is assumed of losses, the stress."""
    supposed = scenario.assumptions
    numbers = (supposed.lgd, supposed.asset_correlation, supposed.loss_quantile)
    texts = (*(str(number.normalize()) for number in numbers), str(supposed.capital_floors))
    return fingerprint_of(book.data_hash, book.as_of.isoformat(), *texts, scenario.stress.model_dump_json())


def evidence_key(book: Book) -> str:
    """What the columns of the evidence date depend on: the book and the date; they are never stressed."""
    return fingerprint_of("evidence", book.data_hash, str(book.evidence))


def prepare(cursor: Connection, book: Book, scenario: Scenario, key: str, watch: Watch) -> Prepared:
    """Build the table for one as-of date; raises BookUnusable where the database cannot."""
    fields, supposed, stress = Fields.of(book), scenario.assumptions, scenario.stress
    check_groups(stress, fields)
    moved = stressed_columns(stress, fields)
    with interruptible(cursor, watch), rate_lookup(cursor, key, supposed) as lookup:
        pd = own(UNSTRESSED_PD) if "pd" in moved else "pd"
        first = [*standing(fields, pd), *before_rates(fields, supposed, stress)]
        layers = (first, default_chances(book, fields, stress), rates(fields, lookup))
        recipe = _Recipe("as_of", layers, [("pk", capital_rate(fields, lookup))], moved)
        return _build(cursor, book, key, recipe, watch)


def prepare_evidence(cursor: Connection, book: Book, key: str, watch: Watch) -> Prepared:
    """Build the table of a book's evidence date; raises BookUnusable where the database cannot."""
    if book.evidence is None:
        raise TypeError("a book without an evidence date")
    there = replace(book, as_of=book.evidence)
    fields = Fields.of(book)
    with interruptible(cursor, watch):
        return _build(cursor, there, key, _Recipe("evidence", (standing(fields), outcomes(fields)), []), watch)


@dataclass(frozen=True)
class _Recipe:
    """How a table is made.

    Attributes: layers are of columns over the loaded ones, of which the stress has moved some before; after are those
    that follow a user's sums.
    """

    day: Day
    layers: tuple[Named, ...]
    after: Named
    moved: Mapping[str, exp.Expr] = field(default_factory=dict)


def _build(cursor: Connection, book: Book, key: str, recipe: _Recipe, watch: Watch) -> Prepared:
    fields = Fields.of(book)
    tables = _tables(book, key)
    parts = parts_of(measures_of(recipe.day))
    stored = stored_columns(parts)
    several = book.users < book.accounts
    _create_enums(cursor, fields)
    query = sql.to_sql(_with_sums(_select(book, fields, recipe), stored))
    watch.check()
    cursor.execute(f"CREATE OR REPLACE TABLE {tables.accounts} AS {query}")
    if several:
        combine_users(cursor, tables, recipe.day, recipe.after, stored)
        # Until then every scan would look for the updated rows' older versions.
        cursor.execute("CHECKPOINT prepared")
    totals = measured_totals(cursor, tables.accounts, fields)
    shared, of_users = tables.shared if several else None, user_columns(recipe.day)
    return Prepared(key, tables.accounts, shared, fields, book.accounts, parts, stored, totals, of_users)


def _tables(book: Book, key: str) -> Tables:
    accounts, shared = (f'prepared."accounts_{key[:16]}{kind}"' for kind in ("", "_shared"))
    return Tables(accounts, shared, f'prepared."several_{fingerprint_of(book.data_hash, book.as_of.isoformat())[:16]}"')


def enum_type(column: Column) -> str:
    """The enumeration that a category of the prepared table is kept in."""
    return f'prepared."{OWN_PREFIX}{column.name}"'


def _create_enums(cursor: Connection, fields: Fields) -> None:
    for column in fields.columns.values():
        if column.type is ColumnType.CATEGORY and column.domain:
            labels = ", ".join(sql.to_sql(sql.text(label)) for label in column.domain)
            identifier = sql.to_sql(exp.to_identifier(f"{OWN_PREFIX}{column.name}", quoted=True))
            cursor.execute(f"DROP TYPE IF EXISTS prepared.{identifier} CASCADE")
            cursor.execute(f"CREATE TYPE prepared.{identifier} AS ENUM ({labels})")


def _select(book: Book, fields: Fields, recipe: _Recipe) -> exp.Select:
    """The whole preparation but the sums over a user's accounts."""
    loaded = exp.select(*(_narrow(column) for column in fields.columns.values() if not column.derived))
    query = loaded.from_("project.accounts").where(_on_day(book.as_of))
    if recipe.moved:
        query = sql.select_from(query, _moved(recipe.moved))
    derived = [sql.named(tree, name) for name, tree in derived_trees(fields).items()]
    for place, layer in enumerate(recipe.layers):
        added = [*(derived if place == 0 else ()), *_own(layer)]
        query = sql.select_from(query, [exp.Star(), *added])
    return query


def _moved(columns: Mapping[str, exp.Expr]) -> list[exp.Expr]:
    """All loaded columns, some of them moved, and the PD as it was."""
    kept = [sql.named(sql.column("pd"), own(UNSTRESSED_PD))] if "pd" in columns else []
    replaced = [sql.named(tree, name) for name, tree in columns.items()]
    return [exp.Star(replace=replaced), *kept]


def _with_sums(base: exp.Select, stored: Mapping[str, str]) -> exp.Select:
    """The preparation with the columns that measures are added up from."""
    sums = [
        sql.named(sql.parsed(text) if name == CLASS else sql.cast(sql.parsed(text), "bigint"), name)
        for text, name in stored.items()
    ]
    return sql.select_from(base, [exp.Star(), *sums])


def _narrow(column: Column) -> exp.Expr:
    """A stored column as the scans want it: decimals as integers, categories as codes."""
    stored = sql.column(column.name)
    match column.type:
        case ColumnType.NUMBER:
            scaled = exp.Mul(this=stored, expression=sql.whole(UNITS_PER_ONE[ColumnType.NUMBER]))
            return sql.named(sql.cast(sql.bracketed(scaled), _narrowest(column)), column.name)
        case ColumnType.INTEGER:
            return sql.named(sql.cast(stored, _narrowest(column)), column.name)
        case ColumnType.CATEGORY if column.domain:
            kind = exp.DataType.build(enum_type(column), dialect="duckdb", udt=True)
            return sql.named(exp.Cast(this=stored, to=kind), column.name)
        case _:
            return stored


def _narrowest(column: Column) -> str:
    """The smallest integer type that the column's range fits; money stays wide, since it is multiplied."""
    low, high = column.minimum, column.maximum
    if isinstance(low, Decimal) and isinstance(high, Decimal):
        unit = UNITS_PER_ONE[column.type]
        for kind, bits in (("smallint", 15), ("int", 31)):
            if -(2**bits) <= low * unit and high * unit < 2**bits:
                return kind
    return "bigint"


def _on_day(day: date) -> exp.Expr:
    return exp.EQ(this=sql.column("snapshot_date"), expression=sql.cast(sql.text(day.isoformat()), "date"))


def _own(columns: Named) -> list[exp.Expr]:
    return [sql.named(tree, own(name)) for name, tree in columns]
