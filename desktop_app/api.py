"""Greyline in a notebook: open a book, load a policy, simulate; answers are pandas frames.

from desktop_app.api import load_policy, open_book, simulate

with open_book("book.csv", mapping="mapping.json") as book:
    result = simulate(book, load_policy("policy.json"), group_by="segment")
    result.summary
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pandas as pd
import pyarrow as pa

from desktop_app.domain.policy import Policy
from desktop_app.domain.scenario import Assumptions, Scenario, Stress
from desktop_app.domain.watch import CancelWatch
from desktop_app.engine.account_rows import account_batches
from desktop_app.engine.project import Project
from desktop_app.engine.project_files import PrivateFolder
from desktop_app.reports.export import TABLES, Settings
from desktop_app.reports.fields import Form, Plain
from desktop_app.reports.tables import Table, tables
from desktop_app.workspace.desk import no_policy
from desktop_app.workspace.exporting import export_of, further_answers
from desktop_app.workspace.opening import (
    PRIVATE_PREFIX,
    PROJECT_SUFFIX,
    import_project,
    open_to_read,
    read_asked,
    read_mapping,
    read_policy,
)
from desktop_app.workspace.simulation import Asked
from desktop_app.workspace.simulation import simulate as run_simulation

_LANE = "interactive"


class OpenBook:
    """A book that is open; close it, or use it in a `with`.

    Attributes: project is the open project.
    """

    def __init__(self, project: Project, private: PrivateFolder | None) -> None:
        self.project = project
        self._private = private

    def close(self) -> None:
        """Close the project; one that was made of a file is removed."""
        self.project.close()
        if self._private is not None:
            self._private.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


@dataclass(frozen=True, eq=False)
class Result:
    """What a policy does to a book, as the CSV files have it: same tables, same headings (`reports.headings`).

    Counts are whole numbers, flags are booleans, dates are dates; a figure that cannot be computed is missing, never
    zero.

    Attributes: summary has three rows a figure (baseline, scenario, delta); reasons, groups, rules, transitions,
    overlap, movements and recorded break the main figures down; accounts has one row an account in the book's order,
    with ids as text, actions, outcomes and reasons as categories, and money as whole minor units (1/100 of the
    currency unit), so that sums are exact.
    """

    summary: pd.DataFrame
    reasons: pd.DataFrame
    groups: pd.DataFrame
    rules: pd.DataFrame
    transitions: pd.DataFrame
    overlap: pd.DataFrame
    movements: pd.DataFrame
    recorded: pd.DataFrame
    accounts: pd.DataFrame


def open_book(path: str | Path, mapping: str | Path | None = None) -> OpenBook:
    """A project (.greyline), or a CSV, Parquet or Excel file as a temporary project, removed when it is closed.

    mapping says how a file's columns become a book's; without it headings with the usual names are taken. Raises
    ImportFailed or BookUnusable, each with a clear sentence.
    """
    book = Path(path)
    if book.suffix == PROJECT_SUFFIX:
        return OpenBook(open_to_read(book), None)
    chosen = read_mapping(Path(mapping)) if mapping is not None else None
    private = PrivateFolder(PRIVATE_PREFIX)
    target = private.path / f"book{PROJECT_SUFFIX}"
    try:
        return OpenBook(import_project(book, chosen, target, CancelWatch()), private)
    except BaseException:
        private.close()
        raise


def load_scenario(path: str | Path) -> Policy | Scenario:
    """A scenario document, a policy with what it supposes, or a policy alone; raises DocumentInvalid for others."""
    return read_asked(Path(path))


def load_policy(path: str | Path) -> Policy:
    """A policy document; raises DocumentInvalid where it is none."""
    return read_policy(Path(path))


def simulate(
    book: OpenBook,
    policy: Policy | Scenario,
    baseline: Policy | None = None,
    *,
    as_of: date | None = None,
    group_by: str | None = None,
    assumptions: Assumptions | None = None,
    stress: Stress | None = None,
) -> Result:
    """The policy over the whole book, beside the baseline (None: no policy at all).

    as_of is one of the book's snapshots (None: the latest); group_by a column that groups accounts (None: no groups).
    Both policies are computed under the same assumptions and stress: those given, else the scenario's, else the usual.
    Raises PolicyInvalid where a policy does not fit the book, BookUnusable where the book lacks what was asked for.
    """
    watch = CancelWatch()
    asked = Asked.of(policy, baseline or no_policy(), as_of, group_by)
    asked = replace(asked, assumptions=assumptions or asked.assumptions, stress=stress or asked.stress)
    simulation = run_simulation(book.project, asked, _LANE, watch)
    export = export_of(book.project, simulation, Settings(), further_answers(book.project, simulation, TABLES, watch))
    frames = {table.name: _frame(table) for table in tables(export)}
    batches = list(account_batches(book.project.cursor(_LANE), simulation.prepared, simulation.request, watch))
    return Result(**frames, accounts=pa.Table.from_batches(batches).to_pandas())


def _frame(table: Table) -> pd.DataFrame:
    """A table of texts as a frame of what they are."""
    columns = zip(*table.rows, strict=True) if table.rows else [()] * len(table.headings)
    return pd.DataFrame({name: _column(cells) for name, cells in zip(table.headings, columns, strict=True)})


def _column(cells: Sequence[str]) -> pd.Series[Any]:
    """Counts as whole numbers, other numbers as floats, flags, dates, texts; an empty cell is a missing value."""
    forms = {cell.form for cell in cells if isinstance(cell, Plain)}
    known = [cell or None for cell in cells]
    if not forms:
        return pd.Series(known, dtype="str")
    if forms == {Form.FLAG}:
        flags = [None if cell is None else cell == "true" for cell in known]
        return pd.Series(flags, dtype="boolean" if None in flags else "bool")
    if forms == {Form.DAY}:
        return pd.to_datetime(pd.Series(known, dtype="str"))
    if forms == {Form.COUNT}:
        return pd.Series([None if cell is None else int(cell) for cell in known], dtype="Int64")
    return pd.Series([None if cell is None else float(cell) for cell in known], dtype="float64")
