"""Look at a file and say how it will be read; nothing is loaded."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from desktop_app.domain.mapping import Mapping
from desktop_app.domain.plans import FileFormat, ReadPlan
from desktop_app.domain.problems import ImportFailed, message
from desktop_app.readers import dialects, encodings, headings
from desktop_app.readers.formats import sniff
from desktop_app.readers.parquet import inspect_parquet
from desktop_app.readers.rows import text_lines
from desktop_app.readers.survey import blocks
from desktop_app.readers.tokens import split

_SAMPLE_LINES = 1000
PREVIEW = 20


def inspect(path: Path, mapping: Mapping | None = None) -> ReadPlan:
    """How the file will be read; ImportFailed where it cannot be."""
    file_format, _compression = sniff(path)
    match file_format:
        case FileFormat.PARQUET:
            return inspect_parquet(path)
        case FileFormat.CSV:
            return _inspect_csv(path)
        case FileFormat.XLSX:
            raise ImportFailed(message("{file}: workbooks cannot be read yet; save it as CSV.", file=path.name))


def _inspect_csv(path: Path) -> ReadPlan:
    encoding = encodings.detect(blocks(path))
    start = next(blocks(path)).decode(encoding.codec, "replace")
    newline = dialects.newline_of(start)
    lines = start.splitlines(keepends=True)[:_SAMPLE_LINES]
    dialect = dialects.detect(lines, encoding.name, newline)
    records = list(islice(split(text_lines(path, dialect, encoding.codec), dialect), PREVIEW + 1))
    if not records:
        raise ImportFailed(message("{file} holds nothing but blank lines.", file=path.name))
    heading = records[0]
    names, notes = headings.unique(heading.fields or [heading.raw])
    return ReadPlan(
        path=str(path),
        format=FileFormat.CSV,
        headings=names,
        dialect=dialect,
        first_data_line=heading.line + heading.lines,
        preview=tuple(tuple(record.fields or ()) for record in records[1:]),
        notes=notes,
    )
