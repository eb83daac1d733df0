"""What is remembered of documents is found by their identity, and only by that."""

from __future__ import annotations

from desktop_app.domain.by_identity import ByIdentity


def test_the_same_documents_are_worked_on_once() -> None:
    made: list[tuple[object, object]] = []
    known: ByIdentity[object, object, int] = ByIdentity(lambda one, other: made.append((one, other)) or len(made))
    one, other = object(), object()
    assert [known.of(one, other), known.of(one, other), known.of(other, one)] == [1, 1, 2]
    assert made == [(one, other), (other, one)]


def test_an_equal_document_is_another_one() -> None:
    known: ByIdentity[list[int], int] = ByIdentity(id)
    first, second = [1], [1]
    assert known.of(first) == id(first)
    assert known.of(second) == id(second)


def test_the_oldest_are_forgotten_and_made_again() -> None:
    made: list[object] = []
    known: ByIdentity[object, None] = ByIdentity(made.append)
    first = object()
    known.of(first)
    for _ in range(600):
        known.of(object())
    known.of(first)
    assert made.count(first) == 2
