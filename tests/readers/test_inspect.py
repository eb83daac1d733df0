"""What is found in a file, and what is left in doubt."""

import gzip
from datetime import datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from desktop_app.domain.mapping import Mapping
from desktop_app.domain.plans import FileFormat
from desktop_app.domain.problems import ImportFailed
from desktop_app.readers.inspect import inspect

BASE = {"account_id": "id", "credit_limit": "limit", "balance": "balance"}


def plan(folder, content, *, columns=None, **read):
    path = folder / "file"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    mapped = {name: {"value": heading} for name, heading in (BASE | (columns or {})).items()}
    return inspect(path, Mapping.model_validate({"currency": "CNY", "columns": mapped, "read": read}))


def rows(*lines):
    return "".join(f"{line}\n" for line in ("id,limit,balance", *lines))


def test_a_picture_is_no_text(tmp_path):
    with pytest.raises(ImportFailed, match="is no text"):
        plan(tmp_path, b"\x89PNG\r\n" + bytes(range(256)) * 20)


def test_a_text_in_latin1_with_a_stray_control_character_is_read(tmp_path):
    assert plan(tmp_path, rows("Stra\xdfe,10,5", "caf\xe9\x07,20,7").encode("latin-1")).headings


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", ", "])
def test_delimiter_is_detected(tmp_path, delimiter):
    text = "".join(
        delimiter.join(line) + "\n" for line in (["id", "limit", "balance"], ["a", "10", "5"], ["b", "20", "7"])
    )
    found = plan(tmp_path, text)
    assert found.headings == ("id", "limit", "balance")
    assert found.dialect.delimiter == delimiter


def test_decimal_comma_does_not_pass_for_a_delimiter(tmp_path):
    text = "id;limit;balance\na;1,5;2,5\nb;3,5;4,5\n"
    assert plan(tmp_path, text, decimal=",").dialect.delimiter == ";"


def test_stated_delimiter_is_taken(tmp_path):
    assert plan(tmp_path, "a;b,c\n1;2,3\n", delimiter=",").headings == ("a;b", "c")


def test_apostrophes_quote_where_they_stand_at_both_ends(tmp_path):
    found = plan(tmp_path, "id,limit,note\na,1,'x, y'\nb,2,'z'\n")
    assert (found.dialect.quote, found.headings) == ("'", ("id", "limit", "note"))


def test_apostrophes_inside_words_do_not_hide_that_they_quote(tmp_path):
    lines = "".join(f"{n},{n},'they won't\\'s, go'\n" for n in range(20))
    found = plan(tmp_path, f"id,limit,'balance'\n{lines}")
    assert (found.dialect.quote, found.dialect.escape, len(found.headings)) == ("'", "\\", 3)


def test_titles_above_the_heading_are_left_out(tmp_path):
    found = plan(tmp_path, "Monthly report\n\nprinted 2026-01-31\nid,limit,balance\na,1,1\nb,2,2\n")
    assert (found.heading_line, found.first_data_line) == (4, 5)
    assert any("titles" in str(note) for note in found.notes)


def test_heading_of_two_rows_is_joined(tmp_path):
    found = plan(tmp_path, "account,amounts,\nid,limit,balance\na,1,1\nb,2,2\n", columns={})
    assert found.headings == ("account id", "amounts limit", "amounts balance")
    assert found.first_data_line == 3


def doubts(found):
    return [doubt for doubt in found.doubts if "names may stand above the wrong columns" in doubt.text]


def test_rows_with_a_number_before_the_first_heading_are_a_doubt(tmp_path):
    found = plan(tmp_path, rows("1,a,100,5", "2,b,100,5"))
    assert [dict(doubt.values) for doubt in doubts(found)] == [{"line": 1, "found": 3, "width": 4}]


def test_a_stated_heading_row_says_that_the_names_are_right(tmp_path):
    assert not doubts(plan(tmp_path, rows("1,a,100,5", "2,b,100,5"), header_row=1))


@pytest.mark.parametrize("lines", [("a,100,5,", "b,100,5,"), ("a,100,5", "b,100,5")])
def test_a_separator_at_the_end_moves_no_name(tmp_path, lines):
    text = rows(*lines) if lines[0].endswith(",") else rows(*lines).replace("balance\n", "balance,\n")
    found = plan(tmp_path, text)
    assert not doubts(found)
    assert [column[0] for column in zip(*found.preview, strict=True)][:3] == ["a", "100", "5"]


def test_a_heading_that_lacks_a_separator_is_a_doubt(tmp_path):
    assert doubts(plan(tmp_path, "idlimit,balance\na,100,5\nb,100,5\n"))


def test_total_at_the_end_is_left_out(tmp_path):
    found = plan(tmp_path, rows("a,1,1", "b,2,2", "合计,3", "制表人：张三"))
    assert found.footer == 2


def test_account_called_total_is_kept(tmp_path):
    assert plan(tmp_path, rows("a,1,1", "total,2,2")).footer == 0


