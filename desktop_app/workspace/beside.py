"""What pages ask beside the desk's own questions, while they are looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop_app.domain.requests import Answer, Request
from desktop_app.workspace.answer_cache import AnswerCache

# What a page would like to know at this moment.
Asking = Callable[[], Sequence[Request]]


class Beside:
    """The questions of the pages that are open; each page's by its name.

    A page finds its answer in `workspace.answers` by the key of its question, and is written when it comes.
    """

    def __init__(self) -> None:
        self._asking: dict[str, Asking] = {}

    def look(self, page: str, asking: Asking | None) -> None:
        """Have a page's questions asked from now on; None when it is looked at no longer."""
        if asking is None:
            self._asking.pop(page, None)
        else:
            self._asking[page] = asking

    def wanted(self, answers: AnswerCache) -> list[Request]:
        """The questions that are still open."""
        return [request for request in self._asked() if request.key not in answers]

    def awaits(self, answer: Answer) -> bool:
        """Whether a page asked for it."""
        return any(request.key == answer.key for request in self._asked())

    def _asked(self) -> list[Request]:
        return [request for asking in self._asking.values() for request in asking()]
