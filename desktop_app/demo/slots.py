"""Records of arrays with one entry a slot; a slot holds one account at a time, and its successor once it closes."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Codes = NDArray[np.int8]
Integers = NDArray[np.int64]
Mask = NDArray[np.bool_]

R = TypeVar("R")


def choose(mask: Mask, there: R, elsewhere: R) -> R:
    """The record that has `there`'s entries where `mask` holds and `elsewhere`'s in the other slots."""
    return _made(there, {name: np.where(mask, new, getattr(elsewhere, name)) for name, new in _arrays(there).items()})


def gather(record: R, index: Integers) -> R:
    """The record whose entry i is `record`'s entry `index[i]`."""
    return _made(record, {name: array[index] for name, array in _arrays(record).items()})


def _arrays(record: object) -> dict[str, NDArray[Any]]:
    return {field.name: getattr(record, field.name) for field in fields(record)}  # type: ignore[arg-type]


def _made(like: R, arrays: dict[str, NDArray[Any]]) -> R:
    return type(like)(**arrays)
