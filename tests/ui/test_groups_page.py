"""Groups in the window: ratios to the reference, bars, the table as CSV."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.domain.filters import InGroup
from desktop_app.ui.groups_page import GroupsPage
from desktop_app.ui.main_window import MainWindow
from tests.ui.conftest import settle


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow) -> Iterator[GroupsPage]:
    window.pages.whole.click()
    page = window.pages.turn_to(GroupsPage)
    settle(qtbot, window)
    yield page


def rows(page: GroupsPage) -> dict[str, tuple[object, ...]]:
    return {str(row[0]): row for row in page.table.as_table("").rows}


def largest(page: GroupsPage) -> str:
    return max(rows(page).values(), key=lambda row: row[1])[0]


def test_ratio_is_to_the_largest_group(page: GroupsPage) -> None:
    found, reference = rows(page), largest(page)
    assert found[reference][6] == 1
    assert all(row[6] == row[4] / found[reference][4] for row in found.values())


def test_ratio_is_to_the_chosen_group(page: GroupsPage) -> None:
    other = next(name for name in rows(page) if name != largest(page))
    page.reference.setCurrentText(other)
    page.reference.activated.emit(page.reference.currentIndex())
    assert rows(page)[other][6] == 1
    assert rows(page)[other][10] == 1


def test_largest_is_the_reference_again_where_the_chosen_group_is_gone(
    qtbot: QtBot, window: MainWindow, page: GroupsPage
) -> None:
    page._chosen = ("no such group",)
    page._write_view()
    assert page.reference.currentText() == "The largest group"
    assert rows(page)[largest(page)][6] == 1


def test_bars_are_the_lens_longest_first(qtbot: QtBot, window: MainWindow, page: GroupsPage) -> None:
    window.controller.do(lambda: window.controller.workspace.look_through("ead"))
    page.views.setCurrentIndex(1)
    values = [row[1] for row in page.bars.table().rows]
    assert values == sorted(values, reverse=True)
    assert page.bars.title() == "EAD by Segment"


def test_bars_show_a_figure_of_their_own(page: GroupsPage) -> None:
    page.views.setCurrentIndex(1)
    page.pick().picked.emit("users_blocked")
    named = {row[0]: row[1] for row in page.bars.table().rows}
    page.views.setCurrentIndex(0)
    assert named == {name: row[2] for name, row in rows(page).items()}


def test_bar_narrows_the_desk_to_its_group(qtbot: QtBot, window: MainWindow, page: GroupsPage) -> None:
    page.views.setCurrentIndex(1)
    first = page.bars.table().rows[0][0]
    qtbot.keyClick(page.bars, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert window.controller.workspace.filters.chosen.parts == (InGroup("segment", (first,)),)


def test_bar_peeks_at_its_accounts(qtbot: QtBot, window: MainWindow, page: GroupsPage) -> None:
    page.views.setCurrentIndex(1)
    qtbot.keyClick(page.bars, Qt.Key.Key_Return)
    assert window.selecting.peek.chosen.parts == (InGroup("segment", (page.bars.table().rows[0][0],)),)
    window.selecting.peek.close()


def test_table_is_copied_as_csv(page: GroupsPage) -> None:
    page.menu.copy()
    headings = QApplication.clipboard().text().split("\r\n")[0].split(",")
    assert headings[:5] == ["Segment", "Users", "Blocked users", "Restricted users", "Restricted rate"]
    assert headings[6].startswith("Restricted rate: how many times that of ")


def test_without_a_grouping_there_is_a_hint(qtbot: QtBot, window: MainWindow, page: GroupsPage) -> None:
    window.controller.do(lambda: window.controller.workspace.group_by(None))
    settle(qtbot, window)
    assert not page.table.isVisible()
    assert not page.reference.isVisible()


def test_a_double_click_on_a_group_peeks_at_its_accounts(qtbot: QtBot, window: MainWindow, page: GroupsPage) -> None:
    name = page.table.text_at(1, 0)
    place = page.table.visualRect(page.table.model().index(1, 0)).center()
    qtbot.mouseDClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.selecting.peek.chosen.parts == (InGroup("segment", (name,)),)
    window.selecting.peek.close()


def test_enter_with_ctrl_narrows_the_desk_to_a_group_and_back(
    qtbot: QtBot, window: MainWindow, page: GroupsPage
) -> None:
    page.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    page.table.setCurrentIndex(page.table.model().index(0, 0))
    name = page.table.text_at(0, 0)
    for expected in ((InGroup("segment", (name,)),), ()):
        qtbot.keyClick(page.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        settle(qtbot, window)
        assert window.controller.workspace.filters.chosen.parts == expected


def test_the_menu_of_a_row_offers_its_group(page: GroupsPage) -> None:
    menu = page.menu.menu(page.table.visualRect(page.table.model().index(0, 0)).center())
    assert [action.text() for action in menu.actions()][:2] == ["Peek at its accounts", "Look only at this group"]
    menu.close()
