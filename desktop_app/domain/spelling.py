"""What a misspelt word was probably meant to be."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches


def near_miss(word: str, known: Sequence[str]) -> str | None:
    """The known word that `word` was probably meant to be."""
    matches = get_close_matches(word, known, n=1, cutoff=0.6)
    return matches[0] if matches else None
