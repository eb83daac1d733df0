"""One small project for all faults, copied for each."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.engine.project import Project
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
