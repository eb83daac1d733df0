"""Progress and cancel for anything that takes time: one protocol for the window and the terminal."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Protocol

from desktop_app.domain.problems import Cancelled, Message


class Watch(Protocol):
    """What long work talks to: it reports, and asks whether to go on."""

    def report(self, stage: Message, done: int, total: int | None) -> None:
        """Say how far the work is: `done` of `total` units (rows, bytes); total None while unknown."""

    def check(self) -> None:
        """Raise Cancelled if the work is no longer wanted."""

    def on_cancel(self, action: Callable[[], None]) -> None:
        """Have `action` called, from the cancelling thread, when the work is no longer wanted."""


class CancelWatch:
    """A Watch that can be cancelled from another thread and keeps its reports to itself."""

    def __init__(self) -> None:
        self._actions: list[Callable[[], None]] = []
        self._cancelled = False
        self._lock = Lock()

    @property
    def cancelled(self) -> bool:
        """Whether `cancel` has been called."""
        return self._cancelled

    def cancel(self) -> None:
        """Ask the work to stop; every registered action runs once."""
        with self._lock:
            actions = [] if self._cancelled else self._actions
            self._cancelled = True
        for action in actions:
            action()

    def report(self, stage: Message, done: int, total: int | None) -> None:
        """Keep nothing: a terminal or a window overrides this."""

    def check(self) -> None:
        """Raise Cancelled after `cancel`."""
        if self._cancelled:
            raise Cancelled

    def on_cancel(self, action: Callable[[], None]) -> None:
        """Register `action`; it runs at once where the work is already cancelled."""
        with self._lock:
            self._actions.append(action)
            late = self._cancelled
        if late:
            action()
