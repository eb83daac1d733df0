"""How a file will be read, confirmed by the user, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from desktop_app.domain.columns import ColumnType
from desktop_app.domain.problems import Message


class FileFormat(StrEnum):
    """The kinds of table that can be read."""

    CSV = "csv"
    PARQUET = "parquet"
    XLSX = "xlsx"


@dataclass(frozen=True)
class CsvDialect:
    """The bytes-to-fields part of a plan; quote is "" where the file quotes nothing."""

    encoding: str = "utf-8"
    delimiter: str = ","
    quote: str = '"'
    escape: str = '"'
    newline: str = "\n"
    compression: str = ""


@dataclass(frozen=True)
class ReadPlan:
    """How one file will be read; frozen, so what the user confirmed is what runs.

    Attributes: path is the file; headings are unique and not empty; heading_line and first_data_line are the
    physical lines, counted from 1, of the headings (0: none) and of the first row, and footer how many lines after
    the last row are totals and notes; date_order is that of dates that do not have the year first; types are those
    that the file itself states (Parquet), else empty; sheet is the worksheet of a workbook; preview is the first
    rows as read; notes tell the user what was found; doubts are what must be settled before loading, each naming
    the mapping key that settles it.
    """

    path: str
    format: FileFormat
    headings: tuple[str, ...]
    dialect: CsvDialect | None = None
    heading_line: int = 1
    first_data_line: int = 2
    footer: int = 0
    date_order: Literal["", "ymd", "dmy", "mdy", "serial"] = ""
    types: tuple[ColumnType, ...] = ()
    sheet: str = ""
    rounded: tuple[tuple[int, str], ...] = ()
    preview: tuple[tuple[str, ...], ...] = ()
    notes: tuple[Message, ...] = ()
    doubts: tuple[Message, ...] = ()


@dataclass(frozen=True)
class Survey:
    """What one pass over all bytes of a file found.

    Attributes: bytes and sha256 are of the file as it lies on disk; lines is its physical lines (0 where it has
    none of its own); regular says that a vectorised reader can be trusted with it: UTF-8, no NUL, one kind of
    line end; quoted says whether the quote character occurs at all.
    """

    bytes: int
    sha256: str
    lines: int = 0
    regular: bool = True
    quoted: bool = False


@dataclass(frozen=True)
class PlainField:
    """What one field must be like in a row that needs no second look.

    Attributes: place is the field's, from 0; type is what its text is read as, TEXT for the text as it stands; a
    number has at most width digits, that many decimals of them, and lies between low and high, and `in_units` it is
    given as so many of its last decimal's units; patterns are what a text must match besides, as regular expressions
    over all of it; required says that it may not be empty or missing; no date is before first_day.
    """

    place: int
    type: ColumnType
    width: int = 0
    decimals: int = 0
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(0)
    in_units: bool = False
    patterns: tuple[str, ...] = ()
    required: bool = False
    first_day: date = date.min


@dataclass(frozen=True)
class Reject:
    """One row that was not loaded.

    Attributes: line is the physical line of the file, counted from 1 (the row number in a Parquet file); column is
    the book's column or the file's heading, "" for the whole row; raw is the text as found.
    """

    line: int
    column: str
    reason: Message
    raw: str


@dataclass(frozen=True)
class ImportReport:
    """What came of an import; rows in = rows loaded + rows rejected, always.

    Attributes: changed counts, by column, the values that parsing altered (rounded to their unit); missing counts
    NULLs by column; rejects are the first 1,000 (all of them are in the project's rejects table).
    """

    source: str
    bytes: int
    sha256: str
    rows_in: int
    rows_loaded: int
    rows_rejected: int
    changed: tuple[tuple[str, int], ...] = ()
    missing: tuple[tuple[str, int], ...] = ()
    rejects: tuple[Reject, ...] = ()
    notes: tuple[Message, ...] = ()
    seconds: float = 0.0
