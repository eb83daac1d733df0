"""The Excel workbook, as another program reads it."""

from __future__ import annotations

import errno
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pyarrow as pa
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from desktop_app.domain.policy import Wording
from desktop_app.domain.problems import Cancelled, ExportFailed
from desktop_app.domain.watch import CancelWatch
from desktop_app.reports import headings, workbook
from desktop_app.reports.export import Export, Targets
from desktop_app.reports.folder import write_export
from desktop_app.reports.tables import tables
from desktop_app.text.language import Language
from desktop_app.text.words import Words
from tests.analysis import answers
from tests.reports.exports import BASELINE, EVALUATION, SCENARIO, batch, export

ENGLISH, CHINESE = Words(Language.ENGLISH), Words(Language.CHINESE)
TABLES = [
    "Figures",
    "Reasons",
    "Groups",
    "Rules",
    "Transitions",
    "Overlap of rules",
    "Tightened and loosened",
    "Recorded actions",
]


def write(path: Path, accounts: list[pa.RecordBatch] | None = None, words: Words = ENGLISH, **given: Any) -> None:
    watch = given.pop("watch", None) or CancelWatch()
    batches = None if accounts is None else lambda: accounts
    write_export(Targets(workbook=path), export(**given), batches, words=words, watch=watch)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> openpyxl.Workbook:
    path = tmp_path_factory.mktemp("book") / "impact.xlsx"
    write(path, [batch(account_id=["=1+1", "00123"], user_id=["@x", "-5"])])
    return openpyxl.load_workbook(path)


def cells(sheet: Worksheet) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_every_table_has_its_sheet_after_the_overview(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == ["Overview", "Charts", *TABLES, "Accounts"]


def test_numbers_are_numbers_and_add_up_to_the_files(book: openpyxl.Workbook) -> None:
    for table, sheet in zip(tables(export()), TABLES, strict=True):
        found = cells(book[sheet])[1:]
        assert len(found) == len(table.rows)
        for row, expected in zip(found, table.rows, strict=True):
            for value, text in zip(row, expected, strict=True):
                if isinstance(value, int | float) and not isinstance(value, bool):
                    assert float(text) == value


def test_flags_and_dates_are_what_they_are(book: openpyxl.Workbook) -> None:
    rules = cells(book["Rules"])
    assert [row[rules[0].index("Switched on")] for row in rules[1:]] == [True, True, True, False]
    assert book["Figures"]["F2"].is_date


def test_amounts_shares_and_counts_have_their_formats(book: openpyxl.Workbook) -> None:
    groups = book["Groups"]
    formats = {cell.value: groups.cell(2, cell.column).number_format for cell in groups[1]}
    assert formats["Users"] == "#,##0"
    assert formats["Blocked rate"] == "0.00%"
    assert formats["Balance"] == "#,##0.00"


@pytest.mark.parametrize("name", [*TABLES, "Accounts"])
def test_headings_stay_and_can_be_filtered(book: openpyxl.Workbook, name: str) -> None:
    sheet = book[name]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == sheet.dimensions
    assert sheet.print_title_rows == "$1:$1"


def test_columns_are_as_wide_as_what_they_hold(book: openpyxl.Workbook) -> None:
    sheet = book["Rules"]
    widths = {letter: sheet.column_dimensions[letter].width for letter in ("D", "G", "H")}
    for letter, width in widths.items():
        assert width >= max(len(str(cell.value)) for cell in sheet[letter][1:]), letter


def test_no_text_is_a_formula(tmp_path: Path) -> None:
    rules = tuple(rule.model_copy(update={"name": Wording(en="=1+1")}) for rule in SCENARIO.policy.rules)
    policy = SCENARIO.policy.model_copy(update={"rules": rules})
    scenario = SCENARIO.model_copy(update={"policy": policy, "name": Wording(en="@SUM(A1)")})
    given = Export.of(EVALUATION, BASELINE, scenario, answers.book(), grouping="region", version="1")
    path = tmp_path / "b.xlsx"
    accounts = [batch(account_id=["=1+1", "+1"], user_id=["@x", "-5"])]
    write_export(Targets(workbook=path), given, lambda: accounts, words=ENGLISH, watch=CancelWatch())
    found = [cell for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in found if cell.data_type == "f"]
    assert {"=1+1", "@SUM(A1)", "@x"} <= {cell.value for cell in found if cell.data_type == "s"}


def test_ids_stay_texts_as_they_are(book: openpyxl.Workbook) -> None:
    assert [row[:2] for row in cells(book["Accounts"])[1:]] == [["=1+1", "@x"], ["00123", "-5"]]


def test_accounts_are_in_currency_units_and_words(book: openpyxl.Workbook) -> None:
    assert cells(book["Accounts"])[1][2:] == [
        "Block",
        "Blocked",
        "LOW_SCORE",
        1234.5,
        0,
        1234.5,
        0,
        False,
        "Unchanged",
    ]


def test_both_main_charts_are_drawn_from_the_sheet(book: openpyxl.Workbook) -> None:
    drawn = book["Charts"]._charts
    assert [len(chart.series) for chart in drawn] == [2, 2]
    first = drawn[0].series[0]
    assert first.val.numRef.f == "Charts!$B$2:$B$3"
    assert [point.v for point in first.val.numRef.numCache.pt] == [10, 0]
    assert cells(book["Charts"])[1][:3] == ["Low score", 10, 15]


def test_chinese_has_its_own_words(tmp_path: Path) -> None:
    write(tmp_path / "b.xlsx", words=CHINESE)
    found = openpyxl.load_workbook(tmp_path / "b.xlsx")
    assert found.sheetnames[0] == "概览"
    assert "新户" in {row[3] for row in cells(found[found.sheetnames[5]])}


def test_the_same_inputs_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        write(tmp_path / name, [batch()])
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_the_workbook_carries_the_date_of_the_book_and_no_clock(book: openpyxl.Workbook) -> None:
    assert book.properties.created == book.properties.modified == datetime(2026, 6, 30)


def test_more_accounts_than_a_sheet_holds_are_left_out_and_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "LAST_ROW", 99)
    write(tmp_path / "b.xlsx", [batch()])
    found = openpyxl.load_workbook(tmp_path / "b.xlsx")
    assert "Accounts" not in found.sheetnames
    assert any("accounts.csv alone" in str(row[0]) for row in cells(found["Overview"]))


