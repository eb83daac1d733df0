"""The child's side of an import: `python -m desktop_app.workspace.importing_child`, spoken to through its pipes."""

from __future__ import annotations

import gc
import os
import pickle
import sys
import threading
from collections.abc import Callable
from typing import IO

import pyarrow as pa

from desktop_app.domain.problems import Message, Problem
from desktop_app.workspace.importing import ADDRESS_SPACE, import_inline

try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None  # type: ignore[assignment]


class PipeWatch:
    """A Watch that reports through a pipe; cancelling is killing, so it never says stop."""

    def __init__(self, pipe: IO[bytes]) -> None:
        self._pipe = pipe
        self._lock = threading.Lock()

    def report(self, stage: Message, done: int, total: int | None) -> None:
        """Send a report frame."""
        self.send(("report", stage, done, total))

    def check(self) -> None:
        """Go on."""

    def on_cancel(self, action: Callable[[], None]) -> None:
        """Never called: the process is killed instead."""

    def send(self, frame: object) -> None:
        """Send one frame, whole."""
        with self._lock:
            pickle.dump(frame, self._pipe)
            self._pipe.flush()


def main() -> None:
    """Read one job, run it, send what came of it."""
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    # What a library prints must not get between the frames.
    sys.stdout = sys.stderr
    _limit_memory()
    # The modules stay to the end: looking through them for what can be freed would find nothing.
    gc.freeze()
    # pyarrow's own pool gives large pieces back at once, and the system blanks each that is fetched anew.
    pa.set_memory_pool(pa.system_memory_pool())
    path, mapping, staging = pickle.load(source)
    threading.Thread(target=_end_with_parent, args=(source,), daemon=True).start()
    watch = PipeWatch(sink)
    try:
        book, report = import_inline(path, mapping, staging, watch)
    except Problem as problem:
        watch.send(("problem", problem))
    else:
        watch.send(("done", book, report))


def _limit_memory() -> None:
    os.umask(0o077)
    if resource is not None:
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, hard))


def _end_with_parent(source: IO[bytes]) -> None:
    source.read()
    os._exit(1)


if __name__ == "__main__":
    main()
