"""One policy over rows that are in memory and in no project: the outcome of each, by the engine's own evaluator."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from sqlglot import exp

from desktop_app.domain.book import Book, Column
from desktop_app.domain.columns import STANDARD, UNITS_PER_ONE, ColumnType
from desktop_app.domain.policy import Policy
from desktop_app.domain.watch import Watch
from desktop_app.engine import expressions as sql
from desktop_app.engine.connection import Limits, connect, interruptible
from desktop_app.engine.decide import Decision
from desktop_app.engine.derived import derived_trees
from desktop_app.engine.schema import STORAGE, Fields

# What derived columns are made of, beside what rules read.
_ALWAYS = frozenset({"user_id", "snapshot_date", "credit_limit", "balance", "debt_service_monthly", "income_monthly"})
_SUMS = frozenset({"user_limit", "user_balance"})
_ROWS = "rows"

# A user's only account is right as it is; an update keeps the order of the rows, which a join may not.
_ADD_USERS = """
UPDATE accounts SET user_limit = u.total_limit, user_balance = u.total_balance
FROM (
    SELECT snapshot_date, user_id, CAST(sum(credit_limit) AS BIGINT) AS total_limit,
        CAST(sum(balance) AS BIGINT) AS total_balance
    FROM accounts GROUP BY ALL HAVING count(*) > 1
) AS u
WHERE accounts.user_id = u.user_id AND accounts.snapshot_date = u.snapshot_date
"""


class Replay:
    """A policy, and a database in memory to evaluate it in; close it at the end."""

    def __init__(self, policy: Policy, limits: Limits) -> None:
        self._policy = policy
        self._read = frozenset().union(*(rule.fields for rule in policy.enabled_rules))
        self._scratch = TemporaryDirectory(prefix="greyline-")
        self._cursor = connect((), (), Path(self._scratch.name), limits)["main"]

    def outcomes(self, rows: pa.Table, watch: Watch) -> NDArray[np.uint8]:
        """The place in OUTCOMES of each row's outcome, in the order of the rows, each at its own snapshot date.

        Columns have standard names and the analyst's units, exact: money and rates are decimals. All accounts
        that a user has at a date must be among the rows.
        """
        names = [name for name in rows.column_names if name in self._read | _ALWAYS]
        fields = _fields(names)
        with interruptible(self._cursor, watch):
            self._prepare(rows.select(names), fields)
            found = self._cursor.execute(self._query(fields)).fetchnumpy()
        return np.asarray(found["outcome"], np.uint8)

    def close(self) -> None:
        """Forget the rows."""
        self._cursor.close()
        self._scratch.cleanup()

    def _prepare(self, rows: pa.Table, fields: Fields) -> None:
        """The rows in stored units with the derived columns."""
        self._cursor.register(_ROWS, rows)
        loaded = exp.select(*_stored(rows.column_names)).from_(_ROWS).subquery("loaded")
        derived = [sql.named(tree, name) for name, tree in derived_trees(fields).items()]
        query = sql.to_sql(exp.select(exp.Star(), *derived).from_(loaded))
        self._cursor.execute(f"CREATE OR REPLACE TABLE accounts AS {query}")
        self._cursor.unregister(_ROWS)
        if self._read & _SUMS:
            self._cursor.execute(_ADD_USERS)

    def _query(self, fields: Fields) -> str:
        decision = Decision(self._policy, fields)
        decided = decision.select(exp.to_table("accounts"))
        return sql.to_sql(sql.select_from(decided, [sql.named(decision.column("outcome"), "outcome")]))


def _fields(names: Sequence[str]) -> Fields:
    columns = tuple(Column(name, STANDARD[name].type) for name in names)
    return Fields.of(Book("", "", columns, (), as_of=date.min, currency="", data_hash=""))


def _stored(names: Sequence[str]) -> list[exp.Expr]:
    """Columns in their stored units, decimals as the prepared columns of a project have them."""
    columns: list[exp.Expr] = []
    for name in names:
        kind = STANDARD[name].type
        value: exp.Expr = sql.column(name)
        if kind in UNITS_PER_ONE and kind is not ColumnType.INTEGER:
            value = sql.bracketed(sql.times(value, sql.whole(UNITS_PER_ONE[kind])))
        stored = "BIGINT" if kind is ColumnType.NUMBER else STORAGE[kind]
        columns.append(sql.named(sql.cast(value, stored), name))
    return columns
