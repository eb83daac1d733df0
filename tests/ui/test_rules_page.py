"""The page Rule by rule: the same numbers as the files, and what is said of customers who leave."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.analysis.movements import Attrition, attrition, movement_readings
from desktop_app.analysis.rule_worths import rule_worths
from desktop_app.text.language import Language
from desktop_app.text.words import Words
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.rules_page import RulesPage, attrition_words
from desktop_app.workspace.desk import BASELINE
from desktop_app.workspace.ruling import RuleAnswers, RuleView, rule_answers
from tests.small_projects import make_project
from tests.ui.conftest import settle

ENGLISH = Words(Language.ENGLISH)


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow) -> Iterator[RulesPage]:
    window.pages.whole.click()
    page = window.pages.turn_to(RulesPage)
    settle(qtbot, window)
    yield page


def turn(qtbot: QtBot, window: MainWindow, page: RulesPage, view: RuleView) -> RuleAnswers:
    page.views.setCurrentIndex(tuple(RuleView).index(view))
    settle(qtbot, window)
    return rule_answers(window.controller.workspace)


def rows(page: RulesPage) -> tuple[tuple[object, ...], ...]:
    return page.table.as_table("").rows


def test_counts_and_worth_of_every_rule_are_those_of_its_answers(window: MainWindow, page: RulesPage) -> None:
    found = rule_answers(window.controller.workspace)
    assert found.evaluation is not None
    assert found.effects is not None
    worths = rule_worths(found.effects, found.request.scenario.assumptions)
    for row, counts in zip(rows(page), found.evaluation.rules["scenario"], strict=True):
        assert row[3:6] == (counts.any_hit_users, counts.first_reason_users, counts.sole_hit_users)
        assert row[6:8] == (counts.marginal_users, counts.unknown_users)
        worth = worths.get(counts.rule)
        assert row[-3:] == ((worth.el, worth.margin, worth.breakeven_pd) if worth else (None, None, None))


def test_nothing_is_asked_for_a_page_that_is_not_looked_at(qtbot: QtBot, window: MainWindow) -> None:
    window.pages.page(RulesPage)
    settle(qtbot, window)
    assert rule_answers(window.controller.workspace).effects is None


def test_another_project_that_is_opened_behind_the_page_is_counted_too(
    qtbot: QtBot, window: MainWindow, page: RulesPage, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    assert window.controller.open_project(make_project(tmp_path / "other"))
    settle(qtbot, window)
    assert rule_answers(window.controller.workspace).effects is not None
    window.controller.workspace.close()


def test_pairs_of_rules_stand_by_the_users_whom_both_hit(qtbot: QtBot, window: MainWindow, page: RulesPage) -> None:
    found = turn(qtbot, window, page, RuleView.OVERLAP)
    assert found.evaluation is not None
    overlap = found.evaluation.overlaps["scenario"]
    names = {page.table.text_at(row, 0) for row in range(len(rows(page)))}
    assert names
    assert [row[2] for row in rows(page)] == sorted((row[2] for row in rows(page)), reverse=True)
    assert rows(page)[0][2] == max(
        int(overlap.users[one, other]) for one in range(len(overlap.rules)) for other in range(one)
    )


def test_who_may_draw_less_is_told_with_what_leaving_would_cost(
    qtbot: QtBot, window: MainWindow, page: RulesPage
) -> None:
    found = turn(qtbot, window, page, RuleView.MOVES)
    assert found.moves is not None
    book = window.controller.workspace.book
    moved = movement_readings(found.moves, found.request.baseline, found.request.scenario, book)
    assert [row[1] for row in rows(page)] == [one["users"].value for one in moved.values()]
    assert page.note.text() == ENGLISH.say(attrition_words(attrition(moved), ENGLISH, book.currency))


def test_the_baseline_in_front_is_looked_at_by_itself(qtbot: QtBot, window: MainWindow, page: RulesPage) -> None:
    workspace = window.controller.workspace
    window.controller.do(lambda: workspace.activate(BASELINE))
    settle(qtbot, window)
    assert len(rows(page)) == len(workspace.desk.baseline.policy.rules)


def test_the_page_speaks_chinese(window: MainWindow, page: RulesPage) -> None:
    window.speech.set_language(Language.CHINESE)
    assert page.views.tabText(0) == "每条规则的作用"


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (Attrition(None, None), "No account has a margin"),
        (Attrition(-5.0, 10.0), "does not pay, even if nobody leaves"),
        (Attrition(5.0, 0.0), "put no margin at risk"),
        (Attrition(5.0, 20.0), "less than 25.0% of the margin"),
        (Attrition(50.0, 20.0), "pays even if all of the tightened leave"),
    ],
)
def test_what_customers_who_leave_would_cost_is_said(found: Attrition, said: str) -> None:
    assert said in ENGLISH.say(attrition_words(found, ENGLISH, "CNY"))
