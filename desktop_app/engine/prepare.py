"""Preparation: once per as-of date and risk assumption, the narrow typed columns that every scan reads.

The table lives in an attached temporary database, in the book's row order, so that the project stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sqlglot import exp

from desktop_app.domain.book import Book, Column
from desktop_app.domain.columns import UNITS_PER_ONE, ColumnType
from desktop_app.domain.fingerprints import fingerprint_of
from desktop_app.domain.requests import RuleCounts
from desktop_app.domain.scenario import Scenario
from desktop_app.domain.watch import Watch
from desktop_app.engine import expressions as sql
from desktop_app.engine.connection import Connection, interruptible
from desktop_app.engine.derived import derived_trees
from desktop_app.engine.measures import Parts, parts_of, stored_columns
from desktop_app.engine.proof import Totals, measured_totals
from desktop_app.engine.rates import Lookup, Named, capital_rate, default_chances, rate_lookup, rates, standing
from desktop_app.engine.schema import OWN_PREFIX, Fields, own
from desktop_app.figures.measures import MEASURES

# What the corrected sums of a user change in the account itself.
_OF_USERS = ("user_accounts", "user_open", "pk")


@dataclass(frozen=True)
class Prepared:
    """One prepared table: where it stands, and what its columns are.

    Attributes: table has every account in the book's row order; shared has those of users with several accounts
    again, None where there are none; stored names the columns that measures are added up from (`measures.Parts`);
    totals bound every sum; counted keeps the counts of policies by fingerprint.
    """

    key: str
    table: str
    shared: str | None
    fields: Fields
    accounts: int
    parts: tuple[Parts, ...]
    stored: Mapping[str, str]
    totals: Totals
    counted: dict[str, tuple[RuleCounts, ...]] = field(default_factory=dict, repr=False, compare=False)


def prepared_key(book: Book, scenario: Scenario) -> str:
    """What the prepared columns depend on: the book, its as-of date, what is assumed of losses, the stress."""
    supposed = scenario.assumptions
    numbers = (supposed.lgd, supposed.asset_correlation, supposed.loss_quantile)
    texts = (*(str(number.normalize()) for number in numbers), str(supposed.capital_floors))
    return fingerprint_of(book.data_hash, book.as_of.isoformat(), *texts, scenario.stress.model_dump_json())


def prepare(cursor: Connection, book: Book, scenario: Scenario, key: str, watch: Watch) -> Prepared:
    """Build the table for one as-of date; raises BookUnusable where the database cannot."""
    fields = Fields.of(book)
    table, shared = (f'prepared."accounts_{key[:16]}{kind}"' for kind in ("", "_shared"))
    parts = parts_of(MEASURES.values())
    stored = stored_columns(parts)
    several = book.users < book.accounts
    with interruptible(cursor, watch), rate_lookup(cursor, key, scenario.assumptions) as lookup:
        _create_enums(cursor, fields)
        query = _with_sums(_select(book, fields, scenario, lookup), stored)
        cursor.execute(f"CREATE OR REPLACE TABLE {table} AS {sql.to_sql(query)}")
        if several:
            _add_users(cursor, table)
            _correct_capital(cursor, table, fields, lookup)
            _correct_sums(cursor, table, stored)
            _copy_shared(cursor, table, shared)
            # Until then every scan would look for the updated rows' older versions.
            cursor.execute("CHECKPOINT prepared")
        totals = measured_totals(cursor, table, fields)
    return Prepared(key, table, shared if several else None, fields, book.accounts, parts, stored, totals)


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


def _select(book: Book, fields: Fields, scenario: Scenario, lookup: Lookup) -> exp.Select:
    """The whole preparation but the sums over a user's accounts."""
    loaded = exp.select(*(_narrow(column) for column in fields.columns.values() if not column.derived))
    loaded = loaded.from_("project.accounts").where(_on_day(book.as_of))
    derived = [exp.alias_(tree, name, quoted=True) for name, tree in derived_trees(fields).items()]
    base = exp.select(exp.Star(), *derived, *_own(standing(fields, scenario.assumptions))).from_(
        loaded.subquery("loaded")
    )
    rated = exp.select(exp.Star(), *_own(default_chances(book, fields))).from_(base.subquery("base"))
    return exp.select(exp.Star(), *_own(rates(fields, lookup))).from_(rated.subquery("rated"))


