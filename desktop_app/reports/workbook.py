"""The Excel workbook: an overview, charts, then a sheet a table with real numbers; the same inputs, the same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, Final

import pyarrow as pa
from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError

from desktop_app.domain.fingerprints import fingerprint_file
from desktop_app.domain.problems import message
from desktop_app.domain.watch import Watch
from desktop_app.reports.accounts import MONEY, Accounts
from desktop_app.reports.csv_files import to_disk
from desktop_app.reports.export import ACCOUNTS_TABLE, Export, WrittenFile
from desktop_app.reports.fields import Form, Plain
from desktop_app.reports.headings import ACCOUNTS
from desktop_app.reports.overview import write_charts, write_overview
from desktop_app.reports.sheets import LAST_ROW, Sheets, widths_of
from desktop_app.reports.table_words import TABLE_LABELS, cell_words, heading_words
from desktop_app.reports.tables import Table, tables
from desktop_app.text.words import Words

_CHUNK_ROWS: Final = 8_192
_MINOR_PER_UNIT = 100
_ACCOUNT_WIDTH = 16


def write_workbook(path: Path, export: Export, accounts: Accounts | None, words: Words, watch: Watch) -> WrittenFile:
    """Write the workbook in the language of `words`; raises OSError, or Cancelled.

    Accounts get a sheet where they fit one; the overview says so where they do not.
    """
    fits = export.book.accounts <= LAST_ROW
    with _workbook(path, export, words) as book:
        sheets = Sheets(book, words)
        write_overview(sheets, export, left_out=accounts is not None and not fits)
        write_charts(sheets, export)
        for table in tables(export, words.wording):
            watch.check()
            _write_table(sheets, table)
        if accounts is not None and fits:
            _write_accounts(sheets, accounts, export.book.accounts, watch)
    return WrittenFile(path.name, path.stat().st_size, fingerprint_file(path, watch))


@contextmanager
def _workbook(path: Path, export: Export, words: Words) -> Iterator[Workbook]:
    with path.open("xb") as file, TemporaryDirectory(dir=path.parent) as scratch:
        # Rows go to the disk as they come, so that a million of them need no memory.
        outlet = _Outlet(file)
        book = Workbook(outlet, {"constant_memory": True, "tmpdir": scratch})
        # A clock would make every file another one.
        made = datetime.combine(export.book.as_of, time())
        book.set_properties({"title": words.say(message("Impact of a credit policy")), "created": made})
        try:
            yield book
            book.close()
        except FileCreateError as error:
            raise error.__context__ or error from None
        finally:
            outlet.shut()
            _let_go(book)
        to_disk(file)


class _Outlet:
    """The file that is zipped into; once shut it takes no more, since zipping tries again when it is given up."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._is_shut = False

    def shut(self) -> None:
        """Let everything that still comes go nowhere."""
        self._is_shut = True

    def write(self, data: bytes) -> int:
        """Write to the file; raises OSError the first time the disk takes no more."""
        if self._is_shut:
            return len(data)
        try:
            written = self._file.write(data)
            self._file.flush()
        except OSError:
            self.shut()
            raise
        return written

    def tell(self) -> int:
        """Where the next byte goes."""
        return 0 if self._is_shut else self._file.tell()

    def seek(self, place: int, origin: int = 0) -> int:
        """Go to another place."""
        return 0 if self._is_shut else self._file.seek(place, origin)

    def flush(self) -> None:
        """Nothing is kept back."""


def _let_go(book: Workbook) -> None:
    """Close what rows are kept in; a workbook that failed does not."""
    for sheet in book.worksheets():
        for file in (sheet.row_data_fh, sheet.fh):
            with suppress(OSError):
                file.close()


def _write_table(sheets: Sheets, table: Table) -> None:
    sheet = sheets.add(sheets.words.say(TABLE_LABELS[table.name]))
    shown = [tuple(map(sheets.shown, table.headings, row)) for row in table.rows]
    sheets.begin_table(sheet, table.headings, _digits(table))
    for row, cells in enumerate(shown, 1):
        for column, text in enumerate(cells):
            sheets.cell(sheet, (row, column), text)
    headings = [heading_words(heading, sheets.words) for heading in table.headings]
    sheets.end_table(sheet, table.headings, len(shown), widths_of(headings, shown))


def _digits(table: Table) -> frozenset[str]:
    """The headings of the columns that hold numbers or dates."""
    first = zip(table.headings, table.rows[0], strict=True) if table.rows else ()
    return frozenset(heading for heading, text in first if isinstance(text, Plain) and text.form is not Form.FLAG)


def _write_accounts(sheets: Sheets, accounts: Accounts, total: int, watch: Watch) -> None:
    sheet = sheets.add(sheets.words.say(TABLE_LABELS[ACCOUNTS_TABLE]))
    sheets.begin_table(sheet, ACCOUNTS, MONEY)
    row = 0
    for batch in accounts():
        for start in range(0, batch.num_rows, _CHUNK_ROWS):
            watch.check()
            chunk = batch.slice(start, _CHUNK_ROWS)
            for cells in zip(*(_values(name, chunk.column(name), sheets.words) for name in ACCOUNTS), strict=True):
                row += 1
                sheets.values(sheet, row, cells)
            watch.report(message("Writing the workbook"), row, total)
    sheets.end_table(sheet, ACCOUNTS, row, [_ACCOUNT_WIDTH] * len(ACCOUNTS))


def _values(name: str, column: pa.Array[Any], words: Words) -> list[Any]:
    """A column as the cells of a sheet take it: money in currency units, flags, texts."""
    if name in MONEY:
        return [value / _MINOR_PER_UNIT for value in column.to_pylist()]
    if isinstance(column, pa.DictionaryArray):
        texts = [cell_words(name, text, words) for text in column.dictionary.to_pylist()]
        return ["" if place is None else texts[place] for place in column.indices.to_pylist()]
    return list(column.to_pylist())
