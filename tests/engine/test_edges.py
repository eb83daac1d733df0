"""Books at the edge: none in them, nothing known, columns that rules want and the book lacks."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from time import monotonic

import pytest

from desktop_app.domain.policy import Policy
from desktop_app.domain.problems import Cancelled
from desktop_app.domain.requests import Evaluation, RuleCounts
from desktop_app.domain.scenario import Assumptions
from desktop_app.domain.watch import CancelWatch
from desktop_app.engine.account_rows import account_batches
from desktop_app.engine.answers import answer
from desktop_app.engine.project import Project
from tests.reference.samples import cut, rule
from tests.small_projects import BOOK, TYPES, histogram_question, lines, make_project, mapping_of, policy, question

SOON = 0.1


@contextmanager
def opened(folder: Path, csv: str, **how) -> Iterator[Project]:
    project = make_project(folder, csv, mapping_of(csv, **how))
    try:
        yield project
    finally:
        project.close()


def evaluated(project: Project, scenario: Policy, grouping: str | None = None) -> Evaluation:
    request, watch = question(project, scenario, grouping=grouping), CancelWatch()
    cursor = project.cursor("interactive")
    found = answer(cursor, project.prepared(cursor, project.book, request.scenario, watch), request, watch)
    assert isinstance(found, Evaluation)
    return found


EVERYTHING = policy(
    rule("low", "block"),
    rule("late", cut(percent=50), {"field": "days_past_due", "operator": ">", "value": 0}),
    rule("gone", "refer", {"field": "segment", "operator": "is missing"}),
)


@pytest.mark.parametrize("grouping", [None, "segment"])
def test_a_book_of_unknowns_hits_only_what_asks_for_them(tmp_path: Path, grouping: str | None) -> None:
    rows = [(f"a{number}", 100, 0, "", "", "") for number in range(3)]
    csv = lines("account_id,credit_limit,balance,score,days_past_due,segment", rows)
    types = {"segment": "category", "score": "number", "days_past_due": "integer"}
    with opened(tmp_path, csv, types=types) as project:
        low, late, gone = evaluated(project, EVERYTHING, grouping).rules["scenario"]
        assert (low.any_hit_users, low.unknown_users, late.unknown_accounts) == (0, 3, 3)
        assert (gone.any_hit_users, gone.unknown_users) == (3, 0)


def test_who_has_no_target_is_counted_anew_where_the_threshold_moves(tmp_path: Path) -> None:
    """A false condition never looks at the target, so the count rests on the value compared with."""
    rows = [("a", 100, 0, 500, ""), ("b", 100, 0, 600, ""), ("c", 100, 0, "", "")]
    csv = lines("account_id,credit_limit,balance,score,income_monthly", rows)
    multiple = {"kind": "cut", "target": {"kind": "income_multiple", "multiple": 2}}
    with opened(tmp_path, csv, types={"score": "number", "income_monthly": "money"}) as project:
        found = [
            evaluated(project, policy(rule("low", multiple, {"field": "score", "operator": "<", "value": value})))
            for value in (450, 550, 650)
        ]
        assert [one.rules["scenario"][0].unknown_accounts for one in found] == [1, 2, 3]


def test_an_absent_column_makes_its_rule_unavailable(tmp_path: Path) -> None:
    with opened(tmp_path, "account_id,credit_limit,balance\na,1,0\n") as project:
        found = evaluated(project, EVERYTHING)
        assert found.rules["scenario"] == tuple(RuleCounts(name, available=False) for name in ("low", "late", "gone"))
        assert all(value is None for name, value in asdict(found.rules["scenario"][0]).items() if "_" in name)
        assert found.by_reason["scenario"].at("outcome", "unchanged").total("users") == 1


@pytest.mark.parametrize("on_missing", ["skip", "fire", "refer"])
def test_an_absent_column_is_never_missing(tmp_path: Path, on_missing: str) -> None:
    asked = policy(rule("low", "block", {"field": "score", "operator": "is missing"}, on_missing=on_missing))
    with opened(tmp_path, "account_id,credit_limit,balance\na,1,0\n") as project:
        assert evaluated(project, asked).by_reason["scenario"].at("outcome", "unchanged").total("users") == 1


def test_a_rule_that_is_off_is_available_and_uncounted(tmp_path: Path) -> None:
    with opened(tmp_path, BOOK, types=TYPES) as project:
        found = evaluated(project, policy(rule("low", "block", enabled=False)))
        assert found.rules["scenario"] == (RuleCounts("low", available=True),)


def test_a_rule_on_a_column_that_nobody_knows_is_unavailable(tmp_path: Path) -> None:
    with opened(tmp_path, BOOK, types=TYPES) as project:
        found = evaluated(project, policy(rule("x", "block", {"field": "scroe", "operator": "<", "value": 1})))
        assert found.rules["scenario"] == (RuleCounts("x", available=False),)


def test_a_date_of_a_book_may_have_nobody(tmp_path: Path) -> None:
    """Every row of the only snapshot was taken out: nothing is counted, and nothing fails."""
    with opened(tmp_path, BOOK, types=TYPES) as project:
        project.cursor("background").execute("DELETE FROM project.accounts")
        found = evaluated(project, EVERYTHING, "segment")
        assert {found.by_reason["scenario"].total(measure) for measure in found.by_reason["scenario"].sums} == {0}
        assert found.rules["scenario"][0].any_hit_users == 0
        request, watch, cursor = (
            histogram_question(project, EVERYTHING, "score"),
            CancelWatch(),
            project.cursor("interactive"),
        )
        prepared = project.prepared(cursor, project.book, request.scenario, watch)
        counted = answer(cursor, prepared, request, watch)
        assert (len(counted.edges), counted.missing) == (2, 0)
        rows = list(account_batches(cursor, prepared, question(project, EVERYTHING), watch))
        assert sum(batch.num_rows for batch in rows) == 0


def test_other_assumptions_prepare_other_columns_beside_the_first(tmp_path: Path) -> None:
    with opened(tmp_path, BOOK, types=TYPES) as project:
        cursor, watch = project.cursor("interactive"), CancelWatch()
        first = question(project, EVERYTHING, grouping="segment")
        changed = first.scenario.model_copy(update={"assumptions": Assumptions(lgd="0.9")})
        made = [project.prepared(cursor, project.book, scenario, watch) for scenario in (first.scenario, changed)]
        totals = [answer(cursor, prepared, first, watch).by_reason["scenario"].total("users") for prepared in made]
        assert totals == [4, 4]
        assert made[0].table != made[1].table


def test_what_became_of_users_is_prepared_once_for_all_assumptions(tmp_path: Path) -> None:
    rows = [("a", "2025-06-30", "true", 500), ("b", "2025-06-30", "false", 700), ("a", "2026-06-30", "", 650)]
    csv = lines("account_id,snapshot_date,default_12m,score,credit_limit,balance", [(*row, 100, 0) for row in rows])
    with opened(tmp_path, csv, types={"score": "number"}) as project:
        found = evaluated(project, EVERYTHING)
        blocked = found.by_reason["scenario"].at("outcome", "blocked")
        assert (blocked.total("users"), blocked.total("bads_stopped"), blocked.total("goods_hurt")) == (0, 1, 0)
        cursor, watch = project.cursor("interactive"), CancelWatch()
        request = question(project, EVERYTHING)
        changed = request.scenario.model_copy(update={"assumptions": Assumptions(lgd="0.9")})
        made = [project.prepared(cursor, project.book, scenario, watch) for scenario in (request.scenario, changed)]
        assert made[0].evidence is made[1].evidence is not None


def test_a_cancel_interrupts_a_question_over_a_large_book(tmp_path: Path) -> None:
    with opened(tmp_path, BOOK, types=TYPES) as project:
        cursor, watch, ended = project.cursor("interactive"), CancelWatch(), []
        project.cursor("background").execute(
            "INSERT INTO project.accounts SELECT a.* REPLACE (a.account_id || '-' || r.range AS account_id, "
            "a.user_id || '-' || r.range AS user_id) FROM project.accounts AS a, range(200_000) AS r"
        )
        request = question(project, EVERYTHING)
        timer = threading.Timer(0.2, lambda: (ended.append(monotonic()), watch.cancel()))
        timer.start()
        with pytest.raises(Cancelled):
            while True:
                prepared = project.prepared(cursor, project.book, request.scenario, watch)
                answer(cursor, prepared, request, watch)
        late = monotonic() - ended[0]
        timer.join()
        assert late < SOON
        assert cursor.execute("SELECT count(*) FROM project.accounts").fetchall() == [(1_000_005,)]
