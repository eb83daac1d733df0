"""A lane: one worker thread whose results, problems and progress come back as signals on the main thread."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeAlias

from PySide6.QtCore import QObject, Qt, Signal, Slot

from desktop_app.domain.problems import Cancelled, Message, Problem
from desktop_app.domain.watch import Watch
from desktop_app.tasks.progress import ProgressWatch

Job: TypeAlias = Callable[[Watch], object]


@dataclass(frozen=True, eq=False)
class _Ticket:
    """One submitted job, known by its identity."""

    key: str
    watch: ProgressWatch
    future: Future[object]


class Lane(QObject):
    """Runs jobs one after another on a single thread; under each key only the newest counts.

    A job submitted under a key takes the place of the one before it: queued, that one never runs; running, its
    Watch is cancelled and whatever it still returns is dropped. Jobs under different keys wait for each other.

    Signals:
        finished: key, result.
        failed: key, the Problem that the job raised.
        progressed: key, stage, units done, total units or None; at most ten a second a job.
        started: a job is wanted where none was.
        idle: nothing is wanted any more.
    """

    finished = Signal(str, object)
    failed = Signal(str, object)
    progressed = Signal(str, object, object, object)
    started = Signal()
    idle = Signal()

    _ended = Signal(object, object)
    _reported = Signal(object, object, object, object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tickets: dict[str, _Ticket] = {}
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        # Queued, since both are emitted from the worker's thread and must arrive on this object's.
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._reported.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return bool(self._tickets)

    def submit(self, key: str, job: Job) -> None:
        """Run `job` when the thread is free; it replaces what was submitted under `key` before."""
        was_idle = not self._tickets
        self._drop(key)
        watch = ProgressWatch(lambda stage, done, total: self._reported.emit(watch, stage, done, total))
        future = self._executor.submit(_run, job, watch)
        self._tickets[key] = _Ticket(key, watch, future)
        future.add_done_callback(lambda done: self._ended.emit(watch, done))
        if was_idle:
            self.started.emit()

    def cancel(self, key: str) -> None:
        """Forget the job under `key`; its answer will not come."""
        self._drop(key)
        self._say_idle()

    def cancel_all(self) -> None:
        """Forget every job."""
        for key in list(self._tickets):
            self._drop(key)
        self._say_idle()

    def drain(self) -> None:
        """Forget every job and wait until the thread has let go of the last one."""
        self.cancel_all()
        self._executor.submit(lambda: None).result()

    def stop(self) -> None:
        """Cancel everything and wait for the thread to end; nothing can be submitted afterwards."""
        for key in list(self._tickets):
            self._drop(key)
        self._executor.shutdown(wait=True, cancel_futures=True)

    def _drop(self, key: str) -> None:
        ticket = self._tickets.pop(key, None)
        if ticket is not None:
            ticket.future.cancel()
            ticket.watch.cancel()

    def _say_idle(self) -> None:
        if not self._tickets:
            self.idle.emit()

    def _wanted(self, watch: object) -> _Ticket | None:
        return next((ticket for ticket in self._tickets.values() if ticket.watch is watch), None)

    @Slot(object, object)
    def _deliver(self, watch: object, future: Future[object]) -> None:
        ticket = self._wanted(watch)
        if ticket is None:
            return
        del self._tickets[ticket.key]
        error = future.exception()
        if isinstance(error, Problem):
            self.failed.emit(ticket.key, error)
        elif error is None:
            self.finished.emit(ticket.key, future.result())
        self._say_idle()
        if error is not None and not isinstance(error, Problem | Cancelled):
            # A bug: raised here, on the main thread, it reaches the program's exception hook.
            raise error

    @Slot(object, object, object, object)
    def _pass_on(self, watch: object, stage: Message, done: int, total: int | None) -> None:
        ticket = self._wanted(watch)
        if ticket is not None:
            self.progressed.emit(ticket.key, stage, done, total)


def _run(job: Job, watch: Watch) -> object:
    watch.check()
    return job(watch)
