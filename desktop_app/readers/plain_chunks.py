"""A few megabytes of a clean file as typed values, and its odd rows as texts.

The values are those that the careful way would find, or the row is odd: pyarrow reads a whole number only from digits
and a decimal only where nothing is lost. What it takes besides is looked for here: whole numbers, and exponents too,
in hexadecimal ("0x10", "5e0x2"), and exponents of two signs ("5e+-1").
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from pyarrow import csv as arrow_csv

from desktop_app.domain.columns import NUMERIC, ColumnType
from desktop_app.domain.mapping import ReadOptions
from desktop_app.domain.plans import PlainField, ReadPlan

# Whole lines of a file.
Bytes: TypeAlias = bytes | bytearray

# The texts of all fields of an odd row, and one more where there are too many; NULL for a plain row.
TEXTS = "~texts"

# Where a value is odd, ever smaller pieces are tried, down to this size, so that few rows come as texts.
_SMALLEST = 8 << 10
_PIECES = 8
_TRUE = ["true", "True", "TRUE", "1", "Y"]
_FALSE = ["false", "False", "FALSE", "0", "N"]
NEWLINE, _RETURN, _ZERO, _X, _PLUS, _MINUS = b"\n\r0x+-"
_LOWER = 0x20
_MISREAD = "0[xX]|[+]-"
_PART = 256 << 10
# What the reader takes at a time: its columns stay in the fast memory; a longer line is odd.
_BLOCK = 1 << 20


class Unclean(Exception):
    """The file is none whose every line is a row."""


@dataclass(frozen=True)
class _Looks:
    """What the bytes of a chunk may hold; misread are numbers that pyarrow takes and the careful way does not."""

    quoted: bool
    misread: bool


class ChunkReader:
    """Reads chunks of one file; several threads may.

    Attributes: schema is that of all batches; quoted says whether any chunk so far holds a quote.
    """

    def __init__(self, plan: ReadPlan, fields: Sequence[PlainField], options: ReadOptions) -> None:
        assert plan.dialect is not None
        self._dialect = plan.dialect
        self._names = [f"c{place}" for place in range(len(plan.headings))]
        self._fields = fields
        self._options = options
        # Where some words stand for a missing value, ids may still read so: texts are left as they are.
        self._blank_is_null = not options.missing
        self._absent = pa.array(["", *options.missing])
        self.quoted = False
        self._odd = False
        self.schema = pa.schema(
            [*((f"c{field.place}", _given_type(field)) for field in fields), (TEXTS, pa.list_(pa.string()))]
        )

    def read(self, chunk: Bytes) -> list[pa.RecordBatch]:
        """The rows of whole lines; raises Unclean where a line is none."""
        looks = self._look(chunk)
        if looks.quoted:
            # Never set back: another thread may have found a quote meanwhile.
            self.quoted = True
        # Where there was an odd row, there are others, so that trying all of a large chunk may be for nothing.
        pieces = _split(chunk) if self._odd and len(chunk) > _SMALLEST else [chunk]
        batches = [batch for piece in pieces for batch in self._parts(piece, looks)]
        self._odd = self._odd or len(batches) > 1
        return (
            batches if len(batches) == 1 else pa.Table.from_batches(batches, self.schema).combine_chunks().to_batches()
        )

    def _parts(self, chunk: Bytes, looks: _Looks) -> Iterator[pa.RecordBatch]:
        batch = self._values(chunk, looks)
        if batch is not None:
            yield batch
        elif len(chunk) <= _SMALLEST or len(pieces := list(_split(chunk))) == 1:
            yield self._odd_rows(chunk, looks)
        else:
            for piece in pieces:
                yield from self._parts(piece, looks)

    def _look(self, chunk: Bytes) -> _Looks:
        one_kind = b"\r" not in chunk if self._dialect.newline == "\n" else _is_paired(chunk)
        if not one_kind or b"\0" in chunk or b"\x01" in chunk or not _is_text(chunk):
            raise Unclean
        codes = np.frombuffer(chunk, np.uint8)
        return _Looks(self._is_quoted(chunk, codes), _has_misread_signs(chunk))

    def _is_quoted(self, chunk: Bytes, codes: NDArray[np.uint8]) -> bool:
        """Whether there are quotes, each pair of them round one whole field of one line; Unclean where not so."""
        quote = self._dialect.quote.encode()
        if not quote or quote not in chunk:
            return False
        places = np.flatnonzero(codes == quote[0])
        opening, closing = places[0::2], places[1::2]
        ends = (ord(self._dialect.delimiter), NEWLINE)
        # Beyond both ends of the chunk other lines stand.
        before = np.where(opening == 0, NEWLINE, codes[opening - 1])
        after = np.where(closing == len(codes) - 1, NEWLINE, codes[(closing + 1) % len(codes)])
        lines = np.flatnonzero(codes == NEWLINE)
        if (
            len(opening) != len(closing)
            or not np.isin(before, ends).all()
            or not np.isin(after, (*ends, _RETURN) if self._dialect.newline == "\r\n" else ends).all()
            or (np.searchsorted(lines, opening) != np.searchsorted(lines, closing)).any()
        ):
            raise Unclean
        return True

    def _values(self, chunk: Bytes, looks: _Looks) -> pa.RecordBatch | None:
        """The rows as values, None where one of them is odd."""
        if chunk.startswith(codecs.BOM_UTF8):
            # It would be taken for the mark at a file's beginning.
            return None
        try:
            if looks.misread and self._has_misread(chunk, looks):
                return None
            table = self._read(chunk, looks, self._converting())
            columns = [self._checked(field, _one(table[f"c{field.place}"])) for field in self._fields]
        except pa.ArrowInvalid:
            return None
        # What the reader takes for a line is counted again.
        if table.num_rows != _lines_in(chunk) or any(column is None for column in columns):
            return None
        texts = pa.nulls(table.num_rows, pa.list_(pa.string()))
        return pa.RecordBatch.from_arrays([*columns, texts], schema=self.schema)

    def _read(self, chunk: Bytes, looks: _Looks, converting: arrow_csv.ConvertOptions) -> pa.Table:
        reading = arrow_csv.ReadOptions(use_threads=False, column_names=self._names, block_size=_BLOCK)
        return arrow_csv.read_csv(pa.BufferReader(chunk), reading, self._splitting(looks), converting)

    def _has_misread(self, chunk: Bytes, looks: _Looks) -> bool:
        """Whether a field of numbers holds what only looks like one to pyarrow."""
        numbers = [f"c{field.place}" for field in self._fields if field.type in NUMERIC and not field.patterns]
        if not numbers:
            return False
        texts = arrow_csv.ConvertOptions(
            check_utf8=False, column_types=dict.fromkeys(numbers, pa.string()), include_columns=numbers, null_values=[]
        )
        table = self._read(chunk, looks, texts)
        return any(pc.any(pc.match_substring_regex(column, _MISREAD), min_count=0).as_py() for column in table.columns)

    def _splitting(self, looks: _Looks) -> arrow_csv.ParseOptions:
        return arrow_csv.ParseOptions(
            delimiter=self._dialect.delimiter,
            quote_char=self._dialect.quote if looks.quoted else False,
            ignore_empty_lines=False,
        )

    def _converting(self) -> arrow_csv.ConvertOptions:
        types = {}
        for field in self._fields:
            types[f"c{field.place}"] = pa.string() if field.patterns else _arrow_type(field)
        return arrow_csv.ConvertOptions(
            # Every byte was looked at, those of fields that are not read too.
            check_utf8=False,
            column_types=types,
            include_columns=list(types),
            null_values=["", *self._options.missing],
            true_values=_TRUE,
            false_values=_FALSE,
            strings_can_be_null=self._blank_is_null,
            decimal_point=self._options.decimal,
        )

    def _checked(self, field: PlainField, column: pa.Array) -> pa.Array | None:
        """The column as the field's type, None where a text is odd; raises ArrowInvalid where one is no such value."""
        if field.patterns:
            if field.type is not ColumnType.TEXT and not self._blank_is_null:
                column = pc.if_else(pc.is_in(column, self._absent), None, column)
            for pattern in field.patterns:
                if not pc.all(pc.match_substring_regex(column, f"^(?:{pattern})$"), min_count=0).as_py():
                    return None
        kind = _arrow_type(field)
        if column.type != kind:
            column = column.cast(kind)
        if field.required and (column.null_count or _has_blank(field, column)):
            return None
        if field.type is ColumnType.DATE and _is_early(field, column):
            return None
        if field.in_units:
            column = _units(column)
        return column if not field.width or _is_within(field, column) else None

    def _odd_rows(self, chunk: Bytes, looks: _Looks) -> pa.RecordBatch:
        rows = self._texts(chunk, looks)
        columns = [self._words(field, rows) for field in self._fields]
        return pa.RecordBatch.from_arrays([*columns, pa.array(rows, pa.list_(pa.string()))], schema=self.schema)

    def _texts(self, chunk: Bytes, looks: _Looks) -> list[list[str | None]]:
        """The texts of all fields and of the one that may be too much; what is not there is None."""
        lines = [line.removesuffix("\r") for line in chunk.decode().removesuffix("\n").split("\n")]
        width = len(self._names) + 1
        try:
            rows = (
                self._quoted_texts(lines) if looks.quoted else [line.split(self._dialect.delimiter) for line in lines]
            )
        except csv.Error as error:
            raise Unclean from error
        if len(rows) != len(lines) or not all(lines) or any(len(row) > width for row in rows):
            raise Unclean
        return [[*row, *[None] * (width - len(row))] for row in rows]

    def _quoted_texts(self, lines: list[str]) -> list[list[str]]:
        return list(csv.reader(lines, delimiter=self._dialect.delimiter, quotechar=self._dialect.quote, strict=True))

    def _words(self, field: PlainField, rows: list[list[str | None]]) -> pa.Array:
        """A field of texts as `_values` gives it; others stay missing, since their texts are in the list."""
        if field.type is not ColumnType.TEXT:
            return pa.nulls(len(rows), _given_type(field))
        found = (row[field.place] for row in rows)
        return pa.array([text or None for text in found] if self._blank_is_null else list(found), pa.string())


