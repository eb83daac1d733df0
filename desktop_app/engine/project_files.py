"""The files beside a project, and the folders that no one else may read."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from desktop_app.domain.problems import ProjectInUse
from desktop_app.domain.watch import Watch
from desktop_app.engine.project_lock import FileLock

CHUNK = 4 << 20
_LOCK = ".lock"
# A folder that is just being made has no lock yet.
_SECONDS_TO_LOCK = 60.0


@dataclass(frozen=True)
class ProjectFiles:
    """Where everything of one project stands.

    Attributes: path is the project; lock says who has it open; wal is DuckDB's write-ahead log; steps is our own
    log of what was written; private holds the prepared columns; backups the dated copies.
    """

    path: Path

    @property
    def lock(self) -> Path:
        """Who has the project open."""
        return self.beside(".lock")

    @property
    def wal(self) -> Path:
        """DuckDB's write-ahead log."""
        return self.beside(".wal")

    @property
    def steps(self) -> Path:
        """Our log of what was written since the project was opened."""
        return self.beside(".steps")

    @property
    def private(self) -> Path:
        """The private folder, empty whenever the project opens."""
        return self.beside(".work")

    @property
    def backups(self) -> Path:
        """The folder of dated backups."""
        return self.beside(".backups")

    def beside(self, suffix: str) -> Path:
        """The project's path with more at its end."""
        return self.path.with_name(self.path.name + suffix)

    def empty_private(self) -> Path:
        """The private folder, made anew: what a killed process left in it is personal data."""
        if self.private.is_symlink():
            self.private.unlink()
        shutil.rmtree(self.private, ignore_errors=True)
        self.private.mkdir(mode=0o700, parents=True)
        return self.private


class PrivateFolder:
    """A folder for one process, closed to others and locked; what a killed process left is purged by the next.

    Attributes: path is the folder.
    """

    def __init__(self, prefix: str, parent: Path | None = None) -> None:
        within = parent or Path(tempfile.gettempdir())
        purge(prefix, within)
        self.path = Path(tempfile.mkdtemp(prefix=prefix, dir=within))
        self._lock = FileLock.acquire(self.path / _LOCK, self.path.name)

    def close(self) -> None:
        """Remove the folder and all that is in it."""
        self._lock.release()
        shutil.rmtree(self.path, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def purge(prefix: str, parent: Path) -> None:
    """Remove the private folders of processes that are no longer there."""
    for folder in parent.iterdir():
        if folder.name.startswith(prefix) and folder.is_dir() and not folder.is_symlink() and _is_left(folder):
            shutil.rmtree(folder, ignore_errors=True)


def copy_bytes(source: Path, target: Path, watch: Watch, report: Callable[[int, int], None]) -> None:
    """Copy a file that no one has open, in pieces between which the watch can stop it."""
    total, done = source.stat().st_size, 0
    with source.open("rb") as reading, target.open("xb") as writing:
        while piece := reading.read(CHUNK):
            writing.write(piece)
            done += len(piece)
            watch.check()
            report(done, total)
        writing.flush()
        os.fsync(writing.fileno())


def sync_folder(folder: Path) -> None:
    """Have a rename in `folder` survive a loss of power, where the system can."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _is_left(folder: Path) -> bool:
    try:
        if not (folder / _LOCK).exists():
            return time.time() - folder.stat().st_mtime > _SECONDS_TO_LOCK
        FileLock.acquire(folder / _LOCK, folder.name).release()
    except (OSError, ProjectInUse):
        return False
    return True
