"""The beginning of a file, loaded as the whole of it would be: what is stored, what is refused and why."""

from __future__ import annotations

import codecs
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq

from desktop_app.domain.columns import UNITS_PER_ONE, ColumnType
from desktop_app.domain.mapping import Mapping
from desktop_app.domain.plans import FileFormat, ImportReport, ReadPlan
from desktop_app.domain.problems import ImportFailed, Problem
from desktop_app.domain.watch import Watch
from desktop_app.engine.connection import Limits
from desktop_app.engine.load import load
from desktop_app.engine.stored_rows import StoredValue, stored_rows
from desktop_app.readers.encodings import UTF8, codec_of
from desktop_app.readers.rows import FileRows, text_lines
from desktop_app.readers.source import unpacked
from desktop_app.readers.tokens import split
from desktop_app.readers.workbook import sheet_in

SAMPLE_ROWS = 2_000
SHOWN_ROWS = 20
# Nobody has lines this long in the beginning of a table.
_MOST_BYTES = 8 << 20
_LIMITS = Limits(threads=1, memory="512MB")
_IN_UNITS = (ColumnType.MONEY, ColumnType.RATE, ColumnType.RATIO)


@dataclass(frozen=True)
class ImportSample:
    """What came of the first rows of a file.

    Attributes: columns are names and types of the book in the making; rows are its first rows, numbers in the
    analyst's unit; report is the sample's own; whole says that the sample is the whole file; rows_expected is about
    how many rows the file has; problem is why the sample could not be loaded, and then there are no rows.
    """

    columns: tuple[tuple[str, ColumnType], ...] = ()
    rows: tuple[tuple[StoredValue, ...], ...] = ()
    report: ImportReport | None = None
    whole: bool = False
    rows_expected: int = 0
    problem: Problem | None = None


def take_sample(plan: ReadPlan, mapping: Mapping, watch: Watch) -> ImportSample:
    """Load the first rows of the plan's file; doubts of the plan are left as they are."""
    with TemporaryDirectory(prefix="greyline-") as folder:
        scratch = Path(folder)
        part, whole, total = _beginning(plan, scratch)
        staging = scratch / "sample.duckdb"
        try:
            book, report = load(part, mapping, staging, watch, FileRows(part, scratch, watch), limits=_LIMITS)
        except ImportFailed as problem:
            return ImportSample(whole=whole, problem=problem)
        names, rows = stored_rows(staging, SHOWN_ROWS)
    types = tuple((name, book.column(name).type) for name in names)
    shown = tuple(tuple(map(_in_unit, row, (kind for _, kind in types))) for row in rows)
    expected = total or report.rows_in
    return ImportSample(types, shown, report, whole, report.rows_in if whole else expected)


def _in_unit(value: StoredValue, kind: ColumnType) -> StoredValue:
    return Decimal(value) / UNITS_PER_ONE[kind] if isinstance(value, int) and kind in _IN_UNITS else value


def _beginning(plan: ReadPlan, scratch: Path) -> tuple[ReadPlan, bool, int]:
    """The plan of a file of the first rows, whether these are all, and about how many rows all are (0: unknown)."""
    if plan.format is FileFormat.PARQUET:
        return _first_of_parquet(plan, scratch / "part.parquet")
    text, share = _text_of(plan, scratch)
    assert plan.dialect is not None
    dialect = replace(plan.dialect, encoding=UTF8, compression="")
    lines = list(islice(text_lines(text, dialect), plan.first_data_line + SAMPLE_ROWS))
    whole = share == 1 and sum(len(line.encode("utf-8", "surrogateescape")) for line in lines) >= text.stat().st_size
    if not whole:
        lines = _without_last_record(lines, plan)
    taken = "".join(lines).encode("utf-8", "surrogateescape")
    part = scratch / "part.csv"
    part.write_bytes(taken)
    rows = max(len(lines) - plan.first_data_line + 1, 0)
    all_bytes = text.stat().st_size / share
    sample = replace(plan, path=str(part), format=FileFormat.CSV, dialect=dialect, footer=plan.footer if whole else 0)
    return sample, whole, round(rows * all_bytes / max(len(taken), 1))


def _without_last_record(lines: list[str], plan: ReadPlan) -> list[str]:
    """The lines without those of the last record, which may be cut off."""
    assert plan.dialect is not None
    last = 0
    for record in split(iter(lines), plan.dialect):
        last = record.line
    return lines[: last - 1] if last > plan.first_data_line else lines


def _text_of(plan: ReadPlan, scratch: Path) -> tuple[Path, float]:
    """The beginning of the file as UTF-8, and which share of the whole it is."""
    path, text = Path(plan.path), scratch / "text.csv"
    if plan.format is FileFormat.XLSX:
        return sheet_in(scratch, path, plan.sheet)[1], 1.0
    assert plan.dialect is not None
    blocks = unpacked(path, plan.dialect.compression)
    taken = bytearray()
    for block in blocks:
        taken += block
        if len(taken) >= _MOST_BYTES or taken.count(b"\n") > plan.first_data_line + SAMPLE_ROWS:
            break
    more = next(iter(blocks), None) is not None
    decoder = codecs.getincrementaldecoder(codec_of(plan.dialect.encoding, bytes(taken[:4])))("surrogateescape")
    decoded = decoder.decode(bytes(taken), not more).removeprefix("\ufeff")
    text.write_bytes(decoded.encode("utf-8", "surrogateescape"))
    if not more:
        return text, 1.0
    # Of a packed file the share is a guess: how much it grows is not known.
    packed = 4 if plan.dialect.compression else 1
    return text, min(len(taken) / (path.stat().st_size * packed), 0.999)


def _first_of_parquet(plan: ReadPlan, part: Path) -> tuple[ReadPlan, bool, int]:
    with pq.ParquetFile(plan.path) as file:
        total = int(file.metadata.num_rows)
        batches: Iterable[pa.RecordBatch] = islice(file.iter_batches(SAMPLE_ROWS), 1)
        table = pa.Table.from_batches(batches, file.schema_arrow)
    pq.write_table(table, part)
    return replace(plan, path=str(part)), total <= SAMPLE_ROWS, total
