"""Expected loss, with and without the policy, and how much of the exposure it covers (domain rules, section 4)."""

from __future__ import annotations

import numpy as np

from desktop_app.domain.outcomes import OUTCOMES, RESTRICTED, Outcome
from desktop_app.domain.readings import Kind, Unit
from desktop_app.domain.scenario import Assumptions
from desktop_app.figures.exposure import MINOR_PER_UNIT, ead, ead_no_policy, exposure, exposure_no_policy, line
from desktop_app.figures.types import Figure, Floats, OutcomeSums, quotient

LOSS_PER_UNIT = 10_000

_RESTRICTED: tuple[Outcome, ...] = tuple(outcome for outcome in OUTCOMES if outcome in RESTRICTED)


def ead_covered(sums: OutcomeSums, assumptions: Assumptions) -> Floats:
    """EAD of the accounts that have a PD, in currency units."""
    return exposure(sums, "balance_with_pd", "undrawn_with_pd", assumptions) / MINOR_PER_UNIT


def coverage(sums: OutcomeSums, assumptions: Assumptions) -> Floats:
    """Share of EAD that has a PD; NaN where there is no EAD."""
    return quotient(ead_covered(sums, assumptions), ead(sums, assumptions))


def coverage_no_policy(sums: OutcomeSums, assumptions: Assumptions) -> Floats:
    """Share of the EAD with no policy that has a PD; NaN where there is none."""
    return quotient(_covered_no_policy(sums, assumptions), ead_no_policy(sums, assumptions))


def _covered_no_policy(sums: OutcomeSums, assumptions: Assumptions) -> Floats:
    covered = exposure_no_policy(sums, "balance_with_pd", "undrawn_before_with_pd", assumptions)
    return covered / MINOR_PER_UNIT


def where_known(value: Floats, sums: OutcomeSums, assumptions: Assumptions) -> Floats:
    """`value`, NaN where there is exposure and none of it has a PD: an unknown loss is no zero loss."""
    exposed = ead(sums, assumptions) + ead_no_policy(sums, assumptions)
    covered = ead_covered(sums, assumptions) + _covered_no_policy(sums, assumptions)
    return np.where((exposed > 0) & (covered == 0), np.nan, value)


def loss(sums: OutcomeSums, assumptions: Assumptions) -> Floats:
    """EL under the policy of the accounts that have a PD, in currency units."""
    drawn = float(assumptions.ccf) * line(sums, "loss_undrawn", assumptions)
    return (sums.over("loss_balance") + drawn) / LOSS_PER_UNIT


def _loss_no_policy(sums: OutcomeSums, assumptions: Assumptions) -> Floats:
    drawn = float(assumptions.ccf) * sums.over("loss_undrawn_before")
    return (sums.over("loss_balance") + drawn) / LOSS_PER_UNIT


def _el(sums: OutcomeSums, assumptions: Assumptions) -> Floats:
    return where_known(loss(sums, assumptions), sums, assumptions)


def _el_no_policy(sums: OutcomeSums, assumptions: Assumptions) -> Floats:
    return where_known(_loss_no_policy(sums, assumptions), sums, assumptions)


def _el_avoided(sums: OutcomeSums, assumptions: Assumptions) -> Floats:
    return where_known(_loss_no_policy(sums, assumptions) - loss(sums, assumptions), sums, assumptions)


def _el_remaining(sums: OutcomeSums, assumptions: Assumptions) -> Floats:
    kept = sums.only(*_RESTRICTED)
    return where_known(loss(kept, assumptions), kept, assumptions)


def _coverage_restricted(sums: OutcomeSums, assumptions: Assumptions) -> Floats:
    return coverage(sums.only(*_RESTRICTED), assumptions)


def _el_rate(sums: OutcomeSums, assumptions: Assumptions) -> Floats:
    return quotient(loss(sums, assumptions), ead_covered(sums, assumptions))


def _accounts_pd_filled(sums: OutcomeSums, _assumptions: Assumptions) -> Floats:
    return sums.over("accounts_pd_filled")


_COLUMNS = ("credit_limit", "balance", "days_past_due", "pd", "lgd")
_COVERED = ("balance", "undrawn_performing", "balance_with_pd", "undrawn_with_pd")
_COVERED_BEFORE = ("balance", "undrawn_before_performing", "balance_with_pd", "undrawn_before_with_pd")
_BOTH = tuple(dict.fromkeys((*_COVERED, *_COVERED_BEFORE)))
_EL_SOURCE = "Basel Framework CRE35 (EL = PD × LGD × EAD)."

