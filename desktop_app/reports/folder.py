"""The folder of CSV files with its manifest, written aside and moved into place whole."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa

from desktop_app.domain.problems import message
from desktop_app.domain.watch import Watch
from desktop_app.reports.accounts import account_lines
from desktop_app.reports.export import Export, ExportReport, WrittenFile
from desktop_app.reports.failures import as_export_failed
from desktop_app.reports.fields import csv_line
from desktop_app.reports.headings import ACCOUNTS
from desktop_app.reports.manifest import manifest
from desktop_app.reports.tables import Table, tables

MANIFEST = "manifest.json"
ACCOUNTS_FILE = "accounts.csv"

# Excel takes a file without it for the local code page.
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def write_folder(out: Path, export: Export, accounts: Iterable[pa.RecordBatch] | None, watch: Watch) -> ExportReport:
    """Write the export into the folder `out`, made where it is missing; accounts None leaves accounts.csv out.

    An earlier export there is replaced, other files stay. The batches have the columns of `headings.ACCOUNTS` (see
    `accounts.account_lines`). Raises ExportFailed, or Cancelled, with `out` as it was before.
    """
    folder = out.resolve()
    with as_export_failed(out), _aside(folder) as partial:
        files = [_write_table(partial, table, export.neutralise, watch) for table in tables(export)]
        if accounts is not None:
            files.append(_write_accounts(partial, accounts, export, watch))
        _write_whole(partial / MANIFEST, manifest(export, files).encode())
        watch.check()
        _move(partial, folder)
    return ExportReport(out, tuple(files))


class _CsvFile:
    """A CSV file being written: counts rows and hashes bytes on the way."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._hash = hashlib.sha256()
        self.rows = 0
        self.bytes = 0

    def write(self, data: bytes | memoryview, rows: int = 0) -> None:
        """Append `data`, which holds `rows` rows."""
        self._file.write(data)
        self._hash.update(data)
        self.rows += rows
        self.bytes += len(data)

    def written(self, name: str) -> WrittenFile:
        """What has been written, as a file of that name."""
        return WrittenFile(name, self.rows, self.bytes, self._hash.hexdigest())


@contextmanager
def _csv_file(path: Path, headings: tuple[str, ...]) -> Iterator[_CsvFile]:
    with path.open("xb") as file:
        csv = _CsvFile(file)
        csv.write(_BYTE_ORDER_MARK + csv_line(headings, guard=False).encode())
        yield csv
        _to_disk(file)


def _write_table(folder: Path, table: Table, guard: bool, watch: Watch) -> WrittenFile:
    watch.check()
    with _csv_file(folder / table.name, table.headings) as csv:
        for row in table.rows:
            csv.write(csv_line(row, guard).encode(), rows=1)
    return csv.written(table.name)


def _write_accounts(folder: Path, batches: Iterable[pa.RecordBatch], export: Export, watch: Watch) -> WrittenFile:
    stage = message("Writing accounts")
    with _csv_file(folder / ACCOUNTS_FILE, ACCOUNTS) as csv:
        for batch in batches:
            for rows, lines in account_lines(batch, export.neutralise):
                watch.check()
                csv.write(lines, rows)
                watch.report(stage, csv.rows, export.book.accounts)
    return csv.written(ACCOUNTS_FILE)


def _write_whole(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        _to_disk(file)


def _to_disk(file: BinaryIO) -> None:
    # A full disk may show only now, while everything can still be taken back.
    file.flush()
    os.fsync(file.fileno())


@contextmanager
def _aside(out: Path) -> Iterator[Path]:
    """A folder on the disk of `out` to write into; gone at the end, whatever happens."""
    if out.exists() and not out.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(out))
    name = f".{out.name}.partial-{os.getpid()}"
    # Inside a folder that is there, since that may be all its owner may write to.
    partial = (out if out.is_dir() else out.parent) / name
    made = [folder for folder in partial.parents if not folder.exists()]
    # Left by a process that was killed and had the same number.
    shutil.rmtree(partial, ignore_errors=True)
    try:
        partial.mkdir(parents=True)
        yield partial
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        for folder in made:
            with suppress(OSError):
                folder.rmdir()
        raise
    shutil.rmtree(partial, ignore_errors=True)


def _move(partial: Path, out: Path) -> None:
    """Put the files of `partial` into `out`; an OSError leaves `out` as it was."""
    if not out.exists():
        partial.rename(out)
        return
    names = [path.name for path in partial.iterdir()]
    for name in names:
        if (out / name).is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(out / name))
    earlier = partial / "earlier"
    earlier.mkdir()
    replaced = [name for name in sorted({*names, ACCOUNTS_FILE}) if (out / name).exists()]
    with ExitStack() as undo:
        # A file that another program holds open cannot be moved on some systems: then all go back.
        for origin, target, moving in ((out, earlier, replaced), (partial, out, names)):
            for name in moving:
                (origin / name).rename(target / name)
                undo.callback((target / name).rename, origin / name)
        undo.pop_all()
