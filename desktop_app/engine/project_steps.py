"""Our own log of what was written into a project: what DuckDB's log loses, this one brings back.

DuckDB opens a write-ahead log that was cut in half silently, with half of the commits, and refuses a damaged or stale
one altogether. So each commit raises a counter in the project, and is also kept here, one line each with its number
and a checksum, written and synced after the commit: the log never has what the project was refused. When a project
opens, commits of the log that its counter lacks are made again. The log is tied to its project by the project's id and
starts anew at each opening, once all it has is in the file itself.
"""

from __future__ import annotations

import json
import logging
import os
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Commit:
    """One commit: its number, and the entry or note that it wrote, as `kind` and `values`."""

    number: int
    kind: str
    values: tuple[object, ...]


class StepLog:
    """The log of one open project, for the thread that writes its journal."""

    def __init__(self, path: Path, project_id: str, base: int, *, anew: bool) -> None:
        self._path = path
        self._descriptor: int | None = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        kept = 0 if anew else _whole_bytes(path)
        os.ftruncate(self._descriptor, kept)
        if not kept:
            self._append({"project": project_id, "base": base})

    def keep(self, commit: Commit) -> None:
        """Keep a commit that the project has; the log ends where the disk takes no more."""
        self._append({"n": commit.number, "kind": commit.kind, "values": list(commit.values)})

    def close(self, *, whole: bool) -> None:
        """Close the log; where the project itself is whole, the log is no longer needed."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
        if whole:
            self._path.unlink(missing_ok=True)

    def _append(self, value: dict[str, object]) -> None:
        if self._descriptor is None:
            return
        try:
            os.write(self._descriptor, _line(value))
            os.fsync(self._descriptor)
        except OSError as error:
            # A line after a missing one could not be replayed: the project has them all, only the net is gone.
            _log.warning("The log of steps ends here: %s", error)
            os.close(self._descriptor)
            self._descriptor = None


def read_commits(path: Path, project_id: str) -> tuple[int, Sequence[Commit]] | None:
    """The counter at which a log begins, and its commits up to the first torn line; None where it is no log of it."""
    values = [value for _, value in _whole_lines(path)]
    if not values or values[0].get("project") != project_id:
        return None
    commits = [Commit(value["n"], value["kind"], tuple(value["values"])) for value in values[1:]]
    return values[0]["base"], commits


def missing_commits(path: Path, project_id: str, counter: int) -> Sequence[Commit]:
    """What a log has and a project that counts `counter` commits has not; nothing where there is a gap between."""
    found = read_commits(path, project_id)
    if found is None or counter < found[0]:
        return ()
    return [commit for commit in found[1] if commit.number > counter]


def _line(value: dict[str, object]) -> bytes:
    text = json.dumps(value, ensure_ascii=False).encode()
    return b"%08x %s\n" % (zlib.crc32(text), text)


def _whole_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Length in bytes and content of each line, up to the first that is torn."""
    content = path.read_bytes() if path.exists() else b""
    for line in content.splitlines(keepends=True):
        checksum, _, text = line.rstrip(b"\n").partition(b" ")
        if not line.endswith(b"\n") or checksum != b"%08x" % zlib.crc32(text):
            return
        yield len(line), json.loads(text)


def _whole_bytes(path: Path) -> int:
    return sum(length for length, _ in _whole_lines(path))
