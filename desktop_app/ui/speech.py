"""The language of the window: every widget asks here, and writes its texts again when it changes."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop_app.text.language import Language
from desktop_app.text.words import Words


class Speech(QObject):
    """Holds the Words of the present language.

    Attributes:
        words: the present Words.

    Signals:
        changed: another language is spoken from now on.
    """

    changed = Signal()

    def __init__(self, language: Language, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.words = Words(language)

    @property
    def language(self) -> Language:
        """The present language."""
        return self.words.language

    def set_language(self, language: Language) -> None:
        """Speak `language`; says `changed` only where it is another."""
        if language is not self.language:
            self.words = Words(language)
            self.changed.emit()
