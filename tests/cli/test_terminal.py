"""Progress on a terminal, and Ctrl+C."""

import io
import os
import signal
import time

import pytest

from desktop_app.cli import terminal as terminal_module
from desktop_app.cli.terminal import Terminal
from desktop_app.domain.problems import Cancelled, message
from desktop_app.readers.survey import SURVEYING
from desktop_app.text.language import Language
from desktop_app.text.words import Words

MAKING = message("Making the demo book")


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self):
        return True


@pytest.fixture
def clock(monkeypatch):
    """A clock that tests set."""

    class Clock:
        now = 100.0

    monkeypatch.setattr(terminal_module, "monotonic", lambda: Clock.now)
    return Clock


def test_what_a_file_says_does_not_command_the_terminal():
    out, notes = io.StringIO(), io.StringIO()
    terminal = Terminal(Words(Language.ENGLISH), out, notes)
    hostile = "\x1b[2J\x9b1m\u202eabc\x07\t信"
    terminal.say(message("{value}", value=hostile))
    terminal.note(message("{value}", value=hostile))
    terminal.columns(["a"], [[hostile]])
    terminal.table(["a"], [[hostile]])
    clean = "·[2J·1m·abc·\t信\n"
    assert out.getvalue() == f"{clean}a\n{clean}a\n{clean}"
    assert notes.getvalue() == clean


def reported(clock, *reports, stage=MAKING):
    """What stands on the screen after (seconds, done, total)."""
    screen = Screen()
    watch = Terminal(Words(Language.ENGLISH), io.StringIO(), screen).watch()
    for seconds, done, total in reports:
        clock.now = 100.0 + seconds
        watch.report(stage, done, total)
    return screen.getvalue().rpartition("\r")[2].strip()


def test_rows_rate_and_time_left_are_shown(clock) -> None:
    shown = reported(clock, (0, 0, 10_000), (2, 4_000, 10_000))
    assert shown == "Making the demo book  4,000 of 10,000  40%  2,000 a second  3 s left"


def test_bytes_are_shown_as_megabytes(clock) -> None:
    shown = reported(clock, (0, 0, 9_000_000), (3, 6_000_000, 9_000_000), stage=SURVEYING)
    assert shown == "Counting the lines  6 of 9 MB  67%  2 MB a second  2 s left"


def test_a_percentage_has_no_rate(clock) -> None:
    assert reported(clock, (0, 0, 100), (2, 40, 100)) == "Making the demo book  40%  3 s left"


def test_nothing_is_guessed_at_first(clock) -> None:
    assert reported(clock, (0, 0, 100), (0.5, 40, 100)) == "Making the demo book  40%"


def test_an_unknown_total_shows_the_stage_alone(clock) -> None:
    assert reported(clock, (0, 5, None)) == "Making the demo book"


def test_nothing_is_shown_where_there_is_no_terminal() -> None:
    stream = io.StringIO()
    Terminal(Words(Language.ENGLISH), stream, stream).watch().report(message("Making the demo book"), 1, 2)
    assert stream.getvalue() == ""


def test_ctrl_c_cancels_the_work() -> None:
    with pytest.raises(Cancelled), Terminal(Words(Language.ENGLISH)).working() as watch:
        os.kill(os.getpid(), signal.SIGINT)
        deadline = time.monotonic() + 5
        while time.monotonic() < deadline:
            watch.check()


def test_ctrl_c_is_as_before_afterwards() -> None:
    before = signal.getsignal(signal.SIGINT)
    with Terminal(Words(Language.ENGLISH)).working():
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before
