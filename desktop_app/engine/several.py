"""Users with several accounts: what of a prepared table depends on all of them together.

Every account is prepared as its user's only one; the few that are not are corrected after. An update keeps the order
of the rows, which a join may not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop_app.engine import expressions as sql
from desktop_app.engine.connection import Connection
from desktop_app.engine.recipes import Recipe
from desktop_app.engine.schema import own
from desktop_app.figures.types import Day

# What measures know of a user beside the decision, by the day they are about; with how the accounts' values combine.
_OF_USER: dict[Day, dict[str, str]] = {
    "as_of": {"user_open": "CAST(sum({column}) OVER same_user AS BIGINT)"},
    "evidence": {
        "user_open": "CAST(sum({column}) OVER same_user AS BIGINT)",
        "user_good": "bool_and({column}) OVER same_user",
        "user_bad": "bool_or({column}) OVER same_user",
        "user_treated": "bool_or({column}) OVER same_user",
    },
}
# The place of a row in the prepared table.
ROW = f'"{own("row")}"'
SAME_USER = f'WINDOW same_user AS (PARTITION BY "{own("user")}")'


def user_columns(day: Day) -> tuple[str, ...]:
    """The columns of the shared accounts that are the same for all of a user's, as measures name them."""
    return tuple(_OF_USER[day])


@dataclass(frozen=True)
class Tables:
    """The tables of one preparation, by name.

    Attributes: accounts has every account; shared those of users with several again; several has the rows of these,
    and is the same for every preparation of that book and date.
    """

    accounts: str
    shared: str
    several: str


def combine_users(cursor: Connection, tables: Tables, recipe: Recipe, stored: Mapping[str, str]) -> None:
    """Make the table of shared accounts, and put into the table of all accounts what there is otherwise.

    What the recipe makes anew from a user's sums is, and so are the stored columns that rest on either.
    """
    _find(cursor, tables)
    changed = [*map(own, (*_OF_USER[recipe.day], "user_accounts")), *(name for name, _ in recipe.anew)]
    sums = {name: text for text, name in stored.items() if any(column in text for column in changed)}
    anew = {name: sql.to_sql(tree) for name, tree in recipe.anew}
    _copy(cursor, tables, of_users(recipe.day), (anew, sums))
    # What only measures of users read is asked of the shared accounts alone.
    written = ("user_limit", "user_balance", own("user_accounts"), own("user_first"), *anew, *sums)
    changes = ", ".join(f'"{name}" = u."{name}"' for name in written)
    accounts = tables.accounts
    cursor.execute(f"UPDATE {accounts} SET {changes} FROM {tables.shared} AS u WHERE {accounts}.rowid = u.{ROW}")


def _find(cursor: Connection, tables: Tables) -> None:
    """The rows of users with several accounts, with a number for the user and each account's place by its id's bytes.

    The first account is the one with the smallest id.
    """
    cursor.execute(
        f"""
        CREATE TABLE IF NOT EXISTS {tables.several} AS SELECT
            rowid AS {ROW},
            CAST(dense_rank() OVER (ORDER BY user_id) AS INTEGER) AS "{own("user")}",
            CAST(row_number() OVER (ORDER BY account_id) AS INTEGER) AS "{own("place")}",
            account_id = min(account_id) OVER (PARTITION BY user_id) AS first
        FROM {tables.accounts}
        WHERE user_id IN (SELECT user_id FROM {tables.accounts} GROUP BY user_id HAVING count(*) > 1)
        """
    )


def of_users(day: Day) -> dict[str, str]:
    """What all accounts of a user have together, by column; for a query with SAME_USER."""
    return {
        **{own(name): how.format(column=f'"{own(name)}"') for name, how in _OF_USER[day].items()},
        "user_limit": "CAST(sum(credit_limit) OVER same_user AS BIGINT)",
        "user_balance": "CAST(sum(balance) OVER same_user AS BIGINT)",
        own("user_accounts"): "CAST(count(*) OVER same_user AS INTEGER)",
        own("user_first"): "first",
    }


def _copy(
    cursor: Connection, tables: Tables, together: Mapping[str, str], layers: tuple[Mapping[str, str], ...]
) -> None:
    query = f"""
        SELECT * EXCLUDE (first) REPLACE ({_replaced(together)})
        FROM (SELECT a.*, s.* FROM {tables.accounts} AS a JOIN {tables.several} AS s ON a.rowid = s.{ROW})
        {SAME_USER}
    """
    for layer in layers:
        if layer:
            query = f"SELECT * REPLACE ({_replaced(layer)}) FROM ({query})"
    cursor.execute(f"CREATE OR REPLACE TABLE {tables.shared} AS {query}")


def _replaced(columns: Mapping[str, str]) -> str:
    return ", ".join(f'{text} AS "{name}"' for name, text in columns.items())