def test_a_workbook_that_is_cancelled_is_not_there(tmp_path: Path) -> None:
    class Stopping(CancelWatch):
        def report(self, stage: object, done: int, total: int | None) -> None:
            self.cancel()

    with pytest.raises(Cancelled):
        write(tmp_path / "b.xlsx", [batch(), batch()], watch=Stopping())
    assert list(tmp_path.iterdir()) == []


@contextmanager
def no_file_beyond(size: int) -> Iterator[None]:
    """What a full disk looks like to a program."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("room", [20_000, 60_000, 400_000])
def test_a_full_disk_is_told_and_leaves_nothing(tmp_path: Path, room: int) -> None:
    (tmp_path / "b.xlsx").write_text("before")
    many = pa.RecordBatch.from_pydict({name: pa.concat_arrays([batch()[name]] * 4000) for name in headings.ACCOUNTS})
    with no_file_beyond(room), pytest.raises(ExportFailed, match="not enough room"):
        write(tmp_path / "b.xlsx", [many])
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("b.xlsx", "before")]


def test_a_disk_that_is_full_only_when_all_is_put_together_is_told_as_well(tmp_path: Path) -> None:
    write(tmp_path / "b.xlsx")
    largest = max(part.file_size for part in ZipFile(tmp_path / "b.xlsx").infolist())
    before = (tmp_path / "b.xlsx").read_bytes()
    with no_file_beyond(largest - 100), pytest.raises(ExportFailed, match="not enough room"):
        write(tmp_path / "b.xlsx")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("b.xlsx", before)]


def test_what_is_zipped_is_not_tried_again_after_a_failure() -> None:
    class Full(BytesIO):
        def write(self, data: object) -> int:
            raise OSError(errno.ENOSPC, "full")

    zipped = ZipFile(workbook._Outlet(Full()), "w")
    with pytest.raises(OSError, match="full"):
        zipped.writestr("part.xml", b"x" * 100)
    zipped.close()
