"""The rows of a clean file in one pass over its bytes: hash, number of lines, and typed values all at once.

A file that is not what it seems ends the pass with Unclean, and its rows are to be read another way. Single odd rows
do not: they come as texts. One physical line is one row, always, so that a row's place tells its line.
"""

from __future__ import annotations

import codecs
import hashlib
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

import numpy as np
import pyarrow as pa

from desktop_app.domain.columns import ColumnType
from desktop_app.domain.mapping import ReadOptions
from desktop_app.domain.plans import PlainField, ReadPlan, Survey
from desktop_app.domain.problems import message
from desktop_app.domain.watch import Watch
from desktop_app.readers.plain_chunks import NEWLINE, TEXTS, Bytes, ChunkReader, Unclean

READING = message("Reading the file")

# So many rows the database stores together: of more or fewer at a time it would make such groups by copying.
GROUP = 122_880
# The most bytes that are read as one, and how many are fetched at a time.
_MOST = 48 << 20
_STEP = 1 << 20
# No line of a clean file is longer than this, nor the notes at its end.
_LONGEST = 16 << 20
_THREADS = 2
# Chunks that may wait to be taken: enough to keep the threads at work, few enough for the memory.
_WAITING = 3
# An odd row costs some ten times as much as a plain one: with more of them, other ways are faster.
_MOST_TEXTS = 0.1
_FREE_TEXTS = 20_000


@dataclass(frozen=True)
class Region:
    """Where the rows of a file stand: its bytes from `start` up to `end`."""

    start: int
    end: int


@dataclass(frozen=True)
class _Chunk:
    """A piece of the file under way: whole lines, being hashed and read."""

    size: int
    hashed: Future[None]
    rows: Future[list[pa.RecordBatch]]


class PlainRows:
    """One pass over a file that may be clean.

    Attributes: schema is that of the batches: the fields asked for as c0 …, and `~texts`, the texts of all fields of
    an odd row; survey is of all bytes, there once the batches were read to their end; stopped is what ended them
    before, where that is not for the file's own texts.
    """

    def __init__(
        self, path: Path, plan: ReadPlan, fields: Sequence[PlainField], options: ReadOptions, watch: Watch
    ) -> None:
        region = region_of(path, plan)
        if region is None:
            raise Unclean
        self._path = path
        self._region = region
        self._plan = plan
        self._watch = watch
        self._reader = ChunkReader(plan, fields, options)
        self._digest = hashlib.sha256()
        self._rows = self._texts = 0
        self.schema = self._reader.schema
        self.survey: Survey | None = None
        self.stopped: Exception | None = None

    def batches(self) -> Generator[pa.RecordBatch, None, None]:
        """The rows in their order; raises Unclean where the file is not clean after all."""
        try:
            with self._path.open("rb") as file, ThreadPoolExecutor(_THREADS) as pool, ThreadPoolExecutor(1) as hashing:
                # Hashing has a thread of its own, since the order of the bytes matters.
                hashing.submit(self._digest.update, file.read(self._region.start))
                yield from self._in_order(self._chunks(file, pool, hashing))
                hashing.submit(self._digest.update, file.read()).result()
        except Exception as error:
            self.stopped = None if isinstance(error, Unclean) else error
            raise
        lines = self._plan.first_data_line - 1 + self._rows + self._plan.footer
        size = self._path.stat().st_size
        self.survey = Survey(size, self._digest.hexdigest(), lines, quoted=self._reader.quoted)

    def _chunks(self, file: BufferedReader, pool: ThreadPoolExecutor, hashing: ThreadPoolExecutor) -> Iterator[_Chunk]:
        for piece in pieces(file, self._region, GROUP):
            hashed = hashing.submit(self._digest.update, piece)
            yield _Chunk(len(piece), hashed, pool.submit(self._reader.read, piece))

    def _in_order(self, chunks: Iterator[_Chunk]) -> Iterator[pa.RecordBatch]:
        waiting: deque[_Chunk] = deque()
        done = self._region.start
        try:
            for chunk in chunks:
                waiting.append(chunk)
                while len(waiting) > _WAITING:
                    done += waiting[0].size
                    yield from self._taken(waiting.popleft(), done)
            while waiting:
                done += waiting[0].size
                yield from self._taken(waiting.popleft(), done)
        finally:
            for chunk in waiting:
                chunk.rows.cancel()

    def _taken(self, chunk: _Chunk, done: int) -> Iterator[pa.RecordBatch]:
        self._watch.check()
        chunk.hashed.result()
        for batch in chunk.rows.result():
            self._rows += batch.num_rows
            self._texts += batch.num_rows - batch.column(TEXTS).null_count
            yield batch
        self._watch.report(READING, done, self._region.end)
        if self._texts > _FREE_TEXTS + _MOST_TEXTS * self._rows:
            raise Unclean


