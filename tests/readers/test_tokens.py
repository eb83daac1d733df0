"""The careful reader: one bad line costs itself alone."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.plans import CsvDialect
from desktop_app.readers.tokens import MAX_LINES, split

PLAIN = CsvDialect()


def records(text: str, dialect: CsvDialect = PLAIN):
    return [(record.line, record.fields) for record in split(io.StringIO(text, newline="\n"), dialect)]


def test_blank_lines_are_left_out_and_counted():
    assert records("a,b\n\n1,2\n") == [(1, ["a", "b"]), (3, ["1", "2"])]


def test_quoted_line_end_belongs_to_the_field():
    assert records('1,"x\ny"\n2,z\n') == [(1, ["1", "x\ny"]), (3, ["2", "z"])]


def test_text_after_a_closing_quote_costs_that_line():
    assert records('1,"x"y\n2,z\n') == [(1, None), (2, ["2", "z"])]


def test_open_quote_costs_that_line_only():
    assert records('1,"x\n2,"y"\n3,z\n') == [(1, None), (2, ["2", "y"]), (3, ["3", "z"])]


def test_quote_that_never_closes_costs_that_line_only():
    lines = [f"{n},x\n" for n in range(3 * MAX_LINES)]
    lines[10] = '10,"x\n'
    found = records("".join(lines))
    assert [line for line, fields in found if fields is None] == [11]
    assert len(found) == len(lines)


def test_a_separator_that_is_missing_before_a_quote_costs_that_line():
    assert records('a,9"x, y"\nb,1,2\n') == [(1, None), (2, ["b", "1", "2"])]


@pytest.mark.parametrize(
    "line", ['a,12" tv,14"', 'a,"3""x","6"""', 'a,say "x" y,5"', 'a,"x, ""y"" z",q"r', 'a, "b",c"']
)
def test_quotes_inside_fields_that_take_no_other_along_are_text(line):
    ((_, fields),) = records(f"{line}\n")
    assert fields is not None


def test_escape_other_than_the_quote():
    assert records('1,"8\\" x"\n', CsvDialect(escape="\\")) == [(1, ["1", '8" x'])]


def test_text_after_a_closing_quote_costs_that_line_where_quotes_are_escaped_too():
    found = records("1,'won't go'\n2,'won\\'t go'\n3,''\n", CsvDialect(quote="'", escape="\\"))
    assert found == [(1, None), (2, ["2", "won't go"]), (3, ["3", ""])]


def test_quotes_are_text_where_none_are_used():
    assert records('1,"x\n', CsvDialect(quote="", escape="")) == [(1, ["1", '"x'])]


cells = st.text(st.characters(codec="utf-8", exclude_characters="\r\0\x01"), max_size=6)


@given(st.lists(st.lists(cells, min_size=2, max_size=4), max_size=6))
def test_what_a_writer_wrote_is_read_back(rows):
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    assert [fields for _, fields in records(out.getvalue())] == rows
