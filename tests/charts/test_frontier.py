"""The efficient frontier: its points are told, walked and adopted."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.charts.frontier import Frontier, _fitting
from desktop_app.text.language import Language
from desktop_app.text.words import Words
from tests.charts.samples import frontier


@pytest.fixture
def chart(qtbot: QtBot) -> Frontier:
    chart = Frontier(Words(Language.ENGLISH))
    qtbot.addWidget(chart)
    chart.set_value(frontier())
    chart.resize(520, 300)
    with qtbot.wait_exposed(chart):
        chart.show()
    qtbot.wait_until(lambda: chart.board.width() > 300)
    return chart


def test_click_adopts_the_point(qtbot: QtBot, chart: Frontier) -> None:
    with qtbot.wait_signal(chart.adopted) as caught:
        qtbot.mouseClick(chart.board, Qt.MouseButton.LeftButton, pos=chart.point_at(1).toPoint())
    assert caught.args == [Decimal(520), Decimal(10)]


def test_keyboard_walks_the_frontier(qtbot: QtBot, chart: Frontier) -> None:
    for key in (Qt.Key.Key_End, Qt.Key.Key_Right, Qt.Key.Key_Left):
        qtbot.keyClick(chart.board, key)
    with qtbot.wait_signal(chart.adopted) as caught:
        qtbot.keyClick(chart.board, Qt.Key.Key_Return)
    assert caught.args == [Decimal(520), Decimal(10)]


def test_point_is_told_in_full(chart: Frontier) -> None:
    assert chart.said(1) == "Blocked users: 10 · EL avoided: CN¥1,000.50 · Score below 520; Days late 10"


def test_point_that_misses_a_goal_says_so(chart: Frontier) -> None:
    assert "Misses a goal" in chart.said(2)


def test_click_far_from_the_frontier_adopts_nothing(qtbot: QtBot, chart: Frontier) -> None:
    beaten = chart.board.at(20.0, 5.0).toPoint()
    with qtbot.assert_not_emitted(chart.adopted):
        qtbot.mouseClick(chart.board, Qt.MouseButton.LeftButton, pos=beaten)


def test_table_is_the_frontier(chart: Frontier) -> None:
    table = chart.table()
    assert table.headings == ("Score below", "Days late", "Blocked users", "EL avoided", "Every goal")
    assert table.rows[2] == (540.0, 10.0, 20.0, 2001.0, "not met")


def test_point_looked_at_is_forgotten_with_its_frontier(qtbot: QtBot, chart: Frontier) -> None:
    qtbot.keyClick(chart.board, Qt.Key.Key_End)
    value = frontier()
    chart.set_value(type(value)(**{**value.__dict__, "points": value.points[:1]}))
    assert chart.board.place is None
    chart.grab()


def test_no_frontier_without_figures(chart: Frontier) -> None:
    value = frontier()
    chart.set_value(type(value)(**{**value.__dict__, "points": ()}))
    assert "cannot be computed" in chart.readout.text()
    chart.grab()


def test_axis_titles_lose_their_hint_before_their_name(qapp: QApplication) -> None:
    metrics = QFontMetrics(qapp.font())
    whole, name = "Expected loss avoided (more is better)", "Expected loss avoided"
    for room, expected in ((whole, whole), (name, name)):
        assert _fitting(whole, name, metrics, metrics.horizontalAdvance(room)) == expected
    assert _fitting(whole, name, metrics, 70.0).endswith("…")
