"""A clean file read in one pass: not a digit differs from what the longer way makes of the same file."""

from dataclasses import replace
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.domain.columns import ColumnType
from desktop_app.domain.plans import CsvDialect
from desktop_app.domain.problems import ImportFailed
from desktop_app.domain.watch import CancelWatch
from desktop_app.engine.load import load
from desktop_app.engine.load_columns import layout_of
from desktop_app.engine.load_plain import plain_fields
from desktop_app.readers import plain_chunks, plain_rows
from desktop_app.readers.inspect import inspect
from desktop_app.readers.plain_chunks import TEXTS, ChunkReader, Unclean
from desktop_app.readers.rows import FileRows
from tests.engine.loading import book_csv, mapping

COLUMNS = {
    "pd": "p",
    "score": "s",
    "days_past_due": "d",
    "kyc_complete": "k",
    "segment": "g",
    "delinquencies_12m": "q",
    "snapshot_date": "t",
}
HEADINGS = ("id", "limit", "balance", "p", "s", "d", "k", "g", "q", "x", "y", "t")
PLAIN = {
    "limit": ["0", "1", "1500", "20000.00", "12.5", "999999999999"],
    "balance": ["0", "0.00", "17.25", "1500", "3.1"],
    "p": ["", "0", "1", "0.02", "0.123456", "1.000000"],
    "s": ["", "-4", "640", "715.25", "0.000001"],
    "d": ["", "0", "30", "720"],
    "k": ["", "true", "False", "0", "1", "Y"],
    "g": ["", "mass", "affluent", "中小", "a b", "N/A"],
    "q": ["", "0", "3"],
    "x": ["", "1", "22", "0.5", "2024-06-30", "true", "007", "red"],
    "y": ["", "2024-06-30", "2024-02-29", "2024-07-01"],
    "t": ["2024-06-30", "2024-06-30", "2024-03-31"],
}
ODD = [
    *("-1", "+5", " 7", "7 ", "1e3", "1E-2", "0x10", "0X1F", ".5", "5.", "1_000", "1,000", "1'000", "12.5%", "(3.00)"),
    *("1.005", "1.0000001", "99999999999999999999", "0.1234567", "nan", "inf", "NULL", "null", "N/A", "999", "-", "."),
    *(
        "yes",
        "NO",
        "t",
        "是",
        "2",
        "2024-6-3",
        "2024/06/30",
        "2024-02-30",
        "06/30/2024",
        "1２",
        "￥12",
        "\t3",
        "3\u00a0",
    ),
    *("5e+-1", "5e0x2", "0e0X0"),
    *('"', '"a"', '""', 'a"b', '"1', '"0.5"', '"a,b"', '"a;b"', "'", "\\", "#", "\x0b1", "é", "\ufeff", "0 x", "x0X"),
]
OPTIONS = {
    "thousands": [{"thousands": ","}, {"thousands": "'"}],
    "decimal": [{"decimal": ","}, {"decimal": ",", "thousands": "."}],
    "texts": [{"percent": True}, {"parentheses": True}, {"full_width": True}, {"currency_sign": True}],
    "missing": [{"missing": ("N/A", "999")}, {"missing": ("-1", "0")}],
    "other": [{"date_order": "dmy"}, {"quote": ""}, {"skip_footer": 1}, {"quote": "'"}],
}


class LongWay(FileRows):
    """The rows of a file of which nothing is known to be clean."""

    def first_rows(self, count):
        """None, ever."""

    def plain_rows(self, fields, options):
        """None, ever."""


class OneWay(FileRows):
    """The rows of a file, and whether one pass read them."""

    last = None

    def plain_rows(self, fields, options):
        """What was asked for last is kept."""
        self.last = super().plain_rows(fields, options)
        return self.last


@st.composite
def books(draw):
    """The bytes of a file and its options: clean, or with some of what files have."""
    options = draw(st.one_of(st.just({}), *(st.sampled_from(some) for some in OPTIONS.values())))
    delimiter = draw(st.sampled_from([",", ",", ";", "\t"]))
    newline = draw(st.sampled_from(["\n", "\n", "\r\n"]))
    oddness = draw(st.sampled_from([0, 0, 1, 1, 3]))
    lines = [delimiter.join(HEADINGS)]
    number = draw(st.integers(1, 25))
    lines += [delimiter.join(draw(rows(place, delimiter))) for place in range(number)]
    for _ in range(oddness):
        _spoil(draw, lines, delimiter)
    end = draw(st.sampled_from([newline, newline, "", newline * 2, newline + " " + newline]))
    content = newline.join(lines) + end
    if draw(st.integers(0, 9)) == 0:
        content = content.replace(newline, "\n" if newline == "\r\n" else "\r\n", draw(st.integers(1, 3)))
    return draw(st.sampled_from([b"", b"", b"", b"\xef\xbb\xbf"])) + content.encode(), options


