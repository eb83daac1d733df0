"""Child processes of the benchmark, and how much memory they and their own children take together."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.05


@dataclass(frozen=True)
class Finished:
    """A child that has ended: what it printed, and its largest resident memory in bytes, descendants included."""

    said: Mapping[str, float]
    peak: int


def run(module: str, *arguments: str, timed: bool = False, environment: Mapping[str, str] | None = None) -> Finished:
    """Run a module of the benchmark, `timed` with the clock at its start as first argument; raises where it failed."""
    clock = [str(time.monotonic())] if timed else []
    command: Sequence[str] = (sys.executable, "-m", module, *clock, *arguments)
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, **(environment or {})})
    peak, ended = [0], threading.Event()

    def watch() -> None:
        while not ended.wait(_EVERY):
            peak[0] = max(peak[0], sum(_resident(number) for number in _family(child.pid)))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        said, _ = child.communicate()
    finally:
        ended.set()
        watcher.join()
        child.kill()
    if child.returncode:
        raise RuntimeError(f"{module} {' '.join(arguments)} ended with {child.returncode}")
    return Finished(json.loads(said.splitlines()[-1]), peak[0])


def _family(number: int) -> Iterator[int]:
    yield number
    for tasks in Path(f"/proc/{number}/task").glob("*/children"):
        for child in _read(tasks).split():
            yield from _family(int(child))


def _resident(number: int) -> int:
    """Resident memory that belongs to one process; a mapped file that several share is counted with each."""
    fields = _read(Path(f"/proc/{number}/statm")).split()
    return int(fields[1]) * os.sysconf("SC_PAGE_SIZE") if fields else 0


def _read(file: Path) -> str:
    try:
        return file.read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""
