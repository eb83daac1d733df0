"""A copy of a project that another process has open, in a folder of our own."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

from desktop_app.domain.problems import BookUnusable, message
from desktop_app.engine.project_files import PrivateFolder, ProjectFiles
from desktop_app.engine.project_lock import Owner

PREFIX = "greyline-copy-"
_TRIES = 20
_SECONDS_BETWEEN = 0.1


def copy_aside(path: Path) -> tuple[PrivateFolder, Path]:
    """The file and its write-ahead log as they were at one moment; raises BookUnusable."""
    files = ProjectFiles(path)
    if not path.is_file():
        raise BookUnusable(message("{file}: there is no such project.", file=path.name))
    if _is_ours(files):
        # Opening and closing the file here would drop the database's lock on it.
        raise BookUnusable(message("{file}: this Greyline has it open already.", file=path.name))
    folder = PrivateFolder(PREFIX)
    copy = ProjectFiles(folder.path / path.name)
    try:
        for _ in range(_TRIES):
            if _copied_at_rest(files, copy):
                return folder, copy.path
            time.sleep(_SECONDS_BETWEEN)
    except OSError as error:
        folder.close()
        text = message("{file}: it cannot be copied ({reason}).", file=path.name, reason=error.strerror or str(error))
        raise BookUnusable(text) from error
    folder.close()
    raise BookUnusable(message("{file}: it is being written all the time; try again later.", file=path.name))


def _copied_at_rest(files: ProjectFiles, copy: ProjectFiles) -> bool:
    """Copy both files; False where one was written meanwhile."""
    before = _state(files)
    shutil.copyfile(files.path, copy.path)
    copy.wal.unlink(missing_ok=True)
    if files.wal.exists():
        shutil.copyfile(files.wal, copy.wal)
    return _state(files) == before


def _state(files: ProjectFiles) -> tuple[tuple[int, int, int], ...]:
    found = [path.stat() for path in (files.path, files.wal) if path.exists()]
    return tuple((state.st_ino, state.st_size, state.st_mtime_ns) for state in found)


def _is_ours(files: ProjectFiles) -> bool:
    owner = Owner.parse(files.lock.read_bytes()) if files.lock.exists() else None
    return owner is not None and owner.pid == os.getpid() and owner.host == Owner.here().host