def _arrow_type(field: PlainField) -> pa.DataType:
    match field.type:
        case ColumnType.TEXT:
            return pa.string()
        case ColumnType.DATE:
            return pa.date32()
        case ColumnType.BOOLEAN:
            return pa.bool_()
        case ColumnType.INTEGER:
            return pa.int64()
        case _:
            return pa.decimal128(field.width, field.decimals)


def _given_type(field: PlainField) -> pa.DataType:
    return pa.int64() if field.in_units else _arrow_type(field)


def _units(column: pa.Array) -> pa.Array:
    """Decimals as whole numbers of their last decimal's units: they are kept so, in the lower half of 128 bits."""
    known, digits = column.buffers()
    halves = np.frombuffer(digits, "<i8")[2 * column.offset : 2 * (column.offset + len(column)) : 2]
    units = pa.py_buffer(np.concatenate([np.zeros(column.offset, "<i8"), halves]))
    return pa.Array.from_buffers(pa.int64(), len(column), [known, units], column.null_count, column.offset)


def _one(column: pa.ChunkedArray) -> pa.Array:
    """All of a column; joining copies even what is one piece already."""
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def _has_blank(field: PlainField, column: pa.Array) -> bool:
    return field.type is ColumnType.TEXT and bool(pc.any(pc.equal(column, "")).as_py())


