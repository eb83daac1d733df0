"""Margin a year of performing accounts with a contract rate, and what of it a policy gives up (domain rules, §4)."""

from __future__ import annotations

import numpy as np

from desktop_app.domain.outcomes import Outcome
from desktop_app.domain.readings import Kind, Unit
from desktop_app.domain.scenario import Assumptions
from desktop_app.figures.exposure import MINOR_PER_UNIT, ead, ead_no_policy, exposure, exposure_no_policy, line
from desktop_app.figures.loss import LOSS_PER_UNIT
from desktop_app.figures.types import Figure, Floats, OutcomeSums, quotient


def ead_earning(sums: OutcomeSums, assumptions: Assumptions) -> Floats:
    """EAD of the accounts that have a margin: performing, with a PD and a contract rate; in currency units."""
    return exposure(sums, "balance_earning", "undrawn_earning", assumptions) / MINOR_PER_UNIT


def margin_coverage(sums: OutcomeSums, assumptions: Assumptions) -> Floats:
    """Share of EAD whose accounts have a margin; NaN where there is no EAD."""
    return quotient(ead_earning(sums, assumptions), ead(sums, assumptions))


def margin(sums: OutcomeSums, assumptions: Assumptions) -> Floats:
    """Margin a year under the policy, in currency units; NaN where no account has one."""
    drawn = line(sums, "undrawn_earning", assumptions)
    income, loss = (line(sums, measure, assumptions) for measure in ("income_undrawn", "loss_undrawn_earning"))
    reviews = float(assumptions.review_cost) * sums.over("accounts_earning", Outcome.REFERRED)
    return _where_earning(_earned(sums, assumptions, drawn, income, loss) - reviews, sums)


def margin_no_policy(sums: OutcomeSums, assumptions: Assumptions) -> Floats:
    """Margin a year where nobody is restricted or reviewed, in currency units."""
    names = ("undrawn_before_earning", "income_undrawn_before", "loss_undrawn_before_earning")
    drawn, income, loss = (sums.over(name) for name in names)
    return _where_earning(_earned(sums, assumptions, drawn, income, loss), sums)


def margin_on_balance(sums: OutcomeSums, assumptions: Assumptions) -> Floats:
    """The part of the margin that is earned on what is drawn already, before opex and reviews; in currency units."""
    return _where_earning(_on_balance(sums, assumptions), sums)


def _earned(
    sums: OutcomeSums, assumptions: Assumptions, undrawn: Floats, income_undrawn: Floats, loss_undrawn: Floats
) -> Floats:
    """Margin before reviews; undrawn in minor units, its income and loss in 1/10,000, as if it were all drawn."""
    funding = float(assumptions.funding_cost) * undrawn / MINOR_PER_UNIT
    on_line = float(assumptions.draw_rate) * (income_undrawn / LOSS_PER_UNIT - funding)
    lost = float(assumptions.ccf) * loss_undrawn / LOSS_PER_UNIT
    opex = float(assumptions.opex) * sums.over("accounts_earning")
    return _on_balance(sums, assumptions) + on_line - lost - opex


def _on_balance(sums: OutcomeSums, assumptions: Assumptions) -> Floats:
    kept = sums.over("income_balance") - sums.over("loss_balance_earning")
    return kept / LOSS_PER_UNIT - float(assumptions.funding_cost) * sums.over("balance_earning") / MINOR_PER_UNIT


def _where_earning(value: Floats, sums: OutcomeSums) -> Floats:
    """`value`, NaN where there are accounts and none of them has a margin: an unknown margin is no zero margin."""
    return np.where((sums.over("accounts") > 0) & (sums.over("accounts_earning") == 0), np.nan, value)


def _margin_rate(sums: OutcomeSums, assumptions: Assumptions) -> Floats:
    return quotient(margin(sums, assumptions), ead_earning(sums, assumptions))


def _coverage_no_policy(sums: OutcomeSums, assumptions: Assumptions) -> Floats:
    covered = exposure_no_policy(sums, "balance_earning", "undrawn_before_earning", assumptions)
    return quotient(covered / MINOR_PER_UNIT, ead_no_policy(sums, assumptions))


def _coverage_balance(sums: OutcomeSums, _assumptions: Assumptions) -> Floats:
    return quotient(sums.over("balance_earning"), sums.over("balance"))


def _lost_per_el(sums: OutcomeSums, assumptions: Assumptions) -> Floats:
    """Both parts over the same accounts; a policy that avoids no loss there has no such figure."""
    left = line(sums, "loss_undrawn_earning", assumptions)
    avoided = float(assumptions.ccf) * (sums.over("loss_undrawn_before_earning") - left) / LOSS_PER_UNIT
    lost = margin_no_policy(sums, assumptions) - margin(sums, assumptions)
    return quotient(lost, np.where(avoided > 0, avoided, 0.0))


def _breakeven_pd(sums: OutcomeSums, assumptions: Assumptions) -> Floats:
    """The PD at which what is drawn of the open lines just pays for the loss on them."""
    draw, rates = float(assumptions.draw_rate), sums.over("rate_undrawn_before") / LOSS_PER_UNIT
    funding = float(assumptions.funding_cost) * sums.over("undrawn_before_priced") / MINOR_PER_UNIT
    lost = float(assumptions.ccf) * sums.over("lgd_undrawn_before") / LOSS_PER_UNIT
    return quotient(draw * (rates - funding), draw * rates + lost)


def _coverage_priced(sums: OutcomeSums, _assumptions: Assumptions) -> Floats:
    return quotient(sums.over("undrawn_before_priced"), sums.over("undrawn_before_performing"))


