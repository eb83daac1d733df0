"""Scenarios side by side in the window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QSplitter
from pytestqt.qtbot import QtBot

from desktop_app.domain.filters import HasOutcome
from desktop_app.domain.outcomes import OUTCOMES, Outcome
from desktop_app.ui.compare_page import ComparePage
from desktop_app.ui.main_window import MainWindow
from desktop_app.workspace.desk import BASELINE
from tests.ui.book import policy
from tests.ui.conftest import settle

UNCHANGED, BLOCKED = Outcome.UNCHANGED, Outcome.BLOCKED


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow) -> Iterator[ComparePage]:
    """The page with two scenarios, the first in front."""
    workspace, do = window.controller.workspace, window.controller.do
    do(workspace.new_scenario)
    do(lambda: workspace.activate("scenario-1"))
    next(one for one in window.findChildren(QSplitter) if one.objectName() == "pages").setSizes([100, 500])
    page = window.pages.turn_to(ComparePage)
    settle(qtbot, window)
    yield page


def test_every_scenario_has_a_column(page: ComparePage) -> None:
    headings = page.figures.as_table("").headings
    assert headings == ("Figure", "Baseline", "Scenario 1", "Scenario 2")


def test_figures_are_those_of_the_desk(page: ComparePage, window: MainWindow) -> None:
    reading = window.controller.workspace.shown().readings["users_blocked"]
    row = page.figures.as_table("").rows[0]
    assert row[:3] == ("Blocked users", reading.baseline, reading.value)
    assert row[3] == reading.baseline


def test_change_against_the_baseline_stands_beside(page: ComparePage, window: MainWindow) -> None:
    delta = window.controller.workspace.shown().readings["users_blocked"].delta
    assert page.figures.text_at(0, 2).endswith(f"(+{delta:,.0f})")


def test_figure_is_added_and_remembered(page: ComparePage, tmp_path: Path) -> None:
    picker = page.pick()
    picker.picked.emit("accounts")
    assert page.figures.as_table("").rows[-1][0] == "Accounts"
    assert '"accounts"' in (tmp_path / "window.json").read_text(encoding="utf-8")
    picker.close()


def test_delete_takes_a_figure_away(qtbot: QtBot, page: ComparePage) -> None:
    page.figures.setFocus()
    page.figures.setCurrentIndex(page.figures.model().index(0, 0))
    qtbot.keyClick(page.figures, Qt.Key.Key_Delete)
    assert page.figures.as_table("").rows[0][0] != "Blocked users"


def test_differences_stand_by_rule_and_scenario(page: ComparePage) -> None:
    page.views.setCurrentIndex(1)
    rows = {row[0]: row[1:] for row in page.differences.as_table("").rows}
    assert rows["low-score (low-score)"][0].startswith("Score below: 560 → 600")
    assert rows["low-score (low-score)"][1] == "as the baseline"


def test_matrix_adds_up_to_every_user(page: ComparePage) -> None:
    page.views.setCurrentIndex(2)
    assert sum(row[2] for row in page.matrix.table().rows) == 3000


def test_cell_opens_its_accounts(qtbot: QtBot, page: ComparePage, window: MainWindow) -> None:
    page.views.setCurrentIndex(2)
    where = page.matrix.cell_point(UNCHANGED, BLOCKED)
    qtbot.mouseClick(page.matrix, Qt.MouseButton.LeftButton, pos=where)
    peek = window.selecting.peek
    assert peek.chosen.parts == (HasOutcome("baseline", (UNCHANGED,)), HasOutcome("scenario", (BLOCKED,)))
    peek.close()


def test_swapped_out_are_the_newly_blocked(page: ComparePage) -> None:
    page.views.setCurrentIndex(2)
    moved = {(row[0], row[1]): row[2] for row in page.matrix.table().rows}
    newly = sum(moved.get((outcome, "Blocked"), 0) for outcome in {row[0] for row in moved} - {"Blocked"})
    assert page.swaps.as_table("").rows[0][1] == newly
    assert len(OUTCOMES) == 6


def test_matrix_counts_in_another_figure(page: ComparePage) -> None:
    page.views.setCurrentIndex(2)
    page.measure.setCurrentIndex(2)
    assert page.matrix.title().startswith("EAD by outcome")


def test_baseline_in_front_moves_nobody(qtbot: QtBot, page: ComparePage, window: MainWindow) -> None:
    page.views.setCurrentIndex(2)
    window.controller.do(lambda: window.controller.workspace.activate(BASELINE))
    settle(qtbot, window)
    assert not page.matrix.isVisible()


def test_table_is_copied_as_csv(page: ComparePage) -> None:
    page._menus[0].copy()
    assert QApplication.clipboard().text().startswith("Figure,Baseline,Scenario 1,Scenario 2\r\nBlocked users,")


def test_nothing_is_asked_once_the_page_is_left(qtbot: QtBot, page: ComparePage, window: MainWindow) -> None:
    window.pages.turn_to_name("groups")
    workspace = window.controller.workspace
    assert not workspace.comparing.open
    window.controller.do(lambda: workspace.activate("scenario-2"))
    window.controller.do(lambda: workspace.replace_policy(policy(640, 20), workspace.undo_label))
    window.controller.do(lambda: workspace.activate("scenario-1"))
    settle(qtbot, window)
    assert not workspace.wanted()
