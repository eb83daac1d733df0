"""Files of one export appear together or not at all, in however many folders they lie."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.reports.placing import aside


def everything(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}


def test_files_of_several_folders_are_moved(tmp_path):
    with aside() as partials:
        (partials.folder(tmp_path / "tables") / "a.csv").write_text("a")
        partials.file(tmp_path / "books" / "b.xlsx").write_text("b")
        assert not (tmp_path / "tables").exists()
        partials.place()
    assert everything(tmp_path) == {"tables/a.csv": "a", "books/b.xlsx": "b"}


def test_a_file_in_the_folder_goes_with_it(tmp_path):
    with aside() as partials:
        (partials.folder(tmp_path / "out") / "a.csv").write_text("a")
        partials.file(tmp_path / "out" / "b.xlsx").write_text("b")
        partials.place()
    assert everything(tmp_path) == {"out/a.csv": "a", "out/b.xlsx": "b"}


def test_what_is_stale_goes_and_other_files_stay(tmp_path):
    for name in ("old.csv", "mine.txt"):
        (tmp_path / name).write_text(name)
    with aside() as partials:
        (partials.folder(tmp_path, frozenset({"old.csv"})) / "new.csv").write_text("new")
        partials.place()
    assert everything(tmp_path) == {"mine.txt": "mine.txt", "new.csv": "new"}


def test_a_second_folder_that_cannot_take_its_file_gives_the_first_back(tmp_path):
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "a.csv").write_text("before")
    (tmp_path / "books" / "b.xlsx").mkdir(parents=True)
    with pytest.raises(IsADirectoryError), aside() as partials:
        (partials.folder(tmp_path / "tables") / "a.csv").write_text("after")
        partials.file(tmp_path / "books" / "b.xlsx").write_text("b")
        partials.place()
    assert everything(tmp_path) == {"tables/a.csv": "before"}
    assert [path.name for path in (tmp_path / "books").iterdir()] == ["b.xlsx"]


def test_a_failure_leaves_no_folder_that_was_made(tmp_path):
    with pytest.raises(ValueError, match="no more"), aside() as partials:
        partials.file(tmp_path / "a" / "b" / "c.html").write_text("c")
        raise ValueError("no more")
    assert list(tmp_path.iterdir()) == []
