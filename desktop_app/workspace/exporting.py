"""Answers leave as files: from the command line and from the window alike."""

from __future__ import annotations

from pathlib import Path

from desktop_app.domain.watch import Watch
from desktop_app.engine.account_rows import account_batches
from desktop_app.engine.project import Project
from desktop_app.reports.export import Export, ExportReport
from desktop_app.reports.folder import write_folder
from desktop_app.text.version import program_version
from desktop_app.workspace.simulation import Simulation

LANE = "background"


def write_simulation(
    project: Project, simulation: Simulation, out: Path, watch: Watch, *, accounts: bool = True
) -> ExportReport:
    """The folder of CSV files for a simulation; raises ExportFailed or Cancelled with `out` as it was."""
    request = simulation.request
    export = Export.of(
        simulation.evaluation,
        request.baseline,
        request.scenario,
        simulation.book,
        grouping=request.grouping,
        version=program_version(),
    )
    batches = account_batches(project.cursor(LANE), simulation.prepared, request, watch) if accounts else None
    return write_folder(out, export, batches, watch)
