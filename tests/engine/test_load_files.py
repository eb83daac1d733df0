"""Loading files of many kinds: encodings, packed files, workbooks, odd bytes."""

import gzip
from datetime import date, datetime

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from desktop_app.domain.columns import ColumnType
from desktop_app.domain.problems import ImportFailed
from tests.engine.loading import Loaded, book_csv, mapping

NAMES = ["甲", "𠀀𪚥", "㐀"]
CONTENT = book_csv(*(f"{name},100,50" for name in NAMES))


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
def test_every_encoding_loads_the_same(tmp_path, codec):
    loaded = Loaded(
        tmp_path, CONTENT.encode(codec), mapping(read={"encoding": "utf-16"} if codec == "utf-16-le" else {})
    )
    assert [row[0] for row in loaded.rows()] == NAMES


def test_bad_byte_of_a_stated_encoding_is_named(tmp_path):
    data = CONTENT.encode("gb18030").replace("甲".encode("gb18030"), b"\xff\xff")
    with pytest.raises(ImportFailed, match="line 2: the byte at offset 17"):
        Loaded(tmp_path, data, mapping(read={"encoding": "gb18030"}))


def test_packed_file_loads(tmp_path):
    assert len(Loaded(tmp_path, gzip.compress(CONTENT.encode()), mapping()).rows()) == 3


def test_comment_sign_is_text(tmp_path):
    assert Loaded(tmp_path, book_csv("#123,1,1", "b,1,1"), mapping()).rows()[0][0] == "#123"


def test_nul_and_control_bytes_are_kept(tmp_path):
    loaded = Loaded(tmp_path, book_csv("a\0,1,1", "b\x01,1,1"), mapping())
    assert [row[0] for row in loaded.rows()] == ["a\0", "b\x01"]


def test_line_of_three_megabytes(tmp_path):
    loaded = Loaded(
        tmp_path, book_csv("a,1,1," + "x" * 3_000_000, "b,1,1,y", heading="id,limit,balance,note"), mapping()
    )
    assert loaded.rows("length(note)") == [(3_000_000,), (1,)]


def test_bad_byte_of_a_detected_encoding_asks(tmp_path):
    with pytest.raises(ImportFailed, match=r"read\.encoding"):
        Loaded(tmp_path, b"id,limit,balance\ncaf\xe9,1,1\n\xff,1,1\n", mapping())


def test_mixed_line_ends(tmp_path):
    loaded = Loaded(tmp_path, b"id,limit,balance\r\na,1,1\nb,2,2\r\n", mapping())
    assert [row[0] for row in loaded.rows()] == ["a", "b"]


def test_extra_trailing_field_is_rejected(tmp_path):
    loaded = Loaded(tmp_path, book_csv("a,1,1", "b,2,2,", "c,3,3"), mapping())
    assert [line for line, _, _ in loaded.rejects()] == [3]


def test_titles_and_totals_are_left_out_and_noted(tmp_path):
    content = "2026 年 1 月报表\n" + book_csv("a,1,1", "b,2,2") + "合计,3\n"
    loaded = Loaded(tmp_path, content, mapping())
    assert loaded.report.rows_in == loaded.report.rows_loaded == 2
    assert len(loaded.report.notes) == 2


def test_reject_below_titles_has_its_physical_line(tmp_path):
    content = "title\n\n" + book_csv("a,1,1", "b,x,2", "c,3,3")
    assert [line for line, _, _ in Loaded(tmp_path, content, mapping()).rejects()] == [5]


def test_stated_conventions_of_numbers(tmp_path):
    content = book_csv('a,"1,234.56",(1.00)', "b,１２,0", "c,5,1", "d,50%,1")
    read = {"thousands": ",", "parentheses": True, "full_width": True, "percent": True}
    loaded = Loaded(tmp_path, content, mapping(read=read))
    assert loaded.rows("credit_limit") == [(1200,), (500,), (50,)]
    assert [str(reject.reason) for reject in loaded.report.rejects] == ['"(1.00)" is outside the valid range.']


def test_currency_signs_are_left_out_where_stated(tmp_path):
    content = book_csv('a,"$1,234.56",$0', "b,￥12,0", "c,12 元,1", 'd,"($1.00)",1', "e,1$2,1", "f,-$5,1", "g,$,1")
    read = {"thousands": ",", "parentheses": True, "currency_sign": True}
    loaded = Loaded(tmp_path, content, mapping(read=read))
    assert loaded.rows("credit_limit") == [(123456,), (1200,), (1200,)]
    assert [line for line, _, _ in loaded.rejects()] == [5, 6, 7, 8]


