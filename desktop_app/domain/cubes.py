"""Cubes: exact sums on labelled axes, small whatever the book."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Sums: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True)
class Axis:
    """One axis of a cube; a label None is the group of missing values."""

    name: str
    labels: tuple[str | None, ...]

    def position(self, label: str | None) -> int:
        """Where `label` stands; ValueError where it does not."""
        return self.labels.index(label)


@dataclass(frozen=True, eq=False)
class Cube:
    """int64 sums of measures, one array per measure, all shaped by the axes in their order."""

    axes: tuple[Axis, ...]
    sums: Mapping[str, Sums]

    def axis(self, name: str) -> Axis:
        """The axis of that name; KeyError where the cube has none."""
        return self.axes[self._index(name)]

    def onto(self, *names: str) -> Cube:
        """The cube summed down to the axes `names`, in that order."""
        fold = self.folding(*names)
        return Cube(tuple(map(self.axis, names)), {measure: fold(array) for measure, array in self.sums.items()})

    def folding(self, *names: str) -> Callable[[Sums], Sums]:
        """What sums one measure of the cube down to the axes `names`, in that order."""
        kept = [self._index(name) for name in names]
        dropped = tuple(index for index in range(len(self.axes)) if index not in kept)
        remaining = [index for index in range(len(self.axes)) if index in kept]
        order = [remaining.index(index) for index in kept]
        return lambda array: np.transpose(array.sum(axis=dropped, dtype=np.int64), order)

    def at(self, name: str, label: str | None) -> Cube:
        """The slice of the cube where the axis `name` has `label`; that axis is gone."""
        index = self._index(name)
        position = self.axes[index].position(label)
        sums = {measure: np.take(array, position, axis=index) for measure, array in self.sums.items()}
        return Cube(self.axes[:index] + self.axes[index + 1 :], sums)

    def total(self, measure: str) -> int:
        """The sum of one measure over the whole cube."""
        return int(self.sums[measure].sum(dtype=np.int64))

    def _index(self, name: str) -> int:
        for index, axis in enumerate(self.axes):
            if axis.name == name:
                return index
        raise KeyError(name)
