"""What leaves the window: the tables of a scenario into a folder, the log into the system's file browser."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_log_path
from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.domain.problems import message
from desktop_app.reports.export import ExportReport, Targets
from desktop_app.ui.controller import Controller
from desktop_app.ui.notice import Notice
from desktop_app.ui.speech import Speech
from desktop_app.workspace.exporting import Wanted


class Leaving(QObject):
    """Asks where to write, has it written, says that it was."""

    def __init__(self, window: QWidget, controller: Controller, notice: Notice, speech: Speech) -> None:
        super().__init__(window)
        self._window, self._controller, self._notice, self._speech = window, controller, notice, speech

    def ask_and_export(self) -> None:
        """Have a folder chosen, and the tables written there."""
        title = self._speech.words.translate("Folder for the tables")
        folder = QFileDialog.getExistingDirectory(self._window, title)
        if folder:
            wanted = Wanted(Targets(Path(folder)), self._speech.words)
            self._controller.export(wanted, self._controller.workspace.view.grouping)

    def say_exported(self, report: ExportReport) -> None:
        """Name the folder that was written."""
        text = message(
            "{count} tables were written into {folder}.", count=len(report.files), folder=str(report.targets.first)
        )
        self._notice.show_done(text, self._speech.words)


def open_log() -> None:
    """Show the folder of the log."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(user_log_path("greyline", appauthor=False))))
