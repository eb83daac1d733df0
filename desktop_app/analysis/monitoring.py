"""Groups against a reference group: who stays unrestricted, who is blocked, and which rule makes the gap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from desktop_app.analysis.slices import group_sums
from desktop_app.domain.cubes import Cube
from desktop_app.domain.outcomes import RESTRICTED, Outcome
from desktop_app.domain.requests import Evaluation
from desktop_app.domain.sides import Side
from desktop_app.figures.intervals import difference_p, is_thin
from desktop_app.figures.types import Floats, quotient

# The four-fifths rule of employment selection (29 CFR 1607.4 D) and its mirror: a convention, no law of lending.
LEAST_RATIO: Final = 0.80
MOST_BLOCKED_RATIO: Final = 1.25
SIGNIFICANT: Final = 0.05


@dataclass(frozen=True)
class Compared:
    """One rate of a group beside that of the reference group.

    Attributes: ratio is rate ÷ the reference's, p of the pooled two-sided z test that both are the same; None where
    there is none. thin says that too few users, or too few of either kind, stand behind one of both.
    """

    rate: float | None
    ratio: float | None
    p: float | None
    thin: bool


@dataclass(frozen=True)
class Monitored:
    """One group of a monitored grouping.

    Attributes: group None is that of missing values; gap is the rule that restricts this group's users most in excess
    of the reference's, in shares of all users of each, None where there is none.
    """

    group: str | None
    users: int
    unrestricted: Compared
    blocked: Compared
    gap: str | None

    @property
    def flagged(self) -> bool:
        """Whether the group is treated worse by more than the bounds, beyond chance and with enough users."""
        kept, shut = self.unrestricted, self.blocked
        fewer = kept.ratio is not None and kept.ratio < LEAST_RATIO and _is_sure(kept)
        more = shut.ratio is not None and shut.ratio > MOST_BLOCKED_RATIO and _is_sure(shut)
        return fewer or more


def monitored(evaluation: Evaluation, side: Side, reference: str | None = None) -> tuple[Monitored, ...]:
    """Every group of the request's grouping under one side's policy, in the cube's order.

    reference is the label of the group to compare with, None for the largest one that is not missing. Raises
    ValueError for a group that does not occur.
    """
    cube = evaluation.by_group[side]
    labels = cube.axis("group").labels
    sums = group_sums(cube, labels)
    users = sums.over("users")
    place = labels.index(reference) if reference is not None else _largest(labels, users)
    blocked = sums.over("users", Outcome.BLOCKED)
    unrestricted = users - sums.over("users", *_in_order())
    kept, shut = (_compared(hits, users, place) for hits in (unrestricted, blocked))
    gaps = _gaps(cube, users, place)
    numbers = zip(labels, users.tolist(), kept, shut, gaps, strict=True)
    return tuple(Monitored(label, int(many), one, other, gap) for label, many, one, other, gap in numbers)


def reference_group(evaluation: Evaluation, side: Side) -> str | None:
    """The group that others are compared with where none is chosen: the largest that is not missing."""
    labels = evaluation.by_group[side].axis("group").labels
    users = group_sums(evaluation.by_group[side], labels).over("users")
    return labels[_largest(labels, users)] if labels else None


def _in_order() -> list[Outcome]:
    return [outcome for outcome in Outcome if outcome in RESTRICTED]


def _largest(labels: tuple[str | None, ...], users: Floats) -> int:
    named = np.array([label is not None for label in labels])
    return int(np.argmax(np.where(named, users, -1.0))) if named.any() else 0


def _compared(hits: Floats, users: Floats, place: int) -> list[Compared]:
    """A rate of each group beside that of the group at `place`."""
    rate = quotient(hits, users)
    ratio = quotient(rate, np.full_like(rate, rate[place])) if len(rate) else rate
    others = (np.full_like(numbers, numbers[place]) for numbers in (hits, users))
    p = difference_p(hits, users, *others)
    few = is_thin(hits, users)
    thin = few | few[place]
    rows = zip(_known(rate), _known(ratio), _known(p), thin.tolist(), strict=True)
    return [Compared(*row) for row in rows]


def _gaps(cube: Cube, users: Floats, place: int) -> list[str | None]:
    """The rule with the largest excess of restricted users over the reference group's."""
    if all(axis.name != "reason" for axis in cube.axes):
        return [None] * len(users)
    kept = cube.onto("reason", "group", "outcome")
    rules = kept.axis("reason").labels
    outcomes = [kept.axis("outcome").position(outcome.value) for outcome in _in_order()]
    restricted = kept.sums["users"][..., outcomes].sum(axis=-1, dtype=np.int64).astype(np.float64)
    shares = quotient(restricted, np.broadcast_to(users, restricted.shape))
    excess = np.nan_to_num(shares - shares[:, place : place + 1], nan=0.0)
    return [rules[int(column.argmax())] if column.size and column.max() > 0 else None for column in excess.T]


def _is_sure(one: Compared) -> bool:
    return not one.thin and one.p is not None and one.p < SIGNIFICANT


def _known(values: NDArray[np.float64]) -> list[float | None]:
    return [value if np.isfinite(value) else None for value in values.tolist()]
