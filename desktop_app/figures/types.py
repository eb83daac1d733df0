"""What a measure and a figure are, and the sums that a figure is computed from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from desktop_app.domain.outcomes import OUTCOMES, Outcome
from desktop_app.domain.readings import Kind, Unit
from desktop_app.domain.scenario import Assumptions

Floats: TypeAlias = NDArray[np.float64]
# The as-of date, or the latest snapshot whose outcomes are known.
Day: TypeAlias = Literal["as_of", "evidence"]


@dataclass(frozen=True)
class Measure:
    """One integer per account, or per user, summed exactly.

    Attributes: sql is DuckDB text, an integer expression that is ≥ 0 and never NULL; unit is what one means: a user,
    an account, a minor unit (1/100 of the currency unit), or loss, 1/10,000 of the currency unit, for income as well;
    per is the row it is evaluated on.

    per "account": sql reads the prepared and decided columns of the account (`credit_limit`, `balance`,
    `in_default`, `has_pd`, `earns`, `priced`, `pl`, `pi`, `pr`, `pk`, `pq`, `loss_balance`; `outcome`, `new_limit`,
    `undrawn`) and is summed under the account's outcome, reason and group.
    per "user": sql reads one row per user with `user_open` (Σ over the user's accounts of
    max(credit_limit − balance, 0)), `user_undrawn` (Σ of the accounts' undrawn), `any_cut` (whether any of the accounts
    has new_limit < credit_limit while it is referred or reduced) and `outcome`, and is summed under the user's outcome,
    reason and group.
    """

    id: str
    sql: str
    unit: Literal["users", "accounts", "minor", "loss"]
    per: Literal["account", "user"] = "account"
    day: Day = "as_of"


class OutcomeSums:
    """Sums of measures with the six outcomes on the last axis; the axes before it are anyone's (groups, positions)."""

    def __init__(self, sums: Mapping[str, NDArray[np.int64]]) -> None:
        self._sums = sums
        # Most figures share a few sums, and a drag computes all of them in every frame.
        self._known: dict[tuple[str, tuple[Outcome, ...]], Floats] = {}

    def has(self, measures: Iterable[str]) -> bool:
        """Whether all of them are known: a book without known outcomes has no sums of them."""
        return all(measure in self._sums for measure in measures)

    @property
    def shape(self) -> tuple[int, ...]:
        """The leading axes; () where there are no sums."""
        return next((array.shape[:-1] for array in self._sums.values()), ())

    def over(self, measure: str, *outcomes: Outcome) -> Floats:
        """The sum of one measure over some outcomes, all of them when none is named; as double, read-only."""
        key = (measure, outcomes)
        if key not in self._known:
            picked = [OUTCOMES.index(outcome) for outcome in outcomes or OUTCOMES]
            summed = self._sums[measure][..., picked].sum(axis=-1, dtype=np.int64)
            self._known[key] = np.asarray(summed, dtype=np.float64)
            self._known[key].flags.writeable = False
        return self._known[key]

    def only(self, *outcomes: Outcome) -> OutcomeSums:
        """The same sums with every other outcome empty."""
        kept = np.array([outcome in outcomes for outcome in OUTCOMES], dtype=np.int64)
        return OutcomeSums({measure: array * kept for measure, array in self._sums.items()})

    def apart(self) -> OutcomeSums:
        """Each slice of the only leading axis as six, one an outcome, which is empty in every other outcome."""
        own = np.eye(len(OUTCOMES), dtype=np.int64)
        return OutcomeSums(
            {measure: (array[:, None, :] * own).reshape(-1, len(OUTCOMES)) for measure, array in self._sums.items()}
        )

    def grouped(self, positions: Sequence[Sequence[int]]) -> OutcomeSums:
        """The sums over groups of positions of the first axis, one group after the other."""
        return OutcomeSums(
            {
                measure: np.stack([array[list(group)].sum(axis=0, dtype=np.int64) for group in positions])
                for measure, array in self._sums.items()
            }
        )


Compute: TypeAlias = Callable[[OutcomeSums, Assumptions], Floats]
Cases: TypeAlias = Callable[[OutcomeSums], tuple[Floats, Floats]]


@dataclass(frozen=True)
class Figure:
    """A number that the analyst sees.

    Attributes: id is stable (files and settings use it); name, formula, source and help are English msgids: the
    name, the formula in words, where the formula comes from, and one paragraph for the help; kind is what it is
    where no column it rests on is assumed; good says whether more or less is better; measures are what it needs;
    compute takes sums (leading axes …, outcomes last) to doubles of shape …, NaN where there is no figure;
    denominator is the id of the figure a share divides by; coverage computes the share of EAD with what the figure
    needs, None where it needs nothing; columns are the columns of the book that it rests on, beside those that the
    policy reads; by_policy is whether a policy can move it; day is whose accounts it is about; cases are the cases and
    all that could have been, where a counted share is only as sure as they are many; whole is whether only all together
    have it, and no single reason or group.
    """

    id: str
    name: str
    unit: Unit
    kind: Kind
    good: Literal["more", "less", "neither"]
    measures: tuple[str, ...]
    compute: Compute
    formula: str
    source: str
    help: str
    denominator: str = ""
    coverage: Compute | None = None
    columns: tuple[str, ...] = ()
    by_policy: bool = True
    day: Day = "as_of"
    cases: Cases | None = None
    whole: bool = False

    def of(self, sums: OutcomeSums, assumptions: Assumptions) -> Floats:
        """What `compute` gives; NaN everywhere where a measure is unknown."""
        return self.compute(sums, assumptions) if sums.has(self.measures) else np.full(sums.shape, np.nan)

    @property
    def needs_pd(self) -> bool:
        """Whether accounts without a PD are left out, so that coverage is stated beside it."""
        return self.coverage is not None


def quotient(numerator: Floats, denominator: Floats) -> Floats:
    """`numerator` ÷ `denominator`, NaN where the denominator is 0."""
    whole = np.where(denominator == 0, np.nan, denominator)
    return np.asarray(numerator / whole, dtype=np.float64)
