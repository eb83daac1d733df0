"""Checking a project: what the engine reads, and whether every step of the journal makes a desk."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from desktop_app.domain.problems import message
from desktop_app.domain.watch import Watch
from desktop_app.engine.project_check import CheckReport, check_project
from desktop_app.workspace.journal import UNREADABLE, read_history


def check(path: Path, watch: Watch) -> CheckReport:
    """The engine's check with what the workspace finds in the journal; the file is only read."""
    report = check_project(path, watch)
    try:
        read_history(report.notes, [entry.text for entry in report.entries])
    except UNREADABLE as error:
        fault = message("The journal cannot be made into scenarios: {reason}", reason=str(error).splitlines()[0])
        return replace(report, faults=(*report.faults, fault))
    return report
