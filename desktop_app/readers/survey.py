"""One pass over all bytes of a file: hash, physical lines, and whether a vectorised reader can be trusted."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterator
from pathlib import Path

from desktop_app.domain.plans import Survey
from desktop_app.domain.problems import message
from desktop_app.domain.watch import Watch

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


def survey_text(path: Path, quote: str, watch: Watch) -> Survey:
    """The survey of a UTF-8 file; blank lines at its end are not counted."""
    size = path.stat().st_size
    digest = hashlib.sha256()
    state = _Lines(quote.encode())
    for block in blocks(path):
        watch.check()
        digest.update(block)
        state.add(block)
        watch.report(SURVEYING, state.bytes, size)
    return Survey(size, digest.hexdigest(), state.lines, state.regular, state.quoted)


class _Lines:
    def __init__(self, quote: bytes) -> None:
        self._quote = quote
        self._decoder = codecs.getincrementaldecoder("utf-8")("strict")
        self._valid = True
        self._clean = True
        self._newlines = self._pairs = self._returns = self._trailing = 0
        self.quoted = False
        self.bytes = 0

    def add(self, block: bytes) -> None:
        """Take in the next block."""
        self.bytes += len(block)
        newlines = block.count(b"\n")
        self._newlines += newlines
        if b"\r" in block:
            self._pairs += block.count(b"\r\n")
            self._returns += block.count(b"\r")
        content = block.rstrip(b"\r\n")
        self._trailing = block.count(b"\n", len(content)) if content else self._trailing + newlines
        self._clean = self._clean and b"\0" not in block and b"\x01" not in block
        self.quoted = self.quoted or (bool(self._quote) and self._quote in block)
        self._validate(block)

    @property
    def lines(self) -> int:
        """Physical lines up to the last that is not blank."""
        if self.bytes == 0:
            return 0
        return self._newlines - self._trailing + 1

    @property
    def regular(self) -> bool:
        """UTF-8, no control characters that readers stumble over, one kind of line end."""
        one_kind = self._returns == 0 or self._returns == self._pairs == self._newlines
        return self._valid and self._clean and one_kind

    def _validate(self, block: bytes) -> None:
        if not self._valid or (block.isascii() and not self._decoder.getstate()[0]):
            return
        try:
            self._decoder.decode(block)
        except UnicodeDecodeError:
            self._valid = False
