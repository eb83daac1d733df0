"""Room on the disk: asked for before an import, and told with figures when it runs out."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop_app.domain.problems import BookUnusable, ImportFailed, Problem, message
from desktop_app.engine.connection import is_disk_full

# Bytes that an import takes beside one byte of the file: the staging database and the project of it, each at most
# about 0.35 of a CSV file, and what does not fit into memory; a Parquet file is packed already.
_PER_BYTE = {".csv": 1.0, ".tsv": 1.0, ".txt": 1.0, ".parquet": 4.0, ".gz": 8.0, ".xlsx": 8.0}
_PER_BYTE_OTHERWISE = 8.0
# An empty database with its logs, and room for the analyst's own steps.
_ALWAYS = 16 << 20
_UNITS = ("bytes", "kB", "MB", "GB", "TB")


def needed_bytes(book: Path) -> int:
    """About how much disk an import of `book` takes, at most."""
    return _ALWAYS + int(book.stat().st_size * _PER_BYTE.get(book.suffix.lower(), _PER_BYTE_OTHERWISE))


def check_space(book: Path, folder: Path) -> None:
    """Raise ImportFailed where `folder` has less room than an import of `book` may take."""
    needed, free = needed_bytes(book), shutil.disk_usage(folder).free
    if free < needed:
        raise _too_little(book, folder, needed, free)


@contextmanager
def explained(book: Path, folder: Path) -> Iterator[None]:
    """Tell a disk that filled up during an import by what was needed and what is free."""
    try:
        yield
    except (ImportFailed, BookUnusable) as problem:
        if not any(is_disk_full(Problem(detail)) for detail in (problem.message, *problem.details)):
            raise
        told = _too_little(book, folder, needed_bytes(book), shutil.disk_usage(folder).free)
        raise ImportFailed(told.message, problem.details) from problem


def shown_bytes(count: float) -> str:
    """A size as people write it, in powers of a thousand."""
    for unit in _UNITS:
        if count < 1000 or unit == _UNITS[-1]:
            break
        count /= 1000
    return f"{count:.0f} {unit}" if count >= 100 or unit == _UNITS[0] else f"{count:.1f} {unit}"


def _too_little(book: Path, folder: Path, needed: int, free: int) -> ImportFailed:
    text = message(
        "{file}: importing it takes about {needed} of disk, and {folder} has {free} free; nothing was imported. "
        "Free disk space or import into another folder.",
        file=book.name,
        needed=shown_bytes(needed),
        folder=str(folder),
        free=shown_bytes(free),
    )
    return ImportFailed(text)
