"""Loss rates in a bad year: the one-factor model behind the Basel formula and behind book loss (domain rules, §4).

A default probability given that the common factor stands at its quantile q is N[(G(PD) + √R·G(q)) / √(1 − R)], with
the normal distribution N and its inverse G (Vasicek 2002; Basel II paragraphs 327–330; Basel Framework CRE31). All
rates here are integers in 1e-9, halves rounded up.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from desktop_app.domain.scenario import Assumptions

Ints = NDArray[np.int64]
_Floats = NDArray[np.float64]

PPM = 1_000_000
_NANO = 1_000_000_000
_BASEL_QUANTILE = 0.999
# A rate is at most a whole, 10⁹.
RATE_BITS = 30


class RateClass(IntEnum):
    """What a rate is looked up for: capital by regulatory class, or the PD of a bad year."""

    QRRE = 0
    OTHER_RETAIL = 1
    BAD_YEAR = 2


# Revolving lines of consumers up to this limit a person are qualifying revolving retail exposures (QRRE).
QRRE_MOST = 1_000_000
# By regulatory class; in ppm (Basel Framework CRE32, the floors of 2017).
PD_FLOORS: dict[RateClass, int] = {RateClass.QRRE: 1000, RateClass.OTHER_RETAIL: 500}
LGD_FLOORS: dict[RateClass, int] = {RateClass.QRRE: 500_000, RateClass.OTHER_RETAIL: 300_000}


def bad_year_pd(pd: _Floats, correlation: _Floats | float, quantile: float) -> _Floats:
    """The default probability in a year as bad as `quantile`; 0 stays 0 and 1 stays 1."""
    found = ndtr((ndtri(pd) + np.sqrt(correlation) * ndtri(quantile)) / np.sqrt(1 - correlation))
    return np.asarray(found, dtype=np.float64)


def correlation(pd: _Floats, kind: RateClass) -> _Floats:
    """The asset correlation R that Basel prescribes for a retail class."""
    if kind is RateClass.QRRE:
        return np.full_like(pd, 0.04)
    weight = np.expm1(-35 * pd) / np.expm1(-35.0)
    return np.asarray(0.03 * weight + 0.16 * (1 - weight), dtype=np.float64)


def capital_rates(pd_ppm: Ints, kind: RateClass, *, floors: bool) -> Ints:
    """K ÷ LGD of a retail class by PD in ppm: what a bad year takes beyond the expected, 0 in default (PD 1)."""
    floored = np.maximum(pd_ppm, PD_FLOORS[kind]) if floors else pd_ppm
    pd = floored / PPM
    beyond = bad_year_pd(pd, correlation(pd, kind), _BASEL_QUANTILE) - pd
    return np.where(pd_ppm == PPM, 0, _nano(beyond))


def bad_year_rates(pd_ppm: Ints, assumptions: Assumptions) -> Ints:
    """PD in a year as bad as the assumed quantile, with the assumed correlation, by PD in ppm."""
    return _nano(bad_year_pd(pd_ppm / PPM, float(assumptions.asset_correlation), float(assumptions.loss_quantile)))


def _nano(rates: _Floats) -> Ints:
    return np.floor(rates * _NANO + 0.5).astype(np.int64)


class RateTable:
    """Rates in 1e-9 by class and PD, each worked out once, when it is first asked for.

    Whatever the number of accounts there are no more than a million and one PDs in ppm.
    """

    def __init__(self, assumptions: Assumptions) -> None:
        self._assumptions = assumptions
        self._known = np.full(len(RateClass) * (PPM + 1), -1, dtype=np.int32)

    @staticmethod
    def place(kind: RateClass) -> int:
        """Where a class begins; a PD in ppm is added."""
        return int(kind) * (PPM + 1)

    def at(self, places: NDArray[np.int32]) -> NDArray[np.int32]:
        """The rates at those places, in their order; two threads may ask at once."""
        found = self._known[places]
        if (found < 0).any():
            self._fill(np.unique(places[found < 0]))
            found = self._known[places]
        return found

    def both(self, places: NDArray[np.int32]) -> Ints:
        """At places of a regulatory class: its rate, with that of a bad year RATE_BITS higher."""
        bad_year = places % (PPM + 1) + np.int32(self.place(RateClass.BAD_YEAR))
        return self.at(places) + (self.at(bad_year).astype(np.int64) << RATE_BITS)

    def _fill(self, places: NDArray[np.int32]) -> None:
        for kind in RateClass:
            asked = places[places // (PPM + 1) == kind]
            self._known[asked] = self._rates(kind, asked.astype(np.int64) % (PPM + 1))

    def _rates(self, kind: RateClass, pd_ppm: Ints) -> Ints:
        if kind is RateClass.BAD_YEAR:
            return bad_year_rates(pd_ppm, self._assumptions)
        return capital_rates(pd_ppm, kind, floors=self._assumptions.capital_floors)