@st.composite
def rows(draw, place, delimiter):
    """The fields of a plain row, some of them quoted."""
    quoting = draw(st.integers(0, 9)) == 0
    fields = [f"A{place}", *(draw(st.sampled_from(PLAIN[heading])) for heading in HEADINGS[1:])]
    return [f'"{field}"' for field in fields] if quoting else fields


def _spoil(draw, lines, delimiter):
    """Make one line odd: in a value, in its width, or by being another's double."""
    at = draw(st.integers(1, len(lines) - 1))
    fields = lines[at].split(delimiter)
    match draw(st.sampled_from(["value", "value", "value", "short", "long", "blank", "twice", "control"])):
        case "value":
            fields[draw(st.integers(0, len(fields) - 1))] = draw(st.sampled_from(ODD))
        case "short":
            fields = fields[: draw(st.integers(1, len(fields)))]
        case "long":
            fields += [draw(st.sampled_from(["", "1", " "]))]
        case "blank":
            fields = [draw(st.sampled_from(["", " ", '""']))]
        case "twice":
            lines.append(lines[at])
        case "control":
            fields[0] += draw(st.sampled_from(["\0", "\x01", "\r", "\x7f", "\n"]))
    lines[at] = delimiter.join(fields)


def _outcome(folder, plan, how, rows):
    """All that an import leaves behind, or why it failed."""
    staging = folder / "staging.duckdb"
    try:
        book, report = load(plan, how, staging, CancelWatch(), rows)
    except ImportFailed as error:
        return str(error)
    with duckdb.connect(str(staging), read_only=True) as connection:
        tables = [
            connection.execute(query).fetchall()
            for query in (
                "DESCRIBE accounts",
                "SELECT rowid, * FROM accounts ORDER BY rowid",
                "SELECT * FROM rejects ORDER BY ALL",
                "SELECT * FROM meta ORDER BY ALL",
            )
        ]
    return book, {**report.__dict__, "seconds": 0}, tables


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(books(), st.sampled_from([1, 3, plain_rows.GROUP]), st.sampled_from([1, 200, plain_chunks._SMALLEST]))
def test_one_pass_gives_what_the_long_way_gives(book, group, smallest):
    content, options = book
    with TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain_rows, "GROUP", group)
        patch.setattr(plain_chunks, "_SMALLEST", smallest)
        folder = Path(name)
        source = folder / "book.csv"
        source.write_bytes(content)
        how = mapping(COLUMNS, read=options)
        try:
            plan = inspect(source, how, folder)
            known = layout_of(plan, how)
        except ImportFailed:
            return
        assert known.columns
        one, long = OneWay(plan, folder, CancelWatch()), LongWay(plan, folder, CancelWatch())
        assert _outcome(folder, plan, how, one) == _outcome(folder, plan, how, long)


def _both_ways(folder, content, how, **stated):
    """What one pass leaves behind, what the long way does, and whether one pass was enough."""
    source = folder / "book.csv"
    source.write_bytes(content)
    plan = inspect(source, how, folder)
    plan = replace(plan, dialect=replace(plan.dialect, **stated))
    one, long = OneWay(plan, folder, CancelWatch()), LongWay(plan, folder, CancelWatch())
    found = _outcome(folder, plan, how, one), _outcome(folder, plan, how, long)
    return *found, bool(one.last and one.last.survey)


@pytest.mark.parametrize("text", ["5e+-1", "5E+-1", "5e0x2", "0e0x0", "5e0X2"])
@pytest.mark.parametrize("decimal", [".", ","])
def test_an_exponent_that_only_some_readers_take_is_rejected(tmp_path, text, decimal):
    content = book_csv("a;1;1", f"b;1;{text}", heading="id;limit;balance").encode()
    one, long, passed = _both_ways(tmp_path, content, mapping(read={"decimal": decimal}))
    assert passed
    assert one == long
    assert [reject.line for reject in one[1]["rejects"]] == [3]


@pytest.mark.parametrize("length", [20_000, 3_000_000])
def test_a_long_odd_line_after_a_short_one_is_one_odd_row(tmp_path, length):
    content = book_csv("a,1,1,x", f"b,many,1,{'y' * length}", heading="id,limit,balance,note").encode()
    one, long, passed = _both_ways(tmp_path, content, mapping())
    assert passed
    assert one == long
    assert one[1]["rows_rejected"] == 1


def test_an_escape_sign_without_quotes_means_what_it_means_the_long_way(tmp_path):
    content = book_csv("a,1,1,x\\,y", "b,1,1,z\\n", heading="id,limit,balance,note").encode()
    one, long, passed = _both_ways(tmp_path, content, mapping(), escape="\\")
    assert not passed
    assert one == long
    assert [row[-2] for row in one[2][1]] == ["x,y", "zn"]