_COLUMNS = ("credit_limit", "balance", "days_past_due", "pd", "lgd", "apr")
_COVERED = ("balance", "undrawn_performing", "balance_earning", "undrawn_earning")
_COVERED_BEFORE = ("balance", "undrawn_before_performing", "balance_earning", "undrawn_before_earning")
_ON_BALANCE = ("accounts", "accounts_earning", "balance_earning", "income_balance", "loss_balance_earning")
_AFTER = ("undrawn_earning", "income_undrawn", "loss_undrawn_earning")
_BEFORE = ("undrawn_before_earning", "income_undrawn_before", "loss_undrawn_before_earning")
_MARGIN_SOURCE = "Greyline's definition; funding cost, draw rate, costs and declined reviews are your assumptions."


def _measures(*names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


FIGURES: tuple[Figure, ...] = (
    Figure(
        "margin",
        "Margin a year",
        Unit.MONEY,
        Kind.ASSUMED,
        "more",
        _measures(*_COVERED, *_ON_BALANCE, *_AFTER),
        margin,
        "Σ (rate × (1 − PD) − funding cost) × (balance + draw rate × open line) − EL − opex − review cost × reviews",
        _MARGIN_SOURCE,
        "What performing accounts earn in a year under the policy, before tax: interest on the balance and on what "
        "will be drawn of the open line, less funding, expected loss, operating cost and the cost of reviews. Accounts "
        "in default and accounts without a contract rate or a PD are left out; the coverage says how much of the "
        "exposure is in it.",
        coverage=margin_coverage,
        columns=_COLUMNS,
    ),
    Figure(
        "margin_no_policy",
        "Margin a year with no policy",
        Unit.MONEY,
        Kind.ASSUMED,
        "neither",
        _measures(*_COVERED_BEFORE, *_ON_BALANCE, *_BEFORE),
        margin_no_policy,
        "the margin with every line open as it is and nobody reviewed",
        _MARGIN_SOURCE,
        "What the same accounts would earn in a year if every line stayed as it is and nobody were blocked or "
        "reviewed.",
        coverage=_coverage_no_policy,
        columns=_COLUMNS,
        by_policy=False,
    ),
    Figure(
        "margin_rate",
        "Margin rate",
        Unit.SHARE,
        Kind.ASSUMED,
        "more",
        _measures(*_COVERED, *_ON_BALANCE, *_AFTER),
        _margin_rate,
        "margin ÷ EAD of the accounts with a margin",
        _MARGIN_SOURCE,
        "The margin a year in relation to the exposure that it is earned on.",
        denominator="ead_earning",
        coverage=margin_coverage,
        columns=_COLUMNS,
    ),
    Figure(
        "margin_on_balance",
        "Margin on balance",
        Unit.MONEY,
        Kind.ASSUMED,
        "more",
        _measures("balance", *_ON_BALANCE),
        margin_on_balance,
        "Σ (rate × (1 − PD) − funding cost − PD × LGD) × balance",
        _MARGIN_SOURCE,
        "The part of the margin that is earned on what is drawn already, before operating and review cost: what is "
        "lost when these customers leave. No policy moves it.",
        coverage=_coverage_balance,
        columns=("balance", *_COLUMNS[2:]),
        by_policy=False,
    ),
    Figure(
        "margin_lost_per_el",
        "Margin lost per unit of loss avoided",
        Unit.RATIO,
        Kind.ASSUMED,
        "less",
        _measures(*_COVERED_BEFORE, *_ON_BALANCE, *_AFTER, *_BEFORE),
        _lost_per_el,
        "(margin with no policy − margin) ÷ EL avoided, over the accounts with a margin",
        _MARGIN_SOURCE,
        "How much margin the policy costs for each unit of expected loss that it avoids. Below zero the policy raises "
        "the margin. There is no figure where it avoids no loss.",
        denominator="el_avoided",
        coverage=_coverage_no_policy,
        columns=_COLUMNS,
    ),
    Figure(
        "breakeven_pd",
        "Breakeven PD of the open lines",
        Unit.SHARE,
        Kind.ASSUMED,
        "more",
        ("undrawn_before_priced", "rate_undrawn_before", "lgd_undrawn_before", "undrawn_before_performing"),
        _breakeven_pd,
        "Σ draw rate × (rate − funding cost) × open line ÷ Σ (draw rate × rate + LGD × CCF) × open line",
        _MARGIN_SOURCE,
        "The default probability at which an open line just pays: below it, what is drawn earns more than defaults "
        "cost. Set it beside the bad rate of those whom a rule hits. Performing accounts with a contract rate, before "
        "the policy; the coverage is their share of the open line.",
        denominator="open_line_before",
        coverage=_coverage_priced,
        columns=("credit_limit", "balance", "days_past_due", "lgd", "apr"),
        by_policy=False,
    ),
    Figure(
        "ead_earning",
        "EAD with a margin",
        Unit.MONEY,
        Kind.ASSUMED,
        "neither",
        ("balance_earning", "undrawn_earning"),
        ead_earning,
        "EAD of the performing accounts with a PD and a contract rate",
        "Basel Framework CRE32 (exposure at default of undrawn retail lines); the CCF is your assumption.",
        "The part of the exposure that the margin is computed on.",
        columns=(*_COLUMNS[:4], "apr"),
    ),
    Figure(
        "margin_coverage",
        "Margin coverage",
        Unit.SHARE,
        Kind.ASSUMED,
        "more",
        _COVERED,
        margin_coverage,
        "EAD of the accounts with a margin ÷ EAD",
        "Greyline's definition.",
        "The share of the exposure whose accounts are performing and have both a PD and a contract rate. Where it is 0 "
        "the margin is a dash.",
        denominator="ead",
        columns=(*_COLUMNS[:4], "apr"),
    ),
)
