"""polars: one lazy plan, two aggregations that share its expressions."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import reduce

# polars reads it when it is imported.
os.environ.setdefault("POLARS_MAX_THREADS", "2")

import numpy as np
import polars as pl
from numpy.typing import NDArray

from desktop_app.domain.cubes import Sums
from desktop_app.domain.policy import Policy
from tests.benchmarks.peers.accounts import COUNT, Accounts
from tests.benchmarks.peers.algebra import Algebra
from tests.benchmarks.peers.answers import Cells, Hits
from tests.benchmarks.peers.moving import changes
from tests.benchmarks.peers.peer import Baseline, Peer
from tests.benchmarks.peers.rules import Decided, decided


class Expressions(Algebra[pl.Expr]):
    """Expressions over a lazy frame; what is kept becomes a column of the next layer."""

    def __init__(self, frame: pl.LazyFrame) -> None:
        self.frame = frame

    def column(self, name: str) -> pl.Expr:
        return pl.col(name)

    def whole(self, value: int) -> pl.Expr:
        return pl.lit(value, pl.Int64 if abs(value) >= 1 << 31 else pl.Int32)

    def binary(self, operator: str, left: pl.Expr, right: pl.Expr) -> pl.Expr:
        match operator:
            case "+":
                return left + right
            case "-":
                return left - right
            case "*":
                return left * right
            case "//":
                return left // right
            case "%":
                return left % right
            case "<":
                return left < right
            case "<=":
                return left <= right
            case ">":
                return left > right
            case ">=":
                return left >= right
            case "=":
                return left == right
            case "<>":
                return left != right
        raise NotImplementedError(operator)

    def both(self, parts: Sequence[pl.Expr]) -> pl.Expr:
        return reduce(lambda left, right: left & right, parts)

    def either(self, parts: Sequence[pl.Expr]) -> pl.Expr:
        return reduce(lambda left, right: left | right, parts)

    def negated(self, part: pl.Expr) -> pl.Expr:
        return ~part

    def choose(self, cases: Sequence[tuple[pl.Expr, pl.Expr]], default: pl.Expr) -> pl.Expr:
        return reduce(lambda rest, case: pl.when(case[0]).then(case[1]).otherwise(rest), reversed(cases), default)

    def larger(self, left: pl.Expr, right: pl.Expr) -> pl.Expr:
        return pl.max_horizontal(left, right)

    def smaller(self, left: pl.Expr, right: pl.Expr) -> pl.Expr:
        return pl.min_horizontal(left, right)

    def kept(self, name: str, value: pl.Expr) -> pl.Expr:
        self.frame = self.frame.with_columns(value.alias(f"_{name}"))
        return pl.col(f"_{name}")


class Polars(Peer):
    """The accounts as one data frame."""

    name = "polars"

    def __init__(self, accounts: Accounts, baseline: Baseline) -> None:
        super().__init__(accounts, baseline)
        frame = pl.from_arrow(accounts.table)
        shared = pl.from_arrow(accounts.shared)
        assert isinstance(frame, pl.DataFrame)
        assert isinstance(shared, pl.DataFrame)
        self._frame = frame.with_columns(pl.Series("_before", baseline.slot)).rechunk()
        self._shared = shared

    def summed(self, policy: Policy) -> tuple[list[Cells], list[Hits], NDArray[np.integer]]:
        found, algebra = self._decided(policy, self._frame)
        width = len(policy.rules) + 1
        # One key of 64 bits is grouped quicker than four columns.
        cell = (pl.col("_before").cast(pl.UInt64) * 256 + pl.col("_slot")) * 256 + pl.col("group")
        names = dict.fromkeys([*self.accounts.values, "lone"])
        sums = [pl.len().alias(COUNT), *(pl.col(name).sum() for name in names)]
        plans = [algebra.frame.group_by((cell * 65536 + pl.col("_signature")).alias("_key")).agg(sums)]
        plans.append(algebra.frame.select(pl.col("_slot").gather(self.baseline.moved)))
        if found.new_limit is not None:
            moved = Expressions(algebra.frame.filter(found.new_limit != pl.col("credit_limit")))
            added = changes(self.accounts, moved, found.new_limit, (pl.col("_slot") // width).cast(pl.Int8))
            changed = [value.sum().alias(name) for name, value in added.items()]
            plans.append(moved.frame.group_by(cell.alias("_key")).agg(changed))
        table, before, *changed_tables = pl.collect_all(plans)
        columns = {name: table[name].to_numpy() for name in table.columns}
        key = columns.pop("_key").astype(np.int64)
        cells = [_cells(key >> 16, columns, {})]
        for part in changed_tables:
            values = {("scenario", name): part[name].to_numpy() for name in part.columns if name != "_key"}
            cells.append(_cells(part["_key"].to_numpy().astype(np.int64), {}, values))
        hits = Hits(key & 0xFFFF, key >> 24 & 255, columns[COUNT], columns["lone"])
        return cells, [hits], before["_slot"].to_numpy()

    def shared_rows(self, policy: Policy) -> tuple[NDArray[np.integer], NDArray[np.integer], NDArray[np.bool_]]:
        found, algebra = self._decided(policy, self._shared)
        moved = pl.lit(False) if found.new_limit is None else found.new_limit != pl.col("credit_limit")
        rows = algebra.frame.select("_slot", "_signature", moved.alias("_moved")).collect()
        return rows["_slot"].to_numpy(), rows["_signature"].to_numpy(), rows["_moved"].to_numpy()

    def _decided(self, policy: Policy, frame: pl.DataFrame) -> tuple[Decided[pl.Expr], Expressions]:
        algebra = Expressions(frame.lazy())
        found = decided(policy, self.accounts.fields, algebra)
        algebra.frame = algebra.frame.with_columns(pl.col("_slot").cast(pl.UInt8), pl.col("_signature").cast(pl.UInt16))
        return found, algebra


def _cells(key: NDArray[np.int64], sums: Mapping[str, Sums], changed: Mapping[tuple[str, str], Sums]) -> Cells:
    return Cells(key >> 16, key >> 8 & 255, key & 255, sums, changed)
