"""Risk and stress in the window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.analysis.risk import RiskView
from desktop_app.charts.ink import LIGHT
from desktop_app.domain.filters import HasOutcome
from desktop_app.domain.outcomes import Outcome
from desktop_app.text.language import Language
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.risk_page import RiskPage
from tests.ui.conftest import settle


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow) -> Iterator[RiskPage]:
    window.pages.whole.click()
    page = window.pages.turn_to(RiskPage)
    settle(qtbot, window)
    yield page


def turn(qtbot: QtBot, window: MainWindow, page: RiskPage, view: RiskView) -> None:
    page.views.setCurrentIndex(tuple(RiskView).index(view))
    settle(qtbot, window)


def test_first_row_of_the_stresses_is_what_the_desk_reads(window: MainWindow, page: RiskPage) -> None:
    first, readings = page.table.as_table("").rows[0], window.controller.workspace.shown().readings
    names = ("users_restricted", "el_no_policy", "el", "el_avoided", "bad_year_loss")
    assert first[1:] == tuple(readings[name].value for name in names)


def test_tip_of_a_stress_says_what_it_changes(page: RiskPage) -> None:
    index = page.table.model().index(4, 0)
    assert "2" in index.data(3)
    assert page.table.text_at(4, 0) == "Odds of default doubled"


@pytest.mark.parametrize("view", [RiskView.SCORE, RiskView.ARREARS, RiskView.STAGE, RiskView.CATEGORY])
def test_accounts_of_all_bands_are_the_book(qtbot: QtBot, window: MainWindow, page: RiskPage, view: RiskView) -> None:
    turn(qtbot, window, page, view)
    assert sum(row[1] for row in page.table.as_table("").rows) == 3000


def test_bars_stand_in_the_order_of_the_rows(qtbot: QtBot, window: MainWindow, page: RiskPage) -> None:
    turn(qtbot, window, page, RiskView.LOSS)
    names = [row[0] for row in page.bars.table().rows]
    assert names == [page.table.text_at(row, 0) for row in range(len(names))]
    assert page.bars.title() == "Loss in a bad year · Loss curve"


def test_bars_are_drawn_on_the_ground_of_the_theme(page: RiskPage) -> None:
    assert page.bars.ink == LIGHT


def test_concentration_of_the_groupings(qtbot: QtBot, window: MainWindow, page: RiskPage) -> None:
    turn(qtbot, window, page, RiskView.CONCENTRATION)
    row = page.table.as_table("").rows[0]
    assert (row[0], row[1]) == ("Segment", 3.0)
    assert row[4] == pytest.approx(1 / 3, abs=0.01)


def test_given_up_cases_can_be_asked_for_again(qtbot: QtBot, window: MainWindow, page: RiskPage) -> None:
    page.views.setCurrentIndex(1)
    window.controller.cancel()
    assert page.again.isVisible()
    page.again.click()
    settle(qtbot, window)
    assert not page.again.isVisible()
    assert page.table.text_at(7, 1) != "…"


def test_filter_leaves_the_whole_book(window: MainWindow, page: RiskPage) -> None:
    window.selecting.narrow((HasOutcome("scenario", (Outcome.BLOCKED,)),))
    assert "The whole book" in page._note.text()


def test_table_is_copied_as_csv(page: RiskPage) -> None:
    page.menu.copy()
    assert QApplication.clipboard().text().startswith("Stress,Restricted users,Expected loss with no policy,")


def test_nothing_is_asked_once_the_page_is_left(window: MainWindow, page: RiskPage) -> None:
    window.pages.turn_to_name("groups")
    workspace = window.controller.workspace
    window.controller.do(lambda: workspace.risking.look_by(RiskView.SCORE))
    assert workspace.risking.wanted(workspace) == []


def test_page_speaks_the_language(window: MainWindow, page: RiskPage) -> None:
    window.toolbar.language_chosen.emit(Language.CHINESE)
    assert page.views.tabText(1) == "损失曲线"
    assert page.bars.title() == "预期损失 · 压力"


def test_every_part_has_a_name(page: RiskPage) -> None:
    assert all(part.accessibleName() for part in (page.views, page.table, page.bars))
