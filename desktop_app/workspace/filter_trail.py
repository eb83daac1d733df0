"""The filters that were chosen one after the other, with a place among them: back, and forward again."""

from __future__ import annotations

from desktop_app.domain.changes import Changes, Part
from desktop_app.domain.filters import EVERYTHING, Filter

# As far back as anyone goes.
_MOST = 50


class FilterTrail:
    """Remembers filters; it begins with everything."""

    def __init__(self) -> None:
        self._filters = [EVERYTHING]
        self._place = 0

    @property
    def chosen(self) -> Filter:
        """The filter in force."""
        return self._filters[self._place]

    def choose(self, chosen: Filter) -> Changes:
        """Take another filter (no step of undo), forgetting those that were gone back from."""
        if chosen == self.chosen:
            return Changes(frozenset())
        self._filters = [*self._filters[: self._place + 1], chosen][-_MOST:]
        self._place = len(self._filters) - 1
        return Changes(frozenset({Part.FILTER}))

    def back(self) -> Changes:
        """Go to the filter before, where there is one."""
        return self._go(self._place - 1)

    def forward(self) -> Changes:
        """Go to the one that was gone back from, where there is one."""
        return self._go(self._place + 1)

    def _go(self, place: int) -> Changes:
        if not 0 <= place < len(self._filters):
            return Changes(frozenset())
        self._place = place
        return Changes(frozenset({Part.FILTER}))
