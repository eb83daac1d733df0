"""Values at which a goal is just met: the hand snaps to them, and they are said."""

from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from desktop_app.charts.histogram import Histogram
from desktop_app.domain.chart_values import GoalMark
from desktop_app.text.language import Language
from desktop_app.text.words import Words
from tests.charts.samples import DEFAULT, THIN_FILE, histogram

MARK = GoalMark(Decimal(643), "Restricted users ≤ 20")


@pytest.fixture
def chart(qtbot: QtBot) -> Histogram:
    chart = Histogram(Words(Language.ENGLISH))
    qtbot.addWidget(chart)
    chart.resize(700, 400)
    chart.set_value(histogram())
    chart.lines.set_goals(DEFAULT, (MARK,))
    with qtbot.wait_exposed(chart):
        chart.show()
    return chart


def dragged(qtbot: QtBot, chart: Histogram, start: float, pixels: int) -> Decimal:
    """Where the line at `start` rests after it was dragged to `pixels` beside the mark and let go."""
    height = chart.lines.height() // 2
    qtbot.mousePress(chart.lines, Qt.MouseButton.LeftButton, pos=QPoint(round(chart.lines.x_pixel(start)), height))
    end = QPoint(round(chart.lines.x_pixel(643)) + pixels, height)
    qtbot.mouseMove(chart.lines, end)
    with qtbot.wait_signal(chart.released) as caught:
        qtbot.mouseRelease(chart.lines, Qt.MouseButton.LeftButton, pos=end)
    value = caught.args[1]
    assert isinstance(value, Decimal)
    return value


@pytest.mark.parametrize("pixels", [-4, 4])
def test_near_a_mark_the_line_rests_on_it(qtbot: QtBot, chart: Histogram, pixels: int) -> None:
    assert dragged(qtbot, chart, 600, pixels) == 643


def test_further_away_it_rests_on_the_grid(qtbot: QtBot, chart: Histogram) -> None:
    assert dragged(qtbot, chart, 600, 12) % 2 == 0


def test_the_line_of_another_group_does_not_snap(qtbot: QtBot, chart: Histogram) -> None:
    assert dragged(qtbot, chart, 700, 2) != 643


def test_a_mark_is_spoken(chart: Histogram) -> None:
    assert "just met at 643: Restricted users ≤ 20" in chart.lines.accessibleDescription()
    chart.lines.set_goals(THIN_FILE, ())
    assert "just met" not in chart.lines.accessibleDescription()
