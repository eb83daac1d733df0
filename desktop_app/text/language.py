"""The languages that Greyline speaks."""

from __future__ import annotations

from enum import StrEnum


class Language(StrEnum):
    """A language by its code; English is the source, Chinese is a catalogue."""

    ENGLISH = "en"
    CHINESE = "zh"

    @property
    def locale(self) -> str:
        """The CLDR locale of its numbers and dates."""
        return {Language.ENGLISH: "en", Language.CHINESE: "zh_CN"}[self]

    @property
    def own_name(self) -> str:
        """What its speakers call it, for a menu of languages."""
        return {Language.ENGLISH: "English", Language.CHINESE: "中文"}[self]

    @classmethod
    def preferred(cls, *locales: str | None) -> Language:
        """The language of the first locale that is set, such as "zh_CN.UTF-8"; English for any other."""
        first = next((locale for locale in locales if locale), "")
        return cls.CHINESE if first.lower().startswith("zh") else cls.ENGLISH
