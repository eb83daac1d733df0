"""Risk-weighted assets, capital, the return on it, and the loss of a bad year (domain rules, section 4).

All illustrative: few lenders of this kind compute their capital by ratings of their own.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from desktop_app.domain.readings import Kind, Unit
from desktop_app.domain.scenario import Assumptions
from desktop_app.figures.exposure import MINOR_PER_UNIT, ead, exposure, line
from desktop_app.figures.loss import LOSS_PER_UNIT, coverage, ead_covered, loss, where_known
from desktop_app.figures.margin import ead_earning, margin, margin_coverage
from desktop_app.figures.types import Figure, Floats, OutcomeSums, quotient

# RWA for each unit of capital, and what of RWA must be held: 8 % and the conservation buffer of 2.5 %.
RWA_PER_CAPITAL = 12.5
REQUIRED = 0.105
# Risk weights of the standardised approach.
RETAIL_WEIGHT = 0.75
DEFAULT_WEIGHT = 1.00


def rwa(sums: OutcomeSums, assumptions: Assumptions) -> Floats:
    """Risk-weighted assets by the assumed method, in currency units."""
    if _by_ratings(assumptions):
        return where_known(_rated(sums, assumptions), sums, assumptions)
    performing = exposure(sums, "balance_performing", "undrawn_performing", assumptions)
    in_default = sums.over("balance") - sums.over("balance_performing")
    return (RETAIL_WEIGHT * performing + DEFAULT_WEIGHT * in_default) / MINOR_PER_UNIT


def regulatory_capital(sums: OutcomeSums, assumptions: Assumptions) -> Floats:
    """What must be held against the risk-weighted assets, in currency units."""
    return REQUIRED * rwa(sums, assumptions)


def book_loss(sums: OutcomeSums, assumptions: Assumptions) -> Floats:
    """Loss in a year as bad as the assumed quantile, in currency units; NaN where no exposure has a PD."""
    return where_known(_bad_year(sums, assumptions), sums, assumptions)


def _by_ratings(assumptions: Assumptions) -> bool:
    return assumptions.capital_method == "irb_retail"


def _rated(sums: OutcomeSums, assumptions: Assumptions, of: Literal["", "_earning"] = "") -> Floats:
    """RWA = 12.5 × K × EAD."""
    drawn = float(assumptions.ccf) * line(sums, f"capital_undrawn{of}", assumptions)
    return RWA_PER_CAPITAL * (sums.over(f"capital_balance{of}") + drawn) / LOSS_PER_UNIT


def _rwa_earning(sums: OutcomeSums, assumptions: Assumptions) -> Floats:
    if _by_ratings(assumptions):
        return _rated(sums, assumptions, "_earning")
    return RETAIL_WEIGHT * ead_earning(sums, assumptions)


def _coverage(sums: OutcomeSums, assumptions: Assumptions) -> Floats:
    """Ratings need a PD; the standardised approach needs nothing, so nothing is stated."""
    covered = coverage(sums, assumptions)
    return covered if _by_ratings(assumptions) else np.full_like(covered, np.nan)


def _density(sums: OutcomeSums, assumptions: Assumptions) -> Floats:
    weighed = ead_covered(sums, assumptions) if _by_ratings(assumptions) else ead(sums, assumptions)
    return quotient(rwa(sums, assumptions), weighed)


def _return(sums: OutcomeSums, assumptions: Assumptions) -> Floats:
    return quotient(margin(sums, assumptions), REQUIRED * _rwa_earning(sums, assumptions))


def _bad_year(sums: OutcomeSums, assumptions: Assumptions) -> Floats:
    drawn = float(assumptions.ccf) * line(sums, "bad_year_undrawn", assumptions)
    return (sums.over("bad_year_balance") + drawn) / LOSS_PER_UNIT


def _unexpected(sums: OutcomeSums, assumptions: Assumptions) -> Floats:
    return where_known(_bad_year(sums, assumptions) - loss(sums, assumptions), sums, assumptions)


_COLUMNS = ("credit_limit", "balance", "days_past_due", "pd", "lgd")
_EXPOSED = ("balance", "balance_performing", "undrawn_performing", "undrawn_before_performing")
_COVERED = ("balance_with_pd", "undrawn_with_pd", "undrawn_before_with_pd")
_RATED = ("capital_balance", "capital_undrawn")
_EARNING = (
    "accounts",
    "accounts_earning",
    "balance_earning",
    "undrawn_earning",
    "income_balance",
    "income_undrawn",
    "loss_balance_earning",
    "loss_undrawn_earning",
    "capital_balance_earning",
    "capital_undrawn_earning",
)
_RWA_SOURCE = (
    "Basel Framework CRE20 (standardised: 75 %, in default 100 %) or CRE31 and CRE32 (ratings, retail; Basel II "
    "paragraphs 327–330); illustrative."
)
_BAD_YEAR_SOURCE = "One-factor model (Vasicek 2002); the correlation and the quantile are your assumptions."

FIGURES: tuple[Figure, ...] = (
    Figure(
        "rwa",
        "Risk-weighted assets (RWA)",
        Unit.MONEY,
        Kind.ASSUMED,
        "less",
        (*_EXPOSED, *_COVERED, *_RATED),
        rwa,
        "standardised: 0.75 × EAD, in default 1.00 × EAD; by ratings: 12.5 × K × EAD, in default 0",
        _RWA_SOURCE,
        "The exposure weighed by its risk as a bank's supervisor would, by the method that you assume. Illustrative: "
        "few lenders of this kind compute capital by ratings. By ratings, a known consumer's lines up to 1,000,000 a "
        "person are qualifying revolving retail and all others other retail; accounts without a PD add nothing, and "
        "the coverage says how much of the exposure has one.",
        coverage=_coverage,
        columns=_COLUMNS,
    ),
    Figure(
        "rwa_density",
        "RWA density",
        Unit.SHARE,
        Kind.ASSUMED,
        "less",
        (*_EXPOSED, *_COVERED, *_RATED),
        _density,
        "RWA ÷ EAD of the accounts with an RWA",
        _RWA_SOURCE,
        "The average risk weight of the exposure.",
        denominator="ead",
        coverage=_coverage,
        columns=_COLUMNS,
    ),
    Figure(
        "regulatory_capital",
        "Regulatory capital",
        Unit.MONEY,
        Kind.ASSUMED,
        "less",
        (*_EXPOSED, *_COVERED, *_RATED),
        regulatory_capital,
        "10.5 % × RWA",
        "Basel Framework RBC20 and RBC30 (8 % and the conservation buffer of 2.5 %); illustrative.",
        "The capital that must be held against the risk-weighted assets.",
        coverage=_coverage,
        columns=_COLUMNS,
    ),
    Figure(
        "return_on_capital",
        "Return on regulatory capital",
        Unit.SHARE,
        Kind.ASSUMED,
        "more",
        ("balance", "undrawn_performing", *_EARNING),
        _return,
        "margin ÷ (10.5 % × RWA), over the accounts with a margin",
        "Greyline's definition; the margin and the capital rest on your assumptions.",
        "What a unit of regulatory capital earns in a year, before tax. Both parts are of the same accounts: "
        "performing ones with a PD and a contract rate.",
        denominator="regulatory_capital",
        coverage=margin_coverage,
        columns=(*_COLUMNS, "apr"),
    ),
    Figure(
        "bad_year_loss",
        "Loss in a bad year",
        Unit.MONEY,
        Kind.ASSUMED,
        "less",
        (*_EXPOSED, *_COVERED, "bad_year_balance", "bad_year_undrawn"),
        book_loss,
        "Σ LGD × EAD × N[(G(PD) + √ρ × G(q)) ÷ √(1 − ρ)]; in default LGD × EAD",
        _BAD_YEAR_SOURCE,
        "The loss of the book in a year so bad that only the share 1 − q of years is worse: 99.9 % means one year in a "
        "thousand. Every account's PD is moved by one common factor, each by itself, never by the mean PD of the book. "
        "Accounts without a PD add nothing.",
        coverage=coverage,
        columns=_COLUMNS,
    ),
    Figure(
        "bad_year_loss_beyond_el",
        "Loss in a bad year beyond expected loss",
        Unit.MONEY,
        Kind.ASSUMED,
        "less",
        (*_EXPOSED, *_COVERED, "bad_year_balance", "bad_year_undrawn", "loss_balance", "loss_undrawn"),
        _unexpected,
        "loss in a bad year − EL",
        _BAD_YEAR_SOURCE,
        "What a bad year takes beyond the loss of an average one: what capital is there for.",
        coverage=coverage,
        columns=_COLUMNS,
    ),
)