def test_missing_heading_is_a_doubt(tmp_path):
    found = plan(tmp_path, "1001,10,5\n1002,20,7\n1003,30,9\n")
    assert found.heading_line == 0
    assert any("read.header_row" in str(doubt) for doubt in found.doubts)


def test_stated_absence_of_a_heading_is_taken(tmp_path):
    found = plan(tmp_path, "1001,10,5\n1002,20,7\n", header_row=0)
    assert (found.first_data_line, found.doubts) == (1, ())


def test_headings_that_are_empty_or_double_get_names(tmp_path):
    found = plan(tmp_path, "id,limit,,limit,select * from x; --\na,1,2,3,4\n")
    assert found.headings == ("id", "limit", "column_3", "limit (2)", "select * from x; --")
    assert len(found.notes) == 2


def test_days_up_to_twelve_leave_the_order_in_doubt(tmp_path):
    text = "id,limit,balance,day\na,1,1,03/04/2026\nb,1,1,05/06/2026\n"
    found = plan(tmp_path, text, columns={"snapshot_date": "day"})
    assert any("read.date_order" in str(doubt) for doubt in found.doubts)


def test_stated_date_order_settles_the_doubt(tmp_path):
    text = "id,limit,balance,day\na,1,1,03/04/2026\n"
    assert plan(tmp_path, text, columns={"snapshot_date": "day"}, date_order="dmy").doubts == ()


def test_day_above_twelve_settles_the_order(tmp_path):
    text = "id,limit,balance,day\na,1,1,03/14/2026\n"
    assert plan(tmp_path, text, columns={"snapshot_date": "day"}).date_order == "mdy"


def test_one_impossible_date_puts_no_order_in_doubt(tmp_path):
    days = "".join(f"a{n},1,1,06/{n}/2026\n" for n in range(13, 31))
    found = plan(tmp_path, f"id,limit,balance,day\n{days}b,1,1,31/06/2026\n", columns={"snapshot_date": "day"})
    assert (found.date_order, found.doubts) == ("mdy", ())


def test_kept_dates_are_in_doubt_as_mapped_ones_are(tmp_path):
    (doubt,) = plan(tmp_path, "id,limit,balance,day\na,1,1,03/04/2026\nb,1,1,\n").doubts
    assert str(doubt).startswith('"day" holds dates such as 03/04/2026')


@pytest.mark.parametrize("how", [{"keep": "none"}, {"keep": ["balance"]}, {"types": {"day": "text"}}])
def test_dates_that_are_not_kept_as_such_are_in_no_doubt(tmp_path, how):
    path = tmp_path / "file"
    path.write_text("id,limit,balance,day\na,1,1,03/04/2026\n")
    assert inspect(path, Mapping.model_validate({"currency": "CNY", "columns": {}, **how})).doubts == ()


def test_kept_texts_that_hold_a_date_are_in_no_doubt(tmp_path):
    assert plan(tmp_path, "id,limit,balance,note\na,1,1,03/04/2026\nb,1,1,late\n").doubts == ()


def test_one_column_of_dates_settles_the_order_of_another(tmp_path):
    found = plan(
        tmp_path,
        "id,limit,balance,day,opened\na,1,1,03/04/2026,25/04/2020\n",
        columns={"snapshot_date": "day"},
    )
    assert (found.date_order, found.doubts) == ("dmy", ())


def test_kept_dates_settle_their_order_beside_mapped_ones_with_the_year_first(tmp_path):
    text = "id,limit,balance,day,opened\na,1,1,20260131,25/04/2020\n"
    assert plan(tmp_path, text, columns={"snapshot_date": "day"}).date_order == "dmy"


def test_serial_numbers_as_dates_are_a_doubt_until_stated(tmp_path):
    text = "id,limit,balance,day\na,1,1,46203\nb,1,1,46204\n"
    (doubt,) = plan(tmp_path, text, columns={"snapshot_date": "day"}).doubts
    assert "46203, for which a spreadsheet shows 2026-06-30" in str(doubt)
    assert plan(tmp_path, text, columns={"snapshot_date": "day"}, date_order="serial").doubts == ()


def test_serial_numbers_beside_dates_are_a_doubt_still(tmp_path):
    text = "id,limit,balance,day,opened\na,1,1,46203,25/04/2020\n"
    found = plan(tmp_path, text, columns={"snapshot_date": "day"})
    assert (found.date_order, len(found.doubts)) == ("dmy", 1)


def test_dates_of_both_orders_are_a_doubt(tmp_path):
    text = "id,limit,balance,day\na,1,1,06/13/2026\nb,1,1,13/06/2026\n"
    assert len(plan(tmp_path, text, columns={"snapshot_date": "day"}).doubts) == 1


