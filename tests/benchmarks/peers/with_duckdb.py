"""DuckDB as one would write it: one query over the accounts, conditions first, then sums, default settings."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from desktop_app.domain.policy import Policy
from tests.benchmarks.peers.accounts import COUNT, Accounts
from tests.benchmarks.peers.algebra import Algebra
from tests.benchmarks.peers.answers import Cells, Hits
from tests.benchmarks.peers.moving import changes
from tests.benchmarks.peers.peer import Baseline, Peer
from tests.benchmarks.peers.rules import Decided, decided


class Texts(Algebra[str]):
    """SQL text; what is kept becomes a column of a subquery."""

    def __init__(self, table: str) -> None:
        self.source = table

    def column(self, name: str) -> str:
        return f'"{name}"'

    def whole(self, value: int) -> str:
        return str(value)

    def binary(self, operator: str, left: str, right: str) -> str:
        return f"({left} {operator} {right})"

    def both(self, parts: Sequence[str]) -> str:
        return f"({' AND '.join(parts)})"

    def either(self, parts: Sequence[str]) -> str:
        return f"({' OR '.join(parts)})"

    def negated(self, part: str) -> str:
        return f"(NOT {part})"

    def choose(self, cases: Sequence[tuple[str, str]], default: str) -> str:
        branches = " ".join(f"WHEN {test} THEN {value}" for test, value in cases)
        return f"(CASE {branches} ELSE {default} END)" if cases else default

    def larger(self, left: str, right: str) -> str:
        return f"greatest({left}, {right})"

    def smaller(self, left: str, right: str) -> str:
        return f"least({left}, {right})"

    def kept(self, name: str, value: str) -> str:
        self.source = f'(SELECT *, {value} AS "_{name}" FROM {self.source})'
        return f'"_{name}"'


class DuckDb(Peer):
    """The accounts as one table in memory."""

    name = "DuckDB"

    def __init__(self, accounts: Accounts, baseline: Baseline) -> None:
        super().__init__(accounts, baseline)
        self._connection = duckdb.connect(config={"threads": self.threads})
        self._connection.execute("SET enable_progress_bar = false")
        row = pa.array(np.arange(accounts.table.num_rows, dtype=np.int32))
        before = np.zeros(accounts.table.num_rows, np.bool_)
        before[baseline.moved] = True
        table = accounts.table.append_column("_before", pa.array(baseline.slot)).append_column("_row", row)
        for name, rows in (
            ("accounts", table.append_column("_moved_before", pa.array(before))),
            ("shared", accounts.shared),
        ):
            self._connection.register("rows", rows)
            self._connection.execute(f"CREATE TABLE {name} AS SELECT * FROM rows")
            self._connection.unregister("rows")

    def summed(self, policy: Policy) -> tuple[list[Cells], list[Hits], NDArray[np.integer]]:
        found, texts = _decided(policy, self.accounts, "accounts")
        names = dict.fromkeys([*self.accounts.values, "lone"])
        sums = [f'CAST(sum("{name}") AS BIGINT) AS "{name}"' for name in names]
        if found.new_limit is not None:
            added = changes(self.accounts, texts, found.new_limit, f"({found.slot} // {len(policy.rules) + 1})")
            moved = f'{found.new_limit} <> "credit_limit"'
            sums += [
                f'CAST(coalesce(sum({value}) FILTER ({moved}), 0) AS BIGINT) AS "+{name}"'
                for name, value in added.items()
            ]
        keys = '"_before", "_slot", "_signature", "group"'
        query = f'SELECT {keys}, count(*) AS "{COUNT}", {", ".join(sums)} FROM {texts.source} GROUP BY {keys}'
        table = self._connection.execute(query).fetchnumpy()
        changed = {("scenario", name[1:]): values for name, values in table.items() if name.startswith("+")}
        cells = [Cells(table["_before"], table["_slot"], table["group"], table, changed)]
        hits = [Hits(table["_signature"], table["_slot"], table[COUNT], table["lone"])]
        return cells, hits, self._slots_of_moved(policy)

    def shared_rows(self, policy: Policy) -> tuple[NDArray[np.integer], NDArray[np.integer], NDArray[np.bool_]]:
        found, texts = _decided(policy, self.accounts, "shared")
        moved = "FALSE" if found.new_limit is None else f'{found.new_limit} <> "credit_limit"'
        query = f'SELECT "_slot", "_signature", {moved} AS moved FROM {texts.source} ORDER BY "user", place'
        rows = self._connection.execute(query).fetchnumpy()
        return rows["_slot"], rows["_signature"], rows["moved"]

    def close(self) -> None:
        self._connection.close()

    def _slots_of_moved(self, policy: Policy) -> NDArray[np.integer]:
        found, texts = _decided(policy, self.accounts, "accounts")
        query = f"SELECT {found.slot} AS slot FROM {texts.source} WHERE _moved_before ORDER BY _row"
        return np.asarray(self._connection.execute(query).fetchnumpy()["slot"])


def _decided(policy: Policy, accounts: Accounts, table: str) -> tuple[Decided[str], Texts]:
    texts = Texts(table)
    return decided(policy, accounts.fields, texts), texts