def test_a_ratio_far_below_zero_is_a_reject(tmp_path):
    content = book_csv("a,1,1,0.5", "b,1,1,-18078618", heading="id,limit,balance,dti")
    loaded = Loaded(tmp_path, content, mapping({"dti": "dti"}))
    assert loaded.rows("dti") == [(5000,)]
    assert [line for line, _, _ in loaded.rejects()] == [3]


def test_decimal_comma(tmp_path):
    content = book_csv("a;1.234,56;7", "b;1.5;7", heading="id;limit;balance")
    loaded = Loaded(tmp_path, content, mapping(read={"decimal": ",", "thousands": "."}))
    assert loaded.rows("credit_limit") == [(123456,)]
    assert [line for line, _, _ in loaded.rejects()] == [3]


def test_words_for_missing_values(tmp_path):
    content = book_csv("a,1,1,N/A", "b,1,1,-1", "c,1,1,7", heading="id,limit,balance,dpd")
    loaded = Loaded(tmp_path, content, mapping({"days_past_due": "dpd"}, read={"missing": ["N/A", "-1"]}))
    assert loaded.rows("days_past_due") == [(None,), (None,), (7,)]
    assert ("days_past_due", 2) in loaded.report.missing


def test_dates_in_the_stated_order(tmp_path):
    content = book_csv("a,1,1,03/04/2026", heading="id,limit,balance,day")
    loaded = Loaded(tmp_path, content, mapping({"snapshot_date": "day"}, read={"date_order": "dmy"}))
    assert loaded.book.as_of.isoformat() == "2026-04-03"


@pytest.mark.parametrize("serial", ["46203", "46203.0", " 46203 ", "2026-06-30"])
def test_serial_numbers_are_days_where_that_is_stated(tmp_path, serial):
    content = book_csv(f"a,1,1,{serial}", heading="id,limit,balance,day")
    loaded = Loaded(tmp_path, content, mapping({"snapshot_date": "day"}, read={"date_order": "serial"}))
    assert loaded.book.as_of == date(2026, 6, 30)


@pytest.mark.parametrize("text", ["202606", "999", "46203.5", "x46203"])
def test_other_numbers_are_no_days(tmp_path, text):
    content = book_csv("a,1,1,46203", f"b,1,1,{text}", heading="id,limit,balance,day")
    loaded = Loaded(tmp_path, content, mapping({"snapshot_date": "day"}, read={"date_order": "serial"}))
    assert [line for line, _, _ in loaded.rejects()] == [3]


@pytest.mark.parametrize(
    ("days", "typed"),
    [
        (("25/04/2020", "", "1/5/2021"), True),
        (("04/25/2020", "12/31/2021", ""), True),
        (("25.04.2020", "1.5.2021", "1.6.2021"), True),
        (("25-04-2020", "01-05-2021", "2021-06-01"), True),
        (("2020/4/25", "2021/05/01", ""), True),
        (("2020.04.25", "2021.5.1", ""), True),
        (("2020年4月25日", "2021年05月01日", ""), True),
        (("20200425", "20210501", ""), False),
        (("25/04/2020", "31/02/2020", ""), False),
        (("25/04/2020", "soon", ""), False),
    ],
)
def test_kept_dates_are_typed_where_their_order_is_settled(tmp_path, days, typed):
    content = book_csv(*(f"{n},1,1,{day}" for n, day in enumerate(days)), heading="id,limit,balance,opened")
    loaded = Loaded(tmp_path, content, mapping())
    assert (loaded.book.column("opened").type is ColumnType.DATE) == typed
    assert loaded.report.rows_loaded == 3
    if typed:
        (first, *_) = loaded.rows("opened")[0]
        assert first == date(2020, 4, 25)


def test_a_later_text_makes_kept_dates_texts_as_they_were(tmp_path):
    lines = [f"{n},1,1,{n % 28 + 1:02d}/04/2020" for n in range(30_000)]
    content = book_csv(*lines, "x,1,1,never", heading="id,limit,balance,opened")
    loaded = Loaded(tmp_path, content, mapping())
    assert loaded.rows("opened")[0] == ("01/04/2020",)
    assert loaded.report.rows_rejected == 0


def test_kept_dates_with_points_beside_decimal_commas(tmp_path):
    content = 'id;limit;balance;opened\na;"1,5";1;25.04.2020\nb;2;1;01.05.2020\n'
    loaded = Loaded(tmp_path, content, mapping(read={"decimal": ",", "thousands": "."}))
    assert loaded.rows("credit_limit, opened") == [(150, date(2020, 4, 25)), (200, date(2020, 5, 1))]


def test_dates_with_the_year_first_are_read_beside_others(tmp_path):
    content = book_csv("a,1,1,20260131,25/04/2020", "b,1,1,20260131,", heading="id,limit,balance,day,opened")
    loaded = Loaded(tmp_path, content, mapping({"snapshot_date": "day"}))
    assert loaded.rows("snapshot_date, opened") == [(date(2026, 1, 31), date(2020, 4, 25)), (date(2026, 1, 31), None)]


