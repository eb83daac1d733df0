"""Readings that are computed when they are first looked at: a drag has time for the figures on the screen alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from desktop_app.analysis.readings import Slices
from desktop_app.domain.readings import Reading
from desktop_app.figures.catalogue import FIGURES


class Figures:
    """Every figure of every slice, each computed once."""

    def __init__(self, slices: Slices) -> None:
        self._slices = slices
        self._known: dict[str, list[Reading]] = {}

    def of(self, figure: str) -> list[Reading]:
        """A figure of each slice; KeyError for one that the catalogue lacks."""
        if figure not in self._known:
            self._known[figure] = self._slices.figure(FIGURES[figure])
        return self._known[figure]


class LazyReadings(Mapping[str, Reading]):
    """The readings of one slice, by figure."""

    def __init__(self, figures: Figures, place: int) -> None:
        self._figures, self._place = figures, place

    def __getitem__(self, figure: str) -> Reading:
        return self._figures.of(figure)[self._place]

    def __iter__(self) -> Iterator[str]:
        return iter(FIGURES)

    def __len__(self) -> int:
        return len(FIGURES)
