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
        alike = len(parts) == len(self._parts) and all(map(_same, parts, self._parts))
        if not alike or not self._value:
            self._value = (make(),)
            self._parts = parts
        return self._value[0]


def _same(one: object, other: object) -> bool:
    return one is other or (isinstance(one, str) and one == other)
