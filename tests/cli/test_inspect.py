"""`greyline inspect`: what it says of a file, and the plain CSV that it writes."""

import csv
import gzip
from datetime import datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.cli.running import greyline

BOOK = "账户号;授信额度;本金余额\n007;1000;10\n008;2000;20\n"


@pytest.fixture(autouse=True)
def in_english(monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")


def inspected(tmp_path, capsys, content, *arguments, name="book.csv"):
    """What the command prints about a file of this content."""
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert greyline("inspect", path, *arguments) == 0
    return capsys.readouterr().out


def converted(tmp_path, capsys, content):
    """The bytes that `--out` writes, and the rows of its rejects."""
    out = tmp_path / "out.csv"
    inspected(tmp_path, capsys, content, "--out", out)
    with (tmp_path / "out.rejects.csv").open(newline="", encoding="utf-8") as file:
        return out.read_bytes(), list(csv.reader(file))[1:]


def test_the_dialect_is_said(tmp_path, capsys) -> None:
    said = inspected(tmp_path, capsys, BOOK.encode("gb18030"))
    assert "Encoding: gb18030\n" in said
    assert "Delimiter: ;\n" in said


def test_a_tab_is_named(tmp_path, capsys) -> None:
    assert "Delimiter: tab\n" in inspected(tmp_path, capsys, "a\tb\n1\t2\n3\t4\n")


def test_compression_is_said(tmp_path, capsys) -> None:
    assert "Compression: gzip\n" in inspected(tmp_path, capsys, gzip.compress(BOOK.encode()))


def test_columns_have_types_and_what_they_are_mapped_to(tmp_path, capsys) -> None:
    lines = inspected(tmp_path, capsys, BOOK).splitlines()
    row = next(line.split() for line in lines if line.startswith("授信额度"))
    assert row == ["授信额度", "Whole", "number", "credit_limit", "1000", "2000"]


def test_keys_with_leading_zeros_are_text(tmp_path, capsys) -> None:
    lines = inspected(tmp_path, capsys, BOOK).splitlines()
    assert next(line.split()[1] for line in lines if line.startswith("账户号")) == "Text"


def test_a_doubt_names_the_key_that_settles_it(tmp_path, capsys) -> None:
    book = "id,limit,balance,date\n1,10,5,03/04/2026\n2,10,5,04/05/2026\n"
    assert '"read.date_order"' in inspected(tmp_path, capsys, book)


def test_a_long_preview_cell_is_cut(tmp_path, capsys) -> None:
    said = inspected(tmp_path, capsys, f"a,b\n{'x' * 100},1\ny,2\n")
    assert "x" * 23 + "…" in said
    assert "x" * 24 not in said


def test_control_characters_do_not_reach_the_terminal(tmp_path, capsys) -> None:
    assert "\x1b" not in inspected(tmp_path, capsys, "a,b\n\x1b[2J,1\ny,2\n")


def test_parquet_is_shown(tmp_path, capsys) -> None:
    pq.write_table(pa.table({"score": [612, None], "kyc": [True, False]}), tmp_path / "made")
    said = inspected(tmp_path, capsys, (tmp_path / "made").read_bytes())
    assert said.splitlines()[0] == "Format: parquet"
    assert any(
        line.split() == ["kyc", "Yes", "or", "no", "kyc_complete", "true", "false"] for line in said.splitlines()
    )


def test_an_empty_file_is_one_clear_sentence(tmp_path, capsys) -> None:
    (tmp_path / "empty.csv").touch()
    assert greyline("inspect", tmp_path / "empty.csv") == 1
    assert capsys.readouterr().err == "empty.csv is empty.\n"


def test_the_written_table_is_plain_csv(tmp_path, capsys) -> None:
    written, rejects = converted(tmp_path, capsys, BOOK)
    assert written.decode() == "账户号,授信额度,本金余额\r\n007,1000,10\r\n008,2000,20\r\n"
    assert rejects == []


def test_cells_are_written_as_they_were_found(tmp_path, capsys) -> None:
    cells = ['=1+1 ,"quoted"', " 1,234.50", "línea\r\notra", "N/A", ""]
    quoted = [f'"{cell.replace(chr(34), 2 * chr(34))}",{n}' for n, cell in enumerate(cells)]
    written, _ = converted(tmp_path, capsys, "text,n\n" + "\n".join(quoted) + "\n")
    rows = list(csv.reader(written.decode().splitlines(keepends=True)))
    assert [row[0] for row in rows[1:]] == cells


def test_repeated_and_empty_headings_are_written_as_found(tmp_path, capsys) -> None:
    written, _ = converted(tmp_path, capsys, "a,a,\n1,2,3\n4,5,6\n")
    assert written.splitlines()[0] == b"a,a,"


def test_a_line_of_another_width_is_rejected(tmp_path, capsys) -> None:
    written, rejects = converted(tmp_path, capsys, "a,b\n1,2\n3\n4,5\n6,7\n")
    assert written == b"a,b\r\n1,2\r\n4,5\r\n6,7\r\n"
    assert rejects == [["3", "", "The line has 1 fields, the heading has 2.", "3"]]


def test_an_open_quote_costs_one_line(tmp_path, capsys) -> None:
    _, rejects = converted(tmp_path, capsys, 'a,b\n1,2\n"3,4\n5,6\n7,8\n')
    assert [(reject[0], reject[3]) for reject in rejects] == [("3", '"3,4')]


def test_a_second_table_is_left_out_and_said(tmp_path, capsys) -> None:
    content = "a,b\n1,2\n3,4\na,b\n5,6\n"
    out = tmp_path / "out.csv"
    said = inspected(tmp_path, capsys, content, "--out", out)
    assert "The heading stands again in line 4" in said
    assert out.read_bytes() == b"a,b\r\n1,2\r\n3,4\r\n"


def test_parquet_is_written_as_text(tmp_path, capsys) -> None:
    table = pa.table(
        {"id": ["00123"], "on": [True], "day": pa.array([20_000], pa.date32()), "none": pa.array([None], pa.int64())}
    )
    pq.write_table(table, tmp_path / "made")
    written, _ = converted(tmp_path, capsys, (tmp_path / "made").read_bytes())
    assert written == b"id,on,day,none\r\n00123,true,2024-10-04,\r\n"


def test_parquet_is_written_as_it_would_be_imported(tmp_path, capsys) -> None:
    table = pa.table({"tags": [["x"]], "id": ["a"], "seen": [datetime(2026, 6, 30, 23, 59, 59)]})
    pq.write_table(table, tmp_path / "made")
    written, _ = converted(tmp_path, capsys, (tmp_path / "made").read_bytes())
    assert written == b"id,seen\r\na,2026-06-30\r\n"


def test_a_folder_that_is_missing_is_one_clear_sentence(tmp_path, capsys) -> None:
    (tmp_path / "book.csv").write_text(BOOK, encoding="utf-8")
    assert greyline("inspect", tmp_path / "book.csv", "--out", tmp_path / "no" / "out.csv") == 1
    assert "out.csv: its folder is not there" in capsys.readouterr().err