@pytest.mark.parametrize(
    ("number", "key"),
    [
        ('"1,234.56"', "thousands"),
        ('"1.234,56"', "decimal"),
        ("12.5%", "percent"),
        ("(1.00)", "parentheses"),
        ("１２", "full_width"),
        ("$12", "currency_sign"),
        ("12 元", "currency_sign"),
    ],
)
def test_convention_of_numbers_is_a_doubt_until_stated(tmp_path, number, key):
    text = rows(*(f"a{n},1,{number}" for n in range(6)))
    assert any(f'"read.{key}"' in str(doubt) for doubt in plan(tmp_path, text).doubts)
    stated = {"thousands": ",", "decimal": ","}.get(key, True)
    assert plan(tmp_path, text, **{key: stated}).doubts == ()


def test_stating_one_convention_leaves_the_others_in_doubt(tmp_path):
    text = rows(*(f'a{n},"1,{n}00.50",12.5%' for n in range(6)))
    found = plan(tmp_path, text, thousands=",").doubts
    assert ["read.percent" in str(doubt) for doubt in found] == [True]


def test_a_stated_sign_lets_the_other_conventions_show(tmp_path):
    text = rows(*(f'a{n},1,"($1,{n}00.50)"' for n in range(6)))
    found = plan(tmp_path, text, currency_sign=True, parentheses=True).doubts
    assert ["read.thousands" in str(doubt) for doubt in found] == [True]


@pytest.mark.parametrize("content", [b"", b"\n\n", b"  \n \n", b",,\n,,\n"])
def test_file_without_content_is_refused(tmp_path, content):
    with pytest.raises(ImportFailed):
        plan(tmp_path, content)


def test_header_only_is_a_table_without_rows(tmp_path):
    assert plan(tmp_path, rows()).headings == ("id", "limit", "balance")


def test_format_is_told_by_content(tmp_path):
    assert plan(tmp_path, gzip.compress(rows("a,1,1").encode())).dialect.compression == "gzip"
    assert plan(tmp_path, rows("a,1,1")).format is FileFormat.CSV


def test_gzip_bomb_is_refused(tmp_path):
    with pytest.raises(ImportFailed, match="unpacks to more than"):
        plan(tmp_path, gzip.compress(b"0" * 200_000_000))


def test_cut_gzip_is_refused(tmp_path):
    with pytest.raises(ImportFailed, match="damaged"):
        plan(tmp_path, gzip.compress(rows("a,1,1").encode())[:-9])


def test_damaged_parquet_is_refused(tmp_path):
    with pytest.raises(ImportFailed, match="damaged"):
        plan(tmp_path, b"PAR1" + b"x" * 100 + b"PAR1")


def test_parquet_of_countless_rows_is_refused(tmp_path):
    rows = pa.table({"id": pa.nulls(7_000_000, pa.int8()).fill_null(1)})
    with pq.ParquetWriter(tmp_path / "bomb.parquet", rows.schema) as writer:
        for _ in range(3):
            writer.write_table(rows)
    assert (tmp_path / "bomb.parquet").stat().st_size < 1_000_000
    with pytest.raises(ImportFailed, match="21000000 rows"):
        inspect(tmp_path / "bomb.parquet")


def test_parquet_that_expands_beyond_reason_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("desktop_app.readers.parquet._MAX_EXPANSION", 10)
    rows = pa.table({"id": ["0" * 1_000_000] * 20})
    pq.write_table(rows, tmp_path / "bomb.parquet", compression="zstd", use_dictionary=False)
    assert (tmp_path / "bomb.parquet").stat().st_size < 1_000_000
    with pytest.raises(ImportFailed, match="would expand to 20"):
        inspect(tmp_path / "bomb.parquet")


def parquet(folder):
    table = pa.table({"id": ["a"], "limit": [1], "balance": [1], "tags": [["x"]], "seen": [datetime(2026, 6, 30, 8)]})
    path = folder / "book.parquet"
    pq.write_table(table, path)
    return path


def test_parquet_column_that_no_book_can_keep_is_left_out(tmp_path):
    found = inspect(parquet(tmp_path))
    assert found.headings == ("id", "limit", "balance", "seen")
    assert 'The column "tags" holds list<element: string>' in str(found.notes[0])


def test_parquet_column_that_no_book_can_keep_cannot_be_named(tmp_path):
    columns = {name: {"value": heading} for name, heading in BASE.items()}
    named = Mapping.model_validate({"currency": "CNY", "columns": columns, "keep": ["tags"]})
    with pytest.raises(ImportFailed, match=r"tags.*leave it out"):
        inspect(parquet(tmp_path), named)


def test_parquet_timestamps_are_said_to_lose_their_time(tmp_path):
    assert 'the timestamps in "seen" the day is kept' in str(inspect(parquet(tmp_path)).notes[1])


def test_old_workbook_is_refused_with_a_remedy(tmp_path):
    with pytest.raises(ImportFailed, match=r"save it as \.xlsx"):
        plan(tmp_path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 100)


def test_plain_archive_is_refused(tmp_path):
    with pytest.raises(ImportFailed, match="archive"):
        plan(tmp_path, b"PK\x03\x04" + b"x" * 100)
