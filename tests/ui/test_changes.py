"""What changed, in the drawer: a card an edit with its effect, and a button that takes it back."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.domain.handles import ThresholdHandle
from desktop_app.text.language import Language
from desktop_app.ui.changes_panel import ChangesPanel
from desktop_app.ui.main_window import MainWindow
from tests.ui.conftest import settle

LEFT = Qt.MouseButton.LeftButton
SCORE = ThresholdHandle("low-score", "low-score.1")


@pytest.fixture
def panel(qtbot: QtBot, window: MainWindow) -> ChangesPanel:
    window.toolbar.changes.trigger()
    settle(qtbot, window)
    return window.drawer.changes


def spoken(panel: ChangesPanel) -> list[str]:
    return [card.accessibleName() for card in panel.cards]


def test_each_edit_has_a_card_with_what_it_does(panel: ChangesPanel) -> None:
    assert [text.split(". ")[:2] for text in spoken(panel)] == [
        ["low-score", "Score below: 560 → 600"],
        ["low-score", "Score below, Segment new_to_credit: 600 → 640"],
        ["late", "Days past due at least: 60 → 30"],
    ]
    assert all("Restricted users ▲ +" in text for text in spoken(panel))


def test_all_together_is_the_difference_at_the_top(window: MainWindow, panel: ChangesPanel) -> None:
    blocked = window.controller.workspace.shown().readings["users_blocked"].delta
    assert panel.total.accessibleName().startswith(f"All together. Blocked users ▲ +{blocked:,.0f}")


def test_revert_takes_one_edit_back(qtbot: QtBot, window: MainWindow, panel: ChangesPanel) -> None:
    qtbot.mouseClick(panel.cards[0].revert, LEFT)
    settle(qtbot, window)
    assert spoken(panel)[0].split(". ")[1].startswith("Score below, Segment")
    assert "Revert: low-score" in window.toolbar.undo.toolTip()
    window.toolbar.undo.trigger()
    assert len(panel.cards) == 3


def test_everything_is_taken_back_in_one_step(qtbot: QtBot, window: MainWindow, panel: ChangesPanel) -> None:
    there = len(panel.cards)
    qtbot.mouseClick(panel.total.revert, LEFT)
    settle(qtbot, window)
    assert panel.cards == []
    assert "Revert everything" in window.toolbar.undo.toolTip()
    window.toolbar.undo.trigger()
    assert len(panel.cards) == there


def test_the_lens_is_among_the_effects(qtbot: QtBot, window: MainWindow, panel: ChangesPanel) -> None:
    window.toolbar.looked.emit("open_line")
    settle(qtbot, window)
    assert "Open line" in spoken(panel)[0]
    window.toolbar.looked.emit("")
    assert "Open line" not in spoken(panel)[0]


def test_cards_follow_while_it_is_open(qtbot: QtBot, window: MainWindow, panel: ChangesPanel) -> None:
    window.desk.histogram.released.emit(SCORE, Decimal(560))
    settle(qtbot, window)
    assert len(panel.cards) == 2


def test_the_baseline_says_what_it_is(qtbot: QtBot, window: MainWindow, panel: ChangesPanel) -> None:
    window.tabs.bar.setCurrentIndex(0)
    settle(qtbot, window)
    assert panel.cards == []
    assert not panel.total.isVisible()


def test_one_command_shuts_what_the_other_opened(window: MainWindow, panel: ChangesPanel) -> None:
    window.toolbar.suppositions.trigger()
    assert (window.toolbar.changes.isChecked(), window.toolbar.suppositions.isChecked()) == (False, True)
    assert not window.controller.workspace.ladder.open
    window.toolbar.suppositions.trigger()
    assert not window.drawer.isVisible()


def test_chinese_reaches_the_cards(window: MainWindow, panel: ChangesPanel) -> None:
    window.toolbar.language_chosen.emit(Language.CHINESE)
    assert panel.cards[0].revert.text() == "还原"
