"""The histogram: lines under mouse and keyboard, bars, texts."""

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.charts.histogram import Histogram
from desktop_app.domain.chart_values import ThresholdLine
from desktop_app.domain.outcomes import Outcome
from desktop_app.text.language import Language
from desktop_app.text.words import Words
from tests.charts.samples import DEFAULT, THIN_FILE, histogram


@pytest.fixture
def chart(qtbot: QtBot) -> Histogram:
    chart = Histogram(Words(Language.ENGLISH))
    qtbot.addWidget(chart)
    chart.resize(700, 400)
    chart.set_value(histogram())
    with qtbot.wait_exposed(chart):
        chart.show()
    return chart


def at(chart: Histogram, value: float) -> QPoint:
    """The pixel of a value, halfway up, in the coordinates of the line layer."""
    return QPoint(round(chart.lines.x_pixel(value)), chart.lines.height() // 2)


def press(qtbot: QtBot, chart: Histogram, value: float) -> None:
    qtbot.mousePress(chart.lines, Qt.MouseButton.LeftButton, pos=at(chart, value))


def test_drag_says_where_the_line_is(qtbot: QtBot, chart: Histogram) -> None:
    press(qtbot, chart, 600)
    with qtbot.wait_signal(chart.moved) as caught:
        qtbot.mouseMove(chart.lines, at(chart, 650))
    handle, value = caught.args
    assert handle == DEFAULT
    assert abs(value - 650) <= 2


def test_drag_rests_on_the_coarse_grid(qtbot: QtBot, chart: Histogram) -> None:
    press(qtbot, chart, 600)
    with qtbot.wait_signal(chart.moved) as caught:
        qtbot.mouseMove(chart.lines, at(chart, 651))
    assert caught.args[1] % 2 == 0


def test_release_gives_the_last_position(qtbot: QtBot, chart: Histogram) -> None:
    press(qtbot, chart, 600)
    qtbot.mouseMove(chart.lines, at(chart, 640))
    with qtbot.wait_signal(chart.released) as caught:
        qtbot.mouseRelease(chart.lines, Qt.MouseButton.LeftButton, pos=at(chart, 640))
    assert abs(caught.args[1] - 640) <= 2


def test_escape_puts_the_line_back(qtbot: QtBot, chart: Histogram) -> None:
    press(qtbot, chart, 600)
    qtbot.mouseMove(chart.lines, at(chart, 640))
    with qtbot.wait_signal(chart.returned) as caught:
        qtbot.keyClick(chart.lines, Qt.Key.Key_Escape)
    assert caught.args == [DEFAULT]
    assert not chart.lines.held


def test_click_without_a_move_changes_nothing(qtbot: QtBot, chart: Histogram) -> None:
    with qtbot.assert_not_emitted(chart.released), qtbot.wait_signal(chart.returned):
        qtbot.mouseClick(chart.lines, Qt.MouseButton.LeftButton, pos=at(chart, 600))


def test_each_group_has_its_own_line(qtbot: QtBot, chart: Histogram) -> None:
    press(qtbot, chart, 700)
    with qtbot.wait_signal(chart.moved) as caught:
        qtbot.mouseMove(chart.lines, at(chart, 720))
    assert caught.args[0] == THIN_FILE


def test_line_stays_within_its_range(qtbot: QtBot, chart: Histogram) -> None:
    press(qtbot, chart, 600)
    with qtbot.wait_signal(chart.moved) as caught:
        qtbot.mouseMove(chart.lines, QPoint(chart.lines.width() + 300, 100))
    assert caught.args[1] == 950


def test_press_beside_the_lines_holds_nothing(qtbot: QtBot, chart: Histogram) -> None:
    press(qtbot, chart, 450)
    assert not chart.lines.held


def test_arrow_keys_move_the_line(qtbot: QtBot, chart: Histogram) -> None:
    with qtbot.wait_signal(chart.released) as caught:
        qtbot.keyClick(chart.lines, Qt.Key.Key_Right)
    assert caught.args == [DEFAULT, Decimal(602)]


def test_shift_moves_by_the_exact_step(qtbot: QtBot, chart: Histogram) -> None:
    with qtbot.wait_signal(chart.released) as caught:
        qtbot.keyClick(chart.lines, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert caught.args == [DEFAULT, Decimal(599)]


def test_down_takes_the_next_line(qtbot: QtBot, chart: Histogram) -> None:
    qtbot.keyClick(chart.lines, Qt.Key.Key_Down)
    with qtbot.wait_signal(chart.released) as caught:
        qtbot.keyClick(chart.lines, Qt.Key.Key_Right)
    assert caught.args == [THIN_FILE, Decimal(702)]


def test_double_click_lets_a_number_be_typed(qtbot: QtBot, chart: Histogram) -> None:
    qtbot.mouseDClick(chart.lines, Qt.MouseButton.LeftButton, pos=at(chart, 600))
    with qtbot.wait_signal(chart.released) as caught:
        qtbot.keyClicks(chart.lines.editor, "623")
        qtbot.keyClick(chart.lines.editor, Qt.Key.Key_Return)
    assert caught.args == [DEFAULT, Decimal(623)]


def test_typed_nonsense_changes_nothing(qtbot: QtBot, chart: Histogram) -> None:
    chart.lines.type_number()
    with qtbot.assert_not_emitted(chart.released):
        qtbot.keyClicks(chart.lines.editor, "abc")
        qtbot.keyClick(chart.lines.editor, Qt.Key.Key_Return)


def test_value_that_arrives_during_a_drag_leaves_the_hand_alone(qtbot: QtBot, chart: Histogram) -> None:
    press(qtbot, chart, 600)
    qtbot.mouseMove(chart.lines, at(chart, 660))
    chart.set_value(histogram(620.0))
    with qtbot.wait_signal(chart.released) as caught:
        qtbot.mouseRelease(chart.lines, Qt.MouseButton.LeftButton, pos=at(chart, 660))
    assert abs(caught.args[1] - 660) <= 2


def test_table_adds_up_to_every_user(chart: Histogram) -> None:
    rows = chart.table().rows
    assert sum(int(cell or 0) for row in rows[:-1] for cell in row[2:8]) == 27
    assert rows[-1][:2] == ("Missing", 7)


def test_pointer_reads_the_exact_bin(chart: Histogram) -> None:
    assert chart.tip(410) == "350 – 450\nBlocked: 1\nBaseline, restricted: 1"


def test_lines_are_spoken(chart: Histogram) -> None:
    assert chart.lines.accessibleDescription() == "Threshold 600; thin_file 700"


def test_title_follows_the_language(chart: Histogram) -> None:
    words = Words(Language.CHINESE)
    chart.set_words(words)
    assert words.translate("Score") in chart.title()


def test_no_value_draws_an_empty_plot(chart: Histogram) -> None:
    chart.set_value(None)
    assert chart.table().rows == ()


def test_field_without_missing_has_no_such_bar(chart: Histogram) -> None:
    chart.set_value(histogram(missing=0))
    assert chart.lines.x_pixel(350) < 100


def column(chart: Histogram, value: float) -> list[str]:
    """The colours above a value of the axis, from the top down."""
    image = chart.grab().toImage()
    x = chart.lines.mapTo(chart, at(chart, value)).x()
    return [image.pixelColor(x, y).name() for y in range(image.height())]


def test_outcomes_are_stacked(chart: Histogram) -> None:
    value = histogram()
    value.counts[Outcome.BLOCKED][2], value.counts[Outcome.UNCHANGED][2] = 3, 6
    chart.set_value(value)
    seen = column(chart, 580)
    blocked, unchanged = (chart.ink.outcomes[one] for one in (Outcome.BLOCKED, Outcome.UNCHANGED))
    assert abs(seen.count(unchanged) / seen.count(blocked) - 2) < 0.2
    assert seen.index(unchanged) < seen.index(blocked)


def test_legend_names_only_who_is_there(chart: Histogram) -> None:
    assert chart.legend.accessibleName() == "Blocked, Watched, Unchanged, Baseline"


def test_locked_lines_cannot_be_held(qtbot: QtBot, chart: Histogram) -> None:
    chart.lines.set_locked(True)
    with qtbot.wait_signal(chart.lines.refused):
        press(qtbot, chart, 600)
    assert not chart.lines.held


def test_outdated_chart_is_dimmed(chart: Histogram) -> None:
    before = column(chart, 500)
    chart.set_fresh(False)
    assert chart.ink.outcomes[Outcome.BLOCKED] in before
    assert chart.ink.outcomes[Outcome.BLOCKED] not in column(chart, 500)


def test_shift_drag_moves_a_tenth_of_the_way(qtbot: QtBot, chart: Histogram) -> None:
    press(qtbot, chart, 600)
    with qtbot.wait_signal(chart.moved) as caught:
        move = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(at(chart, 700)),
            QPointF(chart.lines.mapToGlobal(at(chart, 700))),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.ShiftModifier,
        )
        QApplication.sendEvent(chart.lines, move)
    assert abs(caught.args[1] - 610) <= 1


def accent_left_of_the_axis(chart: Histogram, number: float) -> int:
    """Pixels in the lines' colour below the labels, where a line beyond the axis would stand."""
    value = histogram(missing=0)
    chart.set_value(replace(value, lines=(ThresholdLine(DEFAULT, number),), minimum=Decimal(100)))
    picture, pixel = chart.lines.grab().toImage(), round(chart.lines.x_pixel(number))
    rows = range(picture.height() // 3, picture.height() * 2 // 3)
    return sum(picture.pixelColor(x, y).name() == chart.ink.accent for x in range(pixel - 2, pixel + 3) for y in rows)


def test_a_number_beyond_the_axis_has_a_label_and_no_line(chart: Histogram) -> None:
    assert accent_left_of_the_axis(chart, 400) > 0
    assert 3 < chart.lines.x_pixel(330) < chart.lines.x_pixel(343)
    assert accent_left_of_the_axis(chart, 330) == 0
