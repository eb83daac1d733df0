"""What a policy's rules and a measure's text are written in: each peer says how its library puts it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Generic, TypeVar

T = TypeVar("T")


class Algebra(ABC, Generic[T]):
    """Values of one library: columns, numbers, and what is computed from them.

    A comparison with a missing value is not true; nothing else is asked of it.
    """

    @abstractmethod
    def column(self, name: str) -> T:
        """A column of the accounts."""

    @abstractmethod
    def whole(self, value: int) -> T:
        """A constant."""

    @abstractmethod
    def binary(self, operator: str, left: T, right: T) -> T:
        """`+ - * // %` of numbers that are not negative, or a comparison `< <= > >= = <>`."""

    @abstractmethod
    def both(self, parts: Sequence[T]) -> T:
        """Whether all are true."""

    @abstractmethod
    def either(self, parts: Sequence[T]) -> T:
        """Whether any is true."""

    @abstractmethod
    def negated(self, part: T) -> T:
        """Whether it is not true; of a flag that is never missing."""

    @abstractmethod
    def choose(self, cases: Sequence[tuple[T, T]], default: T) -> T:
        """The value of the first case that is true."""

    @abstractmethod
    def larger(self, left: T, right: T) -> T:
        """The larger of two."""

    @abstractmethod
    def smaller(self, left: T, right: T) -> T:
        """The smaller of two."""

    @abstractmethod
    def kept(self, name: str, value: T) -> T:
        """The value under a name, so that it is computed once however often it is used."""

    def bits(self, flags: Sequence[tuple[int, T]]) -> T:
        """One bit for each flag, by its place."""
        total = self.whole(0)
        for place, flag in flags:
            bit = self.choose([(flag, self.whole(1 << place))], self.whole(0))
            total = self.binary("+", total, bit)
        return total
