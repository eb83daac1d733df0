"""Where along a threshold the goals are kept: the values at which one is just met, and the loosest that keeps all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop_app.analysis.index import Index
from desktop_app.domain.scenario import Assumptions, Goal
from desktop_app.figures.catalogue import FIGURES
from desktop_app.figures.types import Floats

Bools = NDArray[np.bool_]
_RESTRICTED = FIGURES["users_restricted"]
_ROUNDING = 1e-12


@dataclass(frozen=True)
class Loosest:
    """The loosest position of a threshold that keeps every goal.

    Attributes: place is that of the index, None where no position keeps them all; turns and parted are as in `Kept`.
    """

    place: int | None
    turns: bool = False
    parted: bool = False


@dataclass(frozen=True, eq=False)
class Kept:
    """Which positions keep each goal, bool of shape (positions,); goals whose figure is nowhere known are left out.

    Attributes: turns says that the figure of one of them rises and falls along the threshold; parted that one is
    kept, lost and kept again, or the other way round, so that a position between may break it.
    """

    by_goal: dict[Goal, Bools]
    turns: bool = False
    parted: bool = False

    @property
    def all(self) -> Bools | None:
        """Which positions keep every goal; None without any goal."""
        return np.logical_and.reduce(list(self.by_goal.values())) if self.by_goal else None


def kept_along(index: Index, goals: Iterable[Goal], assumptions: Assumptions) -> Kept:
    """Which positions of the index keep the goals; what cannot be computed keeps none."""
    found: dict[Goal, Bools] = {}
    turns = parted = False
    for goal in goals:
        if goal.figure in FIGURES:
            values = index.curve(FIGURES[goal.figure], assumptions)
            known = np.isfinite(values)
            if known.any():
                found[goal] = _kept(values, goal)
                turns = turns or _turns(values[known])
                parted = parted or len(_changes(found[goal][known])) > 1
    return Kept(found, turns, parted)


def just_met(kept: Bools) -> Sequence[int]:
    """The positions that keep a goal next to one that does not, rising."""
    return sorted({int(place) + (0 if kept[place] else 1) for place in _changes(kept)})


def loosest(index: Index, kept: Kept, present: int | None) -> Loosest | None:
    """The position that restricts the fewest users among those that keep every goal; None without any goal.

    Of several that restrict as few, the one nearest to `present`, or the first.
    """
    feasible = kept.all
    if feasible is None:
        return None
    if not feasible.any():
        return Loosest(None, kept.turns, kept.parted)
    restricted = index.curve(_RESTRICTED, Assumptions())
    fewest = restricted[feasible].min()
    places = np.flatnonzero(feasible & (restricted == fewest))
    nearest = places[np.argmin(np.abs(places - (places[0] if present is None else present)))]
    return Loosest(int(nearest), kept.turns, kept.parted)


def _turns(values: Floats) -> bool:
    """Whether values rise somewhere and fall elsewhere, by more than a quotient of doubles is off."""
    moves = np.diff(values)
    least = np.abs(values).max() * _ROUNDING
    return bool((moves > least).any() and (moves < -least).any())


def _changes(kept: Bools) -> NDArray[np.intp]:
    """After which positions a goal is kept no longer, or again."""
    return np.flatnonzero(kept[1:] != kept[:-1])


def _kept(values: Floats, goal: Goal) -> Bools:
    bound = float(goal.value)
    return values <= bound if goal.operator == "<=" else values >= bound
