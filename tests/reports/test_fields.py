"""Single fields: plain numbers, quotes, harmless formulas."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.reports.fields import count, csv_line, flag, guarded, money, quoted, share


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (count(18203.0), "18203"),
        (count(None), ""),
        (money(1234.5), "1234.50"),
        (money(0.125), "0.13"),
        (money(1.005), "1.01"),
        (money(-0.001), "0.00"),
        (money(-2.1e6), "-2100000.00"),
        (money(1e17), "100000000000000000.00"),
        (money(1e-9), "0.00"),
        (share(0.018), "0.018000"),
        (share(1 / 3), "0.333333"),
        (flag(True), "true"),
        (flag(False), "false"),
    ],
)
def test_numbers_are_plain(written, expected):
    assert written == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t'=1"),
        ("\r=1", "'\r'=1"),
        ("\n=1", "'\n'=1"),
        ("  =1", "  '=1"),
        ("＝1+1", "'＝1+1"),
        ("a,=1", "a,'=1"),
        ("a;=1", "a;'=1"),
        ('a;"=1', "a;\"'=1"),
        ("a|@x", "a|'@x"),
        ("a\n-x", "a\n'-x"),
    ],
)
def test_what_a_spreadsheet_would_run_is_guarded(text, expected):
    assert guarded(text) == expected


@pytest.mark.parametrize("text", ["", "abc", "a=b", "x-1", "-1", "+8613800000000", "-2.50", "a,b", "2026-01-31", "1E5"])
def test_other_texts_stay_as_they_are(text):
    assert guarded(text) == text


def test_a_number_with_a_line_end_is_no_number():
    assert guarded("-1\n") == "'-1\n"


@given(st.text(st.sampled_from("=+-@\t\r\n ,;|\"'a1＝")))
def test_after_guarding_no_cell_begins_a_formula(text):
    safe = guarded(text)
    for cell in re.split(r"[,;|\t\r\n]", safe):
        body = cell.lstrip(' "')
        assert not body.startswith(tuple("=+-@＝")) or re.fullmatch(r"[+\-]?[0-9]+", safe)


@given(st.text(st.sampled_from("=+-@\t\r\n ,;|\"'a1＝")))
def test_guarding_twice_is_guarding_once(text):
    assert guarded(guarded(text)) == guarded(text)


@pytest.mark.parametrize(
    ("text", "expected"), [("a", "a"), ("a,b", '"a,b"'), ('a"b', '"a""b"'), ("a\nb", '"a\nb"'), ("a\rb", '"a\rb"')]
)
def test_quotes_stand_where_they_must(text, expected):
    assert quoted(text) == expected


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=2))
def test_any_texts_come_back_from_a_line(fields):
    read = list(csv.reader(io.StringIO(csv_line(fields, guard=False), newline=""), strict=True))
    assert read == [fields]


def test_numbers_of_the_program_are_never_guarded():
    assert csv_line([money(-5), "-x"], guard=True) == "-5.00,'-x\r\n"


def test_guarding_can_be_switched_off():
    assert csv_line(["=1"], guard=False) == "=1\r\n"
