"""Gives the page in front the height in which it can be read, and the desk its own back afterwards."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QSplitter

from desktop_app.ui.pages import PageArea

# The desk keeps at least its histogram and a few bars.
_LEAST_DESK = 190


class Room(QObject):
    """Divides the height between the desk, above, and the pages; how the analyst divides it, holds."""

    def __init__(self, parts: QSplitter, pages: PageArea) -> None:
        super().__init__(parts)
        self._parts, self._pages = parts, pages
        self._before: list[int] | None = None
        pages.turned.connect(lambda _: self._fit())
        parts.splitterMoved.connect(lambda *_: self._forget())

    def _fit(self) -> None:
        sizes = self._parts.sizes()
        if not all(sizes):
            # Nothing is laid out yet, or one of the two has all of it.
            return
        usual = self._before or sizes
        room = min(self._pages.room, sum(sizes) - _LEAST_DESK)
        self._before = usual if usual[1] < room else None
        target = [sum(sizes) - room, room] if self._before else usual
        if target != sizes:
            self._parts.setSizes(target)

    def _forget(self) -> None:
        self._before = None
