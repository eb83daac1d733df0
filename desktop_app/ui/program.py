"""The program with a window: first the one that opens the book, then the desk in its place."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Protocol, cast

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.domain.problems import Cancelled, Message, Problem, message
from desktop_app.domain.watch import Watch
from desktop_app.tasks.collecting import MainThreadCollector, set_aside, take_back
from desktop_app.text.language import Language
from desktop_app.ui.first_window import FirstWindow
from desktop_app.ui.settings import SettingsFile
from desktop_app.ui.speech import Speech
from desktop_app.ui.theme import Theme, apply_theme

UNEXPECTED = message("Greyline met an unexpected error; what you see may be incomplete, and the log has the details.")
# A worker that writes a query holds the interpreter for so long before the window gets it back, and the window needs
# it a dozen times for one event: Python's own 5 ms would stop it for an eighth of a second.
_SWITCH_SECONDS = 0.0005
OPENING_SAMPLE = message("Opening the sample book…")


class Closable(Protocol):
    """What the opening gives: a project, closed where nobody wants it any more."""

    def close(self) -> None:
        """Give the file back."""


class Desk(Protocol):
    """What the desk's window is to the program."""

    window: QWidget

    def tell(self, problem: Problem) -> None:
        """Show a problem in the window."""

    def close_workspace(self) -> None:
        """Close the workspace that is open now."""


class _Starting(Protocol):
    def first_project(self, named: Path | None, folder: Path, watch: Watch) -> Closable: ...


class _Traces(Protocol):
    def trace_frames(self, window: QWidget, path: Path) -> object: ...


class _Desks(Protocol):
    def open_desk(self, named: Path | None, project: Closable, speech: Speech, settings: SettingsFile) -> Desk: ...


def run(
    folder: Path, named: Path | None = None, settings: SettingsFile | None = None, trace: Path | None = None
) -> int:
    """Show the window until it is closed.

    `named` is a project or table to open, `folder` keeps the sample's, `trace` gets the times of the frames.
    """
    app = application()
    program = Program(app, folder, named, settings or SettingsFile(), trace)
    collector = MainThreadCollector(app)
    try:
        program.start()
        return app.exec()
    finally:
        program.end()
        collector.stop()


def application() -> QApplication:
    """The program's one QApplication, made where there is none."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    app = QApplication(sys.argv[:1])
    app.setApplicationName("greyline")
    app.setApplicationDisplayName("Greyline")
    sys.setswitchinterval(_SWITCH_SECONDS)
    return app


class Program(QObject):
    """One run of the window.

    Attributes: first is the window that opens the book; desk what took its place, None before.
    """

    def __init__(
        self,
        app: QApplication,
        folder: Path,
        named: Path | None,
        settings: SettingsFile,
        trace: Path | None = None,
    ) -> None:
        super().__init__()
        self._trace = trace
        self._app, self._folder, self._named, self._settings = app, folder, named, settings
        apply_theme(app, settings.settings.theme)
        app.styleHints().colorSchemeChanged.connect(self._follow_system)
        self._speech = Speech(settings.settings.language or Language.preferred(QLocale.system().name()))
        self._translator = QTranslator(app)
        self._load_words()
        self._speech.changed.connect(self._load_words)
        self._outer = sys.excepthook
        self.first = FirstWindow(self._title(), self._open, self._speech.words, settings.settings.geometry)
        self.first.opened.connect(self._take)
        self.desk: Desk | None = None

    def start(self) -> None:
        """Show the first window; bugs are told in the window from now on, as well as in the log."""
        sys.excepthook = self._tell
        self.first.show()

    def end(self) -> None:
        """Give back what is open."""
        sys.excepthook = self._outer
        self._app.styleHints().colorSchemeChanged.disconnect(self._follow_system)
        self.first.close()
        if self.desk is not None:
            self.desk.close_workspace()
        take_back()

    def _title(self) -> Message:
        is_project = self._named is not None and self._named.suffix == ".greyline"
        return message("Opening {file}…", file=self._named.name) if self._named and is_project else OPENING_SAMPLE

    def _open(self, watch: Watch) -> Closable:
        # Loaded here, behind a window that is painted: from a cold disk the libraries take seconds.
        starting = cast(_Starting, import_module("desktop_app.workspace.starting"))
        watch.check()
        project = starting.first_project(self._named, self._folder, watch)
        try:
            watch.check()
        except Cancelled:
            project.close()
            raise
        return project

    def _take(self, project: Closable) -> None:
        desks = cast(_Desks, import_module("desktop_app.ui.launch"))
        try:
            self.desk = desks.open_desk(self._named, project, self._speech, self._settings)
        except Problem as problem:
            project.close()
            self.first.page.show_problem(problem)
            return
        if self._trace is not None:
            self._trace_frames(self.desk, self._trace)
        set_aside()
        self.desk.window.show()
        # Only now: with no window left the program would end.
        self.first.close()

    def _trace_frames(self, desk: Desk, path: Path) -> None:
        try:
            cast(_Traces, import_module("desktop_app.ui.frame_trace")).trace_frames(desk.window, path)
        except Problem as problem:
            desk.tell(problem)

    def _load_words(self) -> None:
        """Qt's own dialogs and menus in the window's language."""
        self._app.removeTranslator(self._translator)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._translator.load(f"qtbase_{self._speech.language.locale}", folder):
            self._app.installTranslator(self._translator)

    def _follow_system(self) -> None:
        if self._settings.settings.theme is Theme.SYSTEM:
            apply_theme(self._app, Theme.SYSTEM)

    def _tell(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        self._outer(kind, error, trace)
        problem = Problem(UNEXPECTED, (Message("{error}", (("error", repr(error)),)),))
        if self.desk is not None:
            self.desk.tell(problem)
        else:
            self.first.page.show_problem(problem)