def _is_early(field: PlainField, column: pa.Array) -> bool:
    days = column.cast(pa.int32())
    first = (field.first_day - date(1970, 1, 1)).days
    return bool(pc.any(pc.less(days, first)).as_py())


def _is_within(field: PlainField, column: pa.Array) -> bool:
    bounds = pc.min_max(column).as_py()
    if bounds["min"] is None:
        return True
    unit = Decimal(1).scaleb(-field.decimals) if field.in_units else Decimal(1)
    return bool(field.low <= bounds["min"] * unit and bounds["max"] * unit <= field.high)


def _is_text(chunk: Bytes) -> bool:
    """Whether all of it is UTF-8."""
    if chunk.isascii():
        return True
    try:
        chunk.decode()
    except UnicodeDecodeError:
        return False
    return True


def _is_paired(chunk: Bytes) -> bool:
    """Whether every line ends in a return and a newline."""
    return chunk.count(b"\r\n") == chunk.count(b"\n") == chunk.count(b"\r")


def _lines_in(chunk: Bytes) -> int:
    ends = sum(np.count_nonzero(part == NEWLINE) for part in _parts_of(chunk))
    return int(ends) + (not chunk.endswith(b"\n"))


def _has_misread_signs(chunk: Bytes) -> bool:
    """Whether a zero stands before an x, or a plus before a minus."""
    for part in _parts_of(chunk, overlap=1):
        first, second = part[:-1], part[1:]
        letters = np.flatnonzero((second | _LOWER) == _X)
        pluses = np.flatnonzero(first == _PLUS)
        if (first[letters] == _ZERO).any() or (second[pluses] == _MINUS).any():
            return True
    return False


def _parts_of(chunk: Bytes, overlap: int = 0) -> Iterator[NDArray[np.uint8]]:
    """The codes of a chunk, so many at a time that they are looked at in the fast memory, and some of the next ones."""
    codes = np.frombuffer(chunk, np.uint8)
    for start in range(0, len(codes), _PART):
        yield codes[start : start + _PART + overlap]


def _split(chunk: Bytes) -> Iterator[Bytes]:
    """Some pieces of about one size, cut after line ends."""
    start, size = 0, len(chunk) // _PIECES + 1
    while start < len(chunk):
        end = chunk.find(b"\n", min(start + size, len(chunk) - 1)) + 1 or len(chunk)
        yield chunk[start:end]
        start = end
