"""The curve under the histogram: on its axis, read by pointer and keyboard, as numbers."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.charts.curve import Curve
from desktop_app.charts.histogram import Histogram
from desktop_app.text.language import Language
from desktop_app.text.words import Words
from tests.charts.samples import curve, histogram


@pytest.fixture
def chart(qtbot: QtBot) -> Iterator[Curve]:
    words, around = Words(Language.ENGLISH), QWidget()
    qtbot.addWidget(around)
    above = Histogram(words)
    above.set_value(histogram())
    chart = Curve(words, above.plot)
    layout = QVBoxLayout(around)
    layout.addWidget(above)
    layout.addWidget(chart)
    around.resize(700, 500)
    with qtbot.wait_exposed(around):
        around.show()
    chart.set_value(curve())
    yield chart


def columns_in(image: QImage, colour: str) -> list[int]:
    """The columns of pixels that hold a colour."""
    return [
        x
        for x in range(image.width())
        if any(image.pixelColor(x, y).name() == colour for y in range(30, image.height()))
    ]


def test_the_threshold_stands_under_the_line_of_the_histogram(chart: Curve) -> None:
    seen = columns_in(chart.grab().toImage(), chart.ink.accent)
    above = chart.parentWidget().findChild(Histogram)
    assert any(abs(x - above.plot.x_pixel(600)) <= 1.5 for x in seen)


def test_it_says_what_stands_where_the_threshold_is(chart: Curve) -> None:
    assert chart.said(None) == "20 at 600 · baseline 5 · goal ≤ 20"


def test_between_two_positions_it_makes_no_number_up(chart: Curve) -> None:
    chart.set_value(curve(612.0))
    assert chart.said(None) == "baseline 5 · goal ≤ 20"


def test_a_position_that_misses_a_goal_says_so(chart: Curve) -> None:
    chart.set_value(curve(650.0))
    assert chart.said(None).endswith("a goal is missed")


def test_the_keyboard_reads_the_next_position(qtbot: QtBot, chart: Curve) -> None:
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert chart.accessibleDescription().startswith("12 at 550")
    qtbot.keyClick(chart, Qt.Key.Key_Escape)
    assert chart.accessibleDescription().startswith("20 at 600")


def test_the_table_has_a_row_for_every_position(chart: Curve) -> None:
    table = chart.table()
    assert table.headings == ("Score", "Restricted users", "Every goal is kept")
    assert table.rows[5:7] == ((600, 20, "yes"), (650, 24, "no"))


def test_where_there_is_no_value_the_table_is_empty(chart: Curve) -> None:
    value = curve()
    chart.set_value(replace(value, values=np.where(value.positions < 400, np.nan, value.values)))
    assert chart.table().rows[0] == (350, None, "yes")


def test_only_the_threshold_is_laid_out_again_during_a_drag(chart: Curve) -> None:
    value = curve()
    chart.set_value(value)
    before = chart.laid_out
    chart.set_value(replace(value, position=650.0))
    assert chart.laid_out is before
