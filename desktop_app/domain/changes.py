"""What a mutation touched: views refresh from it, and undo is labelled by it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop_app.domain.problems import Message


class Part(StrEnum):
    """A part of the application's state that a view may depend on."""

    BOOK = "book"
    TABS = "tabs"
    POLICY = "policy"
    BASELINE = "baseline"
    ASSUMPTIONS = "assumptions"
    ACTIVE_RULE = "active_rule"
    GROUPING = "grouping"
    LENS = "lens"
    FILTER = "filter"
    HISTORY = "history"
    ANSWER = "answer"
    LANGUAGE = "language"


@dataclass(frozen=True)
class Changes:
    """The parts that changed, and the undo label where the change can be undone."""

    parts: frozenset[Part]
    label: Message | None = None

    def __or__(self, other: Changes) -> Changes:
        """Both changes as one, labelled by the later."""
        return Changes(self.parts | other.parts, other.label or self.label)

    def __bool__(self) -> bool:
        return bool(self.parts)
