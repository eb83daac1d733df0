"""Loading: exact values, honest rejects, nothing lost."""

from decimal import Decimal

import pytest

from desktop_app.domain.problems import ImportFailed
from tests.engine.loading import Loaded, book_csv, mapping


def test_money_becomes_minor_units(tmp_path):
    assert Loaded(tmp_path, book_csv("a,100,12.34"), mapping()).rows() == [("a", 10000, 1234)]


def test_money_rounds_half_away_from_zero_and_is_counted(tmp_path):
    loaded = Loaded(tmp_path, book_csv("a,100,1.005", "b,100,1.0049", "c,100,1.5000"), mapping())
    assert [row[2] for row in loaded.rows()] == [101, 100, 150]
    assert loaded.report.changed == (("balance", 2),)


def test_rates_become_parts_per_million(tmp_path):
    content = book_csv("a,1,1,0.0234567", "b,1,1,1", "c,1,1,", heading="id,limit,balance,pd")
    loaded = Loaded(tmp_path, content, mapping({"pd": "pd"}))
    assert loaded.rows("pd") == [(23457,), (1_000_000,), (None,)]


def test_identifiers_keep_every_byte(tmp_path):
    ids = ["00123", "123456789012345678", "1E5", "0x10", "T", "#77", "11010519491231002X", " 5"]
    loaded = Loaded(tmp_path, book_csv(*(f"{name},1,1" for name in ids)), mapping())
    assert [row[0] for row in loaded.rows()] == ids


@pytest.mark.parametrize("text", ["nan", "inf", "-1", "x", "1_000", "1,5", "12.5%", "(1.00)", "0x10", "99999999999999"])
def test_text_that_is_no_amount_is_rejected(tmp_path, text):
    loaded = Loaded(tmp_path, book_csv("a,1,1", f'b,1,"{text}"', "c,1,1"), mapping())
    assert [row[0] for row in loaded.rows()] == ["a", "c"]
    assert [(line, column) for line, column, _ in loaded.rejects()] == [(3, "balance")]


def test_reject_keeps_reason_and_raw_text(tmp_path):
    loaded = Loaded(tmp_path, book_csv("a,1,1", "b,1,many"), mapping())
    with loaded.open() as connection:
        found = connection.execute("SELECT * FROM rejects").fetchall()
    assert found == [(3, "balance", '"{value}" is not a number.', '{"value":"many"}', "b,1,many")]


def test_rate_above_one_is_out_of_range(tmp_path):
    content = book_csv("a,1,1,1.01", heading="id,limit,balance,pd")
    assert Loaded(tmp_path, content, mapping({"pd": "pd"})).rejects() == [
        (2, "pd", '"1.01" is outside the valid range.')
    ]


def test_fraction_is_no_whole_number(tmp_path):
    content = book_csv("a,1,1,2.0", "b,1,1,2.5", heading="id,limit,balance,dpd")
    loaded = Loaded(tmp_path, content, mapping({"days_past_due": "dpd"}))
    assert loaded.rows("days_past_due") == [(2,)]
    assert loaded.rejects() == [(3, "days_past_due", '"2.5" is not a whole number.')]


def test_missing_amount_is_rejected(tmp_path):
    loaded = Loaded(tmp_path, book_csv("a,1,", ",1,1"), mapping())
    assert [(line, column) for line, column, _ in loaded.rejects()] == [(2, "balance"), (3, "account_id")]


def test_lines_of_another_width_are_rejected(tmp_path):
    loaded = Loaded(tmp_path, book_csv("a,1,1", "b,1", "c,1,1,9", "d,1,1"), mapping())
    assert [row[0] for row in loaded.rows()] == ["a", "d"]
    assert [line for line, _, _ in loaded.rejects()] == [3, 4]


def test_second_row_of_an_account_is_rejected(tmp_path):
    loaded = Loaded(tmp_path, book_csv("a,1,1", "b,1,1", "a,2,2"), mapping())
    assert loaded.rows() == [("a", 100, 100), ("b", 100, 100)]
    assert [(line, column) for line, column, _ in loaded.rejects()] == [(4, "account_id")]


@pytest.mark.parametrize("day", ["0000-01-01", "0000/1/1", "0024-01-31"])
def test_date_of_a_year_before_any_book_is_no_date(tmp_path, day):
    content = book_csv("a,1,1,2024-01-31", f"b,1,1,{day}", heading="id,limit,balance,day")
    loaded = Loaded(tmp_path, content, mapping({"snapshot_date": "day"}))
    assert loaded.rejects() == [(3, "snapshot_date", f'"{day}" is not a date.')]


def test_kept_column_with_a_year_before_any_book_is_no_column_of_dates(tmp_path):
    content = book_csv("a,1,1,2024-01-31", "b,1,1,0000-01-01", heading="id,limit,balance,day")
    loaded = Loaded(tmp_path, content, mapping())
    assert loaded.rows("day") == [("2024-01-31",), ("0000-01-01",)]


