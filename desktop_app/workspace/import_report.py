"""What came of an import as CSV files: counts, missing values, and every rejected row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from desktop_app.domain.plans import ImportReport
from desktop_app.domain.problems import Message
from desktop_app.domain.watch import Watch
from desktop_app.engine.project import Project
from desktop_app.engine.rejects import stored_rejects
from desktop_app.reports.failures import as_export_failed
from desktop_app.reports.fields import csv_line
from desktop_app.reports.whole_files import whole_file

REPORT, MISSING, REJECTS = "report.csv", "missing.csv", "rejects.csv"

_LANE = "background"
_BYTE_ORDER_MARK = "\ufeff"


def write_import_report(project: Project, folder: Path, say: Callable[[Message], str], watch: Watch) -> list[Path]:
    """Write report.csv (measure, value), missing.csv (column, missing) and rejects.csv into `folder`.

    UTF-8 with a mark, text that a spreadsheet would take for a formula made harmless. `say` puts reasons into
    words. Raises ExportFailed where the folder cannot be written.
    """
    missing = ((column, str(count)) for column, count in project.report.missing)
    rejects = (
        (str(reject.line), reject.column, say(reject.reason), reject.raw)
        for reject in stored_rejects(project.cursor(_LANE), watch)
    )
    tables: dict[str, Iterable[tuple[str, ...]]] = {
        REPORT: _joined(("measure", "value"), measures(project.report)),
        MISSING: _joined(("column", "missing"), missing),
        REJECTS: _joined(("line", "column", "reason", "raw"), rejects),
    }
    with as_export_failed(folder):
        folder.mkdir(parents=True, exist_ok=True)
        return [_write(folder / name, rows) for name, rows in tables.items()]


def measures(report: ImportReport) -> Iterator[tuple[str, str]]:
    """The lines of report.csv."""
    yield "source", report.source
    yield "bytes", str(report.bytes)
    yield "sha256", report.sha256
    yield "rows_in", str(report.rows_in)
    yield "rows_loaded", str(report.rows_loaded)
    yield "rows_rejected", str(report.rows_rejected)
    for column, count in report.changed:
        yield f"changed.{column}", str(count)


def _joined(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    yield headings
    yield from rows


def _write(path: Path, rows: Iterable[tuple[str, ...]]) -> Path:
    with whole_file(path) as part, part.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
        file.write(_BYTE_ORDER_MARK)
        file.writelines(csv_line(row, guard=True) for row in rows)
    return path
