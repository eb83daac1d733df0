"""Any table as canonical CSV: what stays as it was found, and what goes to the rejects beside it."""

import openpyxl

from desktop_app.domain.mapping import Mapping
from desktop_app.domain.watch import CancelWatch
from desktop_app.readers.inspect import inspect
from desktop_app.workspace.canonical import convert


def canonical(folder, text: str) -> str:
    path, out = folder / "table", folder / "out.csv"
    path.write_text(text, encoding="utf-8", newline="")
    convert(inspect(path), out, str, CancelWatch())
    return out.read_bytes().decode()


def test_table_without_heading_stays_so(tmp_path):
    assert canonical(tmp_path, "28/01/2018,1\n29/01/2018,2\n") == "28/01/2018,1\r\n29/01/2018,2\r\n"


def test_lines_of_another_width_are_left_out(tmp_path):
    assert canonical(tmp_path, "name,n\nx,1\ny\nz,3,4\nw,5\n") == "name,n\r\nx,1\r\nw,5\r\n"
    rejects = (tmp_path / "out.rejects.csv").read_text().splitlines()
    assert [line.split(",")[0] for line in rejects] == ["line", "3", "4"]


def test_spoilt_heading_takes_the_width_of_its_rows(tmp_path):
    rows = "".join(f"x,{n},2020-01-01\n" for n in range(5))
    assert canonical(tmp_path, "name,,n,day\n" + rows).startswith("name,n,day\r\nx,0")


def test_rows_whose_id_a_workbook_rounded_are_rejected_where_that_is_stated(tmp_path):
    book = openpyxl.Workbook()
    for row in (["id", "limit"], ["a", 1], [123456789012345678, 2], ["b", 3]):
        book.active.append(row)
    book.save(tmp_path / "book.xlsx")
    columns = {"account_id": {"value": "id"}}
    stated = Mapping.model_validate({"currency": "CNY", "columns": columns, "read": {"rounded_ids": "reject"}})
    done = convert(inspect(tmp_path / "book.xlsx", stated), tmp_path / "out.csv", str, CancelWatch())
    assert (done.rows, done.rejected) == (2, 1)
    assert "123456789012345678" not in (tmp_path / "out.csv").read_text()


def test_line_ends_of_old_machines(tmp_path):
    assert canonical(tmp_path, "name,n\rx,1\ry,2\r") == "name,n\r\nx,1\r\ny,2\r\n"
