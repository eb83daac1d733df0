"""The folder as a whole: bytes, manifest, and what is left when writing fails."""

from __future__ import annotations

import errno
import hashlib
import json
import resource
from pathlib import Path

import pyarrow as pa
import pytest

from desktop_app.domain.problems import Cancelled, ExportFailed
from desktop_app.domain.watch import CancelWatch
from desktop_app.reports import headings
from desktop_app.reports.export import Settings, Targets
from desktop_app.reports.folder import write_export
from desktop_app.text.language import Language
from desktop_app.text.words import Words
from tests.reports.exports import batch, export, rows_of

WORDS = Words(Language.ENGLISH)

TABLES = [
    "groups.csv",
    "movements.csv",
    "overlap.csv",
    "reasons.csv",
    "recorded.csv",
    "rules.csv",
    "summary.csv",
    "transitions.csv",
]
ALL = ["accounts.csv", *TABLES[:1], "manifest.json", *TABLES[1:]]


def write(out: Path, accounts=None, watch=None, **changes):
    batches = [batch()] if accounts is None else accounts
    given = export(**changes)
    return write_export(Targets(out), given, lambda: batches, words=WORDS, watch=watch or CancelWatch())


def write_tables(out: Path, **changes):
    return write_export(Targets(out), export(**changes), None, words=WORDS, watch=CancelWatch())


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_folder_is_made_with_all_files(tmp_path):
    write(tmp_path / "new" / "out")
    assert names(tmp_path / "new" / "out") == ALL
    assert names(tmp_path / "new") == ["out"]


def test_accounts_are_left_out_where_none_are_given(tmp_path):
    report = write_tables(tmp_path / "out")
    assert sorted(file.name for file in report.files) == TABLES


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("summary.csv", headings.SUMMARY),
        ("accounts.csv", headings.ACCOUNTS),
        ("reasons.csv", headings.REASONS),
        ("groups.csv", headings.GROUPS),
        ("rules.csv", headings.RULES),
        ("transitions.csv", headings.TRANSITIONS),
        ("overlap.csv", headings.OVERLAP),
        ("recorded.csv", headings.RECORDED),
        ("movements.csv", headings.MOVEMENTS),
    ],
)
def test_each_file_begins_with_a_mark_and_its_headings(tmp_path, name, heading):
    write(tmp_path / "out")
    first = (tmp_path / "out" / name).read_bytes().split(b"\r\n")[0]
    assert first == b"\xef\xbb\xbf" + ",".join(heading).encode()


def test_any_reader_finds_the_accounts_in_order(tmp_path):
    write(tmp_path / "out", [batch(), batch(account_id=["三", "=x"])])
    found = [row["account_id"] for row in rows_of(tmp_path / "out" / "accounts.csv")]
    assert found == ["00123", "987654321098765432", "三", "'=x"]


def test_the_manifest_can_be_checked(tmp_path):
    write(tmp_path / "out")
    files = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))["files"]
    assert sorted(file["name"] for file in files) == [name for name in ALL if name != "manifest.json"]
    for file in files:
        data = (tmp_path / "out" / file["name"]).read_bytes()
        assert (file["bytes"], file["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
        assert file["rows"] == data.count(b"\r\n") - 1


def test_the_manifest_says_what_it_was_made_from(tmp_path):
    write(tmp_path / "out", settings=Settings(neutralise=False, masked=True))
    found = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))
    assert found["program"] == {"name": "Greyline", "version": "0.1.0"}
    assert (found["data"]["hash"], found["data"]["as_of"], found["data"]["accounts"]) == ("d" * 64, "2026-06-30", 100)
    assert found["baseline"]["policy"]["hash"] != found["scenario"]["policy"]["hash"]
    assert found["scenario"]["assumptions"]["values"]["ccf"] == 0.4
    assert (found["csv"]["formulas_neutralised"], found["csv"]["ids_masked"]) == (False, True)


def test_the_same_inputs_give_the_same_bytes(tmp_path):
    write(tmp_path / "one")
    write(tmp_path / "two")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_an_earlier_export_is_replaced_and_other_files_stay(tmp_path):
    out = tmp_path / "out"
    write(out)
    (out / "notes.txt").write_text("mine")
    write_tables(out, version="0.2.0")
    assert names(out) == sorted(["manifest.json", "notes.txt", *TABLES])
    assert json.loads((out / "manifest.json").read_text("utf-8"))["program"]["version"] == "0.2.0"


class Stopping(CancelWatch):
    """Cancels at the first report, that is, in the midst of the accounts."""

    def report(self, stage, done, total):
        self.cancel()


@pytest.mark.parametrize("earlier", [True, False])
def test_a_cancelled_export_leaves_everything_as_it_was(tmp_path, earlier):
    out = tmp_path / "new" / "out"
    if earlier:
        write(out, version="0.0.1")
    before = contents(out) if earlier else names(tmp_path)
    with pytest.raises(Cancelled):
        write(out, [batch(), batch()], Stopping())
    assert (contents(out) if earlier else names(tmp_path)) == before


def test_accounts_report_their_progress(tmp_path):
    class Listening(CancelWatch):
        heard: list[tuple[int, int | None]] = []  # noqa: RUF012

        def report(self, stage, done, total):
            self.heard.append((done, total))

    write(tmp_path / "out", [batch(), batch()], watch := Listening())
    assert watch.heard == [(2, 100), (4, 100)]


@pytest.fixture
def small_files():
    """No file may grow beyond 4 kB: what a full disk looks like to a program."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.usefixtures("small_files")
def test_a_full_disk_is_told_and_leaves_nothing(tmp_path):
    many = pa.RecordBatch.from_pydict({name: pa.concat_arrays([batch()[name]] * 100) for name in headings.ACCOUNTS})
    with pytest.raises(ExportFailed, match="not enough room"):
        write(tmp_path / "out", [many])
    assert names(tmp_path) == []


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path):
    (tmp_path / "out").write_text("a file")
    with pytest.raises(ExportFailed, match="this is no folder"):
        write(tmp_path / "out")
    assert (tmp_path / "out").read_text() == "a file"


def test_a_folder_below_a_file_is_told(tmp_path):
    (tmp_path / "file").write_text("a file")
    with pytest.raises(ExportFailed, match="this is no folder"):
        write(tmp_path / "file" / "out")


def test_a_place_where_nothing_can_be_made_is_told():
    with pytest.raises(ExportFailed, match="/proc/greyline: "):
        write(Path("/proc/greyline"))


def test_a_file_that_cannot_be_replaced_puts_all_back(tmp_path, monkeypatch):
    out = tmp_path / "out"
    write(out, version="0.0.1")
    before = contents(out)
    rename = Path.rename

    def held_open(path, target):
        if path.parent.name.startswith(".out.partial") and path.name == "rules.csv":
            raise PermissionError(errno.EACCES, "in use")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", held_open)
    with pytest.raises(ExportFailed, match="close the files of an earlier export"):
        write(out, version="0.0.2")
    assert contents(out) == before


def test_a_folder_in_the_place_of_a_file_is_never_replaced(tmp_path):
    (tmp_path / "out" / "rules.csv").mkdir(parents=True)
    with pytest.raises(ExportFailed, match="could not be written"):
        write(tmp_path / "out")
    assert names(tmp_path / "out") == ["rules.csv"]