def may_be_clean(plan: ReadPlan) -> bool:
    """Whether the plan itself promises lines that are rows, split at one byte."""
    dialect = plan.dialect
    return (
        dialect is not None
        and not plan.rounded
        and len(plan.headings) > 1
        and len(dialect.delimiter) == 1
        and dialect.delimiter.isascii()
        and dialect.quote.isascii()
        and dialect.newline in ("\n", "\r\n")
        # Another sign than the quote means something outside of quotes as well.
        and dialect.escape in ("", dialect.quote)
    )


def first_rows(path: Path, plan: ReadPlan, count: int) -> pa.Table:
    """The first rows, or all where they are fewer, as texts; raises Unclean where one of them is odd."""
    region = region_of(path, plan)
    if region is None:
        raise Unclean
    fields = [PlainField(place, ColumnType.TEXT) for place in range(len(plan.headings))]
    reader = ChunkReader(plan, fields, ReadOptions())
    batches: list[pa.RecordBatch] = []
    with path.open("rb") as file:
        file.seek(region.start)
        for piece in pieces(file, region, count):
            batches += reader.read(piece)
            if sum(batch.num_rows for batch in batches) >= count:
                break
    table = pa.Table.from_batches(batches, reader.schema)
    if table[TEXTS].null_count < table.num_rows:
        raise Unclean
    return table.drop_columns([TEXTS]).slice(0, count)


def region_of(path: Path, plan: ReadPlan) -> Region | None:
    """The region of the rows; None where there are none, or where it cannot be told."""
    with path.open("rb") as file:
        for _ in range(plan.first_data_line - 1):
            if not file.readline(_LONGEST).endswith(b"\n"):
                return None
        start = file.tell()
        if not start and file.read(len(codecs.BOM_UTF8)) == codecs.BOM_UTF8:
            start = len(codecs.BOM_UTF8)
        size = file.seek(0, 2)
        file.seek(max(size - _LONGEST, start))
        end = _end_of_rows(file.read(), plan.footer)
    return Region(start, size - end) if end is not None and start < size - end else None


def _end_of_rows(tail: bytes, footer: int) -> int | None:
    """How many bytes at the end belong to no row: line ends, and the last lines that are notes."""
    content = tail.rstrip(b"\r\n")
    for _ in range(footer):
        content, found, _ = content.rpartition(b"\n")
        if not found:
            return None
        content = content.removesuffix(b"\r")
    return len(tail) - len(content) if content else None


def pieces(file: BufferedReader, region: Region, rows: int) -> Iterator[Bytes]:
    """Whole lines, so many at a time, of a file that stands at the region's start; the very last may lack its end.

    Fewer come at a time where so many would be more than _MOST bytes.
    """
    rest, left = b"", region.end - region.start
    while left or rest:
        piece = bytearray(rest)
        lines, cut = _nth_end(rest, rows)
        while left and not cut and len(piece) < _MOST:
            block = file.read(min(_STEP, left))
            if not block:
                raise Unclean
            more, end = _nth_end(block, rows - lines)
            cut = len(piece) + end if end else 0
            lines, left = lines + more, left - len(block)
            piece += block
        cut = cut or (piece.rfind(b"\n") + 1 if left else len(piece))
        rest = bytes(piece[cut:])
        if not cut or len(rest) > _LONGEST:
            raise Unclean
        del piece[cut:]
        yield piece


def _nth_end(part: bytes, number: int) -> tuple[int, int]:
    """How many lines end in a part of a file, and where the one of that number does, 0 where it does not."""
    ends = np.frombuffer(part, np.uint8) == NEWLINE
    found = int(np.count_nonzero(ends))
    return found, int(np.flatnonzero(ends)[number - 1]) + 1 if found >= number else 0
