"""Cubes as the sums that figures are computed from: slices first, then the six outcomes in their own order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from desktop_app.domain.cubes import Cube, Sums
from desktop_app.domain.outcomes import OUTCOMES
from desktop_app.domain.requests import Side
from desktop_app.figures.types import OutcomeSums


class _Later(Mapping[str, Sums]):
    """Sums that are made when they are first looked at: a frame of a drag looks at few of all measures."""

    def __init__(self, sums: Mapping[str, Sums], make: Callable[[Sums], Sums]) -> None:
        self._sums, self._make = sums, make
        self._made: dict[str, Sums] = {}

    def __getitem__(self, measure: str) -> Sums:
        if measure not in self._made:
            self._made[measure] = self._make(self._sums[measure])
        return self._made[measure]

    def __contains__(self, measure: object) -> bool:
        return measure in self._sums

    def __iter__(self) -> Iterator[str]:
        return iter(self._sums)

    def __len__(self) -> int:
        return len(self._sums)


def whole_sums(cube: Cube) -> OutcomeSums:
    """The whole cube as one slice."""
    fold = _folding(cube)
    return OutcomeSums(_Later(cube.sums, lambda array: fold(array)[None, :]))


def group_sums(cube: Cube, labels: Sequence[str | None]) -> OutcomeSums:
    """One slice a group, in the order of `labels`, which the cube must have."""
    order = [cube.axis("group").position(label) for label in labels]
    fold = _folding(cube, "group")
    return OutcomeSums(_Later(cube.sums, lambda array: fold(array)[order]))


def reason_sums(cube: Cube, rules: Sequence[str]) -> OutcomeSums:
    """One slice a rule: everyone for whom it gives the reason; zeros for a rule that the cube does not know."""
    labels = cube.axis("reason").labels
    positions = [(place, labels.index(rule)) for place, rule in enumerate(rules) if rule in labels]
    fold = _folding(cube, "reason")
    return OutcomeSums(_Later(cube.sums, lambda array: _placed(fold(array), positions, len(rules))))


def rule_sums(cube: Cube) -> OutcomeSums:
    """One slice a rule of a cube on rule × outcome: the accounts that it hits."""
    return OutcomeSums(_by_outcome(cube, "rule"))


def movement_sums(cube: Cube, labels: Sequence[str]) -> OutcomeSums:
    """One slice a movement of a cube on movement × outcome, in the order of `labels`."""
    order = [cube.axis("movement").position(label) for label in labels]
    return OutcomeSums({measure: array[order] for measure, array in _by_outcome(cube, "movement").items()})


def reason_cell_sums(cube: Cube, rules: Sequence[str]) -> OutcomeSums:
    """One slice a rule and outcome, rules first; each has sums in its own outcome only."""
    return reason_sums(cube, rules).apart()


def cell_sums(cube: Cube, side: Side) -> OutcomeSums:
    """A transition cube as 36 slices, baseline outcome × scenario outcome, by the outcome under `side`'s policy.

    Every cell has one outcome under each policy; naming it again lets the referred be treated as that side refers
    them.
    """
    kept = cube.onto("baseline_outcome", "outcome")
    rows, columns = ([axis.labels.index(outcome.value) for outcome in OUTCOMES] for axis in kept.axes)
    own = np.eye(len(OUTCOMES), dtype=np.int64)
    spread = own[:, None, :] if side == "baseline" else own[None, :, :]
    cells = len(OUTCOMES) ** 2
    return OutcomeSums(
        {
            measure: (array[np.ix_(rows, columns)][:, :, None] * spread).reshape(cells, len(OUTCOMES))
            for measure, array in kept.sums.items()
        }
    )


def _by_outcome(cube: Cube, *leading: str) -> dict[str, Sums]:
    fold = _folding(cube, *leading)
    return {measure: fold(array) for measure, array in cube.sums.items()}


def _folding(cube: Cube, *leading: str) -> Callable[[Sums], Sums]:
    """What takes one measure of the cube to the axes `leading`, then the six outcomes in their own order."""
    labels = cube.axis("outcome").labels
    order = [labels.index(outcome.value) for outcome in OUTCOMES]
    fold = cube.folding(*leading, "outcome")
    return lambda array: fold(array)[..., order]


def _placed(array: Sums, positions: Sequence[tuple[int, int]], slices: int) -> Sums:
    placed = np.zeros((slices, len(OUTCOMES)), dtype=np.int64)
    for place, position in positions:
        placed[place] = array[position]
    return placed
