"""One pass over all bytes of a file: hash, physical lines, and whether a vectorised reader can be trusted."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from desktop_app.domain.plans import CsvDialect, Survey
from desktop_app.domain.problems import message
from desktop_app.domain.watch import Watch
from desktop_app.readers.tokens import lone_quote

BLOCK = 1 << 20

SURVEYING = message("Counting the lines")


def blocks(path: Path) -> Iterator[bytes]:
    """The bytes of a file in blocks, no line end cut in two."""
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield block + file.read(1) if block.endswith(b"\r") else block


def hash_only(path: Path, watch: Watch) -> Survey:
    """The survey of a file without lines."""
    digest = hashlib.sha256()
    for block in blocks(path):
        watch.check()
        digest.update(block)
    return Survey(path.stat().st_size, digest.hexdigest())


def survey_text(path: Path, dialect: CsvDialect, watch: Watch) -> Survey:
    """The survey of a UTF-8 file; blank lines at its end are not counted."""
    size = path.stat().st_size
    digest = hashlib.sha256()
    state = _Lines(dialect)
    for block in blocks(path):
        watch.check()
        digest.update(block)
        state.add(block)
        watch.report(SURVEYING, state.bytes, size)
    return Survey(size, digest.hexdigest(), state.lines, state.regular, state.quoted)


class _Lines:
    def __init__(self, dialect: CsvDialect) -> None:
        self._quote = dialect.quote.encode()
        self._newline = dialect.newline
        lone = lone_quote(dialect)
        self._lone = re.compile(lone.pattern.encode()) if lone else None
        self._before = b""
        self._decoder = codecs.getincrementaldecoder("utf-8")("strict")
        self._valid = True
        self._clean = True
        self._newlines = self._pairs = self._returns = self._lines = self._trailing = 0
        self.quoted = False
        self.bytes = 0

    def add(self, block: bytes) -> None:
        """Take in the next block."""
        self.bytes += len(block)
        newlines, pairs, returns = block.count(b"\n"), 0, 0
        if b"\r" in block:
            pairs, returns = block.count(b"\r\n"), block.count(b"\r")
        self._newlines += newlines
        self._pairs += pairs
        self._returns += returns
        content = block.rstrip(b"\r\n")
        ends = self._ends(block[len(content) :])
        self._trailing = ends if content else self._trailing + ends
        self._lines += self._ends_of(newlines, pairs, returns)
        self._clean = self._clean and b"\0" not in block and b"\x01" not in block
        if self._lone and self._quote in block:
            self.quoted = True
            self._clean = self._clean and not self._lone.search(self._before + block)
        self._before = block[-2:]
        self._validate(block)

    def _ends(self, block: bytes) -> int:
        return self._ends_of(block.count(b"\n"), block.count(b"\r\n"), block.count(b"\r"))

    def _ends_of(self, newlines: int, pairs: int, returns: int) -> int:
        """How many line ends these are: of a file that mixes them, each counts, and a pair once."""
        if self._newline == "\r":
            return returns
        return newlines if self._newline else newlines + returns - pairs

    @property
    def lines(self) -> int:
        """Physical lines up to the last that is not blank."""
        return self._lines - self._trailing + 1 if self.bytes else 0

    @property
    def regular(self) -> bool:
        """UTF-8, no control characters or quotes that readers stumble over, one kind of line end."""
        one_kind = self._returns == 0 or self._returns == self._pairs == self._newlines
        return self._valid and self._clean and one_kind

    def _validate(self, block: bytes) -> None:
        if not self._valid or (block.isascii() and not self._decoder.getstate()[0]):
            return
        try:
            self._decoder.decode(block)
        except UnicodeDecodeError:
            self._valid = False
