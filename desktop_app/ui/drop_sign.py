"""What letting a dragged file go would do, written over the whole window while it is held there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget


class DropSign(QLabel):
    """Covers the window, so that no field under the pointer takes the file for text."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setProperty("role", "drop")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.hide()

    def show_over(self, sentence: str) -> None:
        """Write the sentence over everything."""
        self.setText(sentence)
        self.setGeometry(self._window.rect())
        self.raise_()
        self.show()
