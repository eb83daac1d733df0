"""Tables sort by value and copy as text."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.ui.table_model import Cell
from desktop_app.ui.table_view import TableView, two_lines

HEADINGS = (Cell("Group"), Cell("Users", tip="How many"))
ROWS = (
    (Cell("b", "b"), Cell("1,000", 1000.0)),
    (Cell("a", "a"), Cell("—", float("-inf"))),
    (Cell("c", "c"), Cell("20", 20.0)),
)


@pytest.fixture
def table(qtbot: QtBot) -> TableView:
    table = TableView()
    qtbot.addWidget(table)
    table.set_table(HEADINGS, ROWS)
    return table


def shown(table: TableView) -> list[str]:
    return [table.text_at(row, 0) for row in range(3)]


def test_rows_stand_as_they_come(table: TableView) -> None:
    assert shown(table) == ["b", "a", "c"]


def test_numbers_sort_by_value(table: TableView) -> None:
    table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert shown(table) == ["b", "c", "a"]


def test_new_figures_keep_the_order_chosen(table: TableView) -> None:
    table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    table.set_table(HEADINGS, ROWS)
    assert shown(table) == ["a", "b", "c"]


def test_numbers_stand_on_the_right(table: TableView) -> None:
    alignment = table.model().index(0, 1).data(Qt.ItemDataRole.TextAlignmentRole)
    assert alignment & Qt.AlignmentFlag.AlignRight


def test_selected_rows_are_copied(qtbot: QtBot, table: TableView) -> None:
    table.selectRow(0)
    qtbot.keySequence(table, QKeySequence(QKeySequence.StandardKey.Copy))
    assert QApplication.clipboard().text() == "b\t1,000"


def test_fewer_rows_take_the_place_of_more(table: TableView) -> None:
    table.set_table(HEADINGS, ROWS[:1])
    assert table.model().rowCount() == 1


LONG = (Cell("Group"), Cell("Expected loss with no policy", tip="How much"))


def show_long(table: TableView, width: int) -> None:
    table.set_table(LONG, ROWS)
    table.resize(width, 200)
    table.show()


def heading(table: TableView, role: Qt.ItemDataRole = Qt.ItemDataRole.DisplayRole) -> str:
    return str(table.model().headerData(1, Qt.Orientation.Horizontal, role))


def test_headings_take_two_lines_where_one_has_no_room(table: TableView) -> None:
    show_long(table, 160)
    assert heading(table) == "Expected loss\nwith no policy"
    assert heading(table, Qt.ItemDataRole.ToolTipRole) == "How much"


def test_headings_take_one_line_where_it_has_room(table: TableView) -> None:
    show_long(table, 900)
    assert heading(table) == "Expected loss with no policy"


def test_a_folded_heading_leaves_in_one_line(table: TableView) -> None:
    show_long(table, 160)
    assert table.as_table("Losses").headings[1] == "Expected loss with no policy"


@pytest.mark.parametrize(
    ("heading", "lines"),
    [
        ("Users hit by it alone", ("Users hit", "by it alone")),
        ("Users", ("Users",)),
        ("仅被其命中的用户", ("仅被其命中的", "用户")),
        ("用户（首要原因）", ("用户", "（首要原因）")),
        ("无法判定的用户数", ("无法判定的", "用户数")),
        ("坏账率", ("坏账率",)),
    ],
)
def test_a_heading_is_parted_where_its_lines_are_shortest(heading: str, lines: tuple[str, ...]) -> None:
    assert two_lines(heading) == lines
