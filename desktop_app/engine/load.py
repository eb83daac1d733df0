"""Load a file into a staging database: one pass, then a second look at what is not plain.

A clean file is read and hashed in one pass. Where it is not clean after all, the database reads it in one statement
without any guessing. Where that one's rows do not add up to the physical lines, or where it refuses, the records come
from the careful reader, and the same statement runs on them. Rows in = rows loaded + rows rejected, or the import
fails.
"""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from dataclasses import field as attribute
from pathlib import Path

import duckdb
import pyarrow as pa
from sqlglot import exp

from desktop_app.domain.book import Book
from desktop_app.domain.mapping import Mapping, ReadOptions, computes_numbers
from desktop_app.domain.plans import FileFormat, ImportReport, ReadPlan
from desktop_app.domain.problems import message
from desktop_app.domain.watch import Watch
from desktop_app.engine.connection import Connection, Limits
from desktop_app.engine.expressions import column as named
from desktop_app.engine.expressions import to_sql
from desktop_app.engine.load_book import describe, write_facts
from desktop_app.engine.load_checks import Checks
from desktop_app.engine.load_columns import Layout, layout_of
from desktop_app.engine.load_plain import plain_fields, plain_statement
from desktop_app.engine.load_rejects import RejectWriter
from desktop_app.engine.load_source import LINE, PLAIN, RECORDS, Rows, field, records_source, vectorised_source
from desktop_app.engine.load_types import SAMPLE, guess_types, widen_types
from desktop_app.engine.load_values import Values
from desktop_app.engine.staging import importing, interruptible, open_staging, scratch_of, single_row

RAW = "~raw"
NO_LIMITS = Limits()
READING = message("Reading the rows")
CHECKING = message("Checking the rows")
DESCRIBING = message("Describing the columns")

# Types are guessed from a sample and may widen twice: whole number, number, text.
_PASSES = 3


def load(
    plan: ReadPlan,
    mapping: Mapping,
    staging: Path,
    watch: Watch,
    rows: Rows,
    *,
    limits: Limits = NO_LIMITS,
) -> tuple[Book, ImportReport]:
    """Write the book of `rows` to the new database `staging`; raises ImportFailed, and then leaves no file.

    Memory and threads are DuckDB's defaults unless `limits` says otherwise.
    """
    started = time.monotonic()
    partial = staging.with_name(staging.name + ".partial")
    partial.unlink(missing_ok=True)
    try:
        computes = any(computes_numbers(how.value) for how in mapping.columns.values())
        connection = open_staging(partial, [rows.path], limits, computes=computes)
        try:
            book, report = _Load(plan, mapping, rows, connection, watch).run()
        finally:
            connection.close()
        partial.replace(staging)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    finally:
        partial.with_name(partial.name + ".wal").unlink(missing_ok=True)
        shutil.rmtree(scratch_of(partial), ignore_errors=True)
    return book, _timed(report, time.monotonic() - started)


def _timed(report: ImportReport, seconds: float) -> ImportReport:
    return ImportReport(**{**report.__dict__, "seconds": seconds})


