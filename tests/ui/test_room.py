"""A page that needs height gets it, and gives it back."""

import pytest
from PySide6.QtWidgets import QSplitter
from pytestqt.qtbot import QtBot

from desktop_app.ui.groups_page import GroupsPage
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.trade_off_page import TradeOffPage


@pytest.fixture
def parts(window: MainWindow) -> QSplitter:
    # Once made, every page has its say in the least height of all.
    for kind in (TradeOffPage, GroupsPage):
        window.pages.turn_to(kind)
    return next(one for one in window.findChildren(QSplitter) if one.objectName() == "pages")


def test_the_trade_off_gets_the_height_that_it_needs(window: MainWindow, parts: QSplitter) -> None:
    before = parts.sizes()
    window.pages.turn_to(TradeOffPage)
    desk, page = parts.sizes()
    assert page > before[1]
    assert desk >= 190 - 1
    assert window.desk.isVisible()


def test_the_desk_has_its_own_back_afterwards(window: MainWindow, parts: QSplitter) -> None:
    before = parts.sizes()
    for kind in (TradeOffPage, GroupsPage):
        window.pages.turn_to(kind)
    assert parts.sizes() == before


def test_how_the_analyst_divides_it_holds(qtbot: QtBot, window: MainWindow, parts: QSplitter) -> None:
    window.pages.turn_to(TradeOffPage)
    parts.setSizes([300, sum(parts.sizes()) - 300])
    divided = parts.sizes()
    parts.splitterMoved.emit(300, 1)
    window.pages.turn_to(GroupsPage)
    assert parts.sizes() == divided
