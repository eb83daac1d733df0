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
from desktop_app.domain.scenario import Assumptions, Scenario, Stress
from desktop_app.domain.watch import Watch
from desktop_app.engine import expressions as sql
from desktop_app.engine.connection import Connection, interruptible
from desktop_app.engine.measures import Parts, parts_of, stored_columns
from desktop_app.engine.proof import Totals, measured_totals
from desktop_app.engine.rates import rate_lookup
from desktop_app.engine.recipes import UNREAD, Recipe, as_of_recipe, evidence_recipe, with_layer
from desktop_app.engine.schema import OWN_PREFIX, Fields
from desktop_app.engine.several import Tables, combine_users, user_columns
from desktop_app.figures.measures import measures_of


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
    the table of that date, None where there is none; made says what the columns are made of; origin is the same for
    tables of one book and date; base is the table that this one has most of its columns from; drops are the statements
    that make an end of it.
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
    made: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)
    origin: str = ""
    base: Prepared | None = field(default=None, repr=False, compare=False)
    drops: tuple[str, ...] = ()


def prepared_key(book: Book, scenario: Scenario) -> str:
    """What the prepared columns depend on: the book, its as-of date, what is assumed of losses, the stress."""
    supposed = scenario.assumptions
    numbers = (supposed.lgd, supposed.asset_correlation, supposed.loss_quantile)
    texts = (*(str(number.normalize()) for number in numbers), str(supposed.capital_floors))
    return fingerprint_of(book.data_hash, book.as_of.isoformat(), *texts, scenario.stress.model_dump_json())


def evidence_key(book: Book) -> str:
    """What the columns of the evidence date depend on: the book and the date; they are never stressed."""
    return fingerprint_of("evidence", book.data_hash, str(book.evidence))


def prepare(cursor: Connection, book: Book, supposed: Assumptions, key: str, watch: Watch) -> Prepared:
    """Build the table for one as-of date, without stress; raises BookUnusable where the database cannot."""
    with interruptible(cursor, watch), rate_lookup(cursor, key, supposed) as lookup:
        recipe = as_of_recipe(book, supposed, Stress(), lookup)
        return replace(_build(cursor, book, key, recipe, watch), made=recipe.texts(lookup))


def prepare_evidence(cursor: Connection, book: Book, key: str, watch: Watch) -> Prepared:
    """Build the table of a book's evidence date; raises BookUnusable where the database cannot."""
    if book.evidence is None:
        raise TypeError("a book without an evidence date")
    there = replace(book, as_of=book.evidence)
    with interruptible(cursor, watch):
        return _build(cursor, there, key, evidence_recipe(there), watch)


def _build(cursor: Connection, book: Book, key: str, recipe: Recipe, watch: Watch) -> Prepared:
    fields = Fields.of(book)
    tables = tables_of(book, key)
    parts = parts_of(measures_of(recipe.day))
    stored = stored_columns(parts)
    several = book.users < book.accounts
    _create_enums(cursor, fields)
    watch.check()
    cursor.execute(f"CREATE OR REPLACE TABLE {tables.accounts} AS {_query(book, fields, recipe)}")
    if several:
        combine_users(cursor, tables, recipe, stored)
        # Until then every scan would look for the updated rows' older versions.
        cursor.execute("CHECKPOINT prepared")
    totals = measured_totals(cursor, tables.accounts, fields)
    shared, of_users = tables.shared if several else None, user_columns(recipe.day)
    made = (tables.accounts, *([shared] if shared else ()))
    return Prepared(
        key,
        tables.accounts,
        shared,
        fields,
        book.accounts,
        parts,
        stored,
        totals,
        of_users,
        origin=origin_of(book),
        drops=tuple(f"DROP TABLE IF EXISTS {table}" for table in made),
    )


def origin_of(book: Book) -> str:
    """What a book's prepared tables have in common at one date."""
    return fingerprint_of(book.data_hash, book.as_of.isoformat())


def tables_of(book: Book, key: str) -> Tables:
    """What the tables of a preparation are called."""
    accounts, shared = (f'prepared."accounts_{key[:16]}{kind}"' for kind in ("", "_shared"))
    return Tables(accounts, shared, f'prepared."several_{origin_of(book)[:16]}"')


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


def _query(book: Book, fields: Fields, recipe: Recipe) -> str:
    """The whole preparation but the sums over a user's accounts."""
    columns = [column for column in fields.columns.values() if not column.derived]
    loaded = exp.select(*map(_narrow, columns)).from_("project.accounts").where(_on_day(book.as_of))
    query, there = sql.to_sql(loaded), {column.name for column in columns}
    for layer in recipe.layers:
        query = with_layer(query, layer, there)
    unread = ", ".join(sql.to_sql(sql.column(name)) for name in sorted(UNREAD & there))
    return f"SELECT * EXCLUDE ({unread}) FROM ({query})" if unread else query


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
