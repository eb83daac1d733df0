"""What-if indices: every additive sum at every position of one number that is dragged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from desktop_app.domain.cubes import Sums
from desktop_app.domain.fingerprints import fingerprint_of, sums_fingerprint
from desktop_app.domain.handles import SizeHandle, ThresholdHandle, find_comparison, with_value
from desktop_app.domain.scenario import Scenario


@dataclass(frozen=True)
class Positions:
    """The values that a threshold can stand at: first, first + step, …, `count` of them, in the analyst's unit."""

    first: Decimal
    step: Decimal
    count: int

    def value(self, place: int) -> Decimal:
        """The value at a place counted from 0."""
        return self.first + place * self.step

    def place(self, value: Decimal) -> int | None:
        """Where `value` stands; None for one between two positions or beyond them."""
        place, rest = divmod(value - self.first, self.step)
        return int(place) if rest == 0 and 0 <= place < self.count else None

    @cached_property
    def values(self) -> NDArray[np.float64]:
        """All positions, rising, as doubles for drawing."""
        return np.array([float(self.value(place)) for place in range(self.count)], dtype=np.float64)


@dataclass(frozen=True)
class Bins:
    """Where the bins of a histogram stand, in stored units: `count` of `width` from `low`; open: the last is a tail."""

    low: int
    width: int
    count: int
    open: bool


@dataclass(frozen=True)
class IndexRequest:
    """The sums of a scenario at every position of one of its thresholds, or of the size of one of its actions.

    Attributes: positions are where the number may be put; grouping and bins say by what else to count, None by
    nothing.
    """

    data_hash: str
    as_of: date
    scenario: Scenario
    handle: ThresholdHandle | SizeHandle
    positions: Positions
    grouping: str | None = None
    bins: Bins | None = None

    @cached_property
    def key(self) -> str:
        """What the answer depends on: everything but the number at the handle and the assumptions of figures alone."""
        anywhere = with_value(self.scenario, self.handle, self.positions.first)
        effect = sums_fingerprint(anywhere)
        question = (repr(self.handle), repr(self.positions), repr(self.bins), self.grouping or "")
        return fingerprint_of("index", self.data_hash, self.as_of.isoformat(), effect, *question)

    @property
    def field(self) -> str | None:
        """The column that the threshold compares; None for a size."""
        if isinstance(self.handle, SizeHandle):
            return None
        return find_comparison(self.scenario.policy.rule(self.handle.rule), self.handle.comparison).field


@dataclass(frozen=True, eq=False)
class IndexSums:
    """The answer to an IndexRequest: what every measure adds up to wherever the threshold stands.

    Attributes: positions is the axis 0 of all arrays; reasons are the rules' ids in policy order, after "" for none;
    groups are the labels of the grouping. by_reason has, per measure, int64 of shape (positions, outcomes, reasons)
    and by_group (positions, outcomes, groups); users_by_bin is int64 (positions, outcomes, bins + 1), the last for
    users without the field, None without bins; milliseconds is how long the scan took.
    """

    key: str
    positions: Positions
    reasons: tuple[str, ...]
    groups: tuple[str | None, ...]
    by_reason: Mapping[str, Sums]
    by_group: Mapping[str, Sums]
    users_by_bin: Sums | None
    milliseconds: float

    @property
    def nbytes(self) -> int:
        """How much memory it takes."""
        arrays = [*self.by_reason.values(), *self.by_group.values()]
        return sum(array.nbytes for array in arrays) + (0 if self.users_by_bin is None else self.users_by_bin.nbytes)


@dataclass(frozen=True)
class SurfaceRequest:
    """Some sums of a scenario wherever two of its thresholds stand.

    Attributes: x and y are the thresholds, each with its positions; measures are the ids of what to sum.
    """

    data_hash: str
    as_of: date
    scenario: Scenario
    x: tuple[ThresholdHandle, Positions]
    y: tuple[ThresholdHandle, Positions]
    measures: tuple[str, ...]

    @cached_property
    def key(self) -> str:
        """What the answer depends on: neither of the two numbers where they stand now."""
        anywhere = self.scenario
        for handle, positions in (self.x, self.y):
            anywhere = with_value(anywhere, handle, positions.first)
        question = (repr(self.x), repr(self.y), *self.measures)
        return fingerprint_of("surface", self.data_hash, self.as_of.isoformat(), sums_fingerprint(anywhere), *question)


@dataclass(frozen=True, eq=False)
class SurfaceSums:
    """The answer to a SurfaceRequest.

    Attributes: sums has int64 per measure of shape (positions of x, positions of y, outcomes); milliseconds is how
    long the scan took.
    """

    key: str
    x: Positions
    y: Positions
    sums: Mapping[str, Sums]
    milliseconds: float
