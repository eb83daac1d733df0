"""The bytes of a text file, unpacked and in UTF-8: a copy is made only where the file is neither."""

from __future__ import annotations

import codecs
import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path

from desktop_app.domain.problems import ImportFailed, message
from desktop_app.domain.watch import Watch
from desktop_app.readers.encodings import first_bad_byte
from desktop_app.readers.formats import GZIP
from desktop_app.readers.survey import BLOCK, blocks

# What a packed file may become: so many times its size beyond the first megabytes, and so many bytes at all.
MAX_EXPANSION = 200
FREE_BYTES = 64 << 20
MAX_BYTES = 64 << 30

COPYING = message("Converting the file to UTF-8")


def unpacked(path: Path, compression: str) -> Iterator[bytes]:
    """The bytes of a file in blocks; ImportFailed where a packed file is damaged or expands beyond reason."""
    if compression != GZIP:
        yield from blocks(path)
        return
    limit = min(max(FREE_BYTES, MAX_EXPANSION * path.stat().st_size), MAX_BYTES)
    size = 0
    try:
        with gzip.open(path, "rb") as file:
            while block := file.read(BLOCK):
                size += len(block)
                if size > limit:
                    text = "{file} unpacks to more than {limit} bytes, far more than such files do; it was not read."
                    raise ImportFailed(message(text, file=path.name, limit=limit))
                yield block + file.read(1) if block.endswith(b"\r") else block
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise ImportFailed(message("{file} is damaged: it cannot be unpacked to its end.", file=path.name)) from error


def write_utf8(path: Path, compression: str, codec: str, target: Path, watch: Watch) -> None:
    """Write the file unpacked and in UTF-8; ImportFailed names the offset and line of the first bad byte."""
    decoder = codecs.getincrementaldecoder(codec)("strict")
    done = 0
    with target.open("wb") as out:
        for block in unpacked(path, compression):
            watch.check()
            try:
                out.write(decoder.decode(block).encode())
            except UnicodeDecodeError as error:
                raise _bad_byte(path, compression, codec) from error
            done += len(block)
            watch.report(COPYING, done, None)
        try:
            out.write(decoder.decode(b"", final=True).encode())
        except UnicodeDecodeError as error:
            raise _bad_byte(path, compression, codec) from error


def _bad_byte(path: Path, compression: str, codec: str) -> ImportFailed:
    bad = first_bad_byte(unpacked(path, compression), codec)
    assert bad is not None
    text = '{file}, line {line}: the byte at offset {offset} is not {codec}; state "read.encoding" or repair the file.'
    return ImportFailed(message(text, file=path.name, line=bad.line, offset=bad.offset, codec=codec))
