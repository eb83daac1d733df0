"""Limits, open lines and exposure at default, in currency units (domain rules, sections 3 and 4)."""

from __future__ import annotations

from desktop_app.domain.outcomes import Outcome
from desktop_app.domain.readings import Kind, Unit
from desktop_app.domain.scenario import Assumptions
from desktop_app.figures.types import Compute, Figure, Floats, OutcomeSums

MINOR_PER_UNIT = 100


def line(sums: OutcomeSums, measure: str, assumptions: Assumptions) -> Floats:
    """A sum on undrawn, of which the referred keep the part that reviews do not decline; in the measure's unit."""
    declined = float(assumptions.review_decline) * sums.over(measure, Outcome.REFERRED)
    return sums.over(measure) - declined


def exposure(sums: OutcomeSums, balance: str, undrawn: str, assumptions: Assumptions) -> Floats:
    """EAD = balance + CCF × open line, in minor units; `undrawn` names a measure that is 0 in default."""
    return sums.over(balance) + float(assumptions.ccf) * line(sums, undrawn, assumptions)


def exposure_no_policy(sums: OutcomeSums, balance: str, undrawn: str, assumptions: Assumptions) -> Floats:
    """EAD where nobody is reviewed or restricted, in minor units; `undrawn` is measured before the policy."""
    return sums.over(balance) + float(assumptions.ccf) * sums.over(undrawn)


def ead(sums: OutcomeSums, assumptions: Assumptions) -> Floats:
    """EAD under the policy, in currency units."""
    return exposure(sums, "balance", "undrawn_performing", assumptions) / MINOR_PER_UNIT


def ead_no_policy(sums: OutcomeSums, assumptions: Assumptions) -> Floats:
    """EAD with no policy, in currency units."""
    return exposure_no_policy(sums, "balance", "undrawn_before_performing", assumptions) / MINOR_PER_UNIT


def _ead_avoided(sums: OutcomeSums, assumptions: Assumptions) -> Floats:
    return ead_no_policy(sums, assumptions) - ead(sums, assumptions)


def _open_line(sums: OutcomeSums, assumptions: Assumptions) -> Floats:
    return line(sums, "undrawn", assumptions) / MINOR_PER_UNIT


def _amount(measure: str) -> Compute:
    def compute(sums: OutcomeSums, _assumptions: Assumptions) -> Floats:
        return sums.over(measure) / MINOR_PER_UNIT

    return compute


_LIMITS = ("credit_limit",)
_LINES = ("credit_limit", "balance")
_STATES = ("credit_limit", "balance", "days_past_due")
_SUMMED = "Summed exactly over the book."
_EAD_SOURCE = "Basel Framework CRE32 (exposure at default of undrawn retail lines); the CCF is your assumption."

FIGURES: tuple[Figure, ...] = (
    Figure(
        "credit_limit_before",
        "Credit limit before",
        Unit.MONEY,
        Kind.OBSERVED,
        "neither",
        ("credit_limit",),
        _amount("credit_limit"),
        "Σ credit limit",
        _SUMMED,
        "All approved lines of the book as they stand, before the policy.",
        columns=_LIMITS,
        by_policy=False,
    ),
    Figure(
        "credit_limit_after",
        "Credit limit after",
        Unit.MONEY,
        Kind.OBSERVED,
        "more",
        ("new_limit",),
        _amount("new_limit"),
        "Σ new limit",
        _SUMMED,
        "All lines after the policy's cuts and raises. A blocked line keeps its limit, though nothing can be drawn "
        "on it: see the open line.",
        columns=_LIMITS,
    ),
    Figure(
        "balance",
        "Balance",
        Unit.MONEY,
        Kind.OBSERVED,
        "neither",
        ("balance",),
        _amount("balance"),
        "Σ balance",
        _SUMMED,
        "Drawn principal. No policy moves it: a block stops further drawing and collects nothing.",
        columns=("balance",),
        by_policy=False,
    ),
    Figure(
        "open_line_before",
        "Open line before",
        Unit.MONEY,
        Kind.OBSERVED,
        "neither",
        ("undrawn_before",),
        _amount("undrawn_before"),
        "Σ max(credit limit − balance, 0)",
        _SUMMED,
        "What could be drawn with no policy at all.",
        columns=_LINES,
        by_policy=False,
    ),
    Figure(
        "open_line",
        "Open line",
        Unit.MONEY,
        Kind.ASSUMED,
        "more",
        ("undrawn",),
        _open_line,
        "Σ undrawn × (1 − review decline rate) for the referred; undrawn = max(new limit − balance, 0), when blocked 0",
        "Greyline's definition; the review decline rate is your assumption.",
        "What may still be drawn under the policy. Of the accounts in review, the part that reviews are assumed to "
        "decline is taken off; accounts in default are included.",
        columns=_LINES,
    ),
    Figure(
        "ead",
        "EAD",
        Unit.MONEY,
        Kind.ASSUMED,
        "neither",
        ("balance", "undrawn_performing"),
        ead,
        "EAD = balance + CCF × open line; in default EAD = balance",
        _EAD_SOURCE,
        "Exposure at default: the balance, and the part of the open line that is assumed to be drawn before a "
        "default. An account already in default counts with its balance only.",
        columns=_STATES,
    ),
    Figure(
        "ead_no_policy",
        "EAD with no policy",
        Unit.MONEY,
        Kind.ASSUMED,
        "neither",
        ("balance", "undrawn_before_performing"),
        ead_no_policy,
        "EAD = balance + CCF × max(credit limit − balance, 0); in default EAD = balance",
        _EAD_SOURCE,
        "Exposure at default if every line stayed as it is and nobody were blocked or reviewed.",
        columns=_STATES,
        by_policy=False,
    ),
    Figure(
        "ead_avoided",
        "EAD avoided",
        Unit.MONEY,
        Kind.ASSUMED,
        "more",
        ("balance", "undrawn_performing", "undrawn_before_performing"),
        _ead_avoided,
        "EAD with no policy − EAD",
        _EAD_SOURCE,
        "Exposure that the policy takes away. A block removes CCF × undrawn, never the balance; raises make it "
        "smaller, even negative.",
        columns=_STATES,
    ),
)
