"""Connections: hardened, every cursor set up before the lock, and a cancel that stops what runs and nothing else."""

from __future__ import annotations

import stat
import threading
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import duckdb
import pytest

from desktop_app.domain.problems import BookUnusable, Cancelled
from desktop_app.domain.watch import CancelWatch
from desktop_app.engine.connection import OFF, PERFECT_HASH_BITS, Connection, Limits, connect, interruptible

LANES = ("interactive", "background", "journal")
# Far longer than any machine takes to notice a cancel.
LONG = "SELECT count(*) FROM range(100_000_000_000) WHERE range % 7 = 3"
SOON = 0.1


@pytest.fixture
def cursors(tmp_path: Path) -> Iterator[dict[str, Connection]]:
    found = connect(LANES, (tmp_path / "readable",), tmp_path / "scratch", Limits(threads=1, memory="1GB"))
    yield found
    for cursor in reversed(found.values()):
        cursor.close()


def setting(cursor: Connection, name: str) -> object:
    return cursor.execute("SELECT current_setting(?)", [name]).fetchall()[0][0]


@pytest.mark.parametrize("lane", ("main", *LANES))
def test_every_cursor_counts_short_keys_in_an_array(cursors: dict[str, Connection], lane: str) -> None:
    assert setting(cursors[lane], "perfect_ht_threshold") == PERFECT_HASH_BITS


@pytest.mark.parametrize("lane", ("main", *LANES))
def test_every_cursor_keeps_its_progress_to_itself(cursors: dict[str, Connection], lane: str) -> None:
    assert setting(cursors[lane], "enable_progress_bar") is True
    assert setting(cursors[lane], "enable_progress_bar_print") is False


@pytest.mark.parametrize("lane", ("main", *LANES))
def test_every_cursor_is_locked(cursors: dict[str, Connection], lane: str) -> None:
    assert setting(cursors[lane], "enable_external_access") is False
    assert setting(cursors[lane], "lock_configuration") is True
    with pytest.raises(duckdb.InvalidInputException, match="locked"):
        cursors[lane].execute("SET threads = 2")


@pytest.mark.parametrize("name", OFF)
def test_nothing_is_fetched_or_guessed(cursors: dict[str, Connection], name: str) -> None:
    assert setting(cursors["main"], name) is False


def test_limits_are_kept(cursors: dict[str, Connection]) -> None:
    assert setting(cursors["interactive"], "threads") == 1
    assert setting(cursors["interactive"], "memory_limit") == "953.6 MiB"


def test_files_outside_the_given_folders_cannot_be_read(cursors: dict[str, Connection], tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n", encoding="utf-8")
    with pytest.raises(duckdb.PermissionException):
        cursors["main"].execute(f"FROM read_csv('{secret}')")


def test_files_outside_the_given_folders_cannot_be_written(cursors: dict[str, Connection], tmp_path: Path) -> None:
    with pytest.raises(duckdb.PermissionException):
        cursors["main"].execute(f"COPY (SELECT 1) TO '{tmp_path / 'stolen.csv'}'")


def test_the_scratch_folder_is_closed_to_others(cursors: dict[str, Connection], tmp_path: Path) -> None:
    assert stat.S_IMODE((tmp_path / "scratch").stat().st_mode) == 0o700


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(BookUnusable, match="may not be written to"):
        connect((), (), tmp_path / "file" / "scratch", Limits())


def test_a_cancel_stops_a_running_scan_soon(cursors: dict[str, Connection]) -> None:
    watch, cancelled = CancelWatch(), []

    def cancel() -> None:
        cancelled.append(monotonic())
        watch.cancel()

    timer = threading.Timer(0.3, cancel)
    timer.start()
    with pytest.raises(Cancelled), interruptible(cursors["interactive"], watch):
        cursors["interactive"].execute(LONG)
    late = monotonic() - cancelled[0]
    timer.join()
    assert late < SOON


def test_a_cancel_between_two_queries_stops_the_second(cursors: dict[str, Connection]) -> None:
    cursor, watch = cursors["interactive"], CancelWatch()
    with pytest.raises(Cancelled), interruptible(cursor, watch):
        cursor.execute("SELECT 1").fetchall()
        watch.cancel()
        cancelled = monotonic()
        cursor.execute(LONG)
    assert monotonic() - cancelled < SOON


def test_a_cursor_answers_after_a_cancel(cursors: dict[str, Connection]) -> None:
    watch = CancelWatch()
    timer = threading.Timer(0.05, watch.cancel)
    timer.start()
    with pytest.raises(Cancelled), interruptible(cursors["interactive"], watch):
        cursors["interactive"].execute(LONG)
    timer.join()
    assert cursors["interactive"].execute("SELECT 42").fetchall() == [(42,)]


def test_a_cancelled_watch_starts_nothing(cursors: dict[str, Connection]) -> None:
    watch = CancelWatch()
    watch.cancel()
    with pytest.raises(Cancelled), interruptible(cursors["interactive"], watch):
        pytest.fail("the work was started")


def test_a_late_cancel_leaves_the_next_question_alone(cursors: dict[str, Connection]) -> None:
    cursor, earlier = cursors["interactive"], CancelWatch()
    with interruptible(cursor, earlier):
        cursor.execute("SELECT 1").fetchall()
    timer = threading.Timer(0.05, earlier.cancel)
    timer.start()
    with interruptible(cursor, CancelWatch()):
        found = cursor.execute("SELECT count(*) FROM range(30_000_000) WHERE hash(range) % 7 = 3").fetchall()
    timer.join()
    assert found[0][0] > 0


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("SELECT 9223372036854775807::BIGINT + 1", "larger than 64 bits"),
        ("SELECT * FROM nowhere", "refused the question"),
        ("SELECT '{' || nothing", "refused the question"),
    ],
)
def test_errors_of_the_database_become_sentences(cursors: dict[str, Connection], query: str, sentence: str) -> None:
    with pytest.raises(BookUnusable, match=sentence) as raised, interruptible(cursors["main"], CancelWatch()):
        cursors["main"].execute(query)
    assert str(raised.value.details[0])
