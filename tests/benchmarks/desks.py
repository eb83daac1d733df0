"""A real window on a project, on the offscreen platform, as the program opens it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QEventLoop, QTimer

from desktop_app.domain.watch import CancelWatch
from desktop_app.engine.project import Project
from desktop_app.tasks.collecting import MainThreadCollector, set_aside
from desktop_app.text.language import Language
from desktop_app.text.words import Words
from desktop_app.ui.launch import delete_now, open_window
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.program import application
from desktop_app.ui.settings import SettingsFile
from desktop_app.workspace.opening import DEMO, sample_project, sample_workspace

# What Qt says about its offscreen platform on any machine.
os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")

_LOOK_MS = 5
_HOURS_MS = 6 * 3_600_000


@contextmanager
def desk_on(project: Path | None) -> Iterator[MainWindow]:
    """A window on a copy of the project (the sample where there is none), with its first figures; closed at the end."""
    collector = MainThreadCollector(application())
    with TemporaryDirectory(prefix="greyline-desk-", dir=project.parent if project else None) as name:
        folder = Path(name)
        opened = _open(project, folder)
        workspace = sample_workspace(DEMO, opened, Words(Language.ENGLISH))
        window = open_window(workspace, Language.ENGLISH, SettingsFile(folder / "window.json"))
        try:
            set_aside()
            window.show()
            wait_until(lambda: window.controller.settled)
            yield window
        finally:
            window.close()
            window.controller.workspace.close()
            delete_now(window)
            collector.stop()


def wait_until(holds: Callable[[], bool]) -> None:
    """Let the window live until something holds; AssertionError after hours."""
    loop, timer = QEventLoop(), QTimer(interval=_LOOK_MS)
    timer.timeout.connect(lambda: loop.quit() if holds() else None)
    timer.start()
    QTimer.singleShot(_HOURS_MS, loop.quit)
    loop.exec()
    timer.stop()
    assert holds()


def wait_ms(milliseconds: int) -> None:
    """Let the window live for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _open(project: Path | None, folder: Path) -> Project:
    if project is None:
        return sample_project(DEMO, folder, CancelWatch())
    return Project.open(Path(shutil.copy(project, folder / project.name)))