def test_same_account_on_another_date_is_kept(tmp_path):
    content = book_csv("a,1,1,2026-01-31", "a,1,1,2026-02-28", heading="id,limit,balance,day")
    loaded = Loaded(tmp_path, content, mapping({"snapshot_date": "day"}))
    assert [snapshot.accounts for snapshot in loaded.book.snapshots] == [1, 1]
    assert loaded.book.as_of.isoformat() == "2026-02-28"


def test_user_defaults_to_the_account(tmp_path):
    assert Loaded(tmp_path, book_csv("a,1,1"), mapping()).rows("user_id") == [("a",)]


def test_expression_is_exact(tmp_path):
    how = mapping({"apr": {"value": {"scale": "daily", "by": 365}}})
    loaded = Loaded(tmp_path, book_csv("a,1,1,0.00045", heading="id,limit,balance,daily"), how)
    assert loaded.rows("apr") == [(164250,)]


def test_value_table_and_count(tmp_path):
    table = {"table": "p1", "rows": [{"below": 1, "value": 0.02}, {"value": 0.5}]}
    count = {"count": ["p1", "p2"], "operator": ">=", "value": 1}
    how = mapping({"pd": {"value": table}, "delinquencies_12m": {"value": count}})
    content = book_csv("a,1,1,0,1", "b,1,1,1,2", "c,1,1,,1", heading="id,limit,balance,p1,p2")
    assert Loaded(tmp_path, content, how).rows("pd, delinquencies_12m") == [(20000, 1), (500000, 2), (None, None)]


def test_kept_columns_have_the_type_of_their_values(tmp_path):
    content = book_csv("a,1,1,5,0.5,007,2026-01-01,true", heading="id,limit,balance,n,x,code,day,flag")
    book = Loaded(tmp_path, content, mapping()).book
    kept = ("n", "x", "code", "day", "flag")
    assert [book.column(name).type.value for name in kept] == ["integer", "number", "category", "date", "boolean"]


def test_decimal_far_below_widens_a_whole_number_column(tmp_path):
    lines = [f"{n},1,1,{n}" for n in range(30_000)] + ["x,1,1,1.4", "y,1,1,2.5"]
    loaded = Loaded(tmp_path, book_csv(*lines, heading="id,limit,balance,n"), mapping())
    assert loaded.rows("n")[-2:] == [(Decimal("1.4"),), (Decimal("2.5"),)]


def test_text_far_below_keeps_the_column_as_text(tmp_path):
    lines = [f"{n},1,1,{n}" for n in range(21_000)] + ["x,1,1,1E5"]
    loaded = Loaded(tmp_path, book_csv(*lines, heading="id,limit,balance,n"), mapping())
    assert [row[0] for row in loaded.rows("n")][-2:] == ["20999", "1E5"]


def test_quoted_line_end_is_part_of_the_value(tmp_path):
    loaded = Loaded(tmp_path, book_csv('a,1,1,"x\ny"', "b,1,1,z", heading="id,limit,balance,note"), mapping())
    assert loaded.rows("note") == [("x\ny",), ("z",)]
    assert loaded.report.rows_in == 2


def test_open_quote_costs_its_own_line_only(tmp_path):
    lines = [f"{n},1,1,word" for n in range(3000)]
    lines[1500] = '1500,1,1,"word'
    loaded = Loaded(tmp_path, book_csv(*lines, heading="id,limit,balance,note"), mapping())
    assert loaded.report.rows_loaded == 2999
    assert [line for line, _, _ in loaded.rejects()] == [1502]


@pytest.mark.parametrize("row", [10, 1500])
@pytest.mark.parametrize("bad", ['x,1,1,"word', 'x,1,1,"wo"rd', "x,1,1", "x,1;1,word", "x,1,1,word,", 'x,1,1"w, d"'])
def test_one_spoilt_line_costs_itself_only(tmp_path, row, bad):
    lines = [f"{n},1,1,word" for n in range(3000)]
    lines[row] = bad
    loaded = Loaded(tmp_path, book_csv(*lines, heading="id,limit,balance,note"), mapping())
    assert [line for line, _, _ in loaded.rejects()] == [row + 2]
    assert loaded.report.rejects[0].raw == bad
    assert (loaded.report.rows_in, loaded.report.rows_loaded) == (3000, 2999)


def test_heading_that_the_file_lacks_names_the_near_miss(tmp_path):
    with pytest.raises(ImportFailed, match='did you mean "balance"'):
        Loaded(tmp_path, book_csv("a,1,1"), mapping({"balance": "balanse"}))


def test_failed_import_leaves_no_file(tmp_path):
    with pytest.raises(ImportFailed):
        Loaded(tmp_path, book_csv("a,1,1"), mapping({"balance": "none"}))
    assert [path.name for path in tmp_path.iterdir()] == ["book.csv"]


def test_column_that_looks_like_a_standard_one_is_renamed(tmp_path):
    loaded = Loaded(tmp_path, book_csv("a,1,1,7", heading="id,limit,balance,Score"), mapping())
    assert "Score (2)" in loaded.book.names
    assert any("Score" in str(note) for note in loaded.report.notes)
