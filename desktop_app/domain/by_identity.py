"""What was made of frozen documents, found again by their identity."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar, TypeVarTuple, cast

_D = TypeVarTuple("_D")
_T = TypeVar("_T")
# More documents than two policies of a hundred rules hold.
_REMEMBERED = 512


class ByIdentity(Generic[*_D, _T]):
    """Remembers what was made of some documents: to compare or hash one costs as much as writing it.

    A document that is remembered is kept alive, so that no other can get its identity; the oldest are forgotten.
    """

    def __init__(self, make: Callable[[*_D], _T]) -> None:
        self._make = make
        self._known: OrderedDict[tuple[int, ...], tuple[tuple[*_D], _T]] = OrderedDict()
        self._lock = Lock()

    def of(self, *documents: *_D) -> _T:
        """What was made of these very documents."""
        key = tuple(map(id, cast("tuple[object, ...]", documents)))
        with self._lock:
            found = self._known.get(key)
        if found is not None:
            return found[1]
        made = self._make(*documents)
        with self._lock:
            self._known[key] = (documents, made)
            if len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return made
