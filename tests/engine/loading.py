"""Small files to load, and what came of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from desktop_app.domain.mapping import Mapping
from desktop_app.domain.watch import CancelWatch
from desktop_app.engine.load import load
from desktop_app.readers.inspect import inspect
from desktop_app.readers.rows import FileRows
from desktop_app.workspace.importing import import_inline

BASE = {"account_id": {"value": "id"}, "credit_limit": {"value": "limit"}, "balance": {"value": "balance"}}


def mapping(columns=None, **rest):
    """A mapping of the three required columns and more; dated unless it maps a date itself."""
    merged = BASE | {
        name: value if isinstance(value, dict) else {"value": value} for name, value in (columns or {}).items()
    }
    document = {"currency": "CNY", "columns": merged, **rest}
    if "snapshot_date" not in merged:
        document.setdefault("as_of", {"date": "2026-01-31"})
    return Mapping.model_validate(document)


class Loaded:
    """One import: the book, the report, and the staging database; what is in doubt may be loaded as it stands."""

    def __init__(
        self, folder: Path, content: str | bytes | Path, how: Mapping | None, *, as_it_stands: bool = False
    ) -> None:
        source = content if isinstance(content, Path) else folder / "book.csv"
        if isinstance(content, str):
            source.write_text(content, encoding="utf-8", newline="")
        elif isinstance(content, bytes):
            source.write_bytes(content)
        self.staging = folder / "staging.duckdb"
        if as_it_stands and how is not None:
            plan = inspect(source, how, folder)
            rows = FileRows(plan, folder, CancelWatch())
            self.book, self.report = load(plan, how, self.staging, CancelWatch(), rows)
        else:
            self.book, self.report = import_inline(source, how, self.staging, CancelWatch())

    @contextmanager
    def open(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """The staging database, read-only."""
        with duckdb.connect(str(self.staging), read_only=True) as connection:
            yield connection

    def rows(self, columns: str = "account_id, credit_limit, balance") -> list[tuple]:
        """All accounts in their order."""
        with self.open() as connection:
            return connection.execute(f"SELECT {columns} FROM accounts ORDER BY rowid").fetchall()

    def rejects(self) -> list[tuple[int, str, str]]:
        """Line, column and sentence of every reject."""
        return [(reject.line, reject.column, str(reject.reason)) for reject in self.report.rejects]


def book_csv(*lines: str, heading: str = "id,limit,balance") -> str:
    """A CSV file of these lines."""
    return "\n".join([heading, *lines]) + "\n"
