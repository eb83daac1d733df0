"""A project keeps the prepared tables last asked for, and those that somebody still reads; no others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.domain.problems import BookUnusable
from desktop_app.domain.scenario import Assumptions, Scenario, Stress
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


def left(project: Project, kind: str, names: str) -> int:
    """How many tables or views there are whose names begin so."""
    query = f"SELECT count(*) FROM duckdb_{kind}s() WHERE {kind}_name LIKE '{names}%'"
    return int(first_row(project.cursor("interactive"), query)[0])


def test_a_dragged_stress_leaves_few_tables_behind(project: Project) -> None:
    for odds in range(2, 20):
        prepared(project, odds)
    # Of accounts and of those of users with several, for those that are kept; what they all share is there once.
    assert 0 < left(project, "view", "accounts_") <= 2 * (MOST_KEPT + 1)
    assert 0 < left(project, "table", "beside_") <= 2 * (MOST_KEPT + 1)
    assert left(project, "table", "accounts_") <= 2


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


def test_a_stress_makes_anew_only_what_it_moves(project: Project) -> None:
    calm, stressed = prepared(project, 1), prepared(project, 2)
    query = (
        "SELECT column_name FROM duckdb_columns() WHERE table_name LIKE 'beside_%' AND table_name NOT LIKE '%_shared'"
    )
    anew = {name for (name,) in project.cursor("interactive").execute(query).fetchall()}
    assert {"~pd_ppm", "~pl", "~pk", "~pq"} <= anew
    assert not {"balance", "score", "~in_default", "~has_pd", "~user_open", "~class"} & anew
    assert columns(project, stressed) == ["rowid", *columns(project, calm)]


def columns(project: Project, table: Prepared) -> list[str]:
    found = project.cursor("interactive").execute(f"DESCRIBE {table.table}").fetchall()
    return [name for (name, *_) in found]


def test_other_assumptions_move_what_rests_on_them(project: Project) -> None:
    calm = prepared(project, 1)
    supposed = Scenario(id="s", policy=policy(), assumptions=Assumptions(lgd="0.5"))
    other = project.prepared(project.cursor("interactive"), project.book, supposed, CancelWatch())
    assert other.base is not None
    assert other.base.table == calm.table
    query = 'SELECT DISTINCT "~lgd_ppm" FROM {}'
    found = [first_row(project.cursor("interactive"), query.format(each.table)) for each in (calm, other)]
    assert found == [(650_000,), (500_000,)]


def test_odds_by_groups_of_a_column_that_is_not_there_are_refused(project: Project) -> None:
    stress = Stress(group_odds={"column": "branch", "factors": {"north": 2}})
    with pytest.raises(BookUnusable, match="no such column"):
        project.prepared(
            project.cursor("interactive"), project.book, Scenario(id="s", policy=policy(), stress=stress), CancelWatch()
        )
