"""Decided accounts from Arrow batches to CSV bytes, column by column: no Python object is made for a row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from desktop_app.reports.fields import (
    CONTINUES_FORMULA,
    GUARDED,
    LINE_END,
    NEEDS_QUOTES,
    QUOTE,
    SEPARATOR,
    SIGNED_NUMBER,
    STARTS_FORMULA,
)
from desktop_app.reports.headings import ACCOUNTS

# Rows that become text at once: enough to be quick, few enough to stay small beside the book.
CHUNK_ROWS: Final = 65_536

MONEY: Final = frozenset({"credit_limit", "balance", "new_limit", "undrawn"})
# Every account anew each time it is called: each file reads them for itself.
Accounts: TypeAlias = "Callable[[], Iterable[pa.RecordBatch]]"
_FLAGS = frozenset({"in_default"})
_TEXT: Final = pa.large_string()
_Array: TypeAlias = "pa.Array[pa.Scalar[pa.DataType]]"
# What stands in a line: a column of texts, or the same text in every row.
_Piece: TypeAlias = "_Array | pa.Scalar[pa.DataType]"

_MINOR_PER_UNIT = 100

# Bytes that need neither quotes nor a guard wherever they stand. 0xEF begins the full-width signs.
_HARMLESS = bytes(
    byte
    for byte in range(256)
    if (chr(byte).isascii() and chr(byte).isalnum()) or byte in b"_./:#" or 0x80 <= byte != 0xEF
)


def account_lines(batch: pa.RecordBatch, guard: bool) -> Iterator[tuple[int, memoryview]]:
    """The batch as (rows, CSV bytes) by chunk; it has the columns of `headings.ACCOUNTS`, money in minor units ≥ 0.

    `reason` is the reason's code as it is to be written, "" or NULL for none; text columns may be dictionaries.
    """
    for start in range(0, batch.num_rows, CHUNK_ROWS):
        chunk = batch.slice(start, CHUNK_ROWS)
        pieces: list[_Piece] = []
        for name in ACCOUNTS:
            pieces += _pieces(name, chunk.column(name), SEPARATOR if name != ACCOUNTS[-1] else LINE_END, guard)
        # One join writes each byte of the lines once; what ends a field goes with what is looked up, where it can.
        lines = pc.binary_join_element_wise(*pieces, _fixed(""))
        yield chunk.num_rows, _bytes_of(lines)


def _pieces(name: str, column: _Array, end: str, guard: bool) -> list[_Piece]:
    """A field of every row with what ends it."""
    if name in MONEY:
        units = pc.divide(column, _MINOR_PER_UNIT)
        cents = pc.subtract(column, pc.multiply(units, _MINOR_PER_UNIT))
        return [pc.cast(units, _TEXT), pc.take(_labels(f".{cent:02d}{end}" for cent in range(_MINOR_PER_UNIT)), cents)]
    if name in _FLAGS:
        return [pc.take(_labels(f"{word}{end}" for word in ("false", "true")), pc.cast(column, pa.int8()))]
    if isinstance(column, pa.DictionaryArray):
        safe = _safe(column.dictionary, guard)
        found = pc.take(pc.binary_join_element_wise(safe, _fixed(end), _fixed("")), column.indices)
        return [pc.fill_null(found, end) if column.null_count else found]
    return [_safe(column, guard), _fixed(end)]


def _safe(column: _Array, guard: bool) -> _Array:
    """Texts as they stand in a file; "" for NULL."""
    text = pc.fill_null(pc.cast(column, _TEXT), "")
    if not bytes(_bytes_of(text)).translate(None, _HARMLESS):
        return text
    return _quoted(_guarded(text) if guard else text)


def _guarded(text: _Array) -> _Array:
    """As `fields.guarded`, for a column."""
    started = pc.replace_substring_regex(text, pattern=STARTS_FORMULA, replacement=GUARDED)
    whole = pc.replace_substring_regex(started, pattern=CONTINUES_FORMULA, replacement=GUARDED)
    return pc.if_else(pc.match_substring_regex(text, f"^({SIGNED_NUMBER})$"), text, whole)


def _quoted(text: _Array) -> _Array:
    """As `fields.quoted`, for a column."""
    doubled = pc.replace_substring(text, pattern=QUOTE, replacement=QUOTE * 2)
    inside = pc.binary_join_element_wise(_fixed(QUOTE), doubled, _fixed(QUOTE), _fixed(""))
    return pc.if_else(pc.match_substring_regex(text, NEEDS_QUOTES), inside, text)


def _labels(texts: Iterable[str]) -> _Array:
    return pa.array(list(texts), _TEXT)


def _fixed(text: str) -> pa.Scalar[pa.DataType]:
    return pa.scalar(text, _TEXT)


def _bytes_of(text: _Array) -> memoryview:
    """The characters of a column, one value after the other, as they lie in memory."""
    _, offsets, characters = text.buffers()
    if characters is None:
        return memoryview(b"")
    bounds = np.frombuffer(offsets, dtype=np.int64)[[text.offset, text.offset + len(text)]]
    return memoryview(characters)[bounds[0] : bounds[1]]
