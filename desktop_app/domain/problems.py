"""Messages in the analyst's language, and the expected errors that carry one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

MessageValue: TypeAlias = "str | int | float | Decimal | date | Message"


@dataclass(frozen=True)
class Message:
    """A source sentence in English with named places, translated and filled at the edge.

    Attributes: text is the gettext msgid, such as "The file {file} is empty."; values fills its places.
    """

    text: str
    values: tuple[tuple[str, MessageValue], ...] = ()

    def __str__(self) -> str:
        """The English sentence: for logs and tests; screens and files go through `text`."""
        return self.text.format(**{name: str(value) for name, value in self.values}) if self.values else self.text


def message(text: str, **values: MessageValue) -> Message:
    """A Message from its English sentence; the extractor of translations looks for calls of this name."""
    return Message(text, tuple(values.items()))


class Problem(Exception):
    """An expected error: one sentence that says what happened, where, and what to do.

    Attributes: message is that sentence; details are further lines for a "details" panel or stderr.
    """

    def __init__(self, message: Message, details: tuple[Message, ...] = ()) -> None:
        super().__init__(str(message))
        self.message = message
        self.details = details


class DocumentInvalid(Problem):
    """A policy, mapping, scenario or assumptions document that cannot be accepted; nothing of it was taken."""


class PolicyInvalid(Problem):
    """A policy that does not fit the book: a value of the wrong type, a forbidden column."""


class ImportFailed(Problem):
    """A file that was not loaded; the project is as it was before."""


class BookUnusable(Problem):
    """A book or project that cannot be opened, or lacks what the question needs."""


class ProjectInUse(BookUnusable):
    """A project that is open elsewhere; what can be offered is a read-only copy."""


class ProjectDamaged(BookUnusable):
    """A project file that cannot be read whole; it is left as it is, and a backup can be restored beside it."""


class DatabaseInvalidated(BookUnusable):
    """The database gave a file up, as when the disk was full at a checkpoint; attached again it has everything."""


class ExportFailed(Problem):
    """A folder or file that could not be written; nothing half-written was left."""


class Cancelled(Exception):
    """The user cancelled, or a newer request took this one's place; nothing went wrong."""
