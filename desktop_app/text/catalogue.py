"""Catalogues of translated sentences: gettext .po files, read once a language."""

from __future__ import annotations

from functools import cache

from babel.messages.pofile import read_po

from desktop_app.text.language import Language
from desktop_app.text.resources import bundled

CATALOGUE = "greyline.po"


@cache
def translations(language: Language) -> dict[str, str]:
    """The finished translations by source sentence; empty for English, which is the source itself."""
    if language is Language.ENGLISH:
        return {}
    with bundled("resources", "text", language.value, CATALOGUE).open("rb") as file:
        entries = read_po(file, locale=language.locale)
    return {str(entry.id): str(entry.string) for entry in entries if entry.id and entry.string and not entry.fuzzy}
