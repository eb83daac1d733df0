"""Puts the window on a workspace."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from desktop_app.domain.problems import Problem
from desktop_app.engine.project import Project
from desktop_app.text.language import Language
from desktop_app.ui.controller import Controller, group_at_first
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.settings import SettingsFile
from desktop_app.ui.speech import Speech
from desktop_app.workspace.starting import first_workspace, table_named
from desktop_app.workspace.workspace import Workspace


class OpenDesk:
    """The window on what was opened, as the program holds it."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window

    def tell(self, problem: Problem) -> None:
        """Show a problem in the window."""
        self.window.notice.show_problem(problem, self.window.words)

    def close_workspace(self) -> None:
        """Close the workspace that is open now: the window may have opened another project meanwhile."""
        self.window.controller.workspace.close()
        delete_now(self.window)


def open_desk(named: Path | None, project: Project, speech: Speech, settings: SettingsFile) -> OpenDesk:
    """The desk of the opened project, with the import page over it where a table was named; not yet shown."""
    window = window_on(first_workspace(named, project, speech.words), speech, settings)
    table = table_named(named)
    if table is not None:
        window.files.open(table)
    return OpenDesk(window)


def open_window(workspace: Workspace, language: Language, settings: SettingsFile) -> MainWindow:
    """A window of its own language on the workspace, with its questions already asked; not yet shown."""
    return window_on(workspace, Speech(language), settings)


def window_on(workspace: Workspace, speech: Speech, settings: SettingsFile) -> MainWindow:
    """A window on the workspace, with its questions already asked; not yet shown."""
    workspace.speak(speech.language)
    group_at_first(workspace)
    controller = Controller(workspace)
    window = MainWindow(controller, speech, settings)
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
