"""The heatmap of two thresholds: exact values, contours, adopting by mouse and keyboard."""

from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from desktop_app.charts.colour_bar import colours_of
from desktop_app.charts.heatmap import Heatmap
from desktop_app.text.language import Language
from desktop_app.text.words import Words
from tests.charts.samples import heatmap

_LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def chart(qtbot: QtBot) -> Heatmap:
    chart = Heatmap(Words(Language.ENGLISH))
    qtbot.addWidget(chart)
    chart.set_value(heatmap())
    chart.resize(520, 300)
    with qtbot.wait_exposed(chart):
        chart.show()
    qtbot.wait_until(lambda: chart.board.width() > 300)
    return chart


def where(chart: Heatmap, column: int, row: int) -> QPoint:
    return chart.cell_point(column, row).toPoint()


def test_click_adopts_the_cell(qtbot: QtBot, chart: Heatmap) -> None:
    with qtbot.wait_signal(chart.adopted) as caught:
        qtbot.mouseClick(chart.board, _LEFT, pos=where(chart, 3, 2))
    assert caught.args == [Decimal(560), Decimal(20)]


def test_keyboard_starts_at_the_scenario_and_adopts(qtbot: QtBot, chart: Heatmap) -> None:
    chart.board.setFocus(Qt.FocusReason.TabFocusReason)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Up):
        qtbot.keyClick(chart.board, key)
    with qtbot.wait_signal(chart.adopted) as caught:
        qtbot.keyClick(chart.board, Qt.Key.Key_Return)
    assert caught.args == [Decimal(560), Decimal(20)]


def test_arrows_stay_inside(qtbot: QtBot, chart: Heatmap) -> None:
    for _ in range(9):
        qtbot.keyClick(chart.board, Qt.Key.Key_Left)
    with qtbot.wait_signal(chart.adopted) as caught:
        qtbot.keyClick(chart.board, Qt.Key.Key_Return)
    assert caught.args == [Decimal(500), Decimal(10)]


def test_pointer_tells_the_exact_value_and_the_goals(qtbot: QtBot, chart: Heatmap) -> None:
    qtbot.mouseMove(chart.board, where(chart, 4, 1))
    expected = "Blocked users: 41 · Blocked users ≤ 21: not met · Score below 580; Days late 10"
    qtbot.wait_until(lambda: chart.readout.text() == expected)
    assert chart.board.accessibleDescription() == expected


def test_click_beside_the_cells_adopts_nothing(qtbot: QtBot, chart: Heatmap) -> None:
    with qtbot.assert_not_emitted(chart.adopted):
        qtbot.mouseClick(chart.board, _LEFT, pos=QPoint(2, 2))


def test_table_has_every_pair(chart: Heatmap) -> None:
    table = chart.table()
    assert table.headings == ("Score below", "Days late", "Blocked users", "Blocked users ≤ 21")
    assert len(table.rows) == 15
    assert (540.0, 10.0, 21.0, "met") in table.rows


def test_more_is_brighter_and_nothing_is_clear() -> None:
    shown = colours_of(np.array([[0.0, 5.0], [10.0, np.nan]])).astype(int)
    assert shown[0, 0, :3].sum() < shown[0, 1, :3].sum() < shown[1, 0, :3].sum()
    assert shown[..., 3].tolist() == [[255, 255], [255, 0]]


def test_cells_stand_where_their_values_are(chart: Heatmap) -> None:
    image = chart.grab().toImage()
    offset = chart.board.pos()
    colours = colours_of(heatmap().values)
    for column, row in ((1, 2), (4, 0), (3, 1)):
        seen = image.pixelColor(where(chart, column, row) + offset)
        assert [seen.red(), seen.green(), seen.blue()] == pytest.approx(colours[column, row, :3].tolist(), abs=3)


def test_contour_lies_on_the_border(chart: Heatmap) -> None:
    image = chart.grab().toImage()
    area = chart.board.cell_area(2, 0)
    border = QPoint(round(area.right()), round(area.center().y())) + chart.board.pos()
    assert chart.ink.text in {image.pixelColor(border + QPoint(by, 0)).name() for by in (-1, 0, 1)}


def test_figure_without_any_value_is_drawn(chart: Heatmap) -> None:
    value = heatmap()
    chart.set_value(type(value)(**{**value.__dict__, "values": np.full((5, 3), np.nan)}))
    chart.grab()
    assert chart.said(0, 0).startswith("Blocked users: — ·")


def test_saved_as_vectors(chart: Heatmap, tmp_path: Path) -> None:
    chart.save(tmp_path / "heat.svg")
    text = (tmp_path / "heat.svg").read_text(encoding="utf-8")
    assert "Score below" in text
    assert "Blocked users" in text


def test_nothing_counted_draws_nothing(chart: Heatmap) -> None:
    chart.set_value(None)
    chart.grab()
    assert chart.table().rows == ()
