"""Imports in a child process."""

import threading
from pathlib import Path

import pytest

from desktop_app.domain.problems import Cancelled, ImportFailed
from desktop_app.domain.watch import CancelWatch
from desktop_app.workspace.importing import import_file, import_inline


class Reports(CancelWatch):
    def __init__(self, then=None):
        super().__init__()
        self.stages = []
        self._then = then

    def report(self, stage, done, total):
        self.stages.append(str(stage))
        if self._then:
            self._then()


def write(folder: Path, rows: int = 3) -> Path:
    path = folder / "book.csv"
    lines = "".join(f"{n},100,50,2026-01-31\n" for n in range(rows))
    path.write_text("account_id,credit_limit,balance,snapshot_date\n" + lines)
    return path


def test_child_returns_book_and_report(tmp_path):
    watch = Reports()
    book, report = import_file(write(tmp_path), None, tmp_path / "staging", watch)
    assert (book.accounts, report.rows_loaded) == (3, 3)
    assert watch.stages


def test_only_the_complete_database_is_left(tmp_path):
    import_file(write(tmp_path), None, tmp_path / "staging", CancelWatch())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["book.csv", "staging"]


def test_problem_of_the_child_is_raised_here(tmp_path):
    with pytest.raises(ImportFailed, match="There is no file") as raised:
        import_file(tmp_path / "none.csv", None, tmp_path / "staging", CancelWatch())
    assert raised.value.message.values


def test_cancel_while_reading_leaves_nothing(tmp_path):
    path = write(tmp_path, 200_000)
    watch = Reports(then=lambda: threading.Thread(target=watch.cancel).start())
    with pytest.raises(Cancelled):
        import_file(path, None, tmp_path / "staging", watch)
    assert [path.name for path in tmp_path.iterdir()] == ["book.csv"]


def test_child_that_dies_is_a_failed_import(tmp_path, monkeypatch):
    monkeypatch.setattr("sys.executable", "/bin/false")
    with pytest.raises(ImportFailed, match="ended unexpectedly"):
        import_file(write(tmp_path), None, tmp_path / "staging", CancelWatch())


def test_ambiguous_file_is_not_loaded(tmp_path):
    path = tmp_path / "book.csv"
    path.write_text("account_id,credit_limit,balance,snapshot_date\na,1,1,01/02/2026\n")
    with pytest.raises(ImportFailed, match=r"read\.date_order"):
        import_inline(path, None, tmp_path / "staging", CancelWatch())
