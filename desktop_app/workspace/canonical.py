"""Any table as canonical CSV: UTF-8 without a mark, commas, CRLF, quotes where RFC 4180 needs them.

Cells are the text exactly as found, headings too where they take one row; nothing is typed, nothing is kept in memory.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow.parquet as pq

from desktop_app.domain.plans import FileFormat, ReadPlan, Reject
from desktop_app.domain.problems import Message, message
from desktop_app.domain.watch import Watch
from desktop_app.readers.rows import FileRows, Refusals, text_lines
from desktop_app.readers.tokens import Record, split
from desktop_app.reports.whole_files import whole_file

REJECT_HEADINGS = ("line", "column", "reason", "raw")
_CONVERTING = message("Writing the rows")
_BATCH = 10_000

Row = Sequence[str]
Write = Callable[[Row], object]
Say = Callable[[Message], str]


@dataclass
class Converted:
    """What came of a conversion: rows written, lines rejected, and what the user should know."""

    rows: int = 0
    rejected: int = 0
    notes: list[Message] = field(default_factory=list)


def convert(plan: ReadPlan, out: Path, say: Say, watch: Watch) -> Converted:
    """Write the plan's table to `out` and what does not fit it to `rejects_beside(out)`; whole files or none.

    The table ends where its heading stands again. `say` puts a reject's reason into words. Raises ExportFailed where
    the files cannot be written.
    """
    with csv_writer(out) as write, csv_writer(rejects_beside(out)) as reject:
        reject(REJECT_HEADINGS)
        if plan.format is FileFormat.PARQUET:
            return _convert_parquet(plan, write, watch)
        return _convert_text(
            plan, write, lambda one: reject((str(one.line), one.column, say(one.reason), one.raw)), watch
        )


def rejects_beside(out: Path) -> Path:
    """Where the rejects of `out` go: book.csv has book.rejects.csv."""
    return out.with_name(f"{out.stem}.rejects.csv")


def first_rows(plan: ReadPlan, count: int) -> Sequence[Row]:
    """The first rows of the plan's table, without those of another width."""
    if plan.format is FileFormat.PARQUET:
        return list(islice(parquet_rows(plan), count))
    return [row for row in plan.preview if len(row) == len(plan.headings)][:count]


def parquet_rows(plan: ReadPlan) -> Iterator[Row]:
    """The rows of a Parquet file as text: ISO dates, plain numbers, true and false, a missing value as nothing."""
    with pq.ParquetFile(plan.path) as file:
        places = [file.schema_arrow.get_field_index(heading) for heading in plan.headings]
        for batch in file.iter_batches(_BATCH):
            columns = [[_as_text(value) for value in batch.column(place).to_pylist()] for place in places]
            yield from zip(*columns, strict=True)


@contextmanager
def csv_writer(out: Path) -> Iterator[Write]:
    """A function that writes one row; the file appears under its name once it is whole."""
    # Bytes that are no text came in as surrogates, and leave as their hexadecimal.
    with whole_file(out) as part, part.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
        yield csv.writer(file).writerow


def _convert_parquet(plan: ReadPlan, write: Write, watch: Watch) -> Converted:
    done = Converted()
    total = pq.read_metadata(plan.path).num_rows
    write(plan.headings)
    for row in parquet_rows(plan):
        write(row)
        _count(done, total, watch)
    return done


def _convert_text(plan: ReadPlan, write: Write, refuse: Callable[[Reject], object], watch: Watch) -> Converted:
    done = Converted()
    with TemporaryDirectory(prefix="greyline-") as scratch:
        source = FileRows(plan, Path(scratch), watch)
        headings = _headings_as_found(plan, source.path)
        if plan.heading_line:
            write(headings)
        refusals, last = Refusals(plan), source.survey.lines - plan.footer
        for record in _records(plan, source.path, plan.first_data_line, last):
            cells = record.fields or []
            if (refused := refusals.of(record)) is not None:
                refuse(refused)
                done.rejected += 1
            elif plan.heading_line and tuple(cells) == headings:
                text = "The heading stands again in line {line}: another table begins there, which was left out."
                done.notes.append(message(text, line=record.line))
                break
            else:
                write(cells)
                _count(done, last, watch)
    return done


def _count(done: Converted, total: int, watch: Watch) -> None:
    done.rows += 1
    if done.rows % _BATCH == 0:
        watch.check()
        watch.report(_CONVERTING, done.rows, total)


def _records(plan: ReadPlan, path: Path, first: int, last: int) -> Iterator[Record]:
    """The records of the physical lines `first` to `last`, counted from 1."""
    assert plan.dialect is not None
    return split(islice(text_lines(path, plan.dialect), first - 1, max(last, first - 1)), plan.dialect, first)


def _headings_as_found(plan: ReadPlan, path: Path) -> tuple[str, ...]:
    """The cells of the heading where it is one whole row, else the names that the plan gives."""
    if plan.heading_line:
        found = list(_records(plan, path, plan.heading_line, plan.first_data_line - 1))
        if len(found) == 1 and found[0].fields is not None and len(found[0].fields) == len(plan.headings):
            return tuple(found[0].fields)
    return plan.headings


def _as_text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value:f}"
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case _:
            return str(value)
