"""The algebra of numpy: whole columns at once. Numbers that may be missing are doubles with NaN."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from tests.benchmarks.peers.algebra import Algebra

Array = NDArray[Any]

_BINARY: dict[str, Callable[[Array, Array], Array]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "//": np.floor_divide,
    "%": np.remainder,
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
    "=": np.equal,
    "<>": np.not_equal,
}


class Arrays(Algebra[Array]):
    """Columns by their names."""

    def __init__(self, columns: Mapping[str, Array]) -> None:
        self._columns = columns

    def column(self, name: str) -> Array:
        return self._columns[name]

    def whole(self, value: int) -> Array:
        return np.asarray(value, np.int64)

    def binary(self, operator: str, left: Array, right: Array) -> Array:
        return _BINARY[operator](left, right)

    def both(self, parts: Sequence[Array]) -> Array:
        return reduce(np.logical_and, parts)

    def either(self, parts: Sequence[Array]) -> Array:
        return reduce(np.logical_or, parts)

    def negated(self, part: Array) -> Array:
        return np.logical_not(part)

    def choose(self, cases: Sequence[tuple[Array, Array]], default: Array) -> Array:
        return reduce(lambda rest, case: np.where(case[0], case[1], rest), reversed(cases), default)

    def larger(self, left: Array, right: Array) -> Array:
        return np.maximum(left, right)

    def smaller(self, left: Array, right: Array) -> Array:
        return np.minimum(left, right)

    def kept(self, name: str, value: Array) -> Array:
        return value

    def bits(self, flags: Sequence[tuple[int, Array]]) -> Array:
        shape = np.broadcast_shapes(*(np.shape(flag) for _, flag in flags))
        total = np.zeros(shape, np.int32)
        for place, flag in flags:
            total |= np.left_shift(flag.astype(np.int32), place)
        return total


def columns_of(table: pa.Table) -> dict[str, Array]:
    """A table's columns as numpy has them."""
    return {name: _plain(table[name]) for name in table.column_names}


def _plain(column: pa.ChunkedArray) -> Array:
    if column.null_count:
        return np.asarray(column.cast(pa.float64()).to_numpy())
    return np.asarray(column.to_numpy())
