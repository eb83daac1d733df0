"""A real workspace on a small book, and a window on it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.domain.requests import Answer
from desktop_app.domain.watch import CancelWatch
from desktop_app.engine.connection import Limits
from desktop_app.engine.project import Project
from desktop_app.text.language import Language
from desktop_app.text.words import Words
from desktop_app.ui.launch import open_window
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.settings import SettingsFile
from desktop_app.ui.theme import Theme, apply_theme
from desktop_app.workspace.opening import import_project
from desktop_app.workspace.workspace import Workspace
from tests.qt_garbage import collects_on_the_main_thread
from tests.ui.book import desk, mapping, write_book

__all__ = ["collects_on_the_main_thread"]


@pytest.fixture(scope="session")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as it is after the import; copy it, do not open it."""
    folder = tmp_path_factory.mktemp("imported")
    project = import_project(write_book(folder), mapping(), folder / "book.greyline", CancelWatch())
    project.close()
    return folder / "book.greyline"


@pytest.fixture(scope="session")
def first_answers(imported: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Answer, ...]:
    """What the desk asks first, answered once for all tests."""
    workspace = open_copy(imported, tmp_path_factory.mktemp("answers"))
    answers: list[Answer] = []
    while wanted := workspace.wanted():
        answers += [workspace.job(request)(CancelWatch()) for request in wanted]
        for answer in answers:
            workspace.accept(answer)
    workspace.close()
    return tuple(answers)


@pytest.fixture
def workspace(imported: Path, first_answers: tuple[Answer, ...], tmp_path: Path) -> Iterator[Workspace]:
    """A fresh workspace with its first answers, one thread."""
    workspace = open_copy(imported, tmp_path)
    for answer in first_answers:
        workspace.accept(answer)
    yield workspace
    workspace.close()


def open_copy(imported: Path, folder: Path) -> Workspace:
    """A workspace on a copy of the project."""
    path = Path(shutil.copy(imported, folder / "book.greyline"))
    workspace = Workspace(Project.open(path, Limits(threads=1)), desk(), Words(Language.ENGLISH))
    workspace.group_by("segment")
    return workspace


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, workspace: Workspace, tmp_path: Path) -> Iterator[MainWindow]:
    """The window with its first answers, shown at the size of a small screen."""
    apply_theme(qapp, Theme.LIGHT)
    window = open_window(workspace, Language.ENGLISH, SettingsFile(tmp_path / "window.json"))
    try:
        window.resize(1280, 720)
        with qtbot.wait_exposed(window):
            window.show()
        settle(qtbot, window)
        yield window
    finally:
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def settle(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until every figure is up to date."""
    qtbot.wait_until(lambda: window.controller.settled or window.notice.isVisible(), timeout=20_000)
    assert window.controller.settled, window.notice.text.text()
