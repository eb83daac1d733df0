"""Workbooks: read in a child process, exact where they can be, hostile ones refused."""

import zipfile
from datetime import date

import openpyxl
import pytest

from desktop_app.domain.mapping import Mapping
from desktop_app.domain.problems import ImportFailed
from desktop_app.domain.watch import CancelWatch
from desktop_app.readers.inspect import inspect
from desktop_app.readers.rows import FileRows


def workbook(folder, *rows, sheets=("book",)):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(folder / "book.xlsx")
    return folder / "book.xlsx"


def rows_of(path):
    """The rows as texts, by the copy that was made for looking."""
    scratch = path.parent / "scratch"
    scratch.mkdir()
    rows = FileRows(inspect(path, None, scratch), scratch, CancelWatch())
    return [list(row.values())[1:] for batch in rows.records() for row in batch.to_pylist()]


def test_cells_become_the_texts_of_csv(tmp_path):
    path = workbook(
        tmp_path, ["id", "limit", "day", "flag"], ["007", 12.5, date(2026, 1, 31), True], ["#N/A", 3, None, False]
    )
    assert rows_of(path) == [["007", "12.5", "2026-01-31", "true"], ["#N/A", "3", "", "false"]]


def test_a_sheet_is_unpacked_once(tmp_path, monkeypatch):
    path = workbook(tmp_path, ["id", "limit"], ["a", 1])
    plan = inspect(path, None, tmp_path)
    # A second time would fail.
    monkeypatch.setattr("sys.executable", "/bin/false")
    assert [b.num_rows for b in FileRows(plan, tmp_path, CancelWatch()).records()] == [1]


def test_a_workbook_that_changed_is_unpacked_again(tmp_path):
    path = workbook(tmp_path, ["id", "limit"], ["a", 1])
    plan = inspect(path, None, tmp_path)
    workbook(tmp_path, ["id", "limit"], ["a", 1], ["b", 2])
    assert [b.num_rows for b in FileRows(plan, tmp_path, CancelWatch()).records()] == [2]


def test_another_sheet_is_unpacked_again(tmp_path):
    path = workbook(tmp_path, ["id", "limit"], ["a", 1], sheets=("one", "two"))
    inspect(path, None, tmp_path)
    stated = Mapping.model_validate({"currency": "CNY", "columns": {}, "read": {"sheet": "two"}})
    assert inspect(path, stated, tmp_path).sheet == "two"


def test_titles_above_a_sheet_are_left_out(tmp_path):
    path = workbook(tmp_path, ["Report"], [], ["id", "limit"], ["a", 1], ["b", 2])
    assert inspect(path).headings == ("id", "limit")
    assert rows_of(path) == [["a", "1"], ["b", "2"]]


# Digits that a double and a writer of workbooks keep.
LONG = 123456700000000000
IDS = ["id", "limit", "balance"], ["a", 1, 1], [LONG, 1, 1], [LONG + 10**6, 1, 1], ["b", LONG, 1]


def stating(**read):
    columns = {name: {"value": heading} for name, heading in (("account_id", "id"), ("credit_limit", "limit"))}
    return Mapping.model_validate({"currency": "CNY", "columns": columns, "read": read})


def test_long_numbers_are_flagged(tmp_path):
    path = workbook(tmp_path, *IDS)
    assert any(str(note).startswith("3 numbers have more than 15 digits") for note in inspect(path).notes)


@pytest.mark.parametrize("mapping", [None, stating()])
def test_long_numbers_as_ids_are_a_doubt(tmp_path, mapping):
    (doubt,) = inspect(workbook(tmp_path, *IDS), mapping).doubts
    assert str(doubt).startswith('2 numbers of "id", the first in row 3, have more than 15 digits')
    assert '"read.rounded_ids"' in str(doubt)


def test_long_texts_as_ids_are_no_doubt(tmp_path):
    path = workbook(tmp_path, ["id", "limit"], [str(LONG), 1], ["a", LONG])
    assert inspect(path, stating()).doubts == ()


@pytest.mark.parametrize(("said", "kept"), [("keep", ["a", str(LONG), str(LONG + 10**6), "b"]), ("reject", ["a", "b"])])
def test_what_becomes_of_rounded_ids_is_stated(tmp_path, said, kept):
    plan = inspect(workbook(tmp_path, *IDS), stating(rounded_ids=said), tmp_path)
    rows = FileRows(plan, tmp_path, CancelWatch())
    assert plan.doubts == ()
    assert [row["c0"] for batch in rows.records() for row in batch.to_pylist()] == kept


def test_a_row_with_a_rounded_id_is_rejected_with_its_reason(tmp_path):
    rows = FileRows(inspect(workbook(tmp_path, *IDS), stating(rounded_ids="reject"), tmp_path), tmp_path, CancelWatch())
    list(rows.records())
    assert [(reject.line, reject.column) for reject in rows.refused()] == [(3, "id"), (4, "id")]
    assert "which the workbook rounded" in str(rows.refused()[0].reason)
    assert not rows.survey.regular


def test_formulas_that_were_never_computed_are_flagged(tmp_path):
    path = workbook(tmp_path, ["id", "limit"], ["a", "=1+1"], ["b", "=2+2"], ["c", 3])
    assert any(str(note).startswith("2 formulas") for note in inspect(path).notes)


def test_several_sheets_are_a_doubt(tmp_path):
    path = workbook(tmp_path, ["id", "limit"], ["a", 1], sheets=("one", "two"))
    assert any("read.sheet" in str(doubt) for doubt in inspect(path).doubts)


def replaced(path, part, text):
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (parts | {part: text}).items():
            archive.writestr(name, data)
    return path


def test_sparse_sheet_is_refused(tmp_path):
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/>'
        '<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        "</sheetData></worksheet>"
    )
    path = replaced(workbook(tmp_path, ["a"]), "xl/worksheets/sheet1.xml", sheet.encode())
    with pytest.raises(ImportFailed, match="huge area"):
        inspect(path)


def test_archive_bomb_is_refused(tmp_path):
    path = replaced(workbook(tmp_path, ["a"]), "xl/media/bomb.bin", b"0" * 200_000_000)
    with pytest.raises(ImportFailed, match="far more"):
        inspect(path)


def test_entities_that_multiply_are_refused(tmp_path):
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    sheet = (
        f'<!DOCTYPE worksheet [<!ENTITY e0 "{"x" * 100}">{entities}]>'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>&e9;</t></is></c></row></sheetData></worksheet>'
    )
    path = replaced(workbook(tmp_path, ["a"]), "xl/worksheets/sheet1.xml", sheet.encode())
    with pytest.raises(ImportFailed, match="could not be unpacked"):
        inspect(path)


def test_damaged_workbook_is_refused(tmp_path):
    path = replaced(workbook(tmp_path, ["a"]), "xl/workbook.xml", b"<broken")
    with pytest.raises(ImportFailed, match="could not be unpacked"):
        inspect(path)
