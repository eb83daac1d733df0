"""Sheets of a workbook: headings that stay, filters, widths, real numbers; texts are never formulas or links."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from desktop_app.reports.fields import Form, Plain
from desktop_app.reports.headings import Headings
from desktop_app.reports.table_words import cell_words, heading_words
from desktop_app.text.words import Words

# Excel's own bounds.
LAST_ROW: Final = 1_048_575
_LONGEST_NAME = 31
_A4 = 9

_NUMBER_FORMATS: Final = {
    Form.COUNT: "#,##0",
    Form.MONEY: "#,##0.00",
    Form.SHARE: "0.00%",
    Form.RATIO: "#,##0.00",
    Form.DAY: "yyyy-mm-dd",
}
_HEADING: Final = {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E8EDF2", "bottom": 1}
# Digits keep a distance from the text that may stand in the next column.
_RIGHT: Final = {"align": "right", "indent": 1}
_NARROWEST, _WIDEST = 9, 44
# Money needs room for its separators, a filter's arrow for itself.
_ROOM = 4


class Sheets:
    """The sheets of one workbook, in one language.

    Attributes: book is the workbook of xlsxwriter; rows must be written in order, since it keeps only the last.
    """

    def __init__(self, book: Workbook, words: Words) -> None:
        self.book = book
        self.words = words
        self.heading = book.add_format(_HEADING)
        self.number_heading = book.add_format({**_HEADING, **_RIGHT})
        self.title = book.add_format({"bold": True, "font_size": 16})
        self.strong = book.add_format({"bold": True})
        self._numbers = {
            form: book.add_format({"num_format": text, **_RIGHT}) for form, text in _NUMBER_FORMATS.items()
        }

    def add(self, name: str) -> Worksheet:
        """A new sheet, set up for printing; its name is shortened to what Excel takes."""
        sheet = self.book.add_worksheet(name[:_LONGEST_NAME])
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&A&R&P / &N")
        return sheet

    def begin_table(self, sheet: Worksheet, headings: Headings, digits: Collection[str]) -> None:
        """The headings in the first row; they stay when the table is scrolled, and stand on every printed page.

        Over columns of `digits` they stand at the right.
        """
        for column, heading in enumerate(headings):
            form = self.number_heading if heading in digits else self.heading
            self.text(sheet, 0, column, heading_words(heading, self.words), form)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)

    def end_table(self, sheet: Worksheet, headings: Headings, rows: int, widths: Sequence[int]) -> None:
        """The filters over `rows` rows, and the widths of the columns in characters."""
        sheet.autofilter(0, 0, max(rows, 1), len(headings) - 1)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, min(max(width, _NARROWEST), _WIDEST))

    def shown(self, heading: str, text: str) -> str:
        """What stands in a cell of a table: what the program wrote as it is, coded words in the language."""
        return text if isinstance(text, Plain) else cell_words(heading, text, self.words)

    def cell(self, sheet: Worksheet, place: tuple[int, int], text: str) -> None:
        """One cell of a table: a number, flag or date as what it is, anything else as a text."""
        row, column = place
        if not isinstance(text, Plain):
            self.text(sheet, row, column, text)
        elif text:
            self._plain(sheet, row, column, text)

    def values(self, sheet: Worksheet, row: int, cells: Iterable[float | bool | str | None]) -> None:
        """One row of a table of accounts: amounts, flags, texts."""
        for column, value in enumerate(cells):
            match value:
                case bool():
                    sheet.write_boolean(row, column, value)
                case float():
                    sheet.write_number(row, column, value, self._numbers[Form.MONEY])
                case _:
                    self.text(sheet, row, column, value or "")

    def text(self, sheet: Worksheet, row: int, column: int, text: str, form: Format | None = None) -> None:
        """A text, whatever it looks like."""
        if text:
            sheet.write_string(row, column, text, form)

    def _plain(self, sheet: Worksheet, row: int, column: int, text: Plain) -> None:
        match text.form:
            case Form.FLAG:
                sheet.write_boolean(row, column, text == "true")
            case Form.DAY:
                sheet.write_datetime(row, column, date.fromisoformat(text), self._numbers[text.form])
            case _:
                sheet.write_number(row, column, float(text), self._numbers[text.form])


def widths_of(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """The width of each column in characters; Chinese ones take two, and a heading takes two lines."""
    return [
        max(_in_two_lines(heading), *(_width(row[place]) for row in rows), 0) + _ROOM
        for place, heading in enumerate(headings)
    ]


def _in_two_lines(heading: str) -> int:
    words = [_width(word) for word in heading.split()]
    return max(*words, (_width(heading) + 1) // 2) if len(words) > 1 else _width(heading)


def _width(text: str) -> int:
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    # What is longer is cut anyway.
    return min(len(text) + wide, _WIDEST)
