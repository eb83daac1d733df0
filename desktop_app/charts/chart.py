"""What every chart can do: speak a language, follow the theme, be copied, saved and read as a table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QGuiApplication, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from desktop_app.charts.ink import Ink, ink_for
from desktop_app.charts.saving import ChartTable, csv_text, picture_of, save_csv, save_png, save_svg
from desktop_app.charts.table_dialog import TableDialog
from desktop_app.domain.problems import Problem
from desktop_app.text.words import Words

# How much of an outdated chart is hidden.
_VEIL = 0.55


class Chart(QWidget):
    """A widget that draws one frozen chart value.

    Signals:
        failed: a Problem, where a picture or table could not be saved.
    """

    failed = Signal(object)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._ink = ink_for(self.palette())
        self.veil = _Veil(self)

    @property
    def ink(self) -> Ink:
        """The colours of the present theme."""
        return self._ink

    def set_fresh(self, fresh: bool) -> None:
        """Dim what belongs to an earlier state."""
        self.veil.setVisible(not fresh)

    def set_words(self, words: Words) -> None:
        """Speak another language from now on."""
        self._words = words
        self.restyle()

    def restyle(self) -> None:
        """Draw again after a change of language or theme; charts with parts of their own extend it."""
        self.update()

    def title(self) -> str:
        """The chart's name, for files and headings."""
        raise NotImplementedError

    def table(self) -> ChartTable:
        """What the chart shows, as numbers."""
        raise NotImplementedError

    def menu(self) -> QMenu:
        """The context menu: copy, save, show as table."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, action in self._entries():
            menu.addAction(text, action)
        return menu

    def show_table(self) -> TableDialog:
        """Open the chart's data in a window of its own."""
        dialog = TableDialog(self.table(), self._words, self)
        dialog.show()
        return dialog

    def copy_picture(self) -> None:
        """Put the picture on the clipboard."""
        QGuiApplication.clipboard().setPixmap(picture_of(self))

    def copy_table(self) -> None:
        """Put the data on the clipboard as CSV."""
        QGuiApplication.clipboard().setText(csv_text(self.table()))

    def save(self, path: Path) -> None:
        """Write the chart in the format of the path's suffix: .png, .svg or .csv; a failure is signalled."""
        writers: dict[str, Callable[[], None]] = {
            ".png": lambda: save_png(self, path),
            ".svg": lambda: save_svg(self, path, self.title()),
            ".csv": lambda: save_csv(self.table(), path),
        }
        try:
            writers[path.suffix.lower()]()
        except Problem as problem:
            self.failed.emit(problem)

    def _entries(self) -> tuple[tuple[str, Callable[[], object]], ...]:
        translate = self._words.translate
        return (
            (translate("Show as table…"), self.show_table),
            (translate("Copy picture"), self.copy_picture),
            (translate("Copy data"), self.copy_table),
            (translate("Save picture as PNG…"), lambda: self._ask_and_save(".png")),
            (translate("Save picture as SVG…"), lambda: self._ask_and_save(".svg")),
            (translate("Save data as CSV…"), lambda: self._ask_and_save(".csv")),
        )

    def _ask_and_save(self, suffix: str) -> None:
        suggestion = f"{self.title()}{suffix}".replace("/", "-")
        chosen, _ = QFileDialog.getSaveFileName(self, self.title(), suggestion, f"*{suffix}")
        if chosen:
            self.save(Path(chosen).with_suffix(suffix))

    # Qt overrides

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """Open the menu where the mouse, or the keyboard, asked for it."""
        self.menu().popup(event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """The veil covers the whole chart."""
        super().resizeEvent(event)
        self.veil.setGeometry(self.rect())

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow the palette."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._ink = ink_for(self.palette())
            self.restyle()


class _Veil(QWidget):
    """Lies over a chart whose figures are being counted anew."""

    def __init__(self, chart: Chart) -> None:
        super().__init__(chart)
        self._chart = chart
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        ground = QColor(self._chart.ink.ground)
        ground.setAlphaF(_VEIL)
        QPainter(self).fillRect(self.rect(), ground)
