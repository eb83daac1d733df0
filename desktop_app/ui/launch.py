"""Opens the window on a workspace and runs it until it is closed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType

from PySide6.QtCore import QEvent, QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from desktop_app.domain.problems import Message, Problem, message
from desktop_app.text.language import Language
from desktop_app.ui.controller import Controller
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.settings import SettingsFile
from desktop_app.ui.speech import Speech
from desktop_app.ui.theme import Theme, apply_theme
from desktop_app.workspace.workspace import Workspace

UNEXPECTED = message("Greyline met an unexpected error; what you see may be incomplete, and the log has the details.")


def run(workspace: Workspace, language: Language | None = None) -> int:
    """Show the window until it is closed; `language` None is the one remembered, or the system's."""
    app = application()
    settings = SettingsFile()
    try:
        apply_theme(app, settings.settings.theme)
        app.styleHints().colorSchemeChanged.connect(lambda _: _follow_system(app, settings))
        window = open_window(workspace, language or chosen_language(settings), settings)
        translator = _QtWords(app, window.speech)
        window.speech.changed.connect(translator.load)
        with _errors_in(window):
            window.show()
            return app.exec()
    finally:
        workspace.close()


def open_window(workspace: Workspace, language: Language, settings: SettingsFile) -> MainWindow:
    """A window on the workspace, with its questions already asked; not yet shown."""
    workspace.speak(language)
    groupings = [column.name for column in workspace.book.groupings() if column.distinct != 1]
    if workspace.view.grouping is None and groupings:
        workspace.group_by(groupings[0])
    controller = Controller(workspace)
    window = MainWindow(controller, Speech(language), settings)
    controller.setParent(window)
    controller.ask()
    controller.back_up()
    return window


def delete_now(window: MainWindow) -> None:
    """Delete a closed window without waiting for an event loop.

    One that lives on at the end of the program keeps the workspace, and the database complains of it on stderr.
    """
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def application() -> QApplication:
    """The program's one QApplication, made where there is none."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    app = QApplication(sys.argv[:1])
    app.setApplicationName("greyline")
    app.setApplicationDisplayName("Greyline")
    return app


def chosen_language(settings: SettingsFile) -> Language:
    """The language remembered, or else the system's."""
    return settings.settings.language or Language.preferred(QLocale.system().name())


class _QtWords:
    """Qt's own dialogs and menus in the window's language."""

    def __init__(self, app: QApplication, speech: Speech) -> None:
        self._app, self._speech = app, speech
        self._translator = QTranslator(app)
        self.load()

    def load(self) -> None:
        self._app.removeTranslator(self._translator)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._translator.load(f"qtbase_{self._speech.language.locale}", folder):
            self._app.installTranslator(self._translator)


@contextmanager
def _errors_in(window: MainWindow) -> Iterator[None]:
    """Have bugs told in the window as well as in the log."""
    outer = sys.excepthook

    def tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        outer(kind, error, trace)
        window.notice.show_problem(Problem(UNEXPECTED, (Message("{error}", (("error", repr(error)),)),)), window.words)

    sys.excepthook = tell
    try:
        yield
    finally:
        sys.excepthook = outer


def _follow_system(app: QApplication, settings: SettingsFile) -> None:
    if settings.settings.theme is Theme.SYSTEM:
        apply_theme(app, Theme.SYSTEM)
