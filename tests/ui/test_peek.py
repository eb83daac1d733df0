"""A bar that is picked shows five of its accounts, and the way to all of them."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from desktop_app.domain.accounts import REASON
from desktop_app.ui.accounts_page import AccountsPage
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.peek import Peek

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def peek(qtbot: QtBot, window: MainWindow) -> Iterator[Peek]:
    """A peek at those who are late."""
    bars = window.desk.reasons
    row = [bar.key for bar in bars._value.bars].index("late")
    qtbot.mouseClick(bars, LEFT, pos=QPoint(200, bars.row_middle(row)))
    peek = window.selecting.peek
    wait(qtbot, window, peek)
    yield peek
    peek.close()


def wait(qtbot: QtBot, window: MainWindow, peek: Peek) -> None:
    qtbot.wait_until(lambda: peek.accounts.fresh and not window.controller.browsing.busy, timeout=20_000)


def test_five_accounts_are_shown(peek: Peek) -> None:
    assert peek.isVisible()
    assert peek.table.grid.model().rowCount() == 5
    assert [peek.table.text_at(place, REASON) for place in range(5)] == ["late"] * 5


def test_it_says_what_was_picked_and_how_many(peek: Peek, window: MainWindow) -> None:
    assert peek.accessibleName() == "Reason: late"
    assert f"{peek.accounts.total:,} accounts" == peek._count.text()


def test_first_account_is_explained(peek: Peek) -> None:
    assert f"Account {peek.table.text_at(0, 'account_id')}" in peek.trace.toPlainText()
    assert "late" in peek.trace.toPlainText()


def test_arrows_stay_within_the_five(qtbot: QtBot, peek: Peek) -> None:
    qtbot.keyClick(peek.table.grid, Qt.Key.Key_End)
    assert peek.table.current == 4


def test_more_opens_all_of_them_in_accounts(qtbot: QtBot, peek: Peek, window: MainWindow) -> None:
    total = peek.accounts.total
    qtbot.mouseClick(peek.more, LEFT)
    page = window.pages.page(AccountsPage)
    assert page.isVisible()
    assert not peek.isVisible()
    qtbot.wait_until(lambda: page.accounts.fresh and page.accounts.total == total, timeout=20_000)
    assert [chip.text() for chip in page.chips.buttons] == ["Reason: late"]


def test_enter_opens_all_of_them_too(qtbot: QtBot, peek: Peek, window: MainWindow) -> None:
    qtbot.keyClick(peek.table.grid, Qt.Key.Key_Return)
    assert window.pages.page(AccountsPage).isVisible()


def test_escape_closes(qtbot: QtBot, peek: Peek) -> None:
    qtbot.keyClick(peek.table.grid, Qt.Key.Key_Escape)
    assert not peek.isVisible()


def test_cause_is_peeked_at_by_keyboard(qtbot: QtBot, window: MainWindow) -> None:
    window.desk.causes.setFocus()
    qtbot.keyClick(window.desk.causes, Qt.Key.Key_Return)
    peek = window.selecting.peek
    wait(qtbot, window, peek)
    restricted = window.controller.workspace.shown().readings["accounts_restricted"].value
    assert peek.accounts.total == restricted
    peek.close()


def test_other_peek_takes_the_place_of_the_first(qtbot: QtBot, peek: Peek, window: MainWindow) -> None:
    window.desk.reasons.picked.emit("low-score")
    wait(qtbot, window, peek)
    assert peek.accessibleName() == "Reason: low-score"
    assert peek.table.text_at(0, REASON) == "low-score"


def test_peek_stays_on_the_screen(peek: Peek, window: MainWindow) -> None:
    window.selecting.peek_at(QPoint(10_000, 10_000), peek.chosen.parts)
    assert window.screen().availableGeometry().contains(peek.geometry())
