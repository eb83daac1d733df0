"""The table of accounts: any number of rows, of which only the ones that are seen are there."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.domain.accounts import Order
from desktop_app.ui.account_table import AccountTable, Row, Rows

MANY = 300_000_000
COLUMNS = (("id", "Id"), ("balance", "Balance"))
DOWN, LEFT = Qt.Key.Key_Down, Qt.MouseButton.LeftButton


class Numbered(Rows):
    """Rows that are all there but every tenth, and remember which were asked for."""

    def __init__(self, total: int) -> None:
        super().__init__()
        self.count, self.asked = total, set[int]()

    def total(self) -> int:
        return self.count

    def row(self, place: int) -> Row | None:
        self.asked.add(place)
        return None if place % 10 == 9 else Row((f"a{place}", f"{place}.00"))


@pytest.fixture
def rows() -> Numbered:
    return Numbered(MANY)


@pytest.fixture
def table(qtbot: QtBot, rows: Numbered) -> AccountTable:
    table = AccountTable(rows)
    qtbot.addWidget(table)
    table.resize(400, 300)
    table.show_columns(COLUMNS, frozenset({1}), None)
    with qtbot.wait_exposed(table):
        table.show()
    table.show_rows(from_top=True)
    return table


def test_only_rows_that_are_seen_are_asked_for(table: AccountTable, rows: Numbered) -> None:
    table.grab()
    assert rows.asked
    assert max(rows.asked) < 20


def test_the_last_of_many_rows_can_be_seen(qtbot: QtBot, table: AccountTable) -> None:
    with qtbot.wait_signal(table.seen) as caught:
        qtbot.keyClick(table.grid, Qt.Key.Key_End)
    assert caught.args[1] == MANY
    assert table.text_at(MANY - 2, "id") == f"a{MANY - 2}"


def test_a_row_that_is_still_to_come_is_marked_so(table: AccountTable) -> None:
    assert table.text_at(9, "id") == "…"


def test_the_bar_moves_what_is_seen(qtbot: QtBot, table: AccountTable) -> None:
    with qtbot.wait_signal(table.seen) as caught:
        table.bar.setValue(MANY // 2)
    assert caught.args[0] == MANY // 2
    assert table.text_at(MANY // 2, "balance") == f"{MANY // 2}.00"


def test_the_wheel_goes_over_three_rows_a_notch(qtbot: QtBot, table: AccountTable) -> None:
    where = QPointF(50, 100)
    wheel = QWheelEvent(
        where,
        QPointF(table.grid.viewport().mapToGlobal(where)),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(table.grid.viewport(), wheel)
    assert table.bar.value() == 3


def test_arrows_go_from_row_to_row(qtbot: QtBot, table: AccountTable) -> None:
    table.go_to(4)
    with qtbot.wait_signal(table.picked) as caught:
        qtbot.keyClick(table.grid, DOWN)
    assert caught.args == [5]


def test_going_below_what_is_seen_scrolls(qtbot: QtBot, table: AccountTable) -> None:
    for _ in range(30):
        qtbot.keyClick(table.grid, DOWN)
    assert table.current == 29
    assert table.bar.value() > 0
    assert table.grid.currentIndex().data() == "…"


def test_a_click_picks_a_row(qtbot: QtBot, table: AccountTable) -> None:
    row = table.grid.visualRect(table.grid.model().index(3, 0)).center()
    with qtbot.wait_signal(table.picked) as caught:
        qtbot.mouseClick(table.grid.viewport(), LEFT, pos=row)
    assert caught.args == [3]


def test_the_current_row_is_copied(qtbot: QtBot, table: AccountTable) -> None:
    table.go_to(4)
    qtbot.keySequence(table.grid, QKeySequence(QKeySequence.StandardKey.Copy))
    assert QApplication.clipboard().text() == "a4\t4.00"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, Order("balance")),
        (Order("id"), Order("balance")),
        (Order("balance"), Order("balance", descending=True)),
        (Order("balance", descending=True), None),
    ],
)
def test_a_heading_sorts_rising_falling_and_not_at_all(
    qtbot: QtBot, table: AccountTable, before: Order | None, after: Order | None
) -> None:
    table.show_columns(COLUMNS, frozenset({1}), before)
    header = table.grid.horizontalHeader()
    where = QPoint(header.sectionViewportPosition(1) + 10, header.height() // 2)
    with qtbot.wait_signal(table.ordered) as caught:
        qtbot.mouseClick(header.viewport(), LEFT, pos=where)
    assert caught.args == [after]


def test_few_rows_need_no_bar(table: AccountTable, rows: Numbered) -> None:
    rows.count = 2
    table.show_rows(from_top=True)
    assert not table.bar.isVisible()
    assert table.grid.model().rowCount() == 2


def test_no_rows_have_no_current_one(table: AccountTable, rows: Numbered) -> None:
    rows.count = 0
    table.show_rows(from_top=True)
    table.go_to(0)
    assert table.current == -1
