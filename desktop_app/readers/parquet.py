"""Parquet files: their columns and types stand in the footer."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from desktop_app.domain.columns import ColumnType
from desktop_app.domain.plans import FileFormat, ReadPlan
from desktop_app.domain.problems import ImportFailed, message
from desktop_app.readers import headings

# More than this per byte of file is a bomb, or so much the same value that a sample tells as much.
_MAX_EXPANSION = 1000
_MAX_BYTES = 64 << 30


def inspect_parquet(path: Path) -> ReadPlan:
    """The plan for a Parquet file; ImportFailed where it is damaged, nested or expands beyond reason."""
    try:
        with pq.ParquetFile(path) as file:
            schema, metadata = file.schema_arrow, file.metadata
            _refuse_bomb(path, metadata)
    except (pa.ArrowException, OSError) as error:
        text = "{file} is a damaged Parquet file ({reason})."
        reason = str(error).splitlines()[0]
        raise ImportFailed(message(text, file=path.name, reason=reason)) from error
    names, _ = headings.unique(schema.names)
    if names != tuple(schema.names):
        raise ImportFailed(message("{file} has columns of the same name; rename them.", file=path.name))
    types = tuple(_type_of(field, path) for field in schema)
    return ReadPlan(str(path), FileFormat.PARQUET, names, first_data_line=1, types=types)


def _refuse_bomb(path: Path, metadata: pq.FileMetaData) -> None:
    groups = (metadata.row_group(number) for number in range(metadata.num_row_groups))
    size = sum(group.total_byte_size for group in groups)
    if size > _MAX_BYTES or size > _MAX_EXPANSION * max(path.stat().st_size, 1 << 20):
        text = "{file} would expand to {size} bytes; it was not opened."
        raise ImportFailed(message(text, file=path.name, size=size))


def _type_of(field: pa.Field, path: Path) -> ColumnType:
    kind = field.type
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    if pa.types.is_boolean(kind):
        return ColumnType.BOOLEAN
    if pa.types.is_integer(kind):
        return ColumnType.INTEGER
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return ColumnType.NUMBER
    if pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        return ColumnType.DATE
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return ColumnType.CATEGORY
    text = '{file}: the column "{column}" holds {kind}, which a book cannot keep; leave it out.'
    raise ImportFailed(message(text, file=path.name, column=field.name, kind=str(kind)))
