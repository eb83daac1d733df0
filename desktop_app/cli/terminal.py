"""The terminal: sentences and tables on standard output, progress and errors on standard error."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Sequence
from time import monotonic
from typing import TextIO

from desktop_app.domain.problems import Message
from desktop_app.domain.watch import CancelWatch
from desktop_app.text.words import Words

_SECONDS_BETWEEN = 0.2


class Terminal:
    """Where a command talks to the user, in the language of the terminal."""

    def __init__(self, words: Words, out: TextIO | None = None, progress: TextIO | None = None) -> None:
        self.words = words
        self._out = out or sys.stdout
        self._progress = progress or sys.stderr

    def say(self, sentence: Message) -> None:
        """One line of output."""
        self._out.write(f"{self.words.say(sentence)}\n")

    def write(self, text: str) -> None:
        """Text as it is."""
        self._out.write(text)

    def table(self, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """A table: the first column to the left, the others to the right."""
        lines = [headings, *rows]
        widths = [max(_width(line[place]) for line in lines) for place in range(len(headings))]
        for line in lines:
            first, *others = (
                _padded(text, width, place > 0) for place, (text, width) in enumerate(zip(line, widths, strict=True))
            )
            self._out.write("  ".join([first, *others]).rstrip() + "\n")

    def watch(self) -> TerminalWatch:
        """Progress on the terminal; quiet where standard error goes to a file."""
        return TerminalWatch(self.words, self._progress if self._progress.isatty() else None)


class TerminalWatch(CancelWatch):
    """One line of progress that is written over; nothing where there is no terminal."""

    def __init__(self, words: Words, stream: TextIO | None) -> None:
        super().__init__()
        self._words = words
        self._stream = stream
        self._shown = -_SECONDS_BETWEEN
        self._length = 0

    def report(self, stage: Message, done: int, total: int | None) -> None:
        """Show the stage and how far it is, a few times a second."""
        if self._stream is None or monotonic() - self._shown < _SECONDS_BETWEEN:
            return
        self._shown = monotonic()
        text = self._words.say(stage)
        if total:
            text += f"  {self._words.share(min(done / total, 1), 0)}"
        self._stream.write("\r" + text.ljust(self._length))
        self._stream.flush()
        self._length = len(text)

    def clear(self) -> None:
        """Take the line away."""
        if self._stream is not None and self._length:
            self._stream.write("\r" + " " * self._length + "\r")
            self._stream.flush()


def _width(text: str) -> int:
    """Columns of a terminal: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _padded(text: str, width: int, right: bool) -> str:
    space = " " * (width - _width(text))
    return space + text if right else text + space
