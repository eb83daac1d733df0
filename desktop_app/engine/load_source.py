"""Where the rows of an import come from: a CSV file read honestly, a Parquet file, or records already split."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

import pyarrow as pa
from sqlglot import exp

from desktop_app.domain.columns import ColumnType
from desktop_app.domain.mapping import ReadOptions
from desktop_app.domain.plans import FileFormat, PlainField, ReadPlan, Reject, Survey
from desktop_app.engine.expressions import NULL, known_or, text

# The name under which records already split are handed to the database.
RECORDS = "careful_records"
LINE = "~line"
# The same for rows of a clean file, and for all texts of an odd one among them.
PLAIN = "plain_rows"
TEXTS = "~texts"
# No file can hold this, since a file with a control character of this kind is read with care.
_NO_NULL = "\x01\x02no null\x02\x01"


class PlainRows(Protocol):
    """A pass over a file that may be clean.

    Attributes: schema is that of the batches: c0 … of the fields asked for, and `~texts`, the list of all texts of a
    row in which one is odd, and of one more where there are too many; survey is there once the batches are read
    to their end; stopped is what ended them before, where that is not for the file's own texts.
    """

    @property
    def schema(self) -> pa.Schema:
        """The columns of the batches."""

    @property
    def survey(self) -> Survey | None:
        """What the pass found."""

    @property
    def stopped(self) -> Exception | None:
        """What ended it."""

    def batches(self) -> Generator[pa.RecordBatch, None, None]:
        """The rows in their order, one a physical line; raises where the file is not clean after all."""


class Rows(Protocol):
    """A file made ready for loading (the readers' half of an import).

    Attributes: path is what a vectorised reader may read (plain UTF-8, no compression); survey is of all bytes.
    """

    @property
    def path(self) -> Path:
        """The file that a vectorised reader may read."""

    @property
    def survey(self) -> Survey:
        """What one pass over the bytes found."""

    def first_rows(self, count: int) -> pa.Table | None:
        """The first rows as columns c0 … of text; None where they are not plain."""

    def plain_rows(self, fields: Sequence[PlainField], options: ReadOptions) -> PlainRows | None:
        """A pass over the rows, for a file that may be clean; None for others."""

    def records(self) -> Iterable[pa.RecordBatch]:
        """The records as batches of `~line` (int64) and c0 … cn (text), all of the plan's width."""

    def refused(self) -> Sequence[Reject]:
        """The lines that `records` could not split, once it has run."""

    def raw_lines(self, lines: Sequence[int]) -> Iterator[tuple[int, str]]:
        """The text of physical lines, given in rising order; nothing for a file without lines of its own."""


def field(place: int) -> exp.Expr:
    """The raw text of the field at that place."""
    return exp.column(f"c{place}", quoted=True)


def csv_source(path: Path, plan: ReadPlan, survey: Survey) -> exp.Expr:
    """`read_csv` without any guessing: what does not fit shows, as a reject or as a missing or surplus field."""
    dialect = plan.dialect
    assert dialect is not None
    # Without quotes to look for, the reader is faster and nothing can swallow a line.
    quote = dialect.quote if survey.quoted else ""
    fields = exp.Struct(
        expressions=[
            exp.PropertyEQ(this=exp.to_identifier(f"c{place}", quoted=True), expression=text("VARCHAR"))
            for place in range(len(plan.headings) + 1)
        ]
    )
    options: dict[str, exp.Expr] = {
        "auto_detect": exp.false(),
        "columns": fields,
        "delim": text(dialect.delimiter),
        "quote": text(quote),
        "escape": text(dialect.escape if quote else ""),
        "header": exp.false(),
        "skip": exp.Literal.number(plan.first_data_line - 1),
        "null_padding": exp.true(),
        "nullstr": text(_NO_NULL),
        "allow_quoted_nulls": exp.false(),
        "comment": text(""),
        "strict_mode": exp.true(),
        "store_rejects": exp.true(),
    }
    return _call("read_csv", path, options)


def parquet_source(path: Path, plan: ReadPlan) -> exp.Expr:
    """The columns of a Parquet file as text, NULL as the empty text."""
    columns = [
        known_or(exp.cast(_stated(heading, kind), "VARCHAR"), text("")).as_(f"c{place}", quoted=True)
        for place, (heading, kind) in enumerate(zip(plan.headings, plan.types, strict=True))
    ]
    surplus = exp.cast(NULL.copy(), "VARCHAR").as_(f"c{len(plan.headings)}", quoted=True)
    return exp.select(*columns, surplus).from_(_call("read_parquet", path, {})).subquery()


def _stated(heading: str, kind: ColumnType) -> exp.Expr:
    """A column of a Parquet file; a timestamp becomes its day, as a month's end is often written 23:59:59."""
    value = exp.column(heading, quoted=True)
    return exp.cast(value, "DATE") if kind is ColumnType.DATE else value


def records_source(plan: ReadPlan) -> exp.Expr:
    """The registered records, with a surplus field that is never there."""
    surplus = exp.cast(NULL.copy(), "VARCHAR").as_(f"c{len(plan.headings)}", quoted=True)
    return exp.select(exp.Star(), surplus).from_(exp.to_table(RECORDS)).subquery()


def vectorised_source(path: Path, plan: ReadPlan, survey: Survey) -> exp.Expr:
    """The source that the database reads by itself."""
    return parquet_source(path, plan) if plan.format is FileFormat.PARQUET else csv_source(path, plan, survey)


def _call(function: str, path: Path, options: dict[str, exp.Expr]) -> exp.Expr:
    arguments = [exp.EQ(this=exp.to_identifier(name), expression=value) for name, value in options.items()]
    return exp.Anonymous(this=function, expressions=[text(str(path)), *arguments])
