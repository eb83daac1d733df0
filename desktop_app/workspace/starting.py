"""What the window opens on: the sample book, or the project that was named."""

from __future__ import annotations

from pathlib import Path

from desktop_app.domain.watch import Watch
from desktop_app.engine.project import Project
from desktop_app.text.words import Words
from desktop_app.workspace.desk import first_desk
from desktop_app.workspace.opening import DEMO, PROJECT_SUFFIX, open_to_read, sample_project, sample_workspace
from desktop_app.workspace.workspace import Workspace


def first_project(named: Path | None, folder: Path, watch: Watch) -> Project:
    """The project named, else the sample's in `folder`; for any thread. Raises a Problem where there is none."""
    return open_to_read(named) if _is_project(named) and named else sample_project(DEMO, folder, watch)


def first_workspace(named: Path | None, project: Project, words: Words) -> Workspace:
    """The workspace of what `first_project` opened; for the main thread."""
    if _is_project(named):
        return Workspace(project, first_desk(), words)
    return sample_workspace(DEMO, project, words)


def table_named(named: Path | None) -> Path | None:
    """The file that is to be imported, where one was named that is no project."""
    return None if _is_project(named) else named


def _is_project(named: Path | None) -> bool:
    return named is not None and named.suffix == PROJECT_SUFFIX
