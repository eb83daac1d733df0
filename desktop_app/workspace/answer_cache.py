"""Answers that were given before: undo, and a tab looked at again, cost no scan."""

from __future__ import annotations

from collections import OrderedDict
from typing import TypeVar

from desktop_app.domain.requests import Answer

_T = TypeVar("_T", bound=Answer)


class AnswerCache:
    """The latest answers by key; the one longest unused goes first."""

    def __init__(self, size: int = 200) -> None:
        self._size = size
        self._answers: OrderedDict[str, Answer] = OrderedDict()

    def keep(self, answer: Answer) -> None:
        """Take an answer in."""
        self._answers[answer.key] = answer
        self._answers.move_to_end(answer.key)
        while len(self._answers) > self._size:
            self._answers.popitem(last=False)

    def __contains__(self, key: object) -> bool:
        """Whether there is an answer of that key."""
        return key in self._answers

    def find(self, key: str, kind: type[_T]) -> _T | None:
        """The answer of that key and kind."""
        answer = self._answers.get(key)
        if not isinstance(answer, kind):
            return None
        self._answers.move_to_end(key)
        return answer
