"""The review queue of a month: what is referred above what can be reviewed, and the lines that stay shut (domain, §4).

Overflow changes no account's outcome. What is declined in review is assumed to be independent of PD.
"""

from __future__ import annotations

import numpy as np

from desktop_app.domain.outcomes import Outcome
from desktop_app.domain.readings import Kind, Unit
from desktop_app.domain.scenario import Assumptions
from desktop_app.figures.exposure import MINOR_PER_UNIT
from desktop_app.figures.types import Figure, Floats, OutcomeSums

_SOURCE = "Greyline's definition; the reviews a month and the review decline rate are your assumptions."


def overflow(sums: OutcomeSums, assumptions: Assumptions) -> Floats:
    """Accounts referred above the month's reviews; none where these have no limit."""
    demand = sums.over("accounts", Outcome.REFERRED)
    capacity = assumptions.review_capacity
    return np.zeros_like(demand) if capacity is None else np.maximum(demand - capacity, 0.0)


def line_lost(sums: OutcomeSums, assumptions: Assumptions) -> Floats:
    """The overflow's part of the open line of the referred, in currency units."""
    demand = sums.over("accounts", Outcome.REFERRED)
    kept = (1 - float(assumptions.review_decline)) * sums.over("undrawn", Outcome.REFERRED) / MINOR_PER_UNIT
    return np.asarray(overflow(sums, assumptions) / np.where(demand == 0, 1.0, demand) * kept, dtype=np.float64)


FIGURES: tuple[Figure, ...] = (
    Figure(
        "review_overflow",
        "Review overflow",
        Unit.ACCOUNTS,
        Kind.ASSUMED,
        "less",
        ("accounts",),
        overflow,
        "max(accounts referred − reviews a month, 0)",
        _SOURCE,
        "Referred accounts at the as-of date, taken as one month's demand, that cannot be reviewed within the month. "
        "None where the reviews a month have no limit. It changes no account's outcome, and is of the whole queue: a "
        "single reason or group has none of its own.",
        whole=True,
    ),
    Figure(
        "review_line_lost",
        "Open line lost to overflow",
        Unit.MONEY,
        Kind.ASSUMED,
        "less",
        ("accounts", "undrawn"),
        line_lost,
        "overflow ÷ accounts referred × open line of the referred",
        _SOURCE,
        "What could not be drawn if the accounts that overflow stayed closed. Reviews are assumed to decline their "
        "share whatever an account's PD, and the overflow to be like the queue on average.",
        columns=("credit_limit", "balance"),
        whole=True,
    ),
)
