"""What the questions of a page are made of."""

from __future__ import annotations

from typing import Protocol

from desktop_app.domain.book import Book
from desktop_app.workspace.answer_cache import AnswerCache
from desktop_app.workspace.desk import Desk, View


class Opened(Protocol):
    """A book on a desk, and what is known of it: the workspace, to those that it is made of."""

    @property
    def desk(self) -> Desk:
        """The baseline and its scenarios."""

    @property
    def book(self) -> Book:
        """The book at the date that is looked at."""

    @property
    def view(self) -> View:
        """The line and the grouping that are looked at."""

    answers: AnswerCache
