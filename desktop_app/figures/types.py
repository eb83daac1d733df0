"""What a measure and a figure are, and the sums that a figure is computed from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from desktop_app.domain.outcomes import OUTCOMES, Outcome
from desktop_app.domain.readings import Kind, Unit
from desktop_app.domain.scenario import Assumptions

Floats: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True)
class Measure:
    """One integer per account, summed exactly.

    Attributes: sql is DuckDB text over the prepared and decided columns of `engine.prepare` and `engine.decide`
    (an integer expression, never NULL); unit is what one means: a user, an account, a minor unit (1/100 of the
    currency unit), or loss, 1/10,000 of the currency unit; per is whether it is counted per account or once per
    user.
    """

    id: str
    sql: str
    unit: Literal["users", "accounts", "minor", "loss"]
    per: Literal["account", "user"] = "account"


class OutcomeSums:
    """Sums of measures with the six outcomes on the last axis; the axes before it are anyone's (groups, positions)."""

    def __init__(self, sums: Mapping[str, NDArray[np.int64]]) -> None:
        self._sums = sums

    def over(self, measure: str, *outcomes: Outcome) -> Floats:
        """The sum of one measure over some outcomes, all of them when none is named; as double."""
        array = self._sums[measure]
        picked = [OUTCOMES.index(outcome) for outcome in outcomes or OUTCOMES]
        return np.asarray(array[..., picked].sum(axis=-1, dtype=np.int64), dtype=np.float64)


@dataclass(frozen=True)
class Figure:
    """A number that the analyst sees.

    Attributes: id is stable (files and settings use it); name is its English name, a msgid; good says whether
    more or less is better; denominator is the id of the figure a share divides by; measures are what it needs;
    needs_pd is whether coverage is stated; source is the formula, as in the help; compute takes sums (leading
    axes …, outcomes last) to doubles of shape …, NaN where there is no figure.
    """

    id: str
    name: str
    unit: Unit
    kind: Kind
    good: Literal["more", "less", "neither"]
    measures: tuple[str, ...]
    compute: Callable[[OutcomeSums, Assumptions], Floats]
    source: str
    denominator: str = ""
    needs_pd: bool = False
