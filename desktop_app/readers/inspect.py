"""Look at a file and say how it will be read; nothing is loaded."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from desktop_app.domain.mapping import Mapping, ReadOptions
from desktop_app.domain.plans import CsvDialect, FileFormat, ReadPlan
from desktop_app.domain.problems import ImportFailed, Message, message
from desktop_app.readers import absent, dialects, encodings, forms, headings, shapes, units, workbook
from desktop_app.readers.formats import sniff
from desktop_app.readers.parquet import inspect_parquet
from desktop_app.readers.source import unpacked
from desktop_app.readers.suggest import suggest_mapping
from desktop_app.readers.tokens import split

SAMPLE_BYTES = 1 << 20
_DIALECT_LINES = 400
PREVIEW = 20


@dataclass(frozen=True)
class _Sample:
    """The beginning and the end of a text file."""

    start: str
    end: str
    whole: bool


def inspect(path: Path, mapping: Mapping | None = None, scratch: Path | None = None) -> ReadPlan:
    """How the file will be read; ImportFailed where it cannot be.

    What the mapping states is taken; without a mapping, headings that name standard columns stand for one. A copy
    that is made for looking stays in `scratch` where one is given, for `FileRows` to read.
    """
    file_format, compression = sniff(path)
    match file_format:
        case FileFormat.PARQUET:
            return inspect_parquet(path, mapping)
        case FileFormat.CSV:
            return _inspect_csv(path, compression, mapping)
        case FileFormat.XLSX:
            with TemporaryDirectory(prefix="greyline-") as passing:
                return _inspect_workbook(path, mapping, scratch or Path(passing))


def _inspect_workbook(path: Path, mapping: Mapping | None, scratch: Path) -> ReadPlan:
    stated = mapping.read if mapping else ReadOptions()
    found, copy = workbook.sheet_in(scratch, path, stated.sheet or "")
    sample = _sample(copy, "", encodings.UTF8)
    plan = _planned(path, sample, workbook.DIALECT, stated, mapping)
    rounded = workbook.rounded_ids(found, plan, mapping or suggest_mapping(plan.headings))
    doubts = workbook.rounding_doubts(rounded) if stated.rounded_ids is None else ()
    return replace(
        plan,
        format=FileFormat.XLSX,
        sheet=found.name,
        rounded=rounded if stated.rounded_ids == "reject" else (),
        notes=(*found.notes, *plan.notes),
        doubts=(*workbook.sheet_doubts(found, stated.sheet), *doubts, *plan.doubts),
    )


def _inspect_csv(path: Path, compression: str, mapping: Mapping | None) -> ReadPlan:
    stated = mapping.read if mapping else ReadOptions()
    encoding, notes, doubts = _encoding(path, compression, stated)
    sample = _sample(path, compression, encoding.codec)
    newline = dialects.newline_of(sample.start)
    lines = list(_lines(sample.start, newline, sample.whole))
    found = dialects.detect(lines[:_DIALECT_LINES], encoding.name, newline, stated)
    dialect = replace(found, newline=newline, compression=compression)
    plan = _planned(path, sample, dialect, stated, mapping)
    return replace(plan, notes=(*notes, *plan.notes), doubts=(*doubts, *plan.doubts))


def _planned(
    path: Path, sample: _Sample, dialect: CsvDialect, stated: ReadOptions, mapping: Mapping | None
) -> ReadPlan:
    """The plan for a text whose dialect is known."""
    records = list(split(_lines(sample.start, dialect.newline, sample.whole), dialect))
    if not any(any(cell.strip() for cell in record.fields or [record.raw]) for record in records):
        raise ImportFailed(message("{file} holds nothing but blank lines.", file=path.name))
    shape = shapes.find(records, stated.header_row, stated.header_rows)
    names, renamed = headings.unique(shape.headings or [""] * shape.width)
    rows = [tuple(record.fields) for record in records if record.fields and record.line >= shape.first_line]
    meant = mapping or suggest_mapping(names)
    columns = _columns(names, rows)
    known = forms.look(columns, meant)
    titles = [record.raw for record in records if record.line < shape.heading_line]
    footer = _footer(sample, dialect, shape.width, stated)
    footers = [message("The last {count} lines are totals or notes and are left out.", count=footer)] if footer else []
    return ReadPlan(
        path=str(path),
        format=FileFormat.CSV,
        headings=names,
        dialect=dialect,
        heading_line=shape.heading_line,
        first_data_line=shape.first_line,
        footer=footer,
        date_order=known.date_order,
        preview=tuple(rows[:PREVIEW]),
        notes=(*footers, *shape.notes, *(renamed if shape.headings else ()), *known.notes),
        doubts=(
            *shape.doubts,
            *known.doubts,
            *units.doubts(columns, meant, titles),
            *absent.doubts(columns, meant),
            *absent.empty(columns, meant),
        ),
    )


def _columns(names: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """The sampled texts of each column, without the rows of another width."""
    good = [row for row in rows if len(row) == len(names)]
    return dict(zip(names, zip(*good, strict=True), strict=True)) if good else dict.fromkeys(names, ())


def _encoding(
    path: Path, compression: str, stated: ReadOptions
) -> tuple[encodings.Encoding, list[Message], list[Message]]:
    if stated.encoding:
        first = next(iter(unpacked(path, compression)), b"")
        return encodings.Encoding(stated.encoding, encodings.codec_of(stated.encoding, first)), [], []
    found = encodings.detect(lambda: unpacked(path, compression))
    if found.name == encodings.LATIN1:
        if encodings.is_binary(next(iter(unpacked(path, compression)))):
            text = "{file} is no text: Greyline reads tables in CSV, Parquet and Excel files (.xlsx)."
            raise ImportFailed(message(text, file=path.name))
        text = '{file} is neither UTF-8 nor Chinese in GB18030, and is read as Latin-1; state "read.encoding".'
        return found, [], [message(text, file=path.name)]
    if found.name == encodings.GB18030:
        return found, [message("{file} is read as GB18030; check the names and texts.", file=path.name)], []
    return found, [], []


def _sample(path: Path, compression: str, codec: str) -> _Sample:
    """The first and last megabyte of a file as text."""
    start = end = b""
    size = 0
    for block in unpacked(path, compression):
        if len(start) < SAMPLE_BYTES:
            start += block
        end = (end + block)[-SAMPLE_BYTES:]
        size += len(block)
    whole = size == len(start)
    first = start.decode(codec, "replace").removeprefix("\ufeff")
    last = first if whole else _aligned(end, codec)
    return _Sample(first, last, whole)


def _aligned(end: bytes, codec: str) -> str:
    """The end of a file as text, from its first whole line on."""
    plain = codec if codec != encodings.UTF16 else "utf-16-le"
    text = end[len(end) % 2 :].decode(plain, "replace") if plain.startswith("utf-16") else end.decode(plain, "replace")
    return text.partition("\n")[2]


def _lines(text: str, newline: str, whole: bool) -> Iterator[str]:
    """The physical lines of a sample, without its last where that may be cut off."""
    kept = list(io.StringIO(text, newline="\n" if newline == "\r\n" else newline))
    return iter(kept if whole or len(kept) < 2 else kept[:-1])


def _footer(sample: _Sample, dialect: CsvDialect, width: int, stated: ReadOptions) -> int:
    if stated.skip_footer is not None:
        return stated.skip_footer
    lines = list(_lines(sample.end.rstrip("\r\n"), dialect.newline, whole=True))
    last = lines[-200:]
    return shapes.footer_lines(list(split(last, dialect)), width, len(last))
