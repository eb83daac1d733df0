"""Rates of a bad year in plain Python, by the formulas as Basel prints them: integers in 1e-9, halves upwards."""

from __future__ import annotations

from functools import cache
from math import exp, sqrt
from statistics import NormalDist

from tests.reference.quantities import MILLION, Row, rounded

NORMAL = NormalDist()
BILLION = 10**9
QRRE_MOST = 1_000_000 * 100
FLOORS = {"qrre": (1_000, 500_000), "other": (500, 300_000)}


def retail_class(row: Row) -> str:
    """QRRE for a known consumer whose limits together are at most 1,000,000."""
    return "qrre" if row.get("customer_type") == "consumer" and row["user_limit"] <= QRRE_MOST else "other"


@cache
def bad_year(pd: int, correlation: float, quantile: float) -> float:
    """The default probability of a year as bad as the quantile; 0 stays 0, 1 stays 1."""
    if pd in (0, MILLION):
        return pd / MILLION
    g = NORMAL.inv_cdf(pd / MILLION) + sqrt(correlation) * NORMAL.inv_cdf(quantile)
    return NORMAL.cdf(g / sqrt(1 - correlation))


def capital_per_lgd(pd: int, kind: str) -> int:
    """N[…] − PD."""
    share = pd / MILLION
    weight = (1 - exp(-35 * share)) / (1 - exp(-35))
    correlation = 0.04 if kind == "qrre" else 0.03 * weight + 0.16 * (1 - weight)
    return int((bad_year(pd, correlation, 0.999) - share) * BILLION + 0.5)


def capital(row: Row, pd: int, lgd: int, *, floors: bool) -> int:
    """K of a performing account."""
    kind = retail_class(row)
    if floors:
        pd_floor, lgd_floor = FLOORS[kind]
        pd, lgd = max(pd, pd_floor), max(lgd, lgd_floor)
    return rounded(capital_per_lgd(pd, kind) * lgd, MILLION)


def bad_year_loss(pd: int, lgd: int, correlation: float, quantile: float) -> int:
    """Loss of a unit in a bad year."""
    return rounded(int(bad_year(pd, correlation, quantile) * BILLION + 0.5) * lgd, MILLION)
