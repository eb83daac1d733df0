"""Books of any size for the benchmark: the demo book's snapshot with known outcomes, as CSV and as a project."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from desktop_app.demo.replaying import generate_recorded
from desktop_app.domain.mapping import Mapping
from desktop_app.domain.watch import CancelWatch
from desktop_app.engine.project import Project
from desktop_app.workspace.opening import DEMO, PROJECT_SUFFIX, import_project, read_mapping

_SEED = 2026
_SNAPSHOTS = 3


@dataclass(frozen=True)
class Book:
    """One book on disk: a single snapshot, so that every account counts in every figure.

    Attributes: csv is the file that is imported, made by `make`; project is what comes of it.
    """

    accounts: int
    folder: Path

    @property
    def csv(self) -> Path:
        """The book as a lender would export it."""
        return self.folder / f"book-{self.accounts}.csv"

    @property
    def project(self) -> Path:
        """The project; there once it was imported."""
        return self.folder / f"book-{self.accounts}{PROJECT_SUFFIX}"

    def make(self) -> None:
        """Write the CSV, unless it is there."""
        if self.csv.exists():
            return
        parquet = self.csv.with_suffix(".parquet")
        partial = self.csv.with_suffix(".part")
        generate_recorded(self.accounts * _SNAPSHOTS, _SEED, parquet, CancelWatch())
        with duckdb.connect() as connection:
            # The middle one of three: its outcomes are known.
            day = "(SELECT DISTINCT snapshot_date FROM book ORDER BY 1 OFFSET 1 LIMIT 1)"
            connection.execute(f"CREATE VIEW book AS SELECT * FROM read_parquet('{parquet}')")
            connection.execute(f"COPY (SELECT * FROM book WHERE snapshot_date = {day}) TO '{partial}' (FORMAT csv)")
        partial.rename(self.csv)
        parquet.unlink()

    def load(self, target: Path | None = None) -> Project:
        """Import the CSV into a new project, or open the one that is there."""
        target = target or self.project
        return Project.open(target) if target.exists() else import_project(self.csv, mapping(), target, CancelWatch())


def mapping() -> Mapping:
    """How the demo book's columns are read."""
    return read_mapping(DEMO.file("mapping.json"))
