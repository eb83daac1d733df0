"""The records of any table, and the same as canonical CSV."""

import io

from desktop_app.domain.watch import CancelWatch
from desktop_app.readers.records import write_canonical


def canonical(folder, text: str) -> str:
    path = folder / "table"
    path.write_text(text, encoding="utf-8", newline="")
    out = io.StringIO()
    write_canonical(path, out, CancelWatch())
    return out.getvalue()


def test_every_field_is_quoted(tmp_path):
    assert canonical(tmp_path, "name;n\nx;1\ny;2\n") == '"name","n"\n"x","1"\n"y","2"\n'


def test_table_without_heading_stays_so(tmp_path):
    assert canonical(tmp_path, "28/01/2018,1\n29/01/2018,2\n") == '"28/01/2018","1"\n"29/01/2018","2"\n'


def test_lines_of_another_width_are_left_out(tmp_path):
    assert canonical(tmp_path, "name,n\nx,1\ny\nz,3,4\nw,5\n") == '"name","n"\n"x","1"\n"w","5"\n'


def test_table_ends_where_its_heading_stands_again(tmp_path):
    assert canonical(tmp_path, "name,n\nx,1\nname,n\ny,2\n") == '"name","n"\n"x","1"\n'


def test_spoilt_heading_takes_the_width_of_its_rows(tmp_path):
    rows = "".join(f"x,{n},2020-01-01\n" for n in range(5))
    assert canonical(tmp_path, "name,,n,day\n" + rows).startswith('"name","n","day"\n"x","0"')


def test_line_ends_of_old_machines(tmp_path):
    assert canonical(tmp_path, "name,n\rx,1\ry,2\r") == '"name","n"\n"x","1"\n"y","2"\n'
