"""Bars: names, values, picking."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from desktop_app.charts.bars import Bars, nice_axis, nice_top
from desktop_app.domain.chart_values import Bar, BarsValue
from desktop_app.domain.outcomes import Outcome
from desktop_app.domain.readings import Unit
from desktop_app.text.language import Language
from desktop_app.text.words import Words
from tests.charts.samples import bars


@pytest.fixture
def chart(qtbot: QtBot) -> Bars:
    chart = Bars(Words(Language.ENGLISH))
    qtbot.addWidget(chart)
    chart.resize(420, 200)
    chart.set_value(bars())
    with qtbot.wait_exposed(chart):
        chart.show()
    return chart


def test_click_picks_the_bar(qtbot: QtBot, chart: Bars) -> None:
    with qtbot.wait_signal(chart.picked) as caught:
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(200, chart.row_middle(1)))
    assert caught.args == ["speed"]


def test_keyboard_picks_the_bar(qtbot: QtBot, chart: Bars) -> None:
    qtbot.keyClick(chart, Qt.Key.Key_Down)
    qtbot.keyClick(chart, Qt.Key.Key_Down)
    with qtbot.wait_signal(chart.picked) as caught:
        qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert caught.args == ["dti"]


def test_screen_reader_hears_whole_names(chart: Bars) -> None:
    assert "A score too low for the segment that this customer belongs to: 18,203" in chart.accessibleDescription()


def test_every_row_has_room(chart: Bars) -> None:
    assert chart.minimumHeight() > 3 * 20


def test_table_has_scenario_and_baseline(chart: Bars) -> None:
    assert chart.table().rows[1] == ("Many requests", "Referred", 3203, 3203)


def test_axis_ends_above_the_largest() -> None:
    assert nice_top(18203) == 20000


@given(st.floats(min_value=-1e12, max_value=0), st.floats(min_value=0, max_value=1e12))
def test_axis_holds_what_falls_below_zero(low: float, high: float) -> None:
    bottom, top, step = nice_axis(low, high)
    assert bottom <= low <= 0 <= high <= top
    assert (top - bottom) / step <= 9


def test_bar_below_zero_says_so_in_its_own_unit(chart: Bars) -> None:
    saved = Bar("raised", "Raised", Outcome.RAISED, -2_500_000.0, 1_000.0)
    chart.set_value(BarsValue("Expected loss avoided by reason", "Money", (saved,), Unit.MONEY, "CNY"))
    assert chart.accessibleDescription() == "Raised: −CN¥2.50 M, baseline CN¥1,000"


@given(st.floats(min_value=0, max_value=1e12))
def test_axis_holds_every_bar(largest: float) -> None:
    assert nice_top(largest) >= largest


@given(st.integers(min_value=0, max_value=10**9))
def test_ticks_are_whole_numbers(largest: int) -> None:
    assert (nice_top(largest) / 4).is_integer()


def test_axis_of_shares_ends_close_above_the_largest() -> None:
    assert nice_axis(0.0, 0.27, whole=False) == pytest.approx((0.0, 0.3, 0.075))


def test_a_narrow_axis_still_says_where_it_ends(chart: Bars) -> None:
    chart.set_value(BarsValue("Users by reason", "Users", (Bar("a", "A", Outcome.BLOCKED, 18_203.0, 18_203.0),)))
    widest = chart.fontMetrics().horizontalAdvance("  20,000  ")
    assert [text for _, text in chart._ticks(widest * 0.7)] == ["0", "20,000"]
    assert [text for _, text in chart._ticks(widest * 0.3)] == ["0"]
