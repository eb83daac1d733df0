"""Writing the demo book: the same bytes for the same seed, whole files or none."""

import pyarrow.parquet as pq
import pytest

from desktop_app.demo import writing
from desktop_app.demo.writing import generate
from desktop_app.domain.columns import STANDARD
from desktop_app.domain.problems import Cancelled, ExportFailed
from desktop_app.domain.watch import CancelWatch

# Two whole blocks and a part of one, in blocks of the size that the `small_blocks` fixture sets.
ROWS = 7_000


@pytest.fixture
def small_blocks(monkeypatch):
    """Blocks of 1,024 accounts, so that a small book has several."""
    monkeypatch.setattr(writing, "BLOCK", 1_024)


class Recorder(CancelWatch):
    """A watch that keeps what was reported and cancels after some reports."""

    def __init__(self, cancel_after=None):
        super().__init__()
        self.done = []
        self._cancel_after = cancel_after

    def report(self, stage, done, total):
        self.done.append((done, total))
        if len(self.done) == self._cancel_after:
            self.cancel()


def book_bytes(folder, seed=7, threads=2, rows=ROWS):
    path = folder / f"{seed}-{threads}-{rows}.parquet"
    generate(rows, seed, path, CancelWatch(), threads)
    return path.read_bytes()


@pytest.mark.parametrize("threads", [1, 3, 8])
def test_threads_change_no_byte(tmp_path, small_blocks, threads) -> None:
    assert book_bytes(tmp_path, threads=threads) == book_bytes(tmp_path, threads=2)


def test_blocks_made_alone_are_those_of_the_book(tmp_path, small_blocks) -> None:
    longer, shorter = tmp_path / "longer", tmp_path / "shorter"
    generate(3 * 2_048, 7, longer, CancelWatch())
    generate(3 * 1_024, 7, shorter, CancelWatch())
    assert pq.ParquetFile(longer).read_row_group(0) == pq.ParquetFile(shorter).read_row_group(0)


def test_another_seed_makes_another_book(tmp_path, small_blocks) -> None:
    assert book_bytes(tmp_path, seed=7) != book_bytes(tmp_path, seed=8)


def test_blocks_differ(tmp_path, small_blocks) -> None:
    path = tmp_path / "book"
    generate(6 * 1_024, 7, path, CancelWatch())
    groups = [pq.ParquetFile(path).read_row_group(number).column("balance") for number in (0, 1)]
    assert groups[0] != groups[1]


@pytest.mark.parametrize("rows", [3, 4, 5, 30, 3 * 1_024 + 1, ROWS])
def test_the_book_has_as_many_rows_as_asked_for(tmp_path, small_blocks, rows) -> None:
    path = tmp_path / "book"
    generate(rows, 7, path, CancelWatch())
    assert pq.read_metadata(path).num_rows == rows


def test_columns_are_known_by_their_standard_names(tmp_path) -> None:
    path = tmp_path / "book"
    generate(30, 7, path, CancelWatch())
    expected = {name for name, column in STANDARD.items() if column.loadable} - {"dti", "recorded_action"}
    assert set(pq.read_schema(path).names) == expected


def test_amounts_and_rates_are_decimals(tmp_path) -> None:
    path = tmp_path / "book"
    generate(30, 7, path, CancelWatch())
    types = {field.name: str(field.type) for field in pq.read_schema(path)}
    assert {types[name] for name in ("credit_limit", "balance", "income_monthly")} == {"decimal128(18, 2)"}
    assert {types[name] for name in ("pd", "lgd", "apr")} == {"decimal128(9, 6)"}


def test_progress_is_reported_up_to_the_end(tmp_path, small_blocks) -> None:
    watch = Recorder()
    generate(ROWS, 7, tmp_path / "book", watch)
    assert watch.done == [(3_072, ROWS), (6_144, ROWS), (ROWS, ROWS)]


def test_a_cancelled_book_leaves_nothing(tmp_path, small_blocks) -> None:
    with pytest.raises(Cancelled):
        generate(ROWS, 7, tmp_path / "book", Recorder(cancel_after=1))
    assert not list(tmp_path.iterdir())


def test_a_cancelled_book_leaves_the_old_file(tmp_path, small_blocks) -> None:
    path = tmp_path / "book"
    path.write_text("old")
    with pytest.raises(Cancelled):
        generate(ROWS, 7, path, Recorder(cancel_after=1))
    assert path.read_text() == "old"


def test_a_missing_folder_is_a_clear_error(tmp_path) -> None:
    with pytest.raises(ExportFailed, match=r"book\.parquet cannot be written: No such file"):
        generate(30, 7, tmp_path / "nowhere" / "book.parquet", CancelWatch())


def test_a_book_without_rows_is_refused(tmp_path) -> None:
    with pytest.raises(ExportFailed, match="at least 3 rows"):
        generate(2, 7, tmp_path / "book", CancelWatch())
