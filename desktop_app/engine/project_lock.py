"""A lock file of our own beside each project: who has it open, on which machine, since when.

The system holds the lock and lets go of it when the process dies, so that a file left by a crash is seen to be stale
even where another process has the same number by now. DuckDB's own lock is no substitute: any `open` and `close` of
the file by its process drops it.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from desktop_app.domain.problems import BookUnusable, ProjectInUse, message

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

# Windows locks bytes against reading too: one far behind those that say who it is.
_LOCKED_BYTE = 1 << 30
_LONGEST = 4096


@dataclass(frozen=True)
class Owner:
    """Who holds a lock."""

    pid: int
    host: str
    since: str

    @classmethod
    def here(cls) -> Self:
        """This process, now."""
        return cls(os.getpid(), platform.node(), datetime.now(UTC).isoformat(timespec="seconds"))

    @classmethod
    def parse(cls, text: bytes) -> Self | None:
        """What a lock file says; None where it says nothing of use."""
        try:
            value = json.loads(text)
            return cls(int(value["pid"]), str(value["host"]), str(value["since"]))
        except (ValueError, KeyError, TypeError, RecursionError):
            return None


class FileLock:
    """A held lock; release it, or die.

    Attributes: was_left says that the process which held it before did not release it: it crashed.
    """

    def __init__(self, path: Path, descriptor: int, was_left: bool) -> None:
        self.was_left = was_left
        self._path = path
        self._descriptor = descriptor

    @classmethod
    def acquire(cls, path: Path, name: str) -> Self:
        """Take the lock; raises ProjectInUse, which says who has `name` open, or BookUnusable."""
        while True:
            try:
                descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            except OSError as error:
                text = message("{file}: its folder cannot be written ({reason}).", file=name, reason=str(error))
                raise BookUnusable(text) from error
            try:
                before = Owner.parse(os.read(descriptor, _LONGEST))
                if not _try_lock(descriptor):
                    raise _in_use(name, before)
                if before is not None and before.host != platform.node():
                    raise _in_use_elsewhere(name, before, path)
                if _is_same(path, descriptor):
                    _write(descriptor, Owner.here())
                    return cls(path, descriptor, before is not None)
            except BaseException:
                os.close(descriptor)
                raise
            # The holder removed it between our opening and our locking.
            os.close(descriptor)

    def release(self) -> None:
        """Let go, and take the file away."""
        if sys.platform == "win32":
            os.close(self._descriptor)
            self._path.unlink(missing_ok=True)
        else:
            self._path.unlink(missing_ok=True)
            os.close(self._descriptor)


def _try_lock(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _is_same(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _write(descriptor: int, owner: Owner) -> None:
    os.ftruncate(descriptor, 0)
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.write(descriptor, json.dumps(owner.__dict__).encode())


def _in_use(name: str, owner: Owner | None) -> ProjectInUse:
    if owner is None:
        text = message("{file}: open in another Greyline; close it there, or open a read-only copy.", file=name)
    else:
        text = message(
            "{file}: open in another Greyline (process {pid} on {host}, since {since}); close it there, "
            "or open a read-only copy.",
            file=name,
            pid=owner.pid,
            host=owner.host,
            since=owner.since,
        )
    return ProjectInUse(text)


def _in_use_elsewhere(name: str, owner: Owner, path: Path) -> ProjectInUse:
    text = message(
        "{file}: open on another computer, {host}, since {since}; close it there. If it no longer is, delete {lock}.",
        file=name,
        host=owner.host,
        since=owner.since,
        lock=path.name,
    )
    return ProjectInUse(text)
