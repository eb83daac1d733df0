"""Which encoding a text file is in: its mark, else strict UTF-8, else GB18030, else Latin-1 with a doubt.

Nearly every text in Latin-1 whose accents stand before letters is GB18030 too: "Straße" would be read as "Stra遝".
What tells them apart is the second byte of a pair: common characters have it above ASCII, accents have a letter there.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable
from dataclasses import dataclass

UTF8, UTF16, GB18030, LATIN1 = "utf-8", "utf-16", "gb18030", "latin-1"

_MARKS = ((codecs.BOM_UTF8, UTF8), (codecs.BOM_UTF16_LE, UTF16), (codecs.BOM_UTF16_BE, UTF16))

# Bytes from here on are not ASCII.
_FIRST_HIGH = 0x80
# Characters that move no cursor; a program or a picture has them by the hundred, a text with a flaw has a few.
_CONTROLS = [bytes([code]) for code in (*range(9), *range(14, 32), 127)]
_FEW_CONTROLS, _LITTLE_CONTROL = 16, 0.02
# So many characters tell what a text is.
_ENOUGH_PAIRS = 10_000


@dataclass(frozen=True)
class Encoding:
    """An encoding as found.

    Attributes: codec is Python's name for it, byte order included; marked says that the file begins with a byte
    order mark; certain is False where the bytes would fit other encodings as well.
    """

    name: str
    codec: str
    marked: bool = False
    certain: bool = True


@dataclass(frozen=True)
class BadByte:
    """Where a file leaves its encoding: offset in bytes from 0, physical line from 1."""

    offset: int
    line: int


def detect(read: Callable[[], Iterable[bytes]]) -> Encoding:
    """The encoding of a whole file; `read` gives its bytes in blocks, as often as it is asked."""
    first = next(iter(read()), b"")
    for mark, name in _MARKS:
        if first.startswith(mark):
            return _marked(mark, name)
    if unmarked := _utf16_without_mark(first):
        return unmarked
    if _fits(read(), UTF8):
        return Encoding(UTF8, UTF8)
    if _fits(read(), GB18030) and not _is_accented(read()):
        return Encoding(GB18030, GB18030, certain=False)
    return Encoding(LATIN1, LATIN1, certain=False)


def is_binary(first: bytes) -> bool:
    """Whether the beginning of a file that fits no other encoding holds what no text does: many control characters."""
    controls = sum(map(first.count, _CONTROLS))
    return controls > max(_FEW_CONTROLS, _LITTLE_CONTROL * len(first))


def codec_of(name: str, first: bytes) -> str:
    """Python's codec for an encoding that the mapping states; UTF-16 takes its byte order from the first bytes."""
    if name == UTF8:
        return "utf-8-sig" if first.startswith(codecs.BOM_UTF8) else UTF8
    if name == UTF16 and not first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        found = _utf16_without_mark(first)
        return found.codec if found else "utf-16-le"
    return name


def first_bad_byte(blocks: Iterable[bytes], codec: str) -> BadByte | None:
    """Where the bytes leave the encoding, None where they never do."""
    decoder = _decoder(codec)
    offset, line, pending = 0, 1, 0
    for block in blocks:
        try:
            text = decoder.decode(block)
        except UnicodeDecodeError as error:
            good = error.object[: error.start].decode(codec)
            return BadByte(offset - pending + error.start, line + good.count("\n"))
        line += text.count("\n")
        offset += len(block)
        pending = len(decoder.getstate()[0])
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return BadByte(offset - pending, line)
    return None


def _marked(mark: bytes, name: str) -> Encoding:
    if name == UTF8:
        return Encoding(UTF8, "utf-8-sig", marked=True)
    return Encoding(UTF16, UTF16, marked=True)


def _decoder(codec: str) -> codecs.IncrementalDecoder:
    return codecs.getincrementaldecoder(codec)("strict")


def _fits(blocks: Iterable[bytes], codec: str) -> bool:
    decoder = _decoder(codec)
    try:
        for block in blocks:
            if not block.isascii() or decoder.getstate()[0]:
                decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _is_accented(blocks: Iterable[bytes]) -> bool:
    """Whether a text that may be GB18030 is one of single accents among letters: most of its pairs end in ASCII."""
    common = accents = 0
    decoder = _decoder(GB18030)
    for block in blocks:
        if block.isascii() and not decoder.getstate()[0]:
            continue
        pairs = (char.encode(GB18030) for char in decoder.decode(block) if not char.isascii())
        second = [pair[1] < _FIRST_HIGH for pair in pairs if len(pair) == 2]
        accents += sum(second)
        common += len(second) - sum(second)
        if accents + common > _ENOUGH_PAIRS:
            break
    return accents > common


def _utf16_without_mark(first: bytes) -> Encoding | None:
    """UTF-16 by its many zero bytes on one side, as text that is mostly ASCII has them."""
    sample = first[:4096]
    half = len(sample) // 2
    if half < 4:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.6 * half and even < 0.1 * half:
        return Encoding(UTF16, "utf-16-le")
    if even > 0.6 * half and odd < 0.1 * half:
        return Encoding(UTF16, "utf-16-be")
    return None
