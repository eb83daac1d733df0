"""What leaves the window: the files of a scenario, the log into the system's file browser."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from platformdirs import user_documents_path, user_log_path
from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from desktop_app.charts.printed import printed_histogram
from desktop_app.domain.problems import message
from desktop_app.reports.export import ExportReport, Picture
from desktop_app.ui.controller import Controller
from desktop_app.ui.export_dialog import ExportDialog
from desktop_app.ui.notice import Notice
from desktop_app.ui.settings import SettingsFile
from desktop_app.ui.speech import Speech
from desktop_app.ui.theme import paper
from desktop_app.workspace.exporting import Wanted


class Leaving(QObject):
    """Asks what to write and where, has it written, says that it was."""

    def __init__(
        self, window: QWidget, controller: Controller, notice: Notice, speech: Speech, settings: SettingsFile
    ) -> None:
        super().__init__(window)
        self._window, self._controller, self._notice, self._speech = window, controller, notice, speech
        self._settings = settings

    def ask(self) -> ExportDialog:
        """Open the dialog; what is chosen there is written in the background."""
        workspace, words = self._controller.workspace, self._speech.words
        dialog = ExportDialog(words, self._folder(), self._window)
        dialog.show_book(workspace.book, workspace.view.grouping, masked=self._settings.settings.masked)
        dialog.say_whole(workspace.shown().filtered is not None)
        dialog.wanted.connect(self._export)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def say_exported(self, report: ExportReport) -> None:
        """Name the folder that was written, and offer to open it."""
        folder = report.targets.first
        text = message("{count} files were written into {folder}.", count=len(report.files), folder=str(folder))
        offer = (message("Open folder"), lambda: open_folder(folder))
        self._notice.show_done(text, self._speech.words, offer)

    def _folder(self) -> Path:
        """The folder of the last export, at first one of the program's own."""
        known = self._settings.settings.export_folder
        return Path(known) if known else user_documents_path() / "Greyline"

    def _export(self, wanted: Wanted, grouping: str | None) -> None:
        self._settings.change(export_folder=str(wanted.targets.folder or ""))
        with_pictures = replace(wanted, pictures=self._pictures() if wanted.targets.report else ())
        self._controller.export(with_pictures, grouping)

    def _pictures(self) -> tuple[Picture, ...]:
        """The histogram of the active rule, where its figures are those that will be written: of the whole book."""
        shown, words = self._controller.workspace.shown(), self._speech.words
        if shown.histogram is None or not shown.fresh or shown.filtered is not None:
            return ()
        return (Picture(*printed_histogram(shown.histogram, words, paper(), self._window)),)


def open_folder(folder: Path) -> None:
    """Show a folder in the system's file browser."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder.absolute())))


def open_log() -> None:
    """Show the folder of the log."""
    open_folder(user_log_path("greyline", appauthor=False))
