"""A file that is written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from desktop_app.domain.problems import ExportFailed
from desktop_app.reports.whole_files import whole_file, write_whole


def test_what_was_there_is_replaced(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.csv", b"old")
    write_whole(tmp_path / "a.csv", b"new")
    assert (tmp_path / "a.csv").read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_others_may_read_it(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.csv", b"")
    assert (tmp_path / "a.csv").stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("error", [OSError(28, os.strerror(28)), ValueError("no"), KeyboardInterrupt()])
def test_an_error_on_the_way_leaves_what_was_there(tmp_path: Path, error: BaseException) -> None:
    write_whole(tmp_path / "a.csv", b"old")
    with (
        pytest.raises(ExportFailed if isinstance(error, OSError) else type(error)),
        whole_file(tmp_path / "a.csv") as part,
    ):
        part.write_bytes(b"half")
        raise error
    assert (tmp_path / "a.csv").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_a_folder_in_its_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").mkdir()
    with pytest.raises(ExportFailed, match=r"a\.csv: "):
        write_whole(tmp_path / "a.csv", b"new")
