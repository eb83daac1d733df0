"""One small project for all faults, copied for each."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.domain.watch import CancelWatch
from desktop_app.engine.project import Project
from desktop_app.engine.project_files import ProjectFiles
from tests.small_projects import ONE_THREAD, make_project

STEPS = 20


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed project; copy it."""
    project = make_project(tmp_path_factory.mktemp("made"))
    project.close()
    return project.path


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    """A closed project of one's own."""
    return Path(shutil.copy(made, tmp_path / "book.greyline"))


@pytest.fixture(scope="session")
def backed_up_once(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a closed project with 20 steps and a backup of them; copy it."""
    folder = tmp_path_factory.mktemp("backed-up")
    project = Project.open(Path(shutil.copy(made, folder / "book.greyline")), ONE_THREAD)
    write_steps(project)
    project.back_up(CancelWatch())
    project.close()
    return folder


@pytest.fixture
def backed_up(backed_up_once: Path, tmp_path: Path) -> ProjectFiles:
    """A closed project with 20 steps and a backup of them, of one's own."""
    return ProjectFiles(Path(shutil.copytree(backed_up_once, tmp_path / "copy")) / "book.greyline")


@pytest.fixture
def project(path: Path) -> Iterator[Project]:
    """An open project of one's own."""
    project = Project.open(path, ONE_THREAD)
    yield project
    project.close()


def write_steps(project: Project, count: int = STEPS) -> None:
    for step in range(1, count + 1):
        project.write_entry(step, f'"step {step}"')


def steps_of(path: Path) -> list[str]:
    """The steps that a project has when it is opened."""
    project = Project.open(path, ONE_THREAD)
    try:
        return [entry.text for entry in project.entries()]
    finally:
        project.close()


ALL_STEPS = [f'"step {step}"' for step in range(1, STEPS + 1)]
