"""The help beside the figures: a window of its own that leaves the desk usable."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTextBrowser, QVBoxLayout, QWidget

from desktop_app.text.words import Words
from desktop_app.ui.help_text import help_html
from desktop_app.ui.looks import bring_to_front
from desktop_app.ui.tile import Tile


class HelpWindow(QWidget):
    """Shows the help page, at the figure that has the focus."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Tool)
        self.page = QTextBrowser()
        self.page.setOpenLinks(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.page)
        self.resize(560, 640)

    def open(self, words: Words) -> None:
        """Show the page in the present language; where a tile has the focus, its figure."""
        focused = QApplication.focusWidget()
        self.retext(words)
        bring_to_front(self)
        if isinstance(focused, Tile):
            self.page.scrollToAnchor(focused.figure)

    def retext(self, words: Words) -> None:
        """Write the page in another language."""
        self.setWindowTitle(words.translate("Help"))
        self.page.setAccessibleName(words.translate("Help"))
        self.page.setHtml(help_html(words))
