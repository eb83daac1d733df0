"""Readings: figures as they are shown, each with its kind, date and denominator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias


class Kind(StrEnum):
    """Where a figure comes from: counted in the data, from PD or LGD, or from an assumption."""

    OBSERVED = "observed"
    MODELLED = "modelled"
    ASSUMED = "assumed"


class Unit(StrEnum):
    """What a figure is measured in; money is in currency units, a share in 0–1, a ratio in units for one unit."""

    USERS = "users"
    ACCOUNTS = "accounts"
    MONEY = "money"
    SHARE = "share"
    RATIO = "ratio"


# From and to, both included.
Interval: TypeAlias = tuple[float, float]


@dataclass(frozen=True)
class Reading:
    """One figure under the scenario and under the baseline.

    Attributes: value and baseline are None where the figure cannot be computed (an em dash, never zero);
    denominator is the id of the figure that a share or ratio divides by, "" for a plain sum; coverage is the share of
    EAD with what the figure needs under the scenario, None where it needs nothing; thin flags too few cases;
    baseline_coverage is the coverage under the baseline; intervals are the 95 % ones of a counted share.
    """

    figure: str
    unit: Unit
    kind: Kind
    day: date
    value: float | None
    baseline: float | None
    denominator: str = ""
    coverage: float | None = None
    thin: bool = False
    baseline_coverage: float | None = None
    interval: Interval | None = None
    baseline_interval: Interval | None = None

    @property
    def delta(self) -> float | None:
        """Scenario minus baseline; None unless both are known."""
        if self.value is None or self.baseline is None:
            return None
        return self.value - self.baseline
