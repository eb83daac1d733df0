"""The log of steps: whatever tears it, what stands before the tear is read, and nothing else."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.engine.project_steps import Commit, StepLog, missing_commits, read_commits

values = st.lists(st.tuples(st.text(), st.text()), max_size=6)


def written(path: Path, texts: list[tuple[str, str]], base: int = 3) -> list[Commit]:
    commits = [Commit(base + 1 + place, "note", pair) for place, pair in enumerate(texts)]
    log = StepLog(path, "id", base, anew=True)
    for commit in commits:
        log.keep(commit)
    log.close(whole=False)
    return commits


@given(values, st.data())
def test_a_torn_log_has_the_commits_before_the_tear(texts: list[tuple[str, str]], data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "steps"
        commits = written(path, texts)
        content = path.read_bytes()
        size = data.draw(st.integers(0, len(content)))
        path.write_bytes(content[:size])
        found = read_commits(path, "id")
        whole = content[:size].count(b"\n")
        assert (list(found[1]) if found else []) == commits[: max(whole - 1, 0)]


@given(values, st.data())
def test_a_flipped_bit_ends_the_log(texts: list[tuple[str, str]], data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "steps"
        commits = written(path, texts)
        content = bytearray(path.read_bytes())
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] ^= 1 << data.draw(st.integers(0, 7))
        line = path.read_bytes()[:place].count(b"\n")
        path.write_bytes(content)
        found = read_commits(path, "id")
        assert (list(found[1]) if found else []) == commits[: max(line - 1, 0)]


def test_a_log_that_goes_on_drops_its_torn_end(tmp_path: Path) -> None:
    commits = written(tmp_path / "steps", [("a", "1"), ("b", "2")])
    with (tmp_path / "steps").open("ab") as file:
        file.write(b"00000000 {torn")
    log = StepLog(tmp_path / "steps", "id", 5, anew=False)
    log.keep(Commit(6, "note", ("c", "3")))
    log.close(whole=False)
    assert read_commits(tmp_path / "steps", "id") == (3, [*commits, Commit(6, "note", ("c", "3"))])


def test_only_what_the_project_lacks_is_missing(tmp_path: Path) -> None:
    commits = written(tmp_path / "steps", [("a", "1"), ("b", "2"), ("c", "3")])
    assert missing_commits(tmp_path / "steps", "id", 4) == commits[1:]
    assert not missing_commits(tmp_path / "steps", "id", 2)
    assert not missing_commits(tmp_path / "steps", "other", 4)


def test_a_project_that_is_whole_needs_no_log(tmp_path: Path) -> None:
    log = StepLog(tmp_path / "steps", "id", 0, anew=True)
    log.close(whole=True)
    assert not (tmp_path / "steps").exists()
