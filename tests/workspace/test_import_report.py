"""The import report as CSV: what a spreadsheet would run is made harmless."""

from __future__ import annotations

import csv
from pathlib import Path

from desktop_app.domain.watch import CancelWatch
from desktop_app.workspace.import_report import write_import_report
from tests.small_projects import make_project


def test_rejected_rows_run_nothing_in_a_spreadsheet(tmp_path: Path) -> None:
    project = make_project(tmp_path, "account_id,credit_limit,balance\na,1,1\n=cmd|' /C calc'!A0,1,@SUM(1)\n")
    write_import_report(project, tmp_path / "report", str, CancelWatch())
    project.close()
    with (tmp_path / "report" / "rejects.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["raw"] == "'=cmd|' /C calc'!A0,1,'@SUM(1)"
    assert row["line"] == "3"
