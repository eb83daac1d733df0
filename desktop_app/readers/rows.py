"""A file made ready for loading: plain UTF-8 bytes for the vectorised reader, records for the careful one."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pyarrow as pa

from desktop_app.domain.mapping import ReadOptions
from desktop_app.domain.plans import CsvDialect, FileFormat, PlainField, ReadPlan, Reject, Survey
from desktop_app.domain.problems import message
from desktop_app.domain.watch import Watch
from desktop_app.readers.encodings import UTF8, codec_of
from desktop_app.readers.plain_chunks import Unclean
from desktop_app.readers.plain_rows import PlainRows, first_rows, may_be_clean
from desktop_app.readers.source import unpacked, write_utf8
from desktop_app.readers.survey import hash_only, survey_text
from desktop_app.readers.tokens import Record, split
from desktop_app.readers.workbook import sheet_in

LINE = "~line"
_BATCH = 20_000

NOT_SPLIT = message("The quotes of this line do not close, or stand where no field begins or ends.")
ROUNDED = message("The id is a number of more than 15 digits, which the workbook rounded; keep ids as text.")
WRONG_WIDTH = message("The line has {found} fields, the heading has {expected}.")


def text_lines(path: Path, dialect: CsvDialect, codec: str = "utf-8-sig") -> Iterator[str]:
    """The physical lines of a plain file, line ends kept; bytes that are no text become surrogates."""
    newline = "\n" if dialect.newline == "\r\n" else dialect.newline
    with path.open("rb") as file, io.TextIOWrapper(file, codec, "surrogateescape", newline=newline) as text:
        yield from text


class Refusals:
    """Which records of a plan's table cannot be rows of it."""

    def __init__(self, plan: ReadPlan) -> None:
        self._width = len(plan.headings)
        self._rounded = dict(plan.rounded)

    def of(self, record: Record) -> Reject | None:
        """Why a record is no row, None where it is one."""
        column = ""
        if record.fields is None:
            reason = NOT_SPLIT
        elif len(record.fields) != self._width:
            reason = message(WRONG_WIDTH.text, found=len(record.fields), expected=self._width)
        elif record.line in self._rounded:
            reason, column = ROUNDED, self._rounded[record.line]
        else:
            return None
        return Reject(record.line, column, reason, _readable(record.raw))


class FileRows:
    """The rows of one file, as `engine.load` wants them.

    Attributes: path is the file that a vectorised reader may read.
    """

    def __init__(self, plan: ReadPlan, scratch: Path, watch: Watch) -> None:
        self._plan = plan
        self._watch = watch
        self._refused: list[Reject] = []
        self._refusals = Refusals(plan)
        self.path = self._readable_path(scratch)
        self._survey: Survey | None = None
        self._plain: PlainRows | None = None

    @property
    def survey(self) -> Survey:
        """What is known of all bytes of the original; a pass of its own, unless one over plain rows has told."""
        if self._survey is None:
            told = self._plain.survey if self._plain else None
            self._survey = self._of_original(told) if told else self._surveyed()
        return self._survey

    def first_rows(self, count: int) -> pa.Table | None:
        """The first rows as columns c0 … of text; None where they are not plain."""
        if not may_be_clean(self._plan):
            return None
        try:
            return first_rows(self.path, self._plan, count)
        except Unclean:
            return None

    def plain_rows(self, fields: Sequence[PlainField], options: ReadOptions) -> PlainRows | None:
        """A pass over the rows, for a file that may be clean; None for others."""
        if not may_be_clean(self._plan):
            return None
        try:
            self._plain = PlainRows(self.path, self._plan, fields, options, self._watch)
        except Unclean:
            return None
        return self._plain

    def records(self) -> Iterable[pa.RecordBatch]:
        """The records as batches of `~line` and c0 … cn; lines that do not split are kept for `refused`."""
        self._refused = []
        source = iter(self._good_records())
        width = len(self._plan.headings)
        while batch := list(islice(source, _BATCH)):
            self._watch.check()
            columns = list(zip(*(record.fields for record in batch if record.fields), strict=True))
            arrays = [pa.array([record.line for record in batch], pa.int64())]
            arrays += [pa.array(column, pa.string()) for column in columns]
            yield pa.record_batch(arrays, names=[LINE, *(f"c{place}" for place in range(width))])

    def refused(self) -> Sequence[Reject]:
        """The lines that the last run of `records` could not split."""
        return self._refused

    def raw_lines(self, lines: Sequence[int]) -> Iterator[tuple[int, str]]:
        """The text of physical lines, given in rising order."""
        wanted = iter(lines)
        current = next(wanted, None)
        for number, text in enumerate(self._lines(), 1):
            if current is None:
                return
            if number == current:
                yield number, _readable(text.rstrip("\r\n"))
                current = next(wanted, None)

    def _readable_path(self, scratch: Path) -> Path:
        """The file itself, or a copy unpacked and in UTF-8."""
        path, dialect = Path(self._plan.path), self._plan.dialect
        plain = dialect is None or (dialect.encoding == UTF8 and not dialect.compression)
        if dialect is None or (plain and self._plan.format is not FileFormat.XLSX):
            return path
        if self._plan.format is FileFormat.XLSX:
            return sheet_in(scratch, path, self._plan.sheet)[1]
        copy = scratch / "copy.csv"
        first = next(iter(unpacked(path, dialect.compression)), b"")
        write_utf8(path, dialect.compression, codec_of(dialect.encoding, first), copy, self._watch)
        return copy

    def _surveyed(self) -> Survey:
        original = Path(self._plan.path)
        if self._plan.dialect is None:
            return hash_only(original, self._watch)
        found = survey_text(self.path, self._plan.dialect, self._watch)
        if self._plan.rounded or _escapes_anywhere(self._plan.dialect):
            # A vectorised reader knows nothing of lines that are to be refused, nor of escapes outside quotes.
            found = replace(found, regular=False)
        return self._of_original(found)

    def _of_original(self, found: Survey) -> Survey:
        """What was found in the file that is read, with the size and hash of the file that was named."""
        original = Path(self._plan.path)
        if self.path == original:
            return found
        known = hash_only(original, self._watch)
        return replace(found, bytes=known.bytes, sha256=known.sha256)

    def _lines(self) -> Iterator[str]:
        assert self._plan.dialect is not None
        return text_lines(self.path, self._plan.dialect)

    def _good_records(self) -> Iterator[Record]:
        assert self._plan.dialect is not None
        first = self._plan.first_data_line
        last = self.survey.lines - self._plan.footer
        for record in split(islice(self._lines(), first - 1, last), self._plan.dialect, first):
            reject = self._refusals.of(record)
            if reject is None:
                yield record
            else:
                self._refused.append(reject)


def _escapes_anywhere(dialect: CsvDialect) -> bool:
    """Whether a sign of its own, not the quote doubled, escapes what follows it."""
    return bool(dialect.quote) and dialect.escape not in ("", dialect.quote)


def _readable(text: str) -> str:
    """The text, with bytes that are none shown in hexadecimal."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