@pytest.mark.parametrize("text", ["epoch", "2026-02-30", "infinity", "20260131x", "2026-01-31 10:00"])
def test_text_that_is_no_date_is_rejected(tmp_path, text):
    content = book_csv("a,1,1,2026-01-31", f"b,1,1,{text}", heading="id,limit,balance,day")
    loaded = Loaded(tmp_path, content, mapping({"snapshot_date": "day"}))
    assert loaded.rejects() == [(3, "snapshot_date", f'"{text}" is not a date.')]


def test_headings_that_look_like_sql(tmp_path):
    heading = 'id,limit,balance,"drop table accounts; --","a""b",ID'
    loaded = Loaded(tmp_path, book_csv("a,1,1,x,y,z", heading=heading), mapping())
    assert {"drop table accounts; --", 'a"b', "ID (2)"} <= loaded.book.names


def test_header_only_is_a_book_without_accounts(tmp_path):
    assert Loaded(tmp_path, book_csv(), mapping()).report.rows_in == 0


def test_parquet_loads_with_its_own_types(tmp_path):
    table = pa.table({"id": ["007"], "limit": [12.34], "balance": [5], "code": ["123"], "score": [None]})
    pq.write_table(table.set_column(4, "score", pa.array([None], pa.float64())), tmp_path / "book.parquet")
    loaded = Loaded(tmp_path, tmp_path / "book.parquet", mapping({"score": "score"}))
    assert loaded.rows("account_id, credit_limit, balance, code, score") == [("007", 1234, 500, "123", None)]


def test_row_of_parquet_is_rejected_by_its_number(tmp_path):
    table = pa.table({"id": ["a", "b"], "limit": [1.0, float("nan")], "balance": [1, 2]})
    pq.write_table(table, tmp_path / "book.parquet")
    loaded = Loaded(tmp_path, tmp_path / "book.parquet", mapping())
    assert loaded.rejects() == [(2, "credit_limit", '"nan" is not a number.')]


def test_timestamp_of_parquet_is_its_day(tmp_path):
    last = datetime(2026, 6, 30, 23, 59, 59)
    table = pa.table({"id": ["a"], "limit": [1.0], "balance": [1], "day": [last], "seen": [last]})
    pq.write_table(table, tmp_path / "book.parquet")
    loaded = Loaded(tmp_path, tmp_path / "book.parquet", mapping({"snapshot_date": "day"}))
    assert loaded.rows("snapshot_date, seen") == [(last.date(), last.date())]


def test_hash_of_64_bits_in_parquet_is_kept(tmp_path):
    table = pa.table({"id": ["a"], "limit": [1.0], "balance": [1], "hash": pa.array([2**64 - 1], pa.uint64())})
    pq.write_table(table, tmp_path / "book.parquet")
    assert Loaded(tmp_path, tmp_path / "book.parquet", mapping()).rows("hash") == [("18446744073709551615",)]


def test_nested_column_of_parquet_is_left_out(tmp_path):
    table = pa.table({"tags": [["x"]], "id": ["a"], "limit": [1.0], "balance": [1]})
    pq.write_table(table, tmp_path / "book.parquet")
    loaded = Loaded(tmp_path, tmp_path / "book.parquet", mapping())
    assert loaded.rows("account_id, credit_limit") == [("a", 100)]


def test_rows_stay_in_the_order_of_the_file(tmp_path):
    count = 16_000
    ids = [f"{number:05d}" for number in range(count)]
    table = pa.table({"id": ids, "limit": [1.0] * count, "balance": [1] * count, "kyc": ["Yes"] * count})
    pq.write_table(table, tmp_path / "book.parquet", row_group_size=2000)
    loaded = Loaded(tmp_path, tmp_path / "book.parquet", mapping({"kyc_complete": "kyc"}))
    assert [row[0] for row in loaded.rows()] == ids


def test_workbook_loads(tmp_path):
    book = openpyxl.Workbook()
    for row in (["id", "limit", "balance"], ["007", 12.34, 5], ["#N/A", 1, "#N/A"]):
        book.active.append(row)
    book.save(tmp_path / "book.xlsx")
    loaded = Loaded(tmp_path, tmp_path / "book.xlsx", mapping())
    assert loaded.rows() == [("007", 1234, 500)]
    assert loaded.rejects() == [(3, "balance", '"#N/A" is not a number.')]


def test_word_for_a_missing_value_in_a_required_column(tmp_path):
    loaded = Loaded(tmp_path, book_csv("a,1,999", "b,1,1"), mapping(read={"missing": ["999"]}))
    assert [(line, column) for line, column, _ in loaded.rejects()] == [(2, "balance")]
