"""What leaves a chart."""

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from desktop_app.charts.bars import Bars
from desktop_app.charts.chart import Chart
from desktop_app.charts.curve import Curve
from desktop_app.charts.frontier import Frontier
from desktop_app.charts.heatmap import Heatmap
from desktop_app.charts.histogram import Histogram
from desktop_app.charts.matrix import Matrix
from desktop_app.text.language import Language
from desktop_app.text.words import Words
from tests.charts.samples import bars, curve, frontier, heatmap, histogram, matrix


@pytest.fixture
def chart(qtbot: QtBot) -> Bars:
    chart = Bars(Words(Language.ENGLISH))
    qtbot.addWidget(chart)
    chart.resize(420, 160)
    chart.set_value(bars())
    return chart


def test_png_has_two_pixels_for_one(chart: Bars, tmp_path: Path) -> None:
    chart.save(tmp_path / "bars.png")
    assert QImage(str(tmp_path / "bars.png")).width() == 840


def test_svg_holds_text_as_text(chart: Bars, tmp_path: Path) -> None:
    chart.save(tmp_path / "bars.svg")
    assert "18,203" in (tmp_path / "bars.svg").read_text(encoding="utf-8")


def test_svg_of_a_histogram_has_no_picture_of_the_plot(qtbot: QtBot, tmp_path: Path) -> None:
    chart = Histogram(Words(Language.ENGLISH))
    qtbot.addWidget(chart)
    chart.resize(500, 300)
    chart.set_value(histogram())
    chart.save(tmp_path / "score.svg")
    text = (tmp_path / "score.svg").read_text(encoding="utf-8")
    assert ">Score </text>" in text
    assert "<image" not in text


def test_csv_reads_in_a_spreadsheet(chart: Bars, tmp_path: Path) -> None:
    chart.save(tmp_path / "bars.csv")
    written = (tmp_path / "bars.csv").read_bytes()
    assert written.startswith(b"\xef\xbb\xbfName,Outcome,Scenario,Baseline\r\n")
    assert b"\r\n'=Over-indebted,Limit-reduced,1203,5203\r\n" in written


@pytest.mark.parametrize("suffix", [".png", ".svg", ".csv"])
def test_unwritable_file_is_a_problem(qtbot: QtBot, chart: Bars, tmp_path: Path, suffix: str) -> None:
    with qtbot.wait_signal(chart.failed) as caught:
        chart.save(tmp_path / "nowhere" / f"bars{suffix}")
    assert "its folder is not there" in str(caught.args[0])


def test_data_can_be_copied(chart: Bars) -> None:
    chart.copy_table()
    assert QGuiApplication.clipboard().text().startswith("Name,Outcome")


def test_picture_can_be_copied(chart: Bars) -> None:
    chart.copy_picture()
    assert not QGuiApplication.clipboard().pixmap().isNull()


def test_data_can_be_seen_as_a_table(qtbot: QtBot, chart: Bars) -> None:
    dialog = chart.show_table()
    assert dialog.cell(0, 2) == "18,203"
    dialog.close()


VALUES = {
    Bars: bars,
    Curve: curve,
    Frontier: frontier,
    Heatmap: heatmap,
    Histogram: histogram,
    Matrix: matrix,
}


@pytest.mark.parametrize("kind", Chart.__subclasses__())
def test_every_chart_has_a_name_and_a_table(qtbot: QtBot, kind: type[Chart], tmp_path: Path) -> None:
    chart = kind(Words(Language.ENGLISH))
    qtbot.addWidget(chart)
    chart.set_value(VALUES[kind]())
    assert chart.title()
    assert chart.table().rows
    for suffix in (".png", ".svg", ".csv"):
        chart.save(tmp_path / f"chart{suffix}")
    assert len(list(tmp_path.iterdir())) == 3


def test_menu_names_every_way_out(chart: Bars) -> None:
    menu = chart.menu()
    assert len(menu.actions()) == 6
    menu.close()