def _with_sums(base: exp.Select, stored: Mapping[str, str]) -> exp.Select:
    """The preparation with the columns that measures are added up from."""
    sums = [exp.alias_(sql.cast(sql.parsed(text), "bigint"), name, quoted=True) for text, name in stored.items()]
    return sql.select_from(base, [exp.Star(), *sums])


def _narrow(column: Column) -> exp.Expr:
    """A stored column as the scans want it: decimals as integers, categories as codes."""
    stored = sql.column(column.name)
    match column.type:
        case ColumnType.NUMBER:
            scaled = exp.Mul(this=stored, expression=sql.whole(UNITS_PER_ONE[ColumnType.NUMBER]))
            return exp.alias_(sql.cast(exp.paren(scaled), _narrowest(column)), column.name, quoted=True)
        case ColumnType.INTEGER:
            return exp.alias_(sql.cast(stored, _narrowest(column)), column.name, quoted=True)
        case ColumnType.CATEGORY if column.domain:
            kind = exp.DataType.build(enum_type(column), dialect="duckdb", udt=True)
            return exp.alias_(exp.Cast(this=stored, to=kind), column.name, quoted=True)
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
    return [exp.alias_(tree, own(name), quoted=True) for name, tree in columns]


def _add_users(cursor: Connection, table: str) -> None:
    """Correct the columns of users with several accounts; an update keeps the row order, which a join may not."""
    cursor.execute(
        f"""
        UPDATE {table} SET user_limit = u.total_limit, user_balance = u.total_balance, "~user_open" = u.open,
            "~user_accounts" = u.accounts, "~user_first" = (account_id = u.first)
        FROM (
            SELECT user_id, CAST(count(*) AS INTEGER) AS accounts, min(account_id) AS first,
                CAST(sum(credit_limit) AS BIGINT) AS total_limit, CAST(sum(balance) AS BIGINT) AS total_balance,
                CAST(sum("~user_open") AS BIGINT) AS open
            FROM {table} GROUP BY user_id HAVING count(*) > 1
        ) AS u
        WHERE {table}.user_id = u.user_id
        """
    )


def _correct_capital(cursor: Connection, table: str, fields: Fields, lookup: Lookup) -> None:
    """Classify the lines of users with several by all their limits together."""
    rate = sql.to_sql(capital_rate(fields, lookup))
    cursor.execute(f'UPDATE {table} SET "{own("pk")}" = {rate} WHERE "{own("user_accounts")}" > 1')


def _correct_sums(cursor: Connection, table: str, stored: Mapping[str, str]) -> None:
    """Make anew, for users with several accounts, what was stored as if each account were its user's only one."""
    of_users = {text: name for text, name in stored.items() if any(own(part) in text for part in _OF_USERS)}
    if of_users:
        changes = ", ".join(f"{sql.to_sql(sql.column(name))} = {text}" for text, name in of_users.items())
        cursor.execute(f'UPDATE {table} SET {changes} WHERE "{own("user_accounts")}" > 1')


def _copy_shared(cursor: Connection, table: str, shared: str) -> None:
    """The accounts of users with several, with a number for the user and each account's place by its id's bytes."""
    cursor.execute(
        f"""
        CREATE OR REPLACE TABLE {shared} AS SELECT *,
            CAST(dense_rank() OVER (ORDER BY user_id) AS INTEGER) AS "{own("user")}",
            CAST(row_number() OVER (ORDER BY account_id) AS INTEGER) AS "{own("place")}"
        FROM {table} WHERE "{own("user_accounts")}" > 1
        """
    )
