"""One way to choose at random for two drivers: hypothesis, which shrinks, and a seed, which is quick."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Protocol, TypeVar

from hypothesis import strategies as st

T = TypeVar("T")


class Chooser(Protocol):
    """What random books and policies are made with; the first and the smallest choices are the simplest."""

    def whole(self, low: int, high: int) -> int:
        """An integer from `low` to `high`, both included."""

    def pick(self, options: Sequence[T]) -> T:
        """One of the options."""


class Seeded:
    """Choices from a seed; the same seed makes the same book and policies."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def whole(self, low: int, high: int) -> int:
        return self._random.randint(low, high)

    def pick(self, options: Sequence[T]) -> T:
        return self._random.choice(options)


class Drawn:
    """Choices that hypothesis draws."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw

    def whole(self, low: int, high: int) -> int:
        return self._draw(st.integers(low, high))

    def pick(self, options: Sequence[T]) -> T:
        return self._draw(st.sampled_from(options))


def happens(chooser: Chooser, percent: int) -> bool:
    """True in about `percent` of a hundred cases; the simplest choice is False."""
    return chooser.whole(0, 99) >= 100 - percent


def some(chooser: Chooser, options: Sequence[T], least: int, most: int) -> list[T]:
    """Between `least` and `most` of the options, no option twice, in their order."""
    wanted = chooser.whole(min(least, len(options)), min(most, len(options)))
    left = list(range(len(options)))
    while len(left) > wanted:
        left.remove(chooser.pick(left))
    return [options[index] for index in left]
