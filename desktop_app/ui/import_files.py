"""Files that come to the window: opened, dropped, loaded on the import page, and reports that leave it."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QMainWindow, QStackedWidget, QWidget

from desktop_app.domain.policy import Policy
from desktop_app.domain.problems import Message, Problem, message
from desktop_app.engine.project import Project
from desktop_app.text.words import Words
from desktop_app.ui.controller import Controller
from desktop_app.ui.drop_sign import DropSign
from desktop_app.ui.import_page import ImportPage
from desktop_app.ui.speech import Speech
from desktop_app.ui.toolbar import Toolbar
from desktop_app.workspace.opening import PROJECT_SUFFIX, read_asked

_DOCUMENT = ".json"
_TABLES = "*.csv *.tsv *.txt *.gz *.parquet *.xlsx"


class ImportFiles(QObject):
    """Brings the import page over the desk, and what was opened onto the desk.

    Attributes: stack shows either the desk or the import page, which is made when it is first wanted; sign is shown
    while a file is held over the window.
    """

    def __init__(self, window: QMainWindow, controller: Controller, toolbar: Toolbar, speech: Speech) -> None:
        super().__init__(window)
        self._window, self._controller, self._speech = window, controller, speech
        self._page: ImportPage | None = None
        self.stack, self.sign = QStackedWidget(), DropSign(window)
        toolbar.open.triggered.connect(self.ask_and_open)
        toolbar.open_policy.triggered.connect(lambda: self._ask_policy(as_baseline=False))
        toolbar.open_baseline.triggered.connect(lambda: self._ask_policy(as_baseline=True))
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    @property
    def page(self) -> ImportPage:
        """The import page: its many fields would only hold up the opening of the window."""
        if self._page is None:
            self._page = ImportPage(self.words)
            self._page.opened.connect(self._take)
            self._page.closed.connect(self.show_desk)
            self.stack.addWidget(self._page)
        return self._page

    @property
    def words(self) -> Words:
        """The present language."""
        return self._speech.words

    def over(self, desk: QWidget) -> QStackedWidget:
        """The desk with the import page over it."""
        self.stack.addWidget(desk)
        return self.stack

    def open(self, path: Path) -> None:
        """Show a table on the import page, or open a project; the one that is open already is only shown."""
        project = self._controller.workspace.project
        if path.suffix == PROJECT_SUFFIX and path.exists() and path.samefile(project.path):
            self.show_desk()
            return
        self.stack.setCurrentWidget(self.page)
        self.page.show_file(path)
        self.page.setFocus()

    def take(self, path: Path) -> None:
        """A dropped file: a table or a project is opened, a policy goes into the scenario, a mapping to the table."""
        if path.suffix.lower() != _DOCUMENT:
            self.open(path)
        elif self._importing:
            self.page.mapping_files.open(path)
        else:
            self.use_policy(path, as_baseline=False)

    @property
    def _importing(self) -> bool:
        """Whether the import page is seen, with a table that a mapping can be for."""
        return self._page is not None and self.stack.currentWidget() is self._page

    def _offer(self, path: Path) -> Message:
        """What letting the file go would do."""
        if path.suffix == PROJECT_SUFFIX:
            return message("Let go to open the project {file}", file=path.name)
        if path.suffix.lower() != _DOCUMENT:
            return message("Let go to look at {file} before it is loaded", file=path.name)
        if self._importing:
            return message("Let go to read the table by the mapping {file}", file=path.name)
        return message("Let go to put the policy {file} into the scenario in front", file=path.name)

    def show_desk(self) -> None:
        """Go back to the desk."""
        self.stack.setCurrentIndex(0)

    def use_policy(self, path: Path, *, as_baseline: bool) -> None:
        """Put a policy's or scenario's file into the scenario in front, or compare with its policy."""
        workspace = self._controller.workspace
        try:
            given = read_asked(path)
        except Problem as problem:
            self._controller.failed.emit(problem)
            return
        name = self.words.wording(given.name) or path.stem
        policy = given if isinstance(given, Policy) else given.policy
        if as_baseline:
            text = message("Compare with {policy}", policy=name)
            self._controller.do(lambda: workspace.replace_baseline(policy, text))
        else:
            text = message("Open {policy}", policy=name)
            if isinstance(given, Policy):
                self._controller.do(lambda: workspace.replace_policy(given, text))
            else:
                self._controller.do(lambda: workspace.replace_scenario(given, text))

    def retext(self, words: Words) -> None:
        """Write every text of the page again."""
        if self._page is not None:
            self._page.retext(words)

    def stop(self) -> None:
        """End the page's work."""
        if self._page is not None:
            self._page.stop()

    def ask_and_open(self) -> None:
        """Have a file chosen, and open it."""
        say = self.words.translate
        kinds = f"{say('Tables and projects')} ({_TABLES} *{PROJECT_SUFFIX});;{say('All files')} (*)"
        chosen, _ = QFileDialog.getOpenFileName(self._window, say("Open…"), "", kinds)
        if chosen:
            self.open(Path(chosen))

    def ask_and_report(self) -> None:
        """Have a folder chosen, and the import's report written there."""
        folder = QFileDialog.getExistingDirectory(self._window, self.words.translate("Folder for the import report"))
        if folder:
            self._controller.write_report(Path(folder))

    def _ask_policy(self, *, as_baseline: bool) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self._window, self.words.translate("Open a policy"), "", "JSON (*.json)"
        )
        if chosen:
            self.use_policy(Path(chosen), as_baseline=as_baseline)

    def _take(self, project: object) -> None:
        if self._controller.open_project(cast(Project, project)):
            self.show_desk()
            if self.page.loaded:
                self._say_loaded()

    def _say_loaded(self) -> None:
        workspace = self._controller.workspace
        report = workspace.report
        text = message(
            "{book}: {loaded} of {rows} rows are loaded; the tab Data has the report.",
            book=workspace.book.name,
            loaded=report.rows_loaded,
            rows=report.rows_in,
        )
        self._controller.noticed.emit(text)

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Take a file that is dropped anywhere on the window."""
        kind = event.type()
        if kind in (QEvent.Type.DragLeave, QEvent.Type.Drop):
            self.sign.hide()
        if isinstance(event, QDropEvent) and (path := _dropped(event)) is not None:
            event.acceptProposedAction()
            if kind is QEvent.Type.DragEnter:
                self.sign.show_over(self.words.say(self._offer(path)))
            elif kind is QEvent.Type.Drop:
                self.take(path)
            return True
        return super().eventFilter(watched, event)


def _dropped(event: QDropEvent) -> Path | None:
    """The file that is being dropped."""
    files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
    return Path(files[0]) if files and Path(files[0]).is_file() else None
