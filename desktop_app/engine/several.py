"""Users with several accounts: what of a prepared table depends on all of them together.

Every account is prepared as its user's only one; the few that are not are corrected after. An update keeps the order
of the rows, which a join may not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop_app.engine import expressions as sql
from desktop_app.engine.connection import Connection
from desktop_app.engine.rates import Named
from desktop_app.engine.schema import own
from desktop_app.figures.types import Day

# What measures know of a user beside the decision, by the day they are about; with how the accounts' values combine.
_OF_USER: dict[Day, dict[str, str]] = {
    "as_of": {"user_open": "CAST(sum({column}) AS BIGINT)"},
    "evidence": {
        "user_open": "CAST(sum({column}) AS BIGINT)",
        "user_good": "bool_and({column})",
        "user_bad": "bool_or({column})",
        "user_treated": "bool_or({column})",
    },
}


def user_columns(day: Day) -> tuple[str, ...]:
    """The columns of a prepared table that are the same for all accounts of a user, as measures name them."""
    return tuple(_OF_USER[day])


def combine_users(cursor: Connection, table: str, day: Day) -> None:
    """Give the accounts of users with several what all of them have together."""
    combined = {f'"{own(name)}"': how.format(column=f'"{own(name)}"') for name, how in _OF_USER[day].items()}
    combined["user_limit"] = "CAST(sum(credit_limit) AS BIGINT)"
    combined["user_balance"] = "CAST(sum(balance) AS BIGINT)"
    combined[f'"{own("user_accounts")}"'] = "CAST(count(*) AS INTEGER)"
    names = [f"c{number}" for number in range(len(combined))]
    sums = ", ".join(f"{tree} AS {name}" for name, tree in zip(names, combined.values(), strict=True))
    changes = ", ".join(f"{column} = u.{name}" for column, name in zip(combined, names, strict=True))
    cursor.execute(
        f"""
        UPDATE {table} SET {changes}, "{own("user_first")}" = (account_id = u.first)
        FROM (
            SELECT user_id, min(account_id) AS first, {sums} FROM {table} GROUP BY user_id HAVING count(*) > 1
        ) AS u
        WHERE {table}.user_id = u.user_id
        """
    )


def make_anew(cursor: Connection, table: str, after: Named, day: Day, stored: Mapping[str, str]) -> None:
    """Make anew what was made as if each account were its user's only one: `after`, then the sums that rest on it."""
    several = f'WHERE "{own("user_accounts")}" > 1'
    if after:
        _update(cursor, table, [(own(name), sql.to_sql(tree)) for name, tree in after], several)
    changed = [own(name) for name in (*_OF_USER[day], "user_accounts", *(name for name, _ in after))]
    sums = [(name, text) for text, name in stored.items() if any(column in text for column in changed)]
    if sums:
        _update(cursor, table, sums, several)


def copy_shared(cursor: Connection, table: str, shared: str) -> None:
    """The accounts of users with several, with a number for the user and each account's place by its id's bytes."""
    cursor.execute(
        f"""
        CREATE OR REPLACE TABLE {shared} AS SELECT *,
            CAST(dense_rank() OVER (ORDER BY user_id) AS INTEGER) AS "{own("user")}",
            CAST(row_number() OVER (ORDER BY account_id) AS INTEGER) AS "{own("place")}"
        FROM {table} WHERE "{own("user_accounts")}" > 1
        """
    )


def _update(cursor: Connection, table: str, changes: Sequence[tuple[str, str]], where: str) -> None:
    texts = ", ".join(f"{sql.to_sql(sql.column(name))} = {text}" for name, text in changes)
    cursor.execute(f"UPDATE {table} SET {texts} {where}")
