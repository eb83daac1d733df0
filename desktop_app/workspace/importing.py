"""Imports in a child process: a memory cap of their own, and cancelling is killing.

The parent sends one job through the child's standard input and reads frames from its standard output; both are
pickles between two halves of the same program. The child ends by itself when its input closes.
"""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
from pathlib import Path
from typing import IO

from desktop_app.domain.book import Book
from desktop_app.domain.mapping import Mapping
from desktop_app.domain.plans import ImportReport
from desktop_app.domain.problems import Cancelled, ImportFailed, Message, Problem, message
from desktop_app.domain.watch import Watch
from desktop_app.engine.connection import Limits
from desktop_app.engine.load import load
from desktop_app.engine.staging import scratch_of
from desktop_app.readers.inspect import inspect
from desktop_app.readers.rows import FileRows
from desktop_app.readers.suggest import suggest_mapping

MEMORY = "2GB"
# Address space of the child: the database's share, Python with its libraries, and the file cache's mappings.
ADDRESS_SPACE = 12 << 30
THREADS = 2


def import_file(path: Path, mapping: Mapping | None, staging: Path, watch: Watch) -> tuple[Book, ImportReport]:
    """Load `path` into the new database `staging`, in a child process; ImportFailed leaves no file behind.

    Without a mapping, the headings that name standard columns are taken.
    """
    watch.check()
    child = _start()
    watch.on_cancel(child.kill)
    try:
        result = _converse(child, (path, mapping, staging), watch)
    finally:
        child.kill()
        child.communicate()
        if not staging.exists():
            _clean(staging)
    return result


def import_inline(path: Path, mapping: Mapping | None, staging: Path, watch: Watch) -> tuple[Book, ImportReport]:
    """The same import in this process, without the child's memory cap."""
    scratch = reading_folder(staging)
    scratch.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        plan = inspect(path, mapping, scratch)
        if plan.doubts:
            raise ImportFailed(plan.doubts[0], plan.doubts[1:])
        chosen = mapping or suggest_mapping(plan.headings)
        rows = FileRows(plan, scratch, watch)
        return load(plan, chosen, staging, watch, rows, limits=Limits(threads=THREADS, memory=MEMORY))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def reading_folder(staging: Path) -> Path:
    """Where the copies go that are made for reading a file into `staging`; an import removes it at its end."""
    return staging.with_name(staging.name + ".reading")


def _clean(staging: Path) -> None:
    """Remove what a killed child left."""
    partial = staging.with_name(staging.name + ".partial")
    partial.unlink(missing_ok=True)
    partial.with_name(partial.name + ".wal").unlink(missing_ok=True)
    shutil.rmtree(scratch_of(partial), ignore_errors=True)
    shutil.rmtree(reading_folder(staging), ignore_errors=True)


def _start() -> subprocess.Popen[bytes]:
    package = Path(__file__).resolve().parents[2]
    paths = [str(package), *filter(None, [os.environ.get("PYTHONPATH")])]
    return subprocess.Popen(
        [sys.executable, "-m", "desktop_app.workspace.importing_child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
    )


def _converse(child: subprocess.Popen[bytes], job: object, watch: Watch) -> tuple[Book, ImportReport]:
    assert child.stdin is not None
    assert child.stdout is not None
    try:
        pickle.dump(job, child.stdin)
        child.stdin.flush()
    except BrokenPipeError as error:
        raise _died(child, watch) from error
    while True:
        match _frame(child.stdout):
            case ("report", Message() as stage, int() as done, int() | None as total):
                watch.report(stage, done, total)
            case ("done", Book() as book, ImportReport() as report):
                return book, report
            case ("problem", Problem() as problem):
                raise problem
            case _:
                raise _died(child, watch)


def _frame(source: IO[bytes]) -> object:
    try:
        frame: object = pickle.load(source)
        return frame
    except (EOFError, pickle.UnpicklingError):
        return None


def _died(child: subprocess.Popen[bytes], watch: Watch) -> Exception:
    child.wait()
    try:
        watch.check()
    except Cancelled as cancelled:
        return cancelled
    text = "The import ended unexpectedly (code {code}), perhaps for want of memory; nothing was imported."
    return ImportFailed(message(text, code=child.returncode))
