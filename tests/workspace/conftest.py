"""A workspace on a small book whose rules are edited."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.workspace.workspace import Workspace
from tests.small_projects import BOOK, TYPES, make_project, mapping_of
from tests.workspace.rule_desk import opened


@pytest.fixture(scope="session")
def small_project(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file of a project of five accounts."""
    folder = tmp_path_factory.mktemp("small")
    make_project(folder, BOOK, mapping_of(BOOK, types=TYPES)).close()
    return (folder / "book.greyline").read_bytes()


@pytest.fixture
def path(tmp_path: Path, small_project: bytes) -> Path:
    """A copy of the project."""
    (tmp_path / "book.greyline").write_bytes(small_project)
    return tmp_path / "book.greyline"


@pytest.fixture
def workspace(path: Path) -> Iterator[Workspace]:
    """The copy, open."""
    made = opened(path)
    yield made
    made.close()
