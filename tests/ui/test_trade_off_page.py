"""Two thresholds against each other in the window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.domain.filters import HasOutcome
from desktop_app.domain.handles import threshold_handles, value_of
from desktop_app.domain.outcomes import Outcome
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.trade_off_page import TradeOffPage
from desktop_app.workspace.desk import BASELINE
from tests.ui.conftest import settle

_LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow) -> Iterator[TradeOffPage]:
    """The page with room for its charts, all counted."""
    window.pages.whole.click()
    page = window.pages.turn_to(TradeOffPage)
    settle(qtbot, window)
    qtbot.wait_until(lambda: page.heatmap.board.height() > 100)
    yield page


def numbers(window: MainWindow, page: TradeOffPage) -> list[float]:
    scenario = window.controller.workspace.scenario
    assert page._traded is not None and page._traded.pair is not None
    return [float(value_of(scenario, handle)) for handle in page._traded.pair]


def test_click_on_a_cell_sets_both_thresholds(qtbot: QtBot, window: MainWindow, page: TradeOffPage) -> None:
    row = page.heatmap.table().rows[3]
    qtbot.mouseClick(page.heatmap.board, _LEFT, pos=page.heatmap.cell_point(0, 3).toPoint())
    assert numbers(window, page) == list(row[:2])


def test_cell_is_what_the_desk_then_reads(qtbot: QtBot, window: MainWindow, page: TradeOffPage) -> None:
    row = page.heatmap.table().rows[3]
    page.heatmap.adopted.emit(*page._traded.heatmap.at(0, 3))
    settle(qtbot, window)
    assert window.controller.workspace.shown().readings["users_restricted"].value == row[2]


def test_adopting_is_taken_back_by_one_undo(qtbot: QtBot, window: MainWindow, page: TradeOffPage) -> None:
    before = numbers(window, page)
    qtbot.keyClick(page.frontier.board, Qt.Key.Key_End)
    qtbot.keyClick(page.frontier.board, Qt.Key.Key_Return)
    assert numbers(window, page) != before
    window.toolbar.undo.trigger()
    assert numbers(window, page) == before


def test_adopting_asks_for_no_other_surface(window: MainWindow, page: TradeOffPage) -> None:
    page.heatmap.adopted.emit(*page._traded.heatmap.at(0, 3))
    workspace = window.controller.workspace
    assert workspace.trading.wanted(workspace) == []


def test_one_chosen_twice_changes_places(qtbot: QtBot, window: MainWindow, page: TradeOffPage) -> None:
    before = page._traded.pair
    page.across.setCurrentIndex(page.upwards.currentIndex())
    page.across.activated.emit(page.across.currentIndex())
    settle(qtbot, window)
    assert page._traded.pair == (before[1], before[0])
    assert page.across.currentText().startswith("late: Days past due")


def test_other_thresholds_are_weighed(qtbot: QtBot, window: MainWindow, page: TradeOffPage) -> None:
    last = page.upwards.count() - 1
    page.upwards.setCurrentIndex(last)
    page.upwards.activated.emit(last)
    settle(qtbot, window)
    assert page.heatmap.table().headings[1] == "drawn: Utilisation at least"


def test_figure_is_chosen_for_the_heatmap(qtbot: QtBot, window: MainWindow, page: TradeOffPage) -> None:
    page.pick(page.figure).picked.emit("ead")
    settle(qtbot, window)
    assert page.heatmap.title() == "EAD by two thresholds"
    assert page.figure.text() == "EAD"


def test_figures_are_chosen_for_the_frontier(qtbot: QtBot, window: MainWindow, page: TradeOffPage) -> None:
    page.pick(page.costs).picked.emit("accounts_restricted")
    page.pick(page.gains).picked.emit("ead_avoided")
    settle(qtbot, window)
    assert page.frontier.table().headings[2:4] == ("Restricted accounts", "EAD avoided")


def test_finer_steps_near_the_lines(qtbot: QtBot, window: MainWindow, page: TradeOffPage) -> None:
    page.near.click()
    settle(qtbot, window)
    positions = page._traded.heatmap.x.positions
    assert positions.value(positions.count - 1) - positions.value(0) < 200


def test_baseline_cannot_be_changed_from_here(qtbot: QtBot, window: MainWindow, page: TradeOffPage) -> None:
    window.controller.do(lambda: window.controller.workspace.activate(BASELINE))
    settle(qtbot, window)
    page.heatmap.adopted.emit(*page._traded.heatmap.at(0, 0))
    assert "locked" in window.notice.text.text()


def test_one_threshold_alone_is_told(qtbot: QtBot, window: MainWindow, page: TradeOffPage) -> None:
    workspace = window.controller.workspace
    for rule in ("low-score", "drawn"):
        window.controller.do(lambda rule=rule: workspace.switch_rule(rule, False))
    settle(qtbot, window)
    assert not page.heatmap.isVisible()
    assert "needs two thresholds" in page._hint.text()
    assert not page.again.isVisible()


def test_given_up_counting_can_be_asked_for_again(qtbot: QtBot, window: MainWindow, page: TradeOffPage) -> None:
    page.near.click()
    window.controller.cancel()
    assert page._hint.text() == "The pairs of thresholds were not counted."
    assert page.again.isVisible()
    page.again.click()
    settle(qtbot, window)
    assert page._traded.fresh


def test_filter_leaves_the_whole_book(window: MainWindow, page: TradeOffPage) -> None:
    window.selecting.narrow((HasOutcome("scenario", (Outcome.BLOCKED,)),))
    assert page._whole.isVisible()


def test_nothing_is_asked_once_the_page_is_left(window: MainWindow, page: TradeOffPage) -> None:
    window.pages.turn_to_name("groups")
    workspace = window.controller.workspace
    window.controller.do(lambda: workspace.switch_rule("late", False))
    assert workspace.trading.wanted(workspace) == []


def test_charts_speak_the_language(window: MainWindow, page: TradeOffPage) -> None:
    window.toolbar.language_chosen.emit(type(window.words.language).CHINESE)
    assert page.heatmap.title() == "两个阈值下的受限用户"
    assert page.near.text() == "仅看当前阈值附近"


def test_every_part_has_a_name(page: TradeOffPage) -> None:
    parts = (page.across, page.upwards, page.figure, page.gains, page.costs, page.heatmap.board, page.frontier.board)
    assert all(part.accessibleName() for part in parts)


def test_dimmed_while_another_surface_is_counted(window: MainWindow, page: TradeOffPage) -> None:
    workspace = window.controller.workspace
    window.controller.do(lambda: workspace.switch_rule("drawn", False))
    assert page.heatmap.veil.isVisible()


def test_hidden_page_keeps_its_pair(qtbot: QtBot, window: MainWindow, page: TradeOffPage) -> None:
    handles = threshold_handles(window.controller.workspace.scenario.policy)
    before = page._traded.pair
    window.pages.turn_to_name("groups")
    window.pages.turn_to(TradeOffPage)
    settle(qtbot, window)
    assert page._traded.pair == before
    assert set(before) <= set(handles)
