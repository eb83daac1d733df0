"""Lines to records: the careful reader, which never lets one bad line take others with it.

A record that does not split cleanly (an open quote, text after a closing quote) costs its first line only: reading
goes on with the next physical line. So does a separator that is missing before a quote, which would move the fields
after it: the quote stands in the middle of one field, and its partner ends another.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from desktop_app.domain.plans import CsvDialect

# One record may hold this many line ends inside quotes; more of them are an open quote.
MAX_LINES = 500
# One field may be this long, in characters.
MAX_FIELD = 64_000_000

# The limit is the process's own, and its default refuses honest notes of more than 128 KB.
csv.field_size_limit(MAX_FIELD)


@dataclass(frozen=True, slots=True)
class Record:
    """One record as split.

    Attributes: line is its first physical line, counted from 1; fields is None where the line could not be split;
    raw is its first line's text without the line end; lines is how many physical lines it takes.
    """

    line: int
    fields: list[str] | None
    raw: str
    lines: int = 1
    delimiter: str = ","

    def loose(self, width: int) -> list[str]:
        """The first line cut at every delimiter, quotes and all: good enough for a spoilt heading of that width."""
        cells = self.raw.split(self.delimiter)
        return [cell.strip('"') if cell.count('"') == 2 else cell for cell in cells] if len(cells) == width else cells


class _Lines:
    """Physical lines with a memory of those that the current record has taken."""

    def __init__(self, lines: Iterable[str], first: int) -> None:
        self._lines = iter(lines)
        self._waiting: deque[str] = deque()
        self._taken: list[str] = []
        self._next = first

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self._taken) > MAX_LINES:
            raise csv.Error("the record has too many lines")
        line = self._waiting.popleft() if self._waiting else next(self._lines)
        self._taken.append(line)
        return line

    def record(self) -> tuple[int, list[str]]:
        """The number of the first line taken, and the lines; the next record begins after them."""
        number, taken = self._next, self._taken
        self._next += len(taken)
        self._taken = []
        return number, taken

    def only_first(self) -> tuple[int, str]:
        """Give back all lines taken but the first."""
        number, first = self._next, self._taken[0]
        self._waiting.extendleft(reversed(self._taken[1:]))
        self._next += 1
        self._taken = []
        return number, first


def split(
    lines: Iterable[str], dialect: CsvDialect, first_line: int = 1, *, guessing: bool = False
) -> Iterator[Record]:
    """The records of `lines` (which keep their line ends), blank lines left out.

    Where the dialect is only a guess, text after a closing quote is no fault where quotes are escaped: apostrophes
    inside words would hide that fields are quoted with apostrophes.
    """
    source = _Lines(lines, first_line)
    lone = None if guessing else lone_quote(dialect)
    while True:
        reader = _reader(source, dialect, guessing)
        try:
            for fields in reader:
                number, taken = source.record()
                if fields:
                    torn = lone is not None and dialect.quote in taken[0] and _is_torn(fields, taken, lone, dialect)
                    found = None if torn else fields
                    yield Record(number, found, taken[0].rstrip("\r\n"), len(taken), dialect.delimiter)
            return
        except csv.Error:
            number, line = source.only_first()
            yield Record(number, None, line.rstrip("\r\n"), 1, dialect.delimiter)


def lone_quote(dialect: CsvDialect) -> re.Pattern[str] | None:
    """A quote with text right before and after it, as none stands in a field that is quoted; None without quotes."""
    if not dialect.quote:
        return None
    quote = re.escape(dialect.quote)
    around = rf"\s{quote}{re.escape(dialect.delimiter[0])}"
    return re.compile(rf"{quote}(?<=[^{around}{re.escape(dialect.escape)}]{quote})(?=[^{around}])")


def _is_torn(fields: Sequence[str], taken: Sequence[str], lone: re.Pattern[str], dialect: CsvDialect) -> bool:
    """Whether quotes begin in the middle of one field and end with another, so that a separator seems to be missing."""
    if not lone.search("".join(taken)):
        return False
    odd = [field for field in fields if field.count(dialect.quote) % 2]
    return len(odd) > 1 and lone.search(odd[0]) is not None and any(field.endswith(dialect.quote) for field in odd[1:])


def _reader(source: _Lines, dialect: CsvDialect, guessing: bool) -> Iterator[list[str]]:
    if not dialect.quote:
        return csv.reader(source, delimiter=dialect.delimiter[0], quoting=csv.QUOTE_NONE, strict=True)
    doubled = dialect.escape in ("", dialect.quote)
    return csv.reader(
        source,
        delimiter=dialect.delimiter[0],
        quotechar=dialect.quote,
        # Without this, the reader takes text after a closing quote for a part of the field, strict or not.
        doublequote=doubled or not guessing,
        escapechar=None if doubled else dialect.escape,
        skipinitialspace=dialect.delimiter[1:] == " ",
        strict=True,
    )
