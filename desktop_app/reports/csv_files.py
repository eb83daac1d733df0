"""CSV files: one table, or every account, with its checksum taken on the way."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa

from desktop_app.domain.problems import message
from desktop_app.domain.watch import Watch
from desktop_app.reports.accounts import account_lines
from desktop_app.reports.export import WrittenFile
from desktop_app.reports.fields import csv_line
from desktop_app.reports.headings import ACCOUNTS, Headings
from desktop_app.reports.tables import Table

# Excel takes a file without it for the local code page.
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


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
        return WrittenFile(name, self.bytes, self._hash.hexdigest(), self.rows)


def write_table(path: Path, table: Table, guard: bool, watch: Watch) -> WrittenFile:
    """Write one table; an OSError leaves what was written."""
    watch.check()
    with _csv_file(path, table.headings) as csv:
        for row in table.rows:
            csv.write(csv_line(row, guard).encode(), rows=1)
    return csv.written(path.name)


def write_accounts(path: Path, batches: Iterable[pa.RecordBatch], guard: bool, total: int, watch: Watch) -> WrittenFile:
    """Write the accounts of batches as `accounts.account_lines` takes them; total is how many will come."""
    stage = message("Writing accounts")
    with _csv_file(path, ACCOUNTS) as csv:
        for batch in batches:
            for rows, lines in account_lines(batch, guard):
                watch.check()
                csv.write(lines, rows)
                watch.report(stage, csv.rows, total)
    return csv.written(path.name)


def write_at_once(path: Path, data: bytes) -> WrittenFile:
    """Write a file at once."""
    with path.open("xb") as file:
        file.write(data)
        to_disk(file)
    return WrittenFile(path.name, len(data), hashlib.sha256(data).hexdigest())


def to_disk(file: BinaryIO) -> None:
    """Have the disk take what was written: a full one may show only now, while all can still be taken back."""
    file.flush()
    os.fsync(file.fileno())


@contextmanager
def _csv_file(path: Path, headings: Headings) -> Iterator[_CsvFile]:
    with path.open("xb") as file:
        csv = _CsvFile(file)
        csv.write(_BYTE_ORDER_MARK + csv_line(headings, guard=False).encode())
        yield csv
        to_disk(file)
