"""Pictures of the window with real answers: each view, both languages, both themes; for documents and checks."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

from desktop_app.charts.saving import picture_of
from desktop_app.domain.problems import BookUnusable, Problem, message
from desktop_app.domain.watch import CancelWatch
from desktop_app.tasks.collecting import MainThreadCollector
from desktop_app.tasks.lane import Lane
from desktop_app.text.language import Language
from desktop_app.text.words import Words
from desktop_app.ui.accounts_page import AccountsPage
from desktop_app.ui.compare_page import ComparePage
from desktop_app.ui.controller import Controller
from desktop_app.ui.data_page import DataPage
from desktop_app.ui.groups_page import GroupsPage
from desktop_app.ui.launch import delete_now, open_window
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.program import application
from desktop_app.ui.risk_page import RiskPage
from desktop_app.ui.rule_editor.pictures import rule_views
from desktop_app.ui.rules_page import RulesPage
from desktop_app.ui.settings import SettingsFile
from desktop_app.ui.theme import Theme, apply_theme
from desktop_app.ui.trade_off_page import TradeOffPage
from desktop_app.workspace.desk import BASELINE
from desktop_app.workspace.opening import DEMO, PROJECT_SUFFIX, UCI_TAIWAN, open_sample
from desktop_app.workspace.workspace import Workspace

SIZE = (1280, 800)
# A picture of a large book may take minutes; longer means that no answer will come.
# New cards are laid out in the round of events after the one that made them.
_ROUNDS = 4
PATIENCE_MS = 600_000
# Pages that are pictured by themselves, with the desk above them made small.
_PAGES = (TradeOffPage, RulesPage, RiskPage, AccountsPage, ComparePage, DataPage)
# Of these, the ones that take the desk's room as well.
_WHOLE = (TradeOffPage,)
DRAWERS = ("changes", "suppositions")
# Where the user's files lie is not for a picture.
_A_FOLDER = "Greyline"
_ROOM_FOR_A_PAGE = [200, 420]


def take_sample_pictures(folder: Path, words: Words) -> list[Path]:
    """Write the pictures of the sample book into `folder` and return their paths."""
    with tempfile.TemporaryDirectory(prefix="greyline-") as private:
        workspace = open_sample(DEMO, Path(private), words, CancelWatch())
        try:
            return take_pictures(workspace, folder)
        finally:
            workspace.close()


def take_pictures(
    workspace: Workspace,
    folder: Path,
    languages: Sequence[Language] = tuple(Language),
    themes: Sequence[Theme] = (Theme.LIGHT, Theme.DARK),
) -> list[Path]:
    """Write the pictures into `folder` and return their paths; the workspace is left as it was."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # Without a screen Qt complains of every window that has a least size.
    os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")
    app = application()
    folder.mkdir(parents=True, exist_ok=True)
    before = (workspace.desk.active, workspace.view.grouping, workspace.words.language)
    taken: list[Path] = []
    # The lanes work while windows come and go: no worker may free what is left of one.
    collector = MainThreadCollector(app)
    try:
        for language in languages:
            for theme in themes:
                with _window(app, workspace, language, theme, folder) as window:
                    taken += _views(window, folder, f"{language.value}-{theme.value}")
    finally:
        collector.stop()
        workspace.activate(before[0])
        workspace.group_by(before[1])
        workspace.speak(before[2])
    return taken


def wait_until_settled(controller: Controller) -> None:
    """Run the event loop until every figure is up to date; BookUnusable if no answer comes."""
    controller.ask()
    if controller.settled:
        return
    loop = QEventLoop()
    failed: list[Problem] = []

    def fail(problem: Problem) -> None:
        failed.append(problem)
        loop.quit()

    # An answer that leads to another question has sent it before the lane says that it is idle.
    controller.interactive.idle.connect(loop.quit)
    controller.failed.connect(fail)
    QTimer.singleShot(PATIENCE_MS, loop, loop.quit)
    loop.exec()
    controller.interactive.idle.disconnect(loop.quit)
    controller.failed.disconnect(fail)
    if failed:
        raise failed[0]
    if not controller.settled:
        raise BookUnusable(message("The window's figures could not be counted; the log has the details."))


