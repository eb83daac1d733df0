"""`greyline generate`: the demo book from the terminal."""

import pyarrow.parquet as pq

from tests.cli.running import greyline


def test_a_book_is_written_with_recorded_actions(tmp_path, capsys) -> None:
    assert greyline("generate", "--rows", 300, "--seed", 5, "--out", tmp_path / "book.parquet") == 0
    table = pq.read_table(tmp_path / "book.parquet")
    assert table.num_rows == 300
    assert table.column("recorded_action").null_count == 0
    assert "300 rows" in capsys.readouterr().out


def test_the_same_seed_writes_the_same_bytes(tmp_path) -> None:
    for name in ("one", "other"):
        greyline("generate", "--rows", 300, "--seed", 5, "--out", tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


def test_too_few_rows_are_refused_in_one_sentence(tmp_path, capsys) -> None:
    assert greyline("generate", "--rows", 2, "--out", tmp_path / "book") == 1
    assert capsys.readouterr().err == "A demo book needs at least 3 rows.\n"
