"""Tables sort by value and copy as text."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.ui.table_model import Cell
from desktop_app.ui.table_view import TableView

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
