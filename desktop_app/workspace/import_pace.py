"""How fast an import goes: rows, rows a second, time left."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from desktop_app.domain.problems import Message, message

# Before this many seconds a rate would only be noise.
_WARM = 0.5


class Pace:
    """Follows the reports of one import; each stage is timed by itself."""

    def __init__(self, rows_expected: int, clock: Callable[[], float] = monotonic) -> None:
        self._rows = rows_expected
        self._clock = clock
        self._stage = ""
        self._began = 0.0
        self._at_first = 0.0

    def told(self, stage: Message, done: int, total: int | None) -> Message:
        """The sentence for a report; total None where the end is not known."""
        share = min(done / total, 1.0) if total else 0.0
        now = self._clock()
        if stage.text != self._stage:
            self._stage, self._began, self._at_first = stage.text, now, share
        seconds, gone = now - self._began, share - self._at_first
        if not total or not self._rows:
            return stage
        rows = round(share * self._rows)
        if seconds < _WARM or gone <= 0:
            return message("{stage}: about {rows} of {all} rows", stage=stage, rows=rows, all=self._rows)
        return message(
            "{stage}: about {rows} of {all} rows, {rate} rows/s, {left} left",
            stage=stage,
            rows=rows,
            all=self._rows,
            rate=round(gone * self._rows / seconds),
            left=shown_seconds(seconds * (1 - share) / gone),
        )


def shown_seconds(seconds: float) -> Message:
    """A time as people say it."""
    if seconds < 90:
        return message("{count} s", count=max(round(seconds), 1))
    return message("{count} min", count=round(seconds / 60))
