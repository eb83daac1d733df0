"""The value made last, kept until what it was made of is replaced: frozen parts are compared by identity alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

_T = TypeVar("_T")


class Latest(Generic[_T]):
    """Remembers one value.

    Only of parts that never change; one that is equal but another object counts as another.
    """

    def __init__(self) -> None:
        self._parts: tuple[object, ...] = ()
        self._value: tuple[_T, ...] = ()

    def of(self, parts: tuple[object, ...], make: Callable[[], _T]) -> _T:
        """The value of these parts; `make` is called where they are others than the last time."""
        if not self._value or not _alike(parts, self._parts):
            self._value = (make(),)
            self._parts = parts
        return self._value[0]


def _alike(parts: tuple[object, ...], others: tuple[object, ...]) -> bool:
    # A plain loop: it runs some two hundred times in each frame of a drag.
    if len(parts) != len(others):
        return False
    for one, other in zip(parts, others, strict=True):
        if one is not other and not (isinstance(one, str) and one == other):
            return False
    return True