FIGURES: tuple[Figure, ...] = (
    Figure(
        "el",
        "Expected loss",
        Unit.MONEY,
        Kind.MODELLED,
        "less",
        (*_BOTH, "loss_balance", "loss_undrawn"),
        _el,
        "EL = Σ PD × LGD × EAD; in default PD = 1",
        _EL_SOURCE,
        "The loss to expect over twelve months under the policy. Accounts without a PD add nothing; the coverage says "
        "how much of the exposure has one.",
        coverage=coverage,
        columns=_COLUMNS,
    ),
    Figure(
        "el_no_policy",
        "Expected loss with no policy",
        Unit.MONEY,
        Kind.MODELLED,
        "neither",
        (*_BOTH, "loss_balance", "loss_undrawn_before"),
        _el_no_policy,
        "EL = Σ PD × LGD × EAD with no policy",
        _EL_SOURCE,
        "The loss to expect if every line stayed as it is and nobody were blocked or reviewed.",
        coverage=coverage_no_policy,
        columns=_COLUMNS,
        by_policy=False,
    ),
    Figure(
        "el_avoided",
        "Expected loss avoided",
        Unit.MONEY,
        Kind.MODELLED,
        "more",
        (*_BOTH, "loss_balance", "loss_undrawn", "loss_undrawn_before"),
        _el_avoided,
        "EL with no policy − EL",
        _EL_SOURCE,
        "The expected loss that the policy takes away, always beside what remains. Only the undrawn part of a line can "
        "be avoided; raises make it smaller, even negative.",
        coverage=coverage_no_policy,
        columns=_COLUMNS,
    ),
    Figure(
        "el_remaining",
        "Expected loss remaining",
        Unit.MONEY,
        Kind.MODELLED,
        "less",
        (*_BOTH, "loss_balance", "loss_undrawn"),
        _el_remaining,
        "EL of the restricted accounts (blocked, referred, reduced)",
        _EL_SOURCE,
        "The expected loss that stays on the accounts that the policy restricts: their balances, and what they may "
        "still draw. A block does not collect what has been drawn.",
        coverage=_coverage_restricted,
        columns=_COLUMNS,
    ),
    Figure(
        "el_rate",
        "Expected loss rate",
        Unit.SHARE,
        Kind.MODELLED,
        "less",
        (*_COVERED, "loss_balance", "loss_undrawn"),
        _el_rate,
        "EL ÷ EAD of the accounts with a PD",
        _EL_SOURCE,
        "Expected loss in relation to the exposure it is computed on; accounts without a PD are in neither part.",
        denominator="ead_covered",
        coverage=coverage,
        columns=_COLUMNS,
    ),
    Figure(
        "ead_covered",
        "EAD with a PD",
        Unit.MONEY,
        Kind.ASSUMED,
        "neither",
        ("balance_with_pd", "undrawn_with_pd"),
        ead_covered,
        "EAD of the accounts with a PD",
        "Basel Framework CRE32 (exposure at default of undrawn retail lines); the CCF is your assumption.",
        "The part of the exposure for which a default probability is known, loaded or filled: what the expected loss "
        "is computed on.",
        columns=_COLUMNS[:4],
    ),
    Figure(
        "coverage",
        "PD coverage",
        Unit.SHARE,
        Kind.ASSUMED,
        "more",
        _COVERED,
        coverage,
        "EAD of the accounts with a PD ÷ EAD",
        "Greyline's definition.",
        "The share of the exposure that has a default probability. Where it is 0, every figure that needs a PD is a "
        "dash.",
        denominator="ead",
        columns=_COLUMNS[:4],
    ),
    Figure(
        "accounts_pd_filled",
        "Accounts with a PD from the score",
        Unit.ACCOUNTS,
        Kind.MODELLED,
        "neither",
        ("accounts_pd_filled",),
        _accounts_pd_filled,
        "number of performing accounts whose missing PD is read from their score",
        "Logistic maximum likelihood on the book's own outcomes; else PD = 1 / (1 + 32·2^((score − 650) / 50)).",
        "Accounts that came without a default probability and got one from their score, by a curve fitted to the "
        "book's own outcomes where they are 90 days past due in twelve months, else by a stated curve for scores of "
        "350 to 950. Rules never see it: to them the PD stays missing.",
        columns=("pd", "score"),
        by_policy=False,
    ),
)
