"""What can be done with a table as a whole: copied, or saved as CSV."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from desktop_app.charts.saving import ChartTable, csv_text, save_csv
from desktop_app.domain.problems import Problem
from desktop_app.text.words import Words


class TableMenu(QObject):
    """The context menu of a widget that shows one table.

    Attributes: more adds what can be done with what is under a point of the widget.

    Signals:
        failed: a Problem, where the file could not be written.
    """

    failed = Signal(object)

    def __init__(self, widget: QWidget, table: Callable[[], ChartTable]) -> None:
        super().__init__(widget)
        self._widget, self._table = widget, table
        self.more: Callable[[QMenu, QPoint], None] = lambda menu, where: None
        self._words: Words | None = None
        widget.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        widget.customContextMenuRequested.connect(self._open)

    def set_words(self, words: Words) -> None:
        """Speak another language."""
        self._words = words

    def menu(self, where: QPoint | None = None) -> QMenu:
        """What can be done at a point; copy, save."""
        say = self._words.translate if self._words else str
        menu = QMenu(self._widget)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if where is not None:
            self.more(menu, where)
        menu.addAction(say("Copy data"), self.copy)
        menu.addAction(say("Save data as CSV…"), self._ask_and_save)
        return menu

    def copy(self) -> None:
        """Put the table on the clipboard as CSV."""
        QGuiApplication.clipboard().setText(csv_text(self._table()))

    def save(self, path: Path) -> None:
        """Write the table; a failure is signalled."""
        try:
            save_csv(self._table(), path)
        except Problem as problem:
            self.failed.emit(problem)

    def _ask_and_save(self) -> None:
        title = self._table().title
        chosen, _ = QFileDialog.getSaveFileName(self._widget, title, f"{title}.csv".replace("/", "-"), "*.csv")
        if chosen:
            self.save(Path(chosen).with_suffix(".csv"))

    def _open(self, where: QPoint) -> None:
        self.menu(where).popup(self._widget.mapToGlobal(where))
