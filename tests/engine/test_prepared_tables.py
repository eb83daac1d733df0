"""A project keeps the prepared tables last asked for, and those that somebody still reads; no others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.domain.problems import BookUnusable
from desktop_app.domain.scenario import Scenario, Stress
from desktop_app.domain.watch import CancelWatch
from desktop_app.engine.connection import first_row
from desktop_app.engine.prepare import Prepared
from desktop_app.engine.prepared_tables import MOST_KEPT
from desktop_app.engine.project import Project
from tests.small_projects import make_project, policy


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    made = make_project(tmp_path)
    yield made
    made.close()


def prepared(project: Project, odds: int) -> Prepared:
    scenario = Scenario(id="s", policy=policy(), stress=Stress(pd_odds=odds))
    return project.prepared(project.cursor("interactive"), project.book, scenario, CancelWatch())


def tables(project: Project) -> int:
    query = "SELECT count(*) FROM duckdb_tables() WHERE database_name = 'prepared' AND table_name LIKE 'accounts%'"
    return int(first_row(project.cursor("interactive"), query)[0])


def test_a_dragged_stress_leaves_few_tables_behind(project: Project) -> None:
    for odds in range(2, 20):
        prepared(project, odds)
    # A table of accounts and one of those of users with several, for those that are kept.
    assert tables(project) <= 2 * (MOST_KEPT + 1)


def test_a_table_that_is_read_outlives_all_others(project: Project) -> None:
    read = prepared(project, 1)
    for odds in range(2, 20):
        prepared(project, odds)
    assert first_row(project.cursor("interactive"), f"SELECT count(*) FROM {read.table}") == (5,)
    assert prepared(project, 1) is read


def test_a_table_that_was_dropped_is_made_anew(project: Project) -> None:
    key = prepared(project, 1).key
    for odds in range(2, 20):
        prepared(project, odds)
    again = prepared(project, 1)
    assert again.key == key
    assert first_row(project.cursor("interactive"), f"SELECT count(*) FROM {again.table}") == (5,)


def test_odds_by_groups_of_a_column_that_is_not_there_are_refused(project: Project) -> None:
    stress = Stress(group_odds={"column": "branch", "factors": {"north": 2}})
    with pytest.raises(BookUnusable, match="no such column"):
        project.prepared(
            project.cursor("interactive"), project.book, Scenario(id="s", policy=policy(), stress=stress), CancelWatch()
        )
