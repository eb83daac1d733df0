"""What is picked in a chart narrows the desk; chips say so, and there is a way back."""

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from desktop_app.domain.filters import EVERYTHING, Filter, HasReason, InGroup, InRange, IsMissing
from desktop_app.domain.outcomes import OUTCOMES
from desktop_app.ui.accounts_page import AccountsPage
from desktop_app.ui.main_window import MainWindow
from tests.ui.conftest import settle

LATE = HasReason("scenario", ("late",))
LEFT, CTRL, ALT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def chosen(window: MainWindow) -> Filter:
    return window.controller.workspace.filters.chosen


def narrow_to_late(qtbot: QtBot, window: MainWindow) -> None:
    bars = window.desk.reasons
    row = [bar.key for bar in bars.bars].index("late")
    qtbot.mouseClick(bars, LEFT, CTRL, QPoint(200, bars.row_middle(row)))
    settle(qtbot, window)


def test_ctrl_click_on_a_bar_narrows_the_desk(qtbot: QtBot, window: MainWindow) -> None:
    narrow_to_late(qtbot, window)
    assert chosen(window) == Filter((LATE,))
    assert not window.selecting.peek.isVisible()


def test_readings_are_of_the_part_with_the_whole_beside(qtbot: QtBot, window: MainWindow) -> None:
    whole = window.strip.tiles[1].accessibleName()
    narrow_to_late(qtbot, window)
    late = next(bar.value for bar in window.desk.reasons.bars if bar.key == "late")
    tile = window.strip.tiles[1].accessibleName()
    assert tile.startswith(f"Restricted users: {late:,.0f}")
    assert f"Whole book: {whole.split(': ')[1].split('.')[0]}" in tile


def test_row_of_chips_says_what_is_looked_at(qtbot: QtBot, window: MainWindow) -> None:
    assert not window.filter_bar.isVisible()
    narrow_to_late(qtbot, window)
    assert window.filter_bar.isVisible()
    assert [chip.text() for chip in window.filter_bar.chips.buttons] == ["Reason: late"]


def test_again_looks_at_everything(qtbot: QtBot, window: MainWindow) -> None:
    narrow_to_late(qtbot, window)
    narrow_to_late(qtbot, window)
    assert chosen(window) == EVERYTHING
    assert not window.filter_bar.isVisible()


def test_chip_is_taken_away(qtbot: QtBot, window: MainWindow) -> None:
    narrow_to_late(qtbot, window)
    qtbot.mouseClick(window.filter_bar.chips.buttons[0], LEFT)
    assert chosen(window) == EVERYTHING


def test_everything_is_one_click_away(qtbot: QtBot, window: MainWindow) -> None:
    window.selecting.narrow((LATE, InGroup("segment", ("mass",))))
    qtbot.mouseClick(window.filter_bar.clear, LEFT)
    assert chosen(window) == EVERYTHING


def test_alt_arrows_go_back_and_forward(qtbot: QtBot, window: MainWindow) -> None:
    narrow_to_late(qtbot, window)
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_Left, ALT)
    assert chosen(window) == EVERYTHING
    qtbot.keyClick(window, Qt.Key.Key_Right, ALT)
    assert chosen(window) == Filter((LATE,))


def test_bars_stay_whole_and_are_marked(qtbot: QtBot, window: MainWindow) -> None:
    before = [bar.value for bar in window.desk.reasons.bars]
    narrow_to_late(qtbot, window)
    assert [bar.value for bar in window.desk.reasons.bars] == before
    assert window.desk.reasons._marked == {"late"}


def test_groups_show_the_part(qtbot: QtBot, window: MainWindow) -> None:
    narrow_to_late(qtbot, window)
    late = next(bar.value for bar in window.desk.reasons.bars if bar.key == "late")
    groups = window.controller.workspace.shown().groups
    assert sum(row.readings["users"].value for row in groups) == late


def at(window: MainWindow, value: float) -> QPoint:
    lines = window.desk.histogram.lines
    return QPoint(round(lines.x_pixel(value)), lines.height() // 2)


def sweep(qtbot: QtBot, window: MainWindow, low: float, high: float) -> None:
    lines = window.desk.histogram.lines
    qtbot.mousePress(lines, LEFT, pos=at(window, low))
    qtbot.mouseMove(lines, at(window, high))
    qtbot.mouseRelease(lines, LEFT, pos=at(window, high))


def test_sweep_over_bins_narrows_to_their_range(qtbot: QtBot, window: MainWindow) -> None:
    sweep(qtbot, window, 703, 748)
    settle(qtbot, window)
    (part,) = chosen(window).parts
    assert isinstance(part, InRange)
    assert part.field == "score"
    assert part.low <= 703 < 748 <= part.high
    value = window.desk.histogram.value
    inside = (value.edges[:-1] >= float(part.low)) & (value.edges[1:] <= float(part.high))
    users = sum(int(value.counts[outcome][inside].sum()) for outcome in OUTCOMES)
    assert window.controller.workspace.shown().filtered.readings["users"].value == users


def test_click_on_a_bin_peeks_at_it(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.mouseClick(window.desk.histogram.lines, LEFT, pos=at(window, 703))
    peek = window.selecting.peek
    assert peek.isVisible()
    assert isinstance(peek.chosen.parts[0], InRange)
    peek.close()


def test_click_on_the_missing_peeks_at_them(qtbot: QtBot, window: MainWindow) -> None:
    value = window.desk.histogram.value
    left = float(value.edges[0]) - 0.04 * float(value.edges[-1] - value.edges[0])
    qtbot.mouseClick(window.desk.histogram.lines, LEFT, pos=at(window, left))
    assert window.selecting.peek.chosen.parts == (IsMissing("score"),)
    window.selecting.peek.close()


def test_ctrl_enter_peeks_where_the_line_stands(qtbot: QtBot, window: MainWindow) -> None:
    window.desk.histogram.lines.setFocus()
    qtbot.keyClick(window.desk.histogram.lines, Qt.Key.Key_Return, CTRL)
    assert window.selecting.peek.isVisible()
    window.selecting.peek.close()


def test_peek_narrows_the_desk_with_a_button(qtbot: QtBot, window: MainWindow) -> None:
    window.selecting.peek_at(QPoint(10, 10), (LATE,))
    qtbot.mouseClick(window.selecting.peek.narrow, LEFT)
    assert chosen(window) == Filter((LATE,))
    assert not window.selecting.peek.isVisible()


def test_accounts_are_those_of_the_desk(qtbot: QtBot, window: MainWindow) -> None:
    narrow_to_late(qtbot, window)
    page = window.pages.turn_to(AccountsPage)
    qtbot.wait_until(lambda: page.accounts.fresh, timeout=20_000)
    assert page.accounts.total == window.controller.workspace.shown().filtered.readings["accounts"].value


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_ctrl_and_a_key_narrow_to_the_active_bar(qtbot: QtBot, window: MainWindow, key: Qt.Key) -> None:
    window.desk.reasons.setFocus()
    qtbot.keyClick(window.desk.reasons, key, CTRL)
    assert chosen(window) == Filter((HasReason("scenario", (window.desk.reasons.bars[0].key,)),))


def test_what_is_of_the_whole_book_says_so_while_the_desk_is_narrowed(qtbot: QtBot, window: MainWindow) -> None:
    before = window.headline.sentence.text()
    narrow_to_late(qtbot, window)
    assert window.headline.sentence.text() == f"Of the whole book: {before}"
    assert "whole book" in window.desk.curve.title()
    narrow_to_late(qtbot, window)
    assert window.headline.sentence.text() == before
    assert "whole book" not in window.desk.curve.title()