@dataclass
class _Load:
    """One load under way."""

    plan: ReadPlan
    mapping: Mapping
    rows: Rows
    connection: Connection
    watch: Watch
    careful: bool = False
    footer: int = 0
    options: ReadOptions = attribute(default_factory=ReadOptions)

    def run(self) -> tuple[Book, ImportReport]:
        """All steps, in order."""
        layout = layout_of(self.plan, self.mapping)
        self.options = _options(self.mapping, self.plan)
        layout = self._with_guesses(layout)
        layout = self._fill(layout)
        with importing(self.connection, self.watch, CHECKING):
            writer = RejectWriter(
                connection=self.connection,
                plan=self.plan,
                options=self.options,
                layout=layout,
                rows=self.rows,
                raw=RAW,
                careful=self.careful,
                footer=self.footer,
            )
            counts = writer.settle()
        with importing(self.connection, self.watch, DESCRIBING):
            self.connection.execute(f'ALTER TABLE accounts DROP COLUMN "{RAW}"')
            if self.careful:
                self.connection.execute(f'ALTER TABLE accounts DROP COLUMN "{LINE}"')
            write_facts(self.connection, self.plan, self.mapping, layout, self.rows.survey)
            book = describe(self.connection)
            self.connection.execute("CHECKPOINT")
        missing = tuple((column.name, column.missing) for column in book.columns if column.missing)
        return book, counts.report(self.plan, self.rows.survey, missing, layout.notes)

    def _source(self) -> exp.Expr:
        if not self.careful:
            return vectorised_source(self.rows.path, self.plan, self.rows.survey)
        schema = pa.schema([(LINE, pa.int64()), *((f"c{n}", pa.string()) for n in range(len(self.plan.headings)))])
        reader = pa.RecordBatchReader.from_batches(schema, iter(self.rows.records()))
        self.connection.register(RECORDS, reader)
        return records_source(self.plan)

    def _with_guesses(self, layout: Layout) -> Layout:
        guessed = [column for column in layout.columns if column.guessed]
        if not guessed:
            return layout
        first = self.rows.first_rows(SAMPLE)
        if first is not None:
            with interruptible(self.connection, self.watch):
                self.connection.register(RECORDS, first)
                return layout.with_types(guess_types(self.connection, records_source(self.plan), guessed, self.options))
        self.careful = self.careful or not self._may_be_fast()
        with importing(self.connection, self.watch, READING, self.rows.survey.lines):
            try:
                return layout.with_types(guess_types(self.connection, self._source(), guessed, self.options))
            except duckdb.Error as error:
                if self.careful or not _is_refusal(error):
                    raise
                self.connection.abort()
        self.careful = True
        return self._with_guesses(layout)

    def _fill(self, layout: Layout) -> Layout:
        """Fill the table `accounts`, widening guessed types where that is needed."""
        for _ in range(_PASSES):
            self._read(layout)
            if not self._odd_rows():
                return layout
            with importing(self.connection, self.watch, CHECKING):
                checks = Checks(layout, self._places, self.options)
                wider = widen_types(self.connection, layout, checks, RAW, self.options)
            if not wider:
                return layout
            layout = layout.with_types(wider)
        raise AssertionError("a text column cannot be too narrow")

    def _read(self, layout: Layout) -> None:
        """Read all rows in the quickest way that the file allows."""
        self.footer = 0
        if not self.careful and self._plain_pass(layout):
            return
        if not self.careful and self._may_be_fast() and self._fast_pass(layout):
            self.footer = self.plan.footer
            return
        self.careful = True
        with importing(self.connection, self.watch, READING, self.rows.survey.lines):
            self.connection.execute(self._statement(layout))

    def _odd_rows(self) -> int:
        odd = exp.select(exp.Count(this=named(RAW))).from_("accounts")
        with importing(self.connection, self.watch, CHECKING):
            row = single_row(self.connection, to_sql(odd))
        return int(row[0])

    def _plain_pass(self, layout: Layout) -> bool:
        """One pass over a clean file; False where it is none."""
        fields = plain_fields(layout, self.options)
        rows = self.rows.plain_rows(fields, self.options) if fields else None
        if fields is None or rows is None:
            return False
        batches = rows.batches()
        self.connection.register(PLAIN, pa.RecordBatchReader.from_batches(rows.schema, batches))
        # The rows themselves report how far they are.
        with interruptible(self.connection, self.watch):
            try:
                self.connection.execute(plain_statement(layout, self._places, self.options, fields, RAW))
            except duckdb.Error as error:
                self.connection.abort()
                if rows.stopped is not None:
                    raise rows.stopped from error
                if not _is_refusal(error):
                    raise
            finally:
                batches.close()
                self.connection.unregister(PLAIN)
        return rows.survey is not None

    def _may_be_fast(self) -> bool:
        return self.plan.format is FileFormat.PARQUET or self.rows.survey.regular

    def _fast_pass(self, layout: Layout) -> bool:
        """One vectorised pass; False where the reader refused or its rows do not add up to the lines."""
        with importing(self.connection, self.watch, READING, self.rows.survey.lines):
            try:
                self.connection.execute(self._statement(layout))
            except duckdb.Error as error:
                if not _is_refusal(error):
                    raise
                self.connection.abort()
                return False
            if self.plan.format is FileFormat.PARQUET:
                return True
            refused = _count(self.connection, "reject_errors")
            found = _count(self.connection, "accounts")
            return refused == 0 and found == max(self.rows.survey.lines - self.plan.first_data_line + 1, 0)

    def _statement(self, layout: Layout) -> str:
        width = len(self.plan.headings)
        values = Values(field, self._places, self.options)
        columns = [values.stored(column).as_(column.name, quoted=True) for column in layout.columns]
        if self.careful:
            columns.append(named(LINE))
        plain = Checks(layout, self._places, self.options).plain(field, width)
        everything = exp.Array(expressions=[field(place) for place in range(width + 1)])
        raw = exp.Case(ifs=[exp.If(this=plain, true=exp.null())], default=everything)
        query = exp.select(*columns, raw.as_(RAW, quoted=True)).from_(self._source())
        return f"CREATE OR REPLACE TABLE accounts AS {to_sql(query)}"

    @property
    def _places(self) -> dict[str, int]:
        return {heading: place for place, heading in enumerate(self.plan.headings)}


def _options(mapping: Mapping, plan: ReadPlan) -> ReadOptions:
    """What the mapping states, with the order of dates that was found where it states none."""
    if mapping.read.date_order or not plan.date_order:
        return mapping.read
    return mapping.read.model_copy(update={"date_order": plan.date_order})


def _is_refusal(error: duckdb.Error) -> bool:
    """Whether the vectorised reader gave up on the text, so that the careful one may do better."""
    return not isinstance(error, duckdb.InterruptException | duckdb.OutOfMemoryException | duckdb.IOException)


def _count(connection: Connection, table: str) -> int:
    row = single_row(connection, to_sql(exp.select(exp.Count(this=exp.Star())).from_(table)))
    return int(row[0])
