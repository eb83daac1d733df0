"""The outcome matrix: every pair, picked by mouse and keyboard."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.charts.matrix import Matrix
from desktop_app.domain.outcomes import Outcome
from desktop_app.domain.readings import Unit
from desktop_app.text.language import Language
from desktop_app.text.words import Words
from tests.charts.samples import matrix

BLOCKED, WATCHED, UNCHANGED = Outcome.BLOCKED, Outcome.WATCHED, Outcome.UNCHANGED


@pytest.fixture
def chart(qtbot: QtBot) -> Matrix:
    chart = Matrix(Words(Language.ENGLISH))
    qtbot.addWidget(chart)
    chart.set_value(matrix())
    chart.resize(520, chart.sizeHint().height())
    with qtbot.wait_exposed(chart):
        chart.show()
    return chart


def test_click_picks_the_cell(qtbot: QtBot, chart: Matrix) -> None:
    with qtbot.wait_signal(chart.picked) as caught:
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=chart.cell_point(UNCHANGED, BLOCKED))
    assert caught.args == [UNCHANGED, BLOCKED]


def test_keyboard_picks_the_cell(qtbot: QtBot, chart: Matrix) -> None:
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right):
        qtbot.keyClick(chart, key)
    with qtbot.wait_signal(chart.picked) as caught:
        qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert caught.args == [UNCHANGED, WATCHED]


def test_arrows_stay_inside(qtbot: QtBot, chart: Matrix) -> None:
    qtbot.keyClick(chart, Qt.Key.Key_Up)
    with qtbot.wait_signal(chart.picked) as caught:
        qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert caught.args == [BLOCKED, BLOCKED]


def test_screen_reader_hears_who_moved(chart: Matrix) -> None:
    assert chart.accessibleDescription() == "Unchanged → Blocked: 1,986"


def test_money_is_told_under_both_policies(chart: Matrix) -> None:
    chart.set_value(matrix(Unit.MONEY))
    assert "under the baseline" in chart.accessibleDescription()


def test_table_has_every_pair(chart: Matrix) -> None:
    rows = chart.table().rows
    assert len(rows) == 9
    assert ("Unchanged", "Blocked", 1986.0, 5.0) in rows


def test_cell_that_somebody_moved_into_is_tinted(chart: Matrix) -> None:
    image = chart.grab().toImage()
    tinted = image.pixelColor(chart.cell_point(UNCHANGED, BLOCKED))
    empty = image.pixelColor(chart.cell_point(BLOCKED, UNCHANGED))
    assert tinted != empty


def test_nothing_counted_draws_nothing(chart: Matrix) -> None:
    chart.set_value(None)
    chart.grab()
    assert chart.table().rows == ()