def test_bytes_that_are_no_text_end_the_pass_even_in_a_field_that_is_not_read(tmp_path):
    plan = inspect_of(tmp_path, b"id,limit,balance,note\na,1,1,\xe9\n")
    rows = OneWay(replace(plan, dialect=CsvDialect()), tmp_path, CancelWatch())
    fields = plain_fields(layout_of(plan, mapping(keep="none")), mapping().read)
    with pytest.raises(Unclean):
        list(rows.plain_rows(fields, mapping().read).batches())


def inspect_of(folder, content):
    """The plan of a file of these bytes."""
    source = folder / "book.csv"
    source.write_bytes(content)
    return inspect(source, mapping(), folder)


NUMBERS = ["9" * n + rest for n in (7, 9, 12, 13, 14, 15, 16, 18, 19, 20, 38, 39) for rest in ("", ".99", ".9999999")]
SIGNED = [sign + number for sign in ("", "-", "+", " ", "0x", "00") for number in NUMBERS]
# What stands after an exponent's sign of its own, or is written in hexadecimal, is a number to some readers.
SIGNED += [
    f"{number}{e}{sign}{power}"
    for number in "05"
    for e in "eE"
    for sign in ("", "+", "-", "+-", "-+", "--")
    for power in ("1", "0", "0x1", "0X2", "400", "99999999999")
]
TRUTHS = [
    "true",
    "True",
    "TRUE",
    "tRUE",
    "false",
    "False",
    "FALSE",
    "fALSE",
    "yes",
    "no",
    "Y",
    "N",
    "y",
    "n",
    "是",
    "1.0",
]
DAYS = [
    *("2024-06-30", "2024-6-30", "2024/06/30", "20240630", "2024-02-30", "2024-06-30 ", " 2024-06-30", "0000-01-01"),
    *("2024-06-30 00:00", "2024-06-30T00:00:00", "12024-06-30", "-2024-06-30", "0001-01-01", "9999-12-31", "epoch"),
]
# By heading, and by the type of one that is guessed: the letters that texts are made of, and more such texts.
TRIED = {
    ("balance", None): ("01.-+ eExX,_%", SIGNED),
    ("p", None): ("01.-+ eExX_\t", SIGNED),
    ("s", None): ("01.-+ eExX\u00a0", SIGNED),
    ("d", None): ("01.-+ eExX_\x0b", SIGNED),
    ("k", None): ("01tTrfYyNn ", TRUTHS),
    ("g", None): ("aNul/ \u3000", ["NULL", "null", "nan", "NaN", "#N/A", "n/a", "NA"]),
    ("x", ColumnType.INTEGER): ("0179.-+eE ", SIGNED),
    ("x", ColumnType.NUMBER): ("0179.-+eE ", SIGNED),
    ("x", ColumnType.BOOLEAN): ("01tTrfYyNn ", TRUTHS),
    ("y", ColumnType.DATE): ("2-/ ", DAYS),
    ("t", None): ("2-/ ", DAYS),
}


@pytest.mark.parametrize("options", [{}, {"missing": ("1", "0.1", "true")}, {"decimal": ","}], ids=str)
@pytest.mark.parametrize(("heading", "kind"), [*TRIED], ids=str)
def test_texts_that_the_one_pass_takes_for_plain_mean_what_they_mean_the_long_way(tmp_path, heading, kind, options):
    usual = {name: next(text for text in texts if text) for name, texts in PLAIN.items()} | {"id": "A"}
    how = mapping(COLUMNS, read={"delimiter": ";", **options})
    source = tmp_path / "book.csv"
    source.write_text(book_csv(";".join(usual.values()), heading=";".join(usual)), encoding="utf-8")
    plan = inspect(source, how, tmp_path)
    layout = layout_of(plan, how).with_types({heading: kind} if kind else {})
    reader = ChunkReader(plan, plain_fields(layout, how.read), how.read)
    taken = [text for text in _tried(heading, kind) if _is_taken(reader, ";".join((usual | {heading: text}).values()))]
    lines = [";".join((usual | {heading: text, "id": f"A{at}"}).values()) for at, text in enumerate(taken)]
    assert len(lines) > 1
    source.write_text(book_csv(*lines, heading=";".join(usual)), encoding="utf-8")
    one, long = OneWay(plan, tmp_path, CancelWatch()), LongWay(plan, tmp_path, CancelWatch())
    assert _outcome(tmp_path, plan, how, one) == _outcome(tmp_path, plan, how, long)
    assert one.last is not None
    assert one.last.survey


def _tried(heading, kind):
    letters, texts = TRIED[heading, kind]
    return ["".join(text) for length in range(4) for text in product(letters, repeat=length)] + texts


def _is_taken(reader, line):
    try:
        (batch,) = reader.read(f"{line}\n".encode())
    except Unclean:
        return False
    return batch.column(TEXTS).null_count == 1
