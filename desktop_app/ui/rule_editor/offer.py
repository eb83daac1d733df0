"""What every part of the editor is shown with: the words, the book, and what can be chosen in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop_app.domain.book import Book, Column
from desktop_app.domain.columns import NUMERIC, ColumnType
from desktop_app.domain.conditions import Scalar
from desktop_app.domain.problems import Message, message
from desktop_app.text.labels import TYPE_LABELS, column_label
from desktop_app.text.words import Words
from desktop_app.workspace.condition_draft import Path
from desktop_app.workspace.draft_faults import Fault, Place
from desktop_app.workspace.leaf_values import label_text

_OF_LEAF = ("field", "operator", "value", "by")


@dataclass(frozen=True, eq=False)
class Offer:
    """One state of what is offered.

    Attributes: columns are those that a rule may read; counts the users by label of the columns that were counted;
    faults are the draft's.
    """

    words: Words
    book: Book
    columns: Mapping[str, Column]
    counts: Mapping[str, Mapping[str | None, int]] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()

    def at(self, *places: Place) -> tuple[Fault, ...]:
        """The faults of those places."""
        return tuple(fault for fault in self.faults if fault.place in places)

    def about(self, path: Path) -> tuple[Fault, ...]:
        """The faults of one comparison."""
        return tuple(fault for fault in self.faults if fault.place.path == path and fault.place.part in _OF_LEAF)

    def called(self, column: str) -> str:
        """A column's name in words."""
        return self.words.say(column_label(column))

    def facts(self, column: Column) -> str:
        """Type and range of a column, as short as a list needs it."""
        say, kind = self.words.say, say_type(column)
        if column.minimum is None or column.maximum is None:
            return say(kind)
        low, high = column.minimum, column.maximum
        return say(message("{type}, {low} to {high}", type=kind, low=low, high=high))

    def label(self, column: Column | None, value: Scalar) -> str:
        """A label to choose, with its users where they were counted."""
        text = self.plain_label(column, value)
        users = self.counts.get(column.name, {}).get(label_text(value)) if column else None
        return text if users is None else f"{text} ({self.words.integer(users)})"

    def plain_label(self, column: Column | None, value: Scalar) -> str:
        """A label as it is said."""
        if isinstance(value, bool) or (column and column.type is ColumnType.BOOLEAN and value in ("true", "false")):
            return self.words.translate("yes") if value in (True, "true") else self.words.translate("no")
        return value if isinstance(value, str) else self.words.number(value)

    def unit(self, column: Column | None) -> str:
        """What a number of a column is in; "" where that is clear or not known."""
        return self.words.symbol(self.book.currency) if column and column.type is ColumnType.MONEY else ""

    @property
    def numeric(self) -> tuple[Column, ...]:
        """The columns of numbers."""
        return tuple(column for column in self.columns.values() if column.type in NUMERIC)


def say_type(column: Column) -> Message:
    """What a column holds."""
    return TYPE_LABELS[column.type]
