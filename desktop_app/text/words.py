"""Everything that is said to the analyst, in one language."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from desktop_app.domain.policy import Wording
from desktop_app.domain.problems import Message, MessageValue
from desktop_app.text.catalogue import translations
from desktop_app.text.formats import Formats
from desktop_app.text.language import Language


class Words(Formats):
    """One language: sentences from the catalogue, numbers and dates from CLDR.

    A sentence that has no translation is said in English.
    """

    def __init__(self, language: Language) -> None:
        super().__init__(language)
        self._translations = translations(language)

    def translate(self, text: str) -> str:
        """The English `text` in this language; its places, if any, stay open."""
        return self._translations.get(text, text)

    def say(self, message: Message) -> str:
        """The whole sentence, translated and filled; messages among its values are said first."""
        text = self.translate(message.text)
        if not message.values:
            return text
        return text.format(**{name: self._filled(value) for name, value in message.values})

    def wording(self, wording: Wording) -> str:
        """The text of a document in this language; the other one where it lacks this."""
        if self.language is Language.CHINESE:
            return wording.zh or wording.en
        return wording.en or wording.zh

    def _filled(self, value: MessageValue) -> str:
        match value:
            case Message():
                return self.say(value)
            case date():
                return self.date(value)
            case int() | float() | Decimal():
                return self.number(value)
            case _:
                return value
