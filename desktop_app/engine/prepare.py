"""Preparation: once per as-of date and risk assumption, the narrow typed columns that every scan reads.

The table lives in an attached temporary database, in the book's row order, so that the project stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sqlglot import exp

from desktop_app.domain.book import Book, Column, PdCurve
from desktop_app.domain.columns import DEFAULT_DAYS_PAST_DUE, UNITS_PER_ONE, ColumnType
from desktop_app.domain.fingerprints import fingerprint_of
from desktop_app.domain.requests import RuleCounts
from desktop_app.domain.scenario import Scenario
from desktop_app.domain.watch import Watch
from desktop_app.engine import expressions as sql
from desktop_app.engine.connection import Connection, interruptible
from desktop_app.engine.derived import derived_trees
from desktop_app.engine.measures import Parts, parts_of, stored_columns
from desktop_app.engine.proof import Totals, measured_totals
from desktop_app.engine.schema import OWN_PREFIX, Fields, own
from desktop_app.figures.amounts import rate_on_amount_sql
from desktop_app.figures.measures import MEASURES

PPM = 1_000_000


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
    """What the prepared columns depend on: the book, its as-of date, the LGD where none is given, the stress."""
    stress = scenario.stress.model_dump_json()
    return fingerprint_of(book.data_hash, book.as_of.isoformat(), str(scenario.assumptions.lgd.normalize()), stress)


def prepare(cursor: Connection, book: Book, scenario: Scenario, key: str, watch: Watch) -> Prepared:
    """Build the table for one as-of date; raises BookUnusable where the database cannot."""
    fields = Fields.of(book)
    table, shared = (f'prepared."accounts_{key[:16]}{kind}"' for kind in ("", "_shared"))
    parts = parts_of(MEASURES.values())
    stored = stored_columns(parts)
    several = book.users < book.accounts
    with interruptible(cursor, watch):
        _create_enums(cursor, fields)
        query = _with_sums(_select(book, fields, scenario), stored)
        cursor.execute(f"CREATE OR REPLACE TABLE {table} AS {sql.to_sql(query)}")
        if several:
            _add_users(cursor, table)
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


def _select(book: Book, fields: Fields, scenario: Scenario) -> exp.Select:
    """The whole preparation but the sums over a user's accounts."""
    loaded = exp.select(*(_narrow(column) for column in fields.columns.values() if not column.derived))
    loaded = loaded.from_("project.accounts").where(_on_day(book.as_of))
    derived = [exp.alias_(tree, name, quoted=True) for name, tree in derived_trees(fields).items()]
    base = exp.select(exp.Star(), *derived, *_own(_standing(fields, scenario))).from_(loaded.subquery("loaded"))
    rated = exp.select(exp.Star(), *_own(_rates(book, fields))).from_(base.subquery("base"))
    return exp.select(exp.Star(), *_own([*_losses(), *_incomes(fields)])).from_(rated.subquery("rated"))


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


def _own(columns: list[tuple[str, exp.Expr]]) -> list[exp.Expr]:
    return [exp.alias_(tree, own(name), quoted=True) for name, tree in columns]


def _standing(fields: Fields, scenario: Scenario) -> list[tuple[str, exp.Expr]]:
    """Default, and each account as its user's only one."""
    late = exp.GT(this=sql.column("days_past_due"), expression=sql.whole(DEFAULT_DAYS_PAST_DUE))
    certain = exp.EQ(this=sql.column("pd"), expression=sql.whole(PPM))
    tests = [(late, "days_past_due"), (certain, "pd")]
    in_default = sql.either(sql.known_or(test, sql.FALSE.copy()) for test, name in tests if name in fields.columns)
    assumed_lgd = sql.whole(int(scenario.assumptions.lgd * PPM))
    lgd = sql.known_or(sql.column("lgd"), assumed_lgd) if "lgd" in fields.columns else assumed_lgd
    open_line = sql.greatest(exp.Sub(this=sql.column("credit_limit"), expression=sql.column("balance")), sql.whole(0))
    loaded_pd = sql.column("pd") if "pd" in fields.columns else sql.NULL.copy()
    return [
        ("in_default", in_default),
        ("lgd_ppm", sql.cast(lgd, "int")),
        ("loaded_pd", sql.cast(loaded_pd, "int")),
        ("user_accounts", sql.cast(sql.whole(1), "int")),
        ("user_open", open_line),
        ("user_first", sql.TRUE.copy()),
    ]


