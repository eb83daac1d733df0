"""The terminal: sentences and tables on standard output, progress and errors on standard error."""

from __future__ import annotations

import re
import signal
import sys
import threading
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from time import monotonic
from types import FrameType
from typing import TextIO

from desktop_app.domain.problems import Message, message
from desktop_app.domain.watch import CancelWatch
from desktop_app.readers.source import COPYING
from desktop_app.readers.survey import SURVEYING
from desktop_app.text.words import Words

_SECONDS_BETWEEN = 0.2
# Totals up to this are percentages, which have no rate worth showing.
_PERCENT = 100
# Stages whose amounts are bytes of the file.
_IN_BYTES = frozenset({SURVEYING.text, COPYING.text})
_MEGABYTE = 1_000_000
# Control characters but tab and line end, and the marks that turn the direction of writing.
_COMMANDS = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069]")
# A first guess of the time left jumps about.
_SECONDS_TO_GUESS = 1.0


def harmless(text: str) -> str:
    """A text of a file without what would command the terminal, or turn what stands beside it."""
    return _COMMANDS.sub("·", text)


class Terminal:
    """Where a command talks to the user, in the language of the terminal."""

    def __init__(self, words: Words, out: TextIO | None = None, progress: TextIO | None = None) -> None:
        self.words = words
        self._out = out or sys.stdout
        self._progress = progress or sys.stderr

    def say(self, sentence: Message) -> None:
        """One line of output."""
        self._out.write(f"{harmless(self.words.say(sentence))}\n")

    def write(self, text: str) -> None:
        """Text as it is."""
        self._out.write(text)

    def columns(self, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """A table of texts, all to the left."""
        lines = [headings, *rows]
        widths = [max(_width(line[place]) for line in lines) for place in range(len(headings))]
        for line in lines:
            cells = (_padded(text, width, right=False) for text, width in zip(line, widths, strict=True))
            self._out.write(harmless("  ".join(cells).rstrip()) + "\n")

    def table(self, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """A table: the first column to the left, the others to the right."""
        lines = [headings, *rows]
        widths = [max(_width(line[place]) for line in lines) for place in range(len(headings))]
        for line in lines:
            first, *others = (
                _padded(text, width, place > 0) for place, (text, width) in enumerate(zip(line, widths, strict=True))
            )
            self._out.write(harmless("  ".join([first, *others]).rstrip()) + "\n")

    def watch(self) -> TerminalWatch:
        """Progress on the terminal; quiet where standard error goes to a file."""
        return TerminalWatch(self.words, self._progress if self._progress.isatty() else None)

    @contextmanager
    def working(self) -> Iterator[TerminalWatch]:
        """A watch that Ctrl+C cancels, so that the work can clear up; pressed again, it ends the program."""
        watch = self.watch()
        before = _on_interrupt(watch)
        try:
            yield watch
        finally:
            if before is not None:
                signal.signal(signal.SIGINT, before)
            watch.clear()

    def note(self, sentence: Message) -> None:
        """One line beside the output, for the user alone."""
        self._progress.write(f"{harmless(self.words.say(sentence))}\n")


class TerminalWatch(CancelWatch):
    """One line of progress that is written over; nothing where there is no terminal."""

    def __init__(self, words: Words, stream: TextIO | None) -> None:
        super().__init__()
        self._words = words
        self._stream = stream
        self._shown = -_SECONDS_BETWEEN
        self._length = 0
        self._stage = ""
        self._begun = 0.0
        self._before = 0

    def report(self, stage: Message, done: int, total: int | None) -> None:
        """Show the stage and how far it is, a few times a second."""
        now = monotonic()
        if stage.text != self._stage:
            self._stage, self._begun, self._before = stage.text, now, done
        if self._stream is None or now - self._shown < _SECONDS_BETWEEN:
            return
        self._shown = now
        parts = [self._words.say(stage), *self._progress(done, total, now - self._begun)]
        text = "  ".join(parts)
        self._stream.write("\r" + text + " " * max(self._length - _width(text), 0))
        self._stream.flush()
        self._length = _width(text)

    def _progress(self, done: int, total: int | None, seconds: float) -> Iterator[str]:
        """How much is done, how fast, and how long it will take."""
        if not total:
            return
        words, unit = self._words, _MEGABYTE if self._stage in _IN_BYTES else 1
        counted = unit > 1 or total > _PERCENT
        if counted:
            amounts = {"done": done // unit, "total": total // unit}
            yield words.say(
                message("{done} of {total} MB", **amounts) if unit > 1 else message("{done} of {total}", **amounts)
            )
        yield words.share(min(done / total, 1), 0)
        rate = (done - self._before) / max(seconds, 1e-9)
        if rate <= 0 or seconds < _SECONDS_TO_GUESS:
            return
        if counted:
            pace = round(rate / unit)
            yield words.say(
                message("{rate} MB a second", rate=pace) if unit > 1 else message("{rate} a second", rate=pace)
            )
        yield words.say(message("{seconds} s left", seconds=round(max(total - done, 0) / rate)))

    def clear(self) -> None:
        """Take the line away."""
        if self._stream is not None and self._length:
            self._stream.write("\r" + " " * self._length + "\r")
            self._stream.flush()


def _on_interrupt(watch: CancelWatch) -> signal.Handlers | Callable[[int, FrameType | None], object] | int | None:
    """Have Ctrl+C cancel the watch; returns what it did before, None where signals are not ours to handle."""
    if threading.current_thread() is not threading.main_thread():
        return None
    before = signal.getsignal(signal.SIGINT)

    def cancel(number: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        # The interrupted code may hold the watch's lock.
        threading.Thread(target=watch.cancel).start()

    signal.signal(signal.SIGINT, cancel)
    return before


def _width(text: str) -> int:
    """Columns of a terminal: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _padded(text: str, width: int, right: bool) -> str:
    space = " " * (width - _width(text))
    return space + text if right else text + space
