"""The languages that Greyline speaks."""

from __future__ import annotations

import os
from collections.abc import Mapping
from enum import StrEnum

# What states the locale of messages, the strongest first (POSIX).
_LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG")


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

    @classmethod
    def of_terminal(cls, environment: Mapping[str, str] = os.environ) -> Language:
        """The terminal's language, by its locale."""
        return cls.preferred(*(environment.get(name) for name in _LOCALES))
