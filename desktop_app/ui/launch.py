"""Opens the window on a workspace and runs it until it is closed."""

from __future__ import annotations

import sys

from PySide6.QtCore import QEvent, QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from desktop_app.text.language import Language
from desktop_app.ui.controller import Controller
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.settings import SettingsFile
from desktop_app.ui.speech import Speech
from desktop_app.ui.theme import Theme, apply_theme
from desktop_app.workspace.workspace import Workspace


def run(workspace: Workspace, language: Language | None = None) -> int:
    """Show the window until it is closed; `language` None is the one remembered, or the system's."""
    app = application()
    settings = SettingsFile()
    apply_theme(app, settings.settings.theme)
    app.styleHints().colorSchemeChanged.connect(lambda _: _follow_system(app, settings))
    window = open_window(workspace, language or chosen_language(settings), settings)
    window.show()
    code = app.exec()
    delete_now(window)
    workspace.close()
    return code


def open_window(workspace: Workspace, language: Language, settings: SettingsFile) -> MainWindow:
    """A window on the workspace, with its questions already asked; not yet shown."""
    workspace.speak(language)
    controller = Controller(workspace)
    window = MainWindow(controller, Speech(language), settings)
    controller.setParent(window)
    controller.ask()
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


def translate_qt(app: QApplication, language: Language) -> QTranslator:
    """Qt's own dialogs in `language`; the translator must be kept."""
    translator = QTranslator(app)
    if translator.load(f"qtbase_{language.locale}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    return translator


def _follow_system(app: QApplication, settings: SettingsFile) -> None:
    if settings.settings.theme is Theme.SYSTEM:
        apply_theme(app, Theme.SYSTEM)
