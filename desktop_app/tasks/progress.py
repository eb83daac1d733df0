"""A Watch whose reports are passed on, but not more often than anyone can read."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import TypeAlias

from desktop_app.domain.problems import Message
from desktop_app.domain.watch import CancelWatch

Report: TypeAlias = Callable[[Message, int, "int | None"], None]

# Seconds between two reports that are passed on.
REPORT_INTERVAL = 0.1


class ProgressWatch(CancelWatch):
    """Passes reports on at most ten times a second, and none once cancelled."""

    def __init__(self, report: Report, clock: Callable[[], float] = monotonic) -> None:
        super().__init__()
        self._report = report
        self._clock = clock
        self._next = clock()

    def report(self, stage: Message, done: int, total: int | None) -> None:
        """Pass on the report unless one went out within the last tenth of a second."""
        now = self._clock()
        if self.cancelled or now < self._next:
            return
        self._next = now + REPORT_INTERVAL
        self._report(stage, done, total)
