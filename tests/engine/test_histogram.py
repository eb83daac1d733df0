"""Histograms: nobody is lost, edges stand where they should, thresholds are inside."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.analysis.charts import histogram as chart
from desktop_app.domain.outcomes import Outcome
from desktop_app.domain.policy import Policy
from desktop_app.domain.problems import BookUnusable
from desktop_app.domain.requests import HistogramCounts
from desktop_app.domain.watch import CancelWatch
from desktop_app.engine.answers import answer
from desktop_app.engine.connection import Limits
from desktop_app.engine.project import Project
from tests.reference.samples import rule
from tests.small_projects import BOOK, TYPES, histogram_question, lines, make_project, mapping_of, policy

HEADING = "account_id,user_id,credit_limit,balance,score,pd,days_past_due,constant,nothing,kyc_complete"
ROWS = [
    (
        f"a{number:03}",
        f"u{number // 3 if number % 5 else number}",
        1000 + 37 * number,
        (number * 91) % 1500,
        "" if number % 7 == 0 else 350 + (number * 13) % 600,
        f"0.{number * 3:06}",
        number % 4 * 30,
        5,
        "",
        "true",
    )
    for number in range(120)
]
FIELDS = ("credit_limit", "balance", "score", "pd", "days_past_due", "constant", "utilisation", "user_limit")
BLOCK = policy(rule("low", "block"))


@pytest.fixture(scope="module", params=(1, 2), ids=("one thread", "two threads"))
def project(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    csv = lines(HEADING, ROWS)
    limits = Limits(threads=request.param)
    types = {"constant": "integer", "nothing": "integer"}
    made = make_project(tmp_path_factory.mktemp("histogram"), csv, mapping_of(csv, types=types), limits)
    yield made
    made.close()


def counted(project: Project, field: str, scenario: Policy = BLOCK, bins: int = 80) -> HistogramCounts:
    request, watch = histogram_question(project, scenario, field, bins), CancelWatch()
    cursor = project.cursor("interactive")
    found = answer(cursor, project.prepared(cursor, project.book, request.scenario, watch), request, watch)
    assert isinstance(found, HistogramCounts)
    return found


def total(found: HistogramCounts, side: str = "counts") -> int:
    return int(sum(values.sum() for values in getattr(found, side).values())) + found.missing


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("bins", [1, 7, 80])
def test_every_user_is_counted_once(project: Project, field: str, bins: int) -> None:
    found = counted(project, field, bins=bins)
    assert total(found) == total(found, "baseline") == project.book.users


@pytest.mark.parametrize("field", FIELDS)
def test_edges_rise_and_span_the_column(project: Project, field: str) -> None:
    found, column = counted(project, field), project.book.column(field)
    assert list(found.edges) == sorted(set(found.edges))
    assert Decimal(str(found.edges[0])) <= column.minimum
    assert found.bins.open or Decimal(str(found.edges[-1])) >= column.maximum
    assert all(len(values) == len(found.edges) - 1 for values in found.counts.values())


def test_users_stand_where_their_first_account_does(project: Project) -> None:
    first: dict[str, tuple] = {}
    for row in sorted(ROWS):
        first.setdefault(row[1], row)
    found = counted(project, "score")
    assert found.missing == sum(row[4] == "" for row in first.values())
    scores = [row[4] for row in first.values() if row[4] != ""]
    for place, (low, high) in enumerate(zip(found.edges, found.edges[1:], strict=False)):
        standing = sum(values[place] for values in found.counts.values())
        assert standing == sum(low <= score < high for score in scores)


def test_outcomes_are_those_of_the_user(project: Project) -> None:
    worst = {row[1] for row in ROWS if row[4] != "" and row[4] < 600}
    first = {row[1]: row for row in sorted(ROWS, reverse=True)}
    shown = sum(first[user][4] != "" for user in worst)
    assert counted(project, "score").counts[Outcome.BLOCKED].sum() == shown
    assert counted(project, "balance").counts[Outcome.BLOCKED].sum() == len(worst)


@pytest.mark.parametrize("value", [-10, 0, 349, 350, 600, 946, 5000])
def test_thresholds_are_inside(project: Project, value: int) -> None:
    scenario = policy(rule("low", "block", {"field": "score", "operator": "<", "value": value}))
    found = counted(project, "score", scenario)
    drawn = chart(found, histogram_question(project, scenario, "score").scenario, project.book)
    assert [line.position for line in drawn.lines] == [value]
    assert drawn.minimum <= value <= drawn.maximum
    if 350 <= value <= project.book.column("score").maximum:
        assert found.edges[0] <= value <= found.edges[-1]


def test_a_long_tail_is_gathered_unless_a_threshold_stands_there(tmp_path: Path) -> None:
    rows = [(f"a{number}", 1000, number % 100) for number in range(1000)] + [("far", 1000, 1_000_000)]
    project = make_project(tmp_path, lines("account_id,credit_limit,balance", rows))
    gathered = counted(project, "balance")
    assert gathered.bins.open
    assert gathered.edges[-1] < 1000
    assert total(gathered) == 1001
    far = policy(rule("far", "block", {"field": "balance", "operator": ">", "value": 900_000}))
    assert counted(project, "balance", far).edges[-1] >= 900_000
    project.close()


@pytest.mark.parametrize("field", ["constant", "nothing"])
def test_a_column_of_one_value_or_none_has_a_bin(project: Project, field: str) -> None:
    found = counted(project, field)
    assert len(found.edges) >= 2
    assert found.missing == (project.book.users if field == "nothing" else 0)


@pytest.mark.parametrize("field", ["kyc_complete", "account_id", "snapshot_date", "inquiries_3m"])
def test_what_is_no_number_has_no_histogram(project: Project, field: str) -> None:
    with pytest.raises(BookUnusable, match=field):
        counted(project, field)


def test_one_thread_and_two_say_the_same(tmp_path: Path) -> None:
    found = []
    for threads in (1, 2):
        folder = tmp_path / str(threads)
        folder.mkdir()
        project = make_project(folder, BOOK, mapping_of(BOOK, types=TYPES), Limits(threads=threads))
        answered = counted(project, "score")
        found.append((answered.edges, {key: values.tolist() for key, values in answered.counts.items()}))
        project.close()
    assert found[0] == found[1]
