"""The program with a window: seen at once, the desk in its place later, errors with another try."""

import gc
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.domain.problems import BookUnusable, message
from desktop_app.domain.watch import Watch
from desktop_app.text.language import Language
from desktop_app.text.words import Words
from desktop_app.ui.first_window import FirstWindow
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.program import Program
from desktop_app.ui.settings import SettingsFile
from desktop_app.ui.theme import Theme
from tests.ui.conftest import settle

TITLE = message("Opening the sample book…")


@pytest.fixture
def opening(qtbot: QtBot) -> Iterator[Callable[[Callable[[Watch], object]], FirstWindow]]:
    made: list[FirstWindow] = []

    def show(job: Callable[[Watch], object]) -> FirstWindow:
        window = FirstWindow(TITLE, job, Words(Language.ENGLISH))
        made.append(window)
        window.show()
        return window

    yield show
    for window in made:
        window.close()
        window.deleteLater()


Opens = Callable[[Callable[[Watch], object]], FirstWindow]


def test_says_what_it_opens_and_how_far(qtbot: QtBot, opening: Opens) -> None:
    def job(watch: Watch) -> object:
        watch.report(message("{count} s", count=7), 1, 4)
        return "project"

    window = opening(job)
    assert window.page.title.text() == "Opening the sample book…"
    with qtbot.wait_signal(window.opened) as opened:
        pass
    assert opened.args == ["project"]
    assert window.page.stage.text() == "7 s"
    assert window.page.bar.value() * 4 == window.page.bar.maximum()


def test_a_problem_is_one_sentence_and_another_try(qtbot: QtBot, opening: Opens) -> None:
    tries: list[int] = []

    def job(_: Watch) -> object:
        tries.append(1)
        if len(tries) == 1:
            raise BookUnusable(message('There is no figure "{name}".', name="x"))
        return "project"

    window = opening(job)
    qtbot.wait_until(window.page.retry.isVisible)
    assert window.page.stage.text() == 'There is no figure "x".'
    with qtbot.wait_signal(window.opened):
        window.page.retry.click()


def test_cancel_stops_the_work(qtbot: QtBot, opening: Opens) -> None:
    stopped: list[int] = []

    def job(watch: Watch) -> object:
        watch.on_cancel(lambda: stopped.append(1))
        watch.report(message("{count} s", count=7), 0, None)
        return None

    window = FirstWindow(TITLE, lambda watch: job(watch) or _wait(watch), Words(Language.ENGLISH))
    try:
        window.show()
        qtbot.wait_until(lambda: window.page.stage.text() == "7 s")
        window.page.cancel.click()
        assert stopped == [1]
        assert window.page.retry.isVisible()
    finally:
        window.close()
        window.deleteLater()


def test_the_desk_takes_the_place_of_the_first_window(
    qtbot: QtBot, qapp: QApplication, imported: Path, tmp_path: Path
) -> None:
    book = Path(shutil.copy(imported, tmp_path / "book.greyline"))
    settings = SettingsFile(tmp_path / "window.json")
    settings.change(language=Language.ENGLISH, theme=Theme.LIGHT)
    program = Program(qapp, tmp_path, book, settings)
    try:
        program.start()
        assert program.first.page.title.text() == "Opening book.greyline…"
        qtbot.wait_until(lambda: program.desk is not None, timeout=20_000)
        assert program.desk is not None
        window = program.desk.window
        assert isinstance(window, MainWindow)
        settle(qtbot, window)
        assert window.isVisible() and not program.first.isVisible()
        assert gc.get_freeze_count()
        window.close()
    finally:
        program.end()
    assert not gc.get_freeze_count()


def _wait(watch: Watch) -> None:
    """Work that ends only when it is cancelled."""
    while True:
        watch.check()
