"""The help page: nothing that the analyst meets is left out, in either language."""

import argparse

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.cli.commands import _parser
from desktop_app.domain.columns import STANDARD
from desktop_app.domain.scenario import Assumptions, Stress
from desktop_app.figures.catalogue import FIGURES
from desktop_app.text.language import Language
from desktop_app.text.words import Words
from desktop_app.ui.help_text import help_html
from desktop_app.ui.help_window import HelpWindow
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.rule_editor.branch_box import JOIN_LABELS
from desktop_app.ui.rule_editor.leaf_row import NODE_LABELS
from desktop_app.ui.rule_menu import LABELS
from desktop_app.ui.settings import Settings

IN_EVERY_LANGUAGE = pytest.mark.parametrize("language", list(Language))


@IN_EVERY_LANGUAGE
def test_every_figure_has_its_place(language: Language) -> None:
    page = help_html(Words(language))
    assert [figure for figure in FIGURES if f'name="{figure}"' not in page] == []


@IN_EVERY_LANGUAGE
def test_every_column_is_named(language: Language) -> None:
    page = help_html(Words(language))
    assert [column for column in STANDARD if f"<b>{column}</b>" not in page] == []


def test_every_command_is_named() -> None:
    page = help_html(Words(Language.ENGLISH))
    actions = _parser(Words(Language.ENGLISH))._actions
    names = [name for one in actions if isinstance(one, argparse._SubParsersAction) for name in one.choices]
    assert [name for name in names if f"<b>greyline {name}</b>" not in page] == []


def test_every_setting_is_named() -> None:
    page = help_html(Words(Language.ENGLISH))
    kept = set(Settings.model_fields) - {"greyline", "version"}
    settings = kept | set(Assumptions.model_fields) | set(Stress.model_fields)
    assert [name for name in sorted(settings) if f"<b>{name}</b>" not in page] == []


@IN_EVERY_LANGUAGE
def test_every_command_of_rules_and_of_the_editor_is_named(language: Language) -> None:
    words = Words(language)
    page = help_html(words)
    labels = [*LABELS.values(), *NODE_LABELS.values(), *JOIN_LABELS.values()]
    assert [words.say(label) for label in labels if f"<b>{words.say(label)}</b>" not in page] == []


def test_f1_opens_the_help_beside_the_figures(qtbot: QtBot, window: MainWindow) -> None:
    window.activateWindow()
    window.strip.tiles[0].setFocus()
    qtbot.keyClick(window, Qt.Key.Key_F1)
    qtbot.wait_until(window.help.isVisible)
    assert "Blocked users" in window.help.page.toPlainText()


def opened(qtbot: QtBot, window: MainWindow) -> HelpWindow:
    window.help.open(window.words)
    qtbot.wait_until(window.help.isVisible)
    return window.help


def test_a_word_is_found_again_from_the_top(qtbot: QtBot, window: MainWindow) -> None:
    page = opened(qtbot, window)
    qtbot.keyClicks(page.search, "efficient frontier")
    first = page.page.textCursor().selectionStart()
    assert page.page.textCursor().selectedText() == "Efficient frontier"
    for _ in range(page.page.toPlainText().lower().count("efficient frontier")):
        qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert page.page.textCursor().selectionStart() == first


def test_a_word_that_is_not_there_is_marked(qtbot: QtBot, window: MainWindow) -> None:
    page = opened(qtbot, window)
    qtbot.keyClicks(page.search, "no such word at all")
    assert page.search.property("wrong") == "true"


def test_a_section_is_gone_to(qtbot: QtBot, window: MainWindow) -> None:
    page = opened(qtbot, window)
    place = page.sections.findText("Keys")
    page.sections.activated.emit(place)
    assert page.page.textCursor().block().text() == "Keys"
