"""Parquet files: their columns and types stand in the footer."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from desktop_app.domain.columns import NUMERIC, ColumnType
from desktop_app.domain.mapping import Mapping, headings_of
from desktop_app.domain.plans import FileFormat, ReadPlan
from desktop_app.domain.problems import ImportFailed, Message, message
from desktop_app.readers import absent, headings, units
from desktop_app.readers.suggest import suggest_mapping

# More than this per byte of file is a bomb, or so much the same value that a sample tells as much.
_MAX_EXPANSION = 1000
_MAX_BYTES = 64 << 30
# So many rows may hide in a byte, beyond the first millions.
_MAX_ROWS = 20
_FREE_ROWS = 20_000_000
_FIRST_ROWS = 1_000


def inspect_parquet(path: Path, mapping: Mapping | None = None) -> ReadPlan:
    """The plan for a Parquet file; ImportFailed where it is damaged or expands beyond reason.

    Columns of a type that a book cannot keep are left out, with a note; ImportFailed where the mapping names one.
    """
    try:
        with pq.ParquetFile(path) as file:
            schema, metadata = file.schema_arrow, file.metadata
            _refuse_bomb(path, metadata)
            first = _first_values(file)
    except (pa.ArrowException, OSError) as error:
        text = "{file} is a damaged Parquet file ({reason})."
        reason = str(error).splitlines()[0]
        raise ImportFailed(message(text, file=path.name, reason=reason)) from error
    names, _ = headings.unique(schema.names)
    if names != tuple(schema.names):
        raise ImportFailed(message("{file} has columns of the same name; rename them.", file=path.name))
    types = {field.name: kind for field in schema if (kind := _type_of(field.type)) is not None}
    _refuse_named([field for field in schema if field.name not in types], mapping, path)
    meant = mapping or suggest_mapping(schema.names)
    doubts = (*units.doubts(first, meant), *absent.doubts(first, meant))
    notes = tuple(note for field in schema for note in _notes(field, field.name in types))
    kinds = tuple(types.values())
    return ReadPlan(
        str(path), FileFormat.PARQUET, tuple(types), first_data_line=1, types=kinds, notes=notes, doubts=doubts
    )


def _first_values(file: pq.ParquetFile) -> dict[str, list[str]]:
    """Texts of the first values by heading, for a look at their units; only numbers are read."""
    numbers = [field.name for field in file.schema_arrow if _type_of(field.type) in NUMERIC]
    batch = next(file.iter_batches(_FIRST_ROWS, columns=numbers), None) if numbers else None
    values = {name: batch.column(name).to_pylist() for name in numbers} if batch else {}
    known = {name: ["" if value is None else str(value) for value in found] for name, found in values.items()}
    return {name: known.get(name, []) for name in file.schema_arrow.names}


def _refuse_named(left_out: list[pa.Field], mapping: Mapping | None, path: Path) -> None:
    """Refuse a mapping that reads or keeps a column that a book cannot keep."""
    if mapping is None:
        return
    kept = mapping.keep if isinstance(mapping.keep, tuple) else ()
    named = {*kept, *mapping.types}.union(*(headings_of(how.value) for how in mapping.columns.values()))
    for field in left_out:
        if field.name in named:
            text = '{file}: the column "{column}" holds {kind}, which a book cannot keep; leave it out.'
            raise ImportFailed(message(text, file=path.name, column=field.name, kind=str(field.type)))


def _notes(field: pa.Field, kept: bool) -> list[Message]:
    if not kept:
        text = 'The column "{column}" holds {kind}, which a book cannot keep; it is left out.'
        return [message(text, column=field.name, kind=str(field.type))]
    if pa.types.is_timestamp(field.type):
        return [message('Of the timestamps in "{column}" the day is kept, not the time.', column=field.name)]
    return []


def _refuse_bomb(path: Path, metadata: pq.FileMetaData) -> None:
    groups = (metadata.row_group(number) for number in range(metadata.num_row_groups))
    size, packed = sum(group.total_byte_size for group in groups), path.stat().st_size
    if size > _MAX_BYTES or size > _MAX_EXPANSION * max(packed, 1 << 20):
        text = "{file} would expand to {size} bytes; it was not opened."
        raise ImportFailed(message(text, file=path.name, size=size))
    # Bytes do not tell: a column of one value takes up none, however many rows it has. Keys do.
    if metadata.num_rows > max(_FREE_ROWS, _MAX_ROWS * packed):
        text = "{file} has {rows} rows in {size} bytes, more than rows with keys can have; it was not opened."
        raise ImportFailed(message(text, file=path.name, rows=metadata.num_rows, size=packed))


def _type_of(kind: pa.DataType) -> ColumnType | None:
    """The type that a book keeps such values as; None where it keeps none of the kind."""
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    if pa.types.is_boolean(kind):
        return ColumnType.BOOLEAN
    # Unsigned numbers of 64 bits are mostly hashes, and half of them fit no whole number of a book.
    if pa.types.is_uint64(kind):
        return ColumnType.TEXT
    if pa.types.is_integer(kind):
        return ColumnType.INTEGER
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return ColumnType.NUMBER
    # The day of a moment depends on the zone that it is looked at from, so that nothing is right for all.
    if pa.types.is_date(kind) or (pa.types.is_timestamp(kind) and kind.tz is None):
        return ColumnType.DATE
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return ColumnType.CATEGORY
    return None
