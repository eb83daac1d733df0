"""The help beside the figures: a window of its own that leaves the desk usable."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QTextBlock, QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication, QComboBox, QHBoxLayout, QLineEdit, QTextBrowser, QVBoxLayout, QWidget

from desktop_app.text.words import Words
from desktop_app.ui.help_text import help_html
from desktop_app.ui.looks import bring_to_front, set_property
from desktop_app.ui.tile import Tile

_SECTION = 2


class HelpWindow(QWidget):
    """Shows the help page, at the figure that has the focus; any word of it is found, any section is gone to.

    Attributes: page, search, sections: its parts.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Tool)
        self.page, self.search, self.sections = QTextBrowser(), QLineEdit(), QComboBox()
        self.page.setOpenLinks(False)
        top = QHBoxLayout()
        top.setContentsMargins(8, 8, 8, 0)
        top.addWidget(self.search, 1)
        top.addWidget(self.sections)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(top)
        layout.addWidget(self.page)
        self.search.setClearButtonEnabled(True)
        self.search.textEdited.connect(lambda _: self._find_from_top())
        self.search.returnPressed.connect(self.find_next)
        self.sections.activated.connect(self._go_to)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self._begin)
        QShortcut(QKeySequence(QKeySequence.StandardKey.FindPrevious), self, self.find_before)
        self.resize(620, 680)

    def open(self, words: Words) -> None:
        """Show the page in the present language; where a tile has the focus, its figure."""
        focused = QApplication.focusWidget()
        self.retext(words)
        bring_to_front(self)
        if isinstance(focused, Tile):
            self.page.scrollToAnchor(focused.figure)
        # To read, with the arrows; Ctrl+F begins to look for a word.
        self.page.setFocus()

    def retext(self, words: Words) -> None:
        """Write the page in another language."""
        self.setWindowTitle(words.translate("Help"))
        self.page.setAccessibleName(words.translate("Help"))
        self.page.setHtml(help_html(words))
        self.search.setPlaceholderText(words.translate("Find in the help; Enter for the next"))
        self.search.setAccessibleName(words.translate("Find in the help"))
        self.sections.setAccessibleName(words.translate("Sections of the help"))
        self.sections.clear()
        self.sections.addItems([block.text() for block in self._sections()])

    def find_next(self) -> None:
        """Go to the next place, from the last to the first."""
        self._find(QTextDocument.FindFlag(0), QTextCursor.MoveOperation.Start)

    def find_before(self) -> None:
        """Go to the place before, from the first to the last."""
        self._find(QTextDocument.FindFlag.FindBackward, QTextCursor.MoveOperation.End)

    def _find_from_top(self) -> None:
        self.page.moveCursor(QTextCursor.MoveOperation.Start)
        self.find_next()

    def _find(self, flags: QTextDocument.FindFlag, again: QTextCursor.MoveOperation) -> None:
        wanted = self.search.text()
        found = not wanted or self.page.find(wanted, flags)
        if not found:
            self.page.moveCursor(again)
            found = self.page.find(wanted, flags)
        set_property(self.search, "wrong", "false" if found else "true")

    def _begin(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _sections(self) -> Iterator[QTextBlock]:
        block = self.page.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() == _SECTION:
                yield block
            block = block.next()

    def _go_to(self, place: int) -> None:
        # From the end of the page upwards, a section comes to stand at the top.
        self.page.moveCursor(QTextCursor.MoveOperation.End)
        self.page.setTextCursor(QTextCursor(list(self._sections())[place]))

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Escape closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)
