"""The pages under the desk: made when looked at, written only while seen, and remembered."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QSplitter
from pytestqt.qtbot import QtBot

from desktop_app.domain.problems import message
from desktop_app.text.language import Language
from desktop_app.text.words import Words
from desktop_app.ui.data_page import DataPage
from desktop_app.ui.launch import delete_now, open_window
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.page import Page, PageHost, Scene
from desktop_app.ui.pages import PageArea
from desktop_app.ui.settings import SettingsFile
from desktop_app.workspace.workspace import Workspace


class Noted(Page):
    """Keeps the scenes that it writes."""

    name = "noted"
    title = message("Data")
    PAUSE_MS = 20

    def __init__(self, host: PageHost) -> None:
        super().__init__(host)
        self.scenes: list[Scene] = []

    def write(self, scene: Scene) -> None:
        self.scenes.append(scene)


class Other(Noted):
    """The page behind."""

    name = "other"


@pytest.fixture
def area(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> Iterator[PageArea]:
    made = PageArea(host(window, tmp_path), (Noted, Other))
    qtbot.addWidget(made)
    with qtbot.wait_exposed(made):
        made.show()
    yield made


def host(window: MainWindow, tmp_path: Path) -> PageHost:
    return PageHost(
        window.controller, lambda: None, SettingsFile(tmp_path / "pages.json"), lambda *_: None, lambda *_: None
    )


def scene(window: MainWindow, *, hurried: bool = False) -> Scene:
    workspace = window.controller.workspace
    return Scene(workspace, workspace.shown(), Words(Language.ENGLISH), hurried)


def test_page_that_is_seen_writes_at_once(window: MainWindow, area: PageArea) -> None:
    area.show_scene(scene(window))
    assert len(area.page(Noted).scenes) == 1


def test_hidden_page_writes_when_it_is_turned_to(window: MainWindow, area: PageArea) -> None:
    hidden = area.page(Other)
    area.show_scene(scene(window))
    assert hidden.scenes == []
    area.turn_to(Other)
    assert len(hidden.scenes) == 1


def test_page_made_later_has_the_scene(window: MainWindow, area: PageArea) -> None:
    area.show_scene(scene(window))
    assert len(area.turn_to(Other).scenes) == 1


def test_hurried_scenes_are_written_once_after_the_pause(qtbot: QtBot, window: MainWindow, area: PageArea) -> None:
    given = [scene(window, hurried=True) for _ in range(3)]
    for one in given:
        area.show_scene(one)
    assert area.page(Noted).scenes == []
    qtbot.wait_until(lambda: bool(area.page(Noted).scenes))
    assert area.page(Noted).scenes == given[-1:]


def test_page_of_an_unknown_name_is_the_first(area: PageArea) -> None:
    area.turn_to(Other)
    area.turn_to_name("of a later version")
    assert area.currentIndex() == 0


def test_data_page_is_not_made_before_it_is_seen(window: MainWindow) -> None:
    assert window.findChildren(DataPage) == []


def test_page_and_splits_come_back(qtbot: QtBot, workspace: Workspace, tmp_path: Path) -> None:
    kept = tmp_path / "window.json"
    with shown_window(qtbot, workspace, kept) as first:
        first.pages.turn_to(DataPage)
        first.desk.setSizes([300, 700])
        divided = share(first.desk)
    with shown_window(qtbot, workspace, kept) as second:
        assert second.pages.page(DataPage).isVisible()
        # The screen of the tests is smaller than the window, so the second one is narrower.
        assert share(second.desk) == pytest.approx(divided, abs=0.01)


def share(desk: QSplitter) -> float:
    return desk.sizes()[0] / sum(desk.sizes())


@contextmanager
def shown_window(qtbot: QtBot, workspace: Workspace, kept: Path) -> Iterator[MainWindow]:
    window = open_window(workspace, Language.ENGLISH, SettingsFile(kept))
    try:
        with qtbot.wait_exposed(window):
            window.show()
        yield window
    finally:
        window.close()
        delete_now(window)


def test_page_takes_the_room_of_the_desk_and_gives_it_back(window: MainWindow) -> None:
    window.pages.whole.click()
    assert not window.desk.isVisible()
    window.pages.whole.click()
    assert window.desk.isVisible()
