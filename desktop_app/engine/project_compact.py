"""Compact and purge: the file is written anew, so that rows once deleted are gone from its bytes.

DuckDB leaves deleted rows where they stood until their space is used again. The new file is made in the private
folder and takes the old one's place in one step; the blocks that the disk itself gave up are not overwritten.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from desktop_app.domain.problems import BookUnusable, message
from desktop_app.domain.watch import Watch
from desktop_app.engine.connection import Limits, connect
from desktop_app.engine.project import Project
from desktop_app.engine.project_attach import TABLES, quoted
from desktop_app.engine.project_files import ProjectFiles
from desktop_app.engine.project_lock import FileLock
from desktop_app.engine.project_making import put_in_place
from desktop_app.engine.project_tables import copy_tables, reported

_COMPACTING = message("Writing the project anew")


@dataclass(frozen=True)
class Compacted:
    """Bytes of the file before and after."""

    before: int
    after: int


def compact(path: Path, watch: Watch, limits: Limits | None = None, *, forget: bool = False) -> Compacted:
    """Rewrite a closed project; with `forget` its backups go too, since they still have what was deleted.

    Raises what opening raises; stopped or failed, the project is as it was.
    """
    # Opening brings in what a crash left in the logs, and closing empties them.
    Project.open(path, limits).close()
    files = ProjectFiles(path)
    lock = FileLock.acquire(files.lock, path.name)
    try:
        before = path.stat().st_size
        if files.wal.exists():
            text = message("{file}: its last changes are still in the log; free disk space first.", file=path.name)
            raise BookUnusable(text)
        _rewrite(files, watch, limits or Limits())
        if forget:
            shutil.rmtree(files.backups, ignore_errors=True)
        return Compacted(before, path.stat().st_size)
    finally:
        shutil.rmtree(files.private, ignore_errors=True)
        lock.release()


def _rewrite(files: ProjectFiles, watch: Watch, limits: Limits) -> None:
    private = files.empty_private()
    made = private / "compact.duckdb"
    cursors = connect((), (files.path.parent, private), private, limits)
    cursor = cursors["main"]
    try:
        with reported(cursor, watch, _COMPACTING):
            cursor.execute(f"ATTACH {quoted(files.path)} AS project (READ_ONLY)")
            cursor.execute(f"ATTACH {quoted(made)} AS compact")
            copy_tables(cursor, sorted(TABLES), "project", "compact")
            cursor.execute("DETACH compact")
            cursor.execute("DETACH project")
    finally:
        cursor.close()
    watch.check()
    put_in_place(made, files)
