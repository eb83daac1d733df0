"""Writing the demo book: blocks made side by side, written in order, so that threads change no byte."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

import pyarrow as pa
import pyarrow.parquet as pq

from desktop_app.demo import marginals as m
from desktop_app.demo.draws import Draws
from desktop_app.demo.simulation import years
from desktop_app.demo.table import table_of
from desktop_app.domain.problems import ExportFailed, message
from desktop_app.domain.watch import Watch

# Accounts a block; with three snapshots a block is one row group of 122,880 rows, as databases like them. It is part
# of the result: another size would be another book.
BLOCK = 40_960
_SNAPSHOTS = len(m.SNAPSHOT_DATES)
# Streams of a block number above any real one.
_NOISE_STREAM = 1 << 40
# Sorted keys, of which each begins like the one before.
_KEYS = ("account_id", "user_id")
_COMPRESSION_LEVEL = 3


def generate(rows: int, seed: int, out: Path, watch: Watch, threads: int = 2) -> None:
    """Write a book of `rows` accounts over three snapshots, without recorded_action, to the Parquet file `out`.

    The bytes depend on rows and seed alone; memory depends on threads alone. Raises ExportFailed where the file
    cannot be written and Cancelled where the watch says so; `out` is then as it was before.
    """
    if rows < _SNAPSHOTS:
        raise ExportFailed(message("A demo book needs at least {least} rows.", least=_SNAPSHOTS))
    done = 0
    # Closed at once, so that an error leaves no thread at work.
    with closing(_in_order(rows, seed, threads)) as blocks, book_writer(out) as write:
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


def _in_order(rows: int, seed: int, threads: int) -> Generator[pa.Table, None, None]:
    """The blocks in order; at most one more than `threads` of them is in memory at once."""
    slots = -(-rows // _SNAPSHOTS)
    waiting: deque[Future[pa.Table]] = deque()
    with ThreadPoolExecutor(threads) as pool:
        try:
            for first in range(0, slots, BLOCK):
                waiting.append(pool.submit(_block, rows, seed, first, min(BLOCK, slots - first)))
                if len(waiting) > threads:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def _block(rows: int, seed: int, first: int, size: int) -> pa.Table:
    """The three snapshots of the block of slots from `first`, oldest snapshot first."""
    number = first // BLOCK
    noise = Draws(seed, _NOISE_STREAM + number, size)
    tables = []
    for snapshot, year in enumerate(years(seed, number, size)):
        # The last slot misses the later snapshots where the rows do not divide by three.
        in_snapshot = (rows + _SNAPSHOTS - 1 - snapshot) // _SNAPSHOTS
        tables.append(table_of(year, snapshot, first, noise.normal()).slice(0, in_snapshot - first))
    return pa.concat_tables(tables).combine_chunks()