def _rates(book: Book, fields: Fields) -> list[tuple[str, exp.Expr]]:
    """PD: certain in default, else the loaded one, else the curve's; and which accounts took it from the curve."""
    in_default = sql.column(own("in_default"))
    loaded = sql.column(own("loaded_pd"))
    curve = book.pd_curve
    pd: exp.Expr = loaded
    filled: exp.Expr = sql.FALSE.copy()
    if curve is not None and "score" in fields.columns:
        fillable = [exp.Not(this=in_default.copy()), sql.is_null(loaded.copy())]
        pd = sql.known_or(loaded, _pd_of_score(curve))
        filled = sql.both([*fillable, exp.Not(this=sql.is_null(sql.column("score")))])
    chosen = sql.choose([(in_default, sql.whole(PPM))], pd)
    return [("pd_ppm", sql.cast(exp.paren(chosen), "int")), ("pd_filled", filled)]


def _pd_of_score(curve: PdCurve) -> exp.Expr:
    """The curve's PD in ppm, half away from zero; each row by itself, so no sum ever sees a double."""
    odds = (
        f"exp(-({curve.intercept!r} + {curve.slope!r} * (CAST(score AS DOUBLE) / {UNITS_PER_ONE[ColumnType.NUMBER]})))"
    )
    return sql.parsed(f"CAST(floor({PPM} / (1 + {odds}) + 0.5) AS INTEGER)")


def _losses() -> list[tuple[str, exp.Expr]]:
    """The loss rate pl = r(PD × LGD, 1000) in 1e-9, 0 without a PD, and the loss on the balance."""
    pd, lgd = sql.column(own("pd_ppm")), sql.column(own("lgd_ppm"))
    product = sql.times(sql.cast(pd, "bigint"), lgd)
    rate = sql.known_or(sql.over(sql.plus(product, sql.whole(500)), sql.whole(1000)), sql.whole(0))
    loss = sql.parsed(rate_on_amount_sql(sql.to_sql(rate), '"balance"'))
    return [
        ("has_pd", exp.paren(exp.Not(this=sql.is_null(pd.copy())))),
        ("pl", sql.cast(rate.copy(), "bigint")),
        ("loss_balance", sql.cast(exp.paren(loss), "bigint")),
    ]


def _incomes(fields: Fields) -> list[tuple[str, exp.Expr]]:
    """Whether the account has a margin, and the income rate pi = r(rate × (1 − PD), 1000) in 1e-9, 0 where not."""
    if "apr" not in fields.columns:
        return [("earns", sql.FALSE.copy()), ("pi", sql.cast(sql.whole(0), "bigint"))]
    pd, apr = sql.column(own("pd_ppm")), sql.column("apr")
    known = [exp.Not(this=sql.is_null(part.copy())) for part in (pd, apr)]
    earns = sql.both([exp.Not(this=sql.column(own("in_default"))), *known])
    product = sql.times(sql.cast(apr, "bigint"), sql.minus(sql.whole(PPM), pd))
    rate = sql.over(sql.plus(product, sql.whole(500)), sql.whole(1000))
    return [
        ("earns", earns),
        ("pi", sql.cast(exp.paren(sql.choose([(earns.copy(), rate)], sql.whole(0))), "bigint")),
    ]


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


def _correct_sums(cursor: Connection, table: str, stored: Mapping[str, str]) -> None:
    """Make anew, for users with several accounts, what was stored as if each account were its user's only one."""
    of_users = {text: name for text, name in stored.items() if own("user_accounts") in text or own("user_open") in text}
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
