"""Writing the demo book: blocks made side by side, written in order, so that threads change no byte."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from queue import SimpleQueue
from tempfile import NamedTemporaryFile
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from desktop_app.demo import marginals as m
from desktop_app.demo.draws import Draws
from desktop_app.demo.recorded import with_actions
from desktop_app.demo.simulation import years
from desktop_app.demo.table import table_of
from desktop_app.domain.problems import ExportFailed, message
from desktop_app.domain.watch import Watch

# The outcome of each row of some blocks, as a place in OUTCOMES; no two calls of one replay run at once.
Replay: TypeAlias = Callable[[pa.Table], NDArray[np.integer]]

# Accounts a block; with three snapshots a block is one row group of 122,880 rows, as databases like them. It is part
# of the result: another size would be another book.
BLOCK = 40_960
# Blocks that are made and replayed together; it changes no byte.
BATCH = 4
_SNAPSHOTS = len(m.SNAPSHOT_DATES)
# Streams of a block number above any real one.
_NOISE_STREAM = 1 << 40
# Sorted keys, of which each begins like the one before.
_KEYS = ("account_id", "user_id")
_COMPRESSION_LEVEL = 3


def generate(
    rows: int, seed: int, out: Path, watch: Watch, threads: int = 2, *, replays: Sequence[Replay] = ()
) -> None:
    """Write a book of `rows` accounts over three snapshots to the Parquet file `out`.

    With `replays`, one for each thread, recorded_action is what they decide, but for a few rows; without, there is
    no such column. The bytes depend on rows, seed and what is decided alone; memory depends on threads alone.
    Raises ExportFailed where the file cannot be written and Cancelled where the watch says so; `out` is then as it
    was before.
    """
    if rows < _SNAPSHOTS:
        raise ExportFailed(message("A demo book needs at least {least} rows.", least=_SNAPSHOTS))
    done = 0
    # Closed at once, so that an error leaves no thread at work.
    with closing(_in_order(_Blocks(rows, seed, watch, replays), threads)) as blocks, book_writer(out) as write:
        for block in blocks:
            watch.check()
            write(block)
            done += block.num_rows
            watch.report(message("Making the demo book"), done, rows)


class BookWriter:
    """A Parquet file that appears under its name once it is whole; calling it writes one row group."""

    def __init__(self, part: Path) -> None:
        self._part = part
        self._writer: pq.ParquetWriter | None = None

    def __call__(self, block: pa.Table) -> None:
        """Write `block` as one row group."""
        if self._writer is None:
            self._writer = _open(self._part, block.schema)
        self._writer.write_table(block, row_group_size=block.num_rows)

    def close(self) -> None:
        """Finish the file."""
        if self._writer is not None:
            self._writer.close()


@contextmanager
def book_writer(out: Path) -> Iterator[BookWriter]:
    """A BookWriter for `out`; an error on the way leaves `out` as it was and nothing beside it."""
    part: Path | None = None
    try:
        with NamedTemporaryFile(dir=out.parent, prefix=out.name, suffix=".part", delete=False) as file:
            part = Path(file.name)
        writer = BookWriter(part)
        try:
            yield writer
        finally:
            writer.close()
        part.chmod(0o644)
        part.replace(out)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ExportFailed(message("{file} cannot be written: {reason}.", file=out.name, reason=reason)) from error
    finally:
        if part is not None:
            part.unlink(missing_ok=True)


def _open(path: Path, schema: pa.Schema) -> pq.ParquetWriter:
    # Without the Arrow schema other readers see plain text columns, and the file has no trace of its maker's types.
    return pq.ParquetWriter(
        path,
        schema,
        compression="zstd",
        compression_level=_COMPRESSION_LEVEL,
        use_dictionary=[name for name in schema.names if name not in _KEYS],
        column_encoding=dict.fromkeys(_KEYS, "DELTA_BYTE_ARRAY"),
        store_schema=False,
        store_decimal_as_integer=True,
        data_page_size=4 << 20,
        dictionary_pagesize_limit=4 << 20,
    )


def _in_order(blocks: _Blocks, threads: int) -> Generator[pa.Table, None, None]:
    """The blocks in order; at most one more than `threads` batches of them is in memory at once."""
    waiting: deque[Future[list[pa.Table]]] = deque()
    with ThreadPoolExecutor(threads) as pool:
        try:
            for first in range(0, blocks.count, BATCH):
                waiting.append(pool.submit(blocks.batch, range(first, min(first + BATCH, blocks.count))))
                if len(waiting) > threads:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


class _Blocks:
    """The blocks of one book, by their numbers; several threads may ask at once."""

    def __init__(self, rows: int, seed: int, watch: Watch, replays: Sequence[Replay]) -> None:
        self._rows = rows
        self._seed = seed
        self._watch = watch
        self._slots = -(-rows // _SNAPSHOTS)
        self._recorded = bool(replays)
        self._free: SimpleQueue[Replay] = SimpleQueue()
        for replay in replays:
            self._free.put(replay)

    @property
    def count(self) -> int:
        """How many there are."""
        return -(-self._slots // BLOCK)

    def batch(self, numbers: range) -> list[pa.Table]:
        """Some blocks, with recorded_action where there are replays."""
        blocks = [self._block(number) for number in numbers]
        if not self._recorded:
            return blocks
        replay = self._free.get()
        try:
            outcomes = replay(pa.concat_tables(blocks))
        finally:
            self._free.put(replay)
        parts = np.split(outcomes, np.cumsum([block.num_rows for block in blocks])[:-1])
        return [
            with_actions(block, part, self._seed, number)
            for block, part, number in zip(blocks, parts, numbers, strict=True)
        ]

    def _block(self, number: int) -> pa.Table:
        """The three snapshots of a block, oldest first."""
        self._watch.check()
        first = number * BLOCK
        size = min(BLOCK, self._slots - first)
        noise = Draws(self._seed, _NOISE_STREAM + number, size)
        tables = []
        for snapshot, year in enumerate(years(self._seed, number, size)):
            # The last slot misses the later snapshots where the rows do not divide by three.
            in_snapshot = (self._rows + _SNAPSHOTS - 1 - snapshot) // _SNAPSHOTS
            tables.append(table_of(year, snapshot, first, noise.normal()).slice(0, in_snapshot - first))
        return pa.concat_tables(tables).combine_chunks()
