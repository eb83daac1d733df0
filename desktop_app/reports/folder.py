"""The files of an export: CSV files with a manifest, an Excel workbook, a report; written aside, moved into place."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from desktop_app.domain.watch import Watch
from desktop_app.reports.accounts import Accounts
from desktop_app.reports.csv_files import write_accounts, write_at_once, write_table
from desktop_app.reports.export import ACCOUNTS_TABLE, TABLES, Export, ExportReport, Picture, Targets, WrittenFile
from desktop_app.reports.failures import as_export_failed
from desktop_app.reports.manifest import manifest
from desktop_app.reports.page import report_html
from desktop_app.reports.placing import aside
from desktop_app.reports.tables import tables
from desktop_app.reports.workbook import write_workbook
from desktop_app.text.words import Words

MANIFEST: Final = "manifest.json"
ACCOUNTS_FILE: Final = "accounts.csv"
# What an earlier export may have left in a folder.
_OWN: Final = frozenset({f"{name}.csv" for name in (*TABLES, ACCOUNTS_TABLE)} | {MANIFEST})


def write_export(
    targets: Targets,
    export: Export,
    accounts: Accounts | None,
    *,
    words: Words,
    watch: Watch,
    pictures: Sequence[Picture] = (),
) -> ExportReport:
    """Write the export to its targets, in the language of `words`; accounts None leaves them out.

    An earlier export in the folder is replaced, other files stay. Raises ExportFailed, or Cancelled, with everything
    as it was before.
    """
    with as_export_failed(targets.first), aside() as partials:
        folder = partials.folder(targets.folder, _OWN) if targets.folder else None
        files = _csv_files(folder, export, accounts, watch) if folder else []
        if targets.workbook:
            with as_export_failed(targets.workbook):
                files.append(write_workbook(partials.file(targets.workbook), export, accounts, words, watch))
        if targets.report:
            with as_export_failed(targets.report):
                files.append(_report(partials.file(targets.report), export, words, pictures))
        if folder:
            write_at_once(folder / MANIFEST, manifest(export, files).encode())
        watch.check()
        partials.place()
    return ExportReport(targets, tuple(files))


def _csv_files(folder: Path, export: Export, accounts: Accounts | None, watch: Watch) -> list[WrittenFile]:
    guard = export.settings.neutralise
    files = [write_table(folder / f"{table.name}.csv", table, guard, watch) for table in tables(export)]
    if accounts is not None:
        files.append(write_accounts(folder / ACCOUNTS_FILE, accounts(), guard, export.book.accounts, watch))
    return files


def _report(path: Path, export: Export, words: Words, pictures: Sequence[Picture]) -> WrittenFile:
    return write_at_once(path, report_html(export, words, pictures).encode())