@contextmanager
def _window(
    app: QApplication, workspace: Workspace, language: Language, theme: Theme, folder: Path
) -> Iterator[MainWindow]:
    apply_theme(app, theme)
    window = open_window(workspace, language, SettingsFile(folder / ".window.json"))
    try:
        window.resize(*SIZE)
        window.show()
        wait_until_settled(window.controller)
        yield window
    finally:
        window.close()
        delete_now(window)
        (folder / ".window.json").unlink(missing_ok=True)


def _views(window: MainWindow, folder: Path, suffix: str) -> Iterator[Path]:
    """The desk, each page with more room, drawers and export, the rule editor, the baseline, the import page."""
    workspace, do = window.controller.workspace, window.controller.do
    scenarios = workspace.desk.scenarios
    groupings = [column.name for column in workspace.book.groupings() if column.domain]
    if scenarios:
        do(lambda: workspace.activate(scenarios[0].id))
    do(lambda: workspace.group_by(groupings[0] if groupings else None))
    yield _taken(window, folder / f"desk-{suffix}.png")
    parts = next(one for one in window.findChildren(QSplitter) if one.objectName() == "pages")
    usual = parts.sizes()
    parts.setSizes(_ROOM_FOR_A_PAGE)
    for kind in _PAGES:
        window.pages.turn_to(kind)
        window.pages.whole.setChecked(kind in _WHOLE)
        yield _taken(window, folder / f"{kind.name}-{suffix}.png")
        window.pages.whole.setChecked(False)
    parts.setSizes(usual)
    window.pages.turn_to(GroupsPage)
    for name in DRAWERS:
        window.drawer.open(name)
        yield _taken(window, folder / f"{name}-{suffix}.png")
    window.drawer.open("")
    dialog = window.leaving.ask()
    dialog.folder.setText(_A_FOLDER)
    yield _taken(window, folder / f"export-{suffix}.png", dialog)
    dialog.reject()
    for name, editor in rule_views(window.policy.opening, workspace, SIZE) if scenarios else ():
        yield _taken(window, folder / f"{name}-{suffix}.png", editor)
    do(lambda: workspace.activate(BASELINE))
    window.pages.turn_to(GroupsPage)
    yield _taken(window, folder / f"baseline-{suffix}.png")
    _show_table(window, UCI_TAIWAN.file(UCI_TAIWAN.book))
    yield _taken(window, folder / f"import-{suffix}.png")


def _wait_for(lane: Lane) -> None:
    """Run the event loop until nothing is asked of a lane; one answer may lead to the next question."""
    while lane.busy:
        loop = QEventLoop()
        lane.idle.connect(loop.quit)
        QTimer.singleShot(PATIENCE_MS, loop, loop.quit)
        loop.exec()
        lane.idle.disconnect(loop.quit)


def _show_table(window: MainWindow, table: Path) -> None:
    """Have a table looked at on the import page."""
    work, loop = window.files.page.work, QEventLoop()
    work.looked.connect(loop.quit)
    work.failed.connect(loop.quit)
    QTimer.singleShot(PATIENCE_MS, loop, loop.quit)
    window.files.open(table)
    # Where the user's projects lie is not for a picture.
    window.files.page.choose_target(Path(f"{table.stem}{PROJECT_SUFFIX}"))
    loop.exec()


def _taken(window: MainWindow, path: Path, seen: QWidget | None = None) -> Path:
    """The picture of the window, or of another one of it."""
    wait_until_settled(window.controller)
    _wait_for(window.controller.browsing)
    for _ in range(_ROUNDS):
        QApplication.processEvents()
    picture_of(seen or window, 1.0).save(str(path), "PNG")
    return path
