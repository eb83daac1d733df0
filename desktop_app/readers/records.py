"""The records of any table, as read, and the same as canonical CSV: for looking at a file without loading it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TextIO

from desktop_app.domain.mapping import Mapping
from desktop_app.domain.plans import FileFormat, ReadPlan
from desktop_app.domain.watch import Watch
from desktop_app.readers.inspect import inspect
from desktop_app.readers.rows import FileRows


@contextmanager
def read_records(
    path: Path, watch: Watch, mapping: Mapping | None = None
) -> Iterator[tuple[ReadPlan, Iterable[list[str]]]]:
    """The plan and the rows of the first table of a file; lines that do not split into the table's width are left out.

    The table ends where its heading stands again.
    """
    plan = inspect(path, mapping)
    with TemporaryDirectory() as scratch:
        rows = FileRows(plan, Path(scratch), watch)
        yield plan, _first_table(rows.fields(), plan)


def write_canonical(path: Path, target: TextIO, watch: Watch, mapping: Mapping | None = None) -> ReadPlan:
    """Write the table as UTF-8 CSV with every field in quotes; the heading only where the file has one."""
    writer = csv.writer(target, quoting=csv.QUOTE_ALL, lineterminator="\n")
    with read_records(path, watch, mapping) as (plan, rows):
        if plan.heading_line or plan.format is FileFormat.PARQUET:
            writer.writerow(plan.headings)
        writer.writerows(rows)
    return plan


def _first_table(rows: Iterable[list[str]], plan: ReadPlan) -> Iterator[list[str]]:
    for row in rows:
        if plan.heading_line and tuple(row) == plan.headings:
            return
        yield row
