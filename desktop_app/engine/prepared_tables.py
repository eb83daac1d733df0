"""The prepared tables of an open project: those last asked for, and whichever somebody still reads."""

from __future__ import annotations

from collections import OrderedDict
from typing import Final
from weakref import ref

from desktop_app.engine.connection import Connection
from desktop_app.engine.prepare import Prepared

# The desk without stress and with it, two more of scenarios beside, and some room for going back and forth.
MOST_KEPT: Final = 6


class PreparedTables:
    """Tables by key. A stress that is dragged makes one a step: those of long ago are dropped once nobody has them."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Prepared] = OrderedDict()
        self._let_go: dict[str, tuple[ref[Prepared], tuple[str, ...]]] = {}

    def find(self, key: str) -> Prepared | None:
        """The table of that key, None where it has to be made."""
        found = self._kept.get(key)
        if found is None and key in self._let_go:
            found = self._let_go[key][0]()
            if found is not None:
                self._let_go.pop(key)
                self._kept[key] = found
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def base(self, key: str) -> Prepared | None:
        """A table that others can be made from: of that book and date, without stress; None where there is none."""
        left = (reader() for reader, _ in self._let_go.values())
        known = (found for found in (*self._kept.values(), *left) if found is not None)
        return next((found for found in known if found.base is None and found.origin == key), None)

    def keep(self, cursor: Connection, prepared: Prepared) -> None:
        """Keep a table that was just made, and drop from the database what nobody reads any more."""
        self._let_go.pop(prepared.key, None)
        self._kept[prepared.key] = prepared
        while len(self._kept) > MOST_KEPT:
            key, old = self._kept.popitem(last=False)
            self._let_go[key] = ref(old), old.drops
            del old
        for key, (reader, drops) in list(self._let_go.items()):
            if reader() is None:
                for statement in drops:
                    cursor.execute(statement)
                del self._let_go[key]

    def clear(self) -> None:
        """Forget all of them: their database is gone."""
        self._kept.clear()
        self._let_go.clear()
