"""Out of memory or temporary space: advice in one sentence, and the session goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.domain.problems import BookUnusable
from desktop_app.domain.watch import CancelWatch
from desktop_app.engine.connection import Limits, interruptible
from desktop_app.engine.project import Project
from tests.faults.processes import no_file_grows_beyond

TOO_MUCH = "SELECT len(list(range)) FROM range(20000000)"
SPILLS = "SELECT count(*) FROM (SELECT hash(range) AS h FROM range(6000000) ORDER BY h)"


@pytest.fixture
def small(path: Path):
    """A project that may use little memory."""
    project = Project.open(path, Limits(threads=1, memory="60MB"))
    yield project
    project.close()


def ask(project: Project, query: str) -> list[tuple]:
    cursor = project.cursor("interactive")
    with interruptible(cursor, CancelWatch()):
        return cursor.execute(query).fetchall()


def test_too_little_memory_is_told_with_advice(small: Project) -> None:
    with pytest.raises(BookUnusable, match=r"Not enough memory .* close other programs or free disk"):
        ask(small, TOO_MUCH)


def test_the_session_survives_too_little_memory(small: Project) -> None:
    with pytest.raises(BookUnusable):
        ask(small, TOO_MUCH)
    small.write_entry(1, "{}")
    assert ask(small, "SELECT count(*) FROM project.accounts, project.journal") == [(5,)]


def test_too_little_temporary_space_is_told(small: Project) -> None:
    with no_file_grows_beyond(1_000_000), pytest.raises(BookUnusable, match=r"[Ff]ree disk space"):
        ask(small, SPILLS)
    assert ask(small, "SELECT count(*) FROM project.accounts") == [(5,)]
