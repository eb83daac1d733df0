"""pandas: conditions over whole columns, one groupby over all accounts and one over those whose limit moves."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from desktop_app.domain.policy import Policy
from tests.benchmarks.peers.accounts import COUNT, Accounts
from tests.benchmarks.peers.answers import Cells, Hits
from tests.benchmarks.peers.arrays import Array, Arrays, columns_of
from tests.benchmarks.peers.moving import changes
from tests.benchmarks.peers.peer import Baseline, Peer, decide_arrays


class Pandas(Peer):
    """The accounts as one frame of plain columns; it knows one thread only."""

    name = "pandas"
    threads = 1

    def __init__(self, accounts: Accounts, baseline: Baseline) -> None:
        super().__init__(accounts, baseline)
        self._columns = columns_of(accounts.table)
        self._shared = columns_of(accounts.shared)
        names = dict.fromkeys([*accounts.values, "lone"])
        self._values = pd.DataFrame({name: self._columns[name] for name in names}, copy=False)

    def summed(self, policy: Policy) -> tuple[list[Cells], list[Hits], NDArray[np.integer]]:
        found = decide_arrays(policy, self.accounts, self._columns)
        slot, group = found.slot.astype(np.int64), self._columns["group"].astype(np.int64)
        cell = self.baseline.slot.astype(np.int64) << 16 | slot << 8 | group
        grouped = self._values.groupby(cell << 16 | found.signature, sort=False)
        table = grouped.sum()
        table[COUNT] = grouped.size()
        key = table.index.to_numpy()
        sums = {name: table[name].to_numpy() for name in table.columns}
        cells = [_cells(key >> 16, sums, {})]
        hits = [Hits(key & 0xFFFF, key >> 24 & 255, sums[COUNT], sums["lone"])]
        if found.new_limit is not None:
            rows = np.flatnonzero(found.new_limit != self._columns["credit_limit"])
            cells.append(self._changed(policy, cell[rows], slot[rows], found.new_limit[rows], rows))
        return cells, hits, slot[self.baseline.moved]

    def shared_rows(self, policy: Policy) -> tuple[NDArray[np.integer], NDArray[np.integer], NDArray[np.bool_]]:
        found = decide_arrays(policy, self.accounts, self._shared)
        limit = self._shared["credit_limit"]
        moved = np.zeros(limit.shape, bool) if found.new_limit is None else found.new_limit != limit
        return found.slot, found.signature, moved

    def _changed(self, policy: Policy, cell: Array, slot: Array, limit: Array, rows: NDArray[np.intp]) -> Cells:
        names = {*self.accounts.inputs, *self.accounts.values, "lone"}
        columns = {name: self._columns[name][rows] for name in names}
        added = changes(self.accounts, Arrays(columns), limit, slot // (len(policy.rules) + 1))
        table = pd.DataFrame(added).groupby(cell, sort=False).sum()
        values = {("scenario", str(name)): table[name].to_numpy() for name in table.columns}
        return _cells(table.index.to_numpy(), {}, values)


def _cells(key: Array, sums: dict[str, Array], changed: dict[tuple[str, str], Array]) -> Cells:
    return Cells(key >> 16, key >> 8 & 255, key & 255, sums, changed)
