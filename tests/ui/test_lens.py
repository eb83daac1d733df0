"""The lens and the pinned figures: one click shows a figure in every chart, one search pins another."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.figures.catalogue import FIGURES
from desktop_app.text.language import Language
from desktop_app.ui.figure_picker import FigurePicker, found
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.tile import Tile

LEFT = Qt.MouseButton.LeftButton


def tile(window: MainWindow, figure: str = "el_avoided") -> Tile:
    return window.strip.tiles[window.strip.figures.index(figure)]


def titles(window: MainWindow) -> tuple[str, str]:
    return window.desk.reasons.title(), window.desk.causes.title()


def picker_of(window: MainWindow, figure: str = "el_avoided") -> FigurePicker:
    picker = tile(window, figure).pick()
    assert picker is not None
    return picker


def listed(picker: FigurePicker) -> list[str]:
    return [picker.list.item(row).text() for row in range(picker.list.count())]


def test_a_click_on_a_reading_shows_it_in_the_bars(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.mouseClick(tile(window), LEFT)
    assert titles(window) == ("Expected loss avoided by reason", "Expected loss avoided of the restricted, by cause")
    assert tile(window).accessibleDescription() == "Shown in every chart"


def test_a_second_click_brings_users_back(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.mouseClick(tile(window), LEFT)
    qtbot.mouseClick(tile(window), LEFT)
    assert titles(window) == ("Users by reason", "Restricted users by cause")


def test_enter_does_the_same(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(tile(window), Qt.Key.Key_Return)
    assert window.controller.workspace.view.lens == "el_avoided"


def test_bars_leave_a_share_that_does_not_divide(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.mouseClick(tile(window, "restricted_rate"), LEFT)
    assert titles(window)[0] == "Users by reason"


def test_the_lens_is_remembered(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    qtbot.mouseClick(tile(window), LEFT)
    assert '"lens": "el_avoided"' in (tmp_path / "window.json").read_text(encoding="utf-8")


def test_any_figure_can_be_the_lens(qtbot: QtBot, window: MainWindow) -> None:
    picker = window.toolbar.pick_lens()
    qtbot.keyClicks(picker.search, "ead_avoided")
    qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    assert window.controller.workspace.view.lens == "ead_avoided"
    assert "Every chart shows: EAD avoided" in window.toolbar.lens.toolTip()


def test_no_figure_is_the_usual(window: MainWindow) -> None:
    window.toolbar.looked.emit("ead")
    picker = window.toolbar.pick_lens()
    picker.list.setCurrentRow(0)
    picker.list.itemActivated.emit(picker.list.item(0))
    assert window.controller.workspace.view.lens is None


def test_another_figure_is_pinned_by_name(qtbot: QtBot, window: MainWindow) -> None:
    picker = picker_of(window)
    qtbot.keyClicks(picker.search, "accounts blocked")
    qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    assert window.strip.figures[-1] == "accounts_blocked"


def test_the_list_is_walked_while_the_name_is_typed(qtbot: QtBot, window: MainWindow) -> None:
    picker = picker_of(window)
    before = picker.list.currentRow()
    qtbot.keyClick(picker.search, Qt.Key.Key_Up)
    assert picker.list.currentRow() == before - 1


def test_what_nobody_is_called_finds_nothing(qtbot: QtBot, window: MainWindow) -> None:
    picker = picker_of(window)
    qtbot.keyClicks(picker.search, "zzz")
    assert listed(picker) == []
    qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    assert picker.isVisible()


@pytest.mark.parametrize("language", list(Language))
def test_a_figure_is_found_in_both_languages(window: MainWindow, language: Language) -> None:
    window.toolbar.language_chosen.emit(language)
    picker = picker_of(window)
    picker.search.setText("拦截 用户")
    assert window.words.translate("Blocked users") in listed(picker)


def test_names_come_before_explanations() -> None:
    figures = [figure.id for figure in found("expected loss")]
    named = [figure for figure in figures if "expected loss" in FIGURES[figure].name.lower()]
    assert len(named) < len(figures)
    assert figures[: len(named)] == named


def test_menu_has_everything_that_a_reading_can(window: MainWindow) -> None:
    menu = tile(window).menu()
    texts = [action.text() for action in menu.actions()]
    assert texts == ["Show in every chart", "Pin another figure…", "Goal…", "Copy"]
    menu.close()
