"""Rows that are not loaded: found among the odd ones, taken out, and written down with line, reason and text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as attribute

import numpy as np
import pyarrow as pa
from sqlglot import exp

from desktop_app.domain.columns import NUMERIC
from desktop_app.domain.mapping import Constant, ReadOptions
from desktop_app.domain.plans import ImportReport, ReadPlan, Reject, Survey
from desktop_app.domain.problems import ImportFailed, Message, message
from desktop_app.engine.connection import Connection
from desktop_app.engine.expressions import NULL, column, is_null, plus, to_sql, whole
from desktop_app.engine.load_checks import MAX_SHOWN, TWICE, Checks, first_fault, shown_value
from desktop_app.engine.load_columns import Layout, LoadColumn
from desktop_app.engine.load_odd import listed, odd_rows
from desktop_app.engine.load_source import LINE, Rows
from desktop_app.engine.staging import single_row

# How many rejects the report carries; all of them are in the table.
SHOWN = 1000
_BATCH = 4096
_RAW_LINES = "raw_lines"

_FAULTY = "CREATE TEMP TABLE faulty(id BIGINT, line BIGINT, fault INTEGER, shown VARCHAR, fields VARCHAR[])"
_REASONS = 'CREATE TEMP TABLE reasons(fault INTEGER, "column" VARCHAR, reason VARCHAR)'
_DELETE = "DELETE FROM accounts WHERE rowid IN (SELECT id FROM faulty)"
_DIFFERENT = "SELECT count(*), count(DISTINCT hash(account_id, snapshot_date)) FROM accounts"
# Hashes narrow the search down; equal ids decide.
_TWICE = """
INSERT INTO faulty
SELECT id, {line}, {fault}, left(account_id, {shown}), NULL
FROM (
    SELECT *, row_number() OVER (PARTITION BY account_id, snapshot_date ORDER BY id) AS nth
    FROM (SELECT *, rowid AS id FROM accounts WHERE hash(account_id, snapshot_date) IN (
        SELECT hash(account_id, snapshot_date) FROM accounts GROUP BY 1 HAVING count(*) > 1))
)
WHERE nth > 1
"""
_VALUES = "CASE WHEN shown = '' THEN '{}' ELSE json_object('value', shown)::VARCHAR END"
_WRITE_LINES = f"""
INSERT INTO rejects
SELECT line, "column", reason, {_VALUES}, coalesce(raw, '')
FROM faulty JOIN reasons USING (fault) LEFT JOIN {_RAW_LINES} USING (line) ORDER BY line
"""
_WRITE_FIELDS = f"""
INSERT INTO rejects
SELECT line, "column", reason, {_VALUES}, coalesce(array_to_string(fields, ','), shown)
FROM faulty JOIN reasons USING (fault) ORDER BY line
"""


@dataclass(frozen=True)
class Counts:
    """What came of the rows."""

    rows_in: int
    loaded: int
    rejected: int
    changed: tuple[tuple[str, int], ...]
    rejects: tuple[Reject, ...] = attribute(default=())

    def report(
        self, plan: ReadPlan, survey: Survey, missing: tuple[tuple[str, int], ...], notes: tuple[Message, ...]
    ) -> ImportReport:
        """The report of the import; ImportFailed unless every row is accounted for."""
        if self.rows_in != self.loaded + self.rejected:
            words = "{file}: {rows} rows were read, {loaded} loaded and {rejected} rejected; nothing was imported."
            values = {"rows": self.rows_in, "loaded": self.loaded, "rejected": self.rejected}
            raise ImportFailed(message(words, file=plan.path, **values))
        return ImportReport(
            source=plan.path,
            bytes=survey.bytes,
            sha256=survey.sha256,
            rows_in=self.rows_in,
            rows_loaded=self.loaded,
            rows_rejected=self.rejected,
            changed=self.changed,
            missing=missing,
            rejects=self.rejects,
            notes=(*plan.notes, *notes),
        )


class RejectWriter:
    """Takes the faulty rows out of `accounts` and into `rejects`.

    The table `accounts` still has the column `raw`: the list of a row's texts where it is not plain, else NULL. Its
    last `footer` rows are totals and notes.
    """

    def __init__(
        self,
        *,
        connection: Connection,
        plan: ReadPlan,
        options: ReadOptions,
        layout: Layout,
        rows: Rows,
        raw: str,
        careful: bool,
        footer: int,
    ) -> None:
        self._connection = connection
        self._plan = plan
        self._layout = layout
        self._options = options
        self._rows = rows
        self._raw = raw
        self._careful = careful
        self._footer = footer
        places = {heading: place for place, heading in enumerate(plan.headings)}
        self._maker = Checks(layout, places, options)
        self._checks = self._maker.faults(listed(raw), len(plan.headings))

    def settle(self) -> Counts:
        """Leave only good rows in `accounts`."""
        found = self._number("SELECT count(*) FROM accounts")
        refused = tuple(self._rows.refused()) if self._careful else ()
        footer = self._footer
        self._connection.execute(_FAULTY)
        changed = self._look_again(found - footer)
        self._connection.execute("BEGIN")
        self._connection.execute(f"DELETE FROM accounts WHERE rowid >= {found - footer:d}")
        self._connection.execute(_DELETE)
        self._find_twice()
        self._connection.execute(_DELETE)
        self._connection.execute("COMMIT")
        self._write(refused)
        return Counts(
            rows_in=found - footer + len(refused),
            loaded=self._number("SELECT count(*) FROM accounts"),
            rejected=self._number("SELECT count(*) FROM rejects"),
            changed=changed,
            rejects=self._first_rejects(),
        )

    def _line(self, row: exp.Expr) -> exp.Expr:
        return column(LINE) if self._careful else plus(row, whole(self._plan.first_data_line))

    def _look_again(self, rows: int) -> tuple[tuple[str, int], ...]:
        """Find the faulty among the odd rows, and count what parsing changed in the others."""
        if not self._number(to_sql(exp.select(exp.Count(this=column(self._raw))).from_("accounts"))):
            return ()
        odd = odd_rows(self._raw, self._layout.columns, self._options)
        self._connection.execute(f"CREATE TEMP TABLE odd AS SELECT * FROM ({odd}) WHERE id < {rows:d}")
        self._store_exactly()
        self._find_faulty()
        return self._count_changed()

    def _computed(self) -> Iterator[LoadColumn]:
        """The columns that numbers are parsed or computed for."""
        return (c for c in self._layout.columns if c.type in NUMERIC and not isinstance(c.value, Constant))

    def _store_exactly(self) -> None:
        """Put right the numbers of odd rows, which the quick pass may have read without all of their digits."""
        field = listed(self._raw)
        for item in self._computed():
            exact = exp.paren(self._maker.stored(item, field))
            wrong = exp.NullSafeNEQ(this=column(item.name), expression=exact)
            fixed = exp.select("id", exact.copy().as_("exact")).from_("odd").where(wrong)
            if self._number(f"SELECT count(*) FROM ({to_sql(fixed)})"):
                name = to_sql(exp.to_identifier(item.name, quoted=True))
                source = f"({to_sql(fixed)}) AS fixed WHERE accounts.rowid = fixed.id"
                self._connection.execute(f"UPDATE accounts SET {name} = exact FROM {source}")

    def _find_faulty(self) -> None:
        field = listed(self._raw)
        line = self._line(exp.column("id")).as_("line")
        found = exp.select("id", line, first_fault(self._checks).as_("fault"), column(self._raw)).from_("odd")
        shown = shown_value(self._checks, field, exp.column("fault"))
        query = exp.select("id", "line", "fault", shown, column(self._raw)).from_(found.subquery("seen"))
        self._connection.execute(f"INSERT INTO faulty {to_sql(query.where(exp.not_(is_null(exp.column('fault')))))}")

    def _count_changed(self) -> tuple[tuple[str, int], ...]:
        numbers = list(self._computed())
        if not numbers:
            return ()
        field = listed(self._raw)
        tests = [exp.If(this=self._maker.altered(item, field), true=whole(1)) for item in numbers]
        counts = [exp.Count(this=exp.Case(ifs=[test], default=NULL.copy())) for test in tests]
        good = exp.column("id").isin(query=exp.select("id").from_("faulty"))
        row = single_row(self._connection, to_sql(exp.select(*counts).from_("odd").where(exp.not_(good))))
        return tuple((item.name, int(n)) for item, n in zip(numbers, row, strict=True) if n)

    def _find_twice(self) -> None:
        row = single_row(self._connection, _DIFFERENT)
        if row[0] != row[1]:
            line = to_sql(self._line(exp.column("id")))
            self._connection.execute(_TWICE.format(line=line, fault=len(self._checks), shown=MAX_SHOWN))

    def _write(self, refused: tuple[Reject, ...]) -> None:
        if refused:
            self._connection.executemany("INSERT INTO rejects VALUES (?, ?, ?, ?, ?)", [_row(r) for r in refused])
        lines = self._connection.execute("SELECT line FROM faulty ORDER BY line").fetchnumpy()["line"]
        if not len(lines):
            return
        reasons = [(n, check.column, check.reason.text) for n, check in enumerate(self._checks)]
        self._connection.execute(_REASONS)
        rows = [*reasons, (len(self._checks), "account_id", TWICE.text)]
        self._connection.executemany("INSERT INTO reasons VALUES (?, ?, ?)", rows)
        if self._plan.dialect is not None:
            self._connection.register(_RAW_LINES, self._raw_lines(np.unique(lines)))
            self._connection.execute(_WRITE_LINES)
            self._connection.unregister(_RAW_LINES)
        else:
            self._connection.execute(_WRITE_FIELDS)

    def _raw_lines(self, lines: np.ndarray[tuple[int], np.dtype[np.int64]]) -> pa.RecordBatchReader:
        schema = pa.schema([("line", pa.int64()), ("raw", pa.string())])
        return pa.RecordBatchReader.from_batches(schema, _batches(self._rows.raw_lines(lines.tolist()), schema))

    def _first_rejects(self) -> tuple[Reject, ...]:
        query = f'SELECT line, "column", reason, reason_values, raw FROM rejects ORDER BY line LIMIT {SHOWN:d}'
        found = self._connection.execute(query).fetchall()
        return tuple(
            Reject(line, name, Message(reason, tuple(json.loads(values).items())), raw)
            for line, name, reason, values, raw in found
        )

    def _number(self, query: str) -> int:
        row = single_row(self._connection, query)
        return int(row[0])


def _row(reject: Reject) -> tuple[int, str, str, str, str]:
    values = {name: value if isinstance(value, int) else str(value) for name, value in reject.reason.values}
    return reject.line, reject.column, reject.reason.text, json.dumps(values, ensure_ascii=False), reject.raw


def _batches(lines: Iterator[tuple[int, str]], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    rows: list[tuple[int, str]] = []
    for row in lines:
        rows.append(row)
        if len(rows) == _BATCH:
            yield _batch(rows, schema)
            rows = []
    if rows:
        yield _batch(rows, schema)


def _batch(rows: list[tuple[int, str]], schema: pa.Schema) -> pa.RecordBatch:
    numbers, texts = zip(*rows, strict=True)
    return pa.record_batch([pa.array(numbers, pa.int64()), pa.array(texts, pa.string())], schema=schema)
