"""The data page says how far the baseline is what the live system did."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.domain.policy import Policy
from desktop_app.text.language import Language
from desktop_app.text.words import Words
from desktop_app.ui.data_page import DataPage
from desktop_app.ui.launch import delete_now, open_window
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.settings import SettingsFile
from desktop_app.workspace.desk import BASELINE, Desk, scenario_of
from desktop_app.workspace.workspace import Workspace
from tests.reference.samples import policy, rule
from tests.small_projects import make_project, mapping_of
from tests.ui.conftest import settle

RECORDED = """account_id,credit_limit,balance,score,recorded_action
a,10000,2500,550,block
b,5000,100,700,block
c,8000,0,590,none
d,8000,0,650,none
e,8000,0,650,
"""


@pytest.fixture
def recorded(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    low = Policy.model_validate(policy(rule("low", "block")))
    project = make_project(tmp_path, RECORDED, mapping_of(RECORDED))
    desk = Desk(scenario_of(low, BASELINE), (scenario_of(low, "scenario-1"),), "scenario-1")
    workspace = Workspace(project, desk, Words(Language.ENGLISH))
    window = open_window(workspace, Language.ENGLISH, SettingsFile(tmp_path / "window.json"))
    with qtbot.wait_exposed(window):
        window.show()
    settle(qtbot, window)
    yield window
    window.close()
    delete_now(window)
    workspace.close()


def test_mismatches_with_what_was_recorded_are_listed(qtbot: QtBot, recorded: MainWindow) -> None:
    page = recorded.pages.turn_to(DataPage)
    qtbot.wait_until(page.mismatches.isVisible)
    assert page.recorded.text() == (
        "Jun 30, 2026: the baseline treats 2 of 4 accounts (50.0%) otherwise than was recorded."
    )
    listed = [tuple(page.mismatches.text_at(row, column) for column in range(3)) for row in range(2)]
    assert listed == [("Block", "Unchanged", "1"), ("None", "Blocked", "1")]


def test_a_book_that_records_nothing_is_not_checked(qtbot: QtBot, window: MainWindow) -> None:
    page = window.pages.turn_to(DataPage)
    settle(qtbot, window)
    assert not page.recorded.isVisible()
    assert not page.mismatches.isVisible()
