"""What became of the users whom a rule hits, where outcomes are known (domain rules, section 3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from desktop_app.domain.observations import Outcomes
from desktop_app.domain.readings import Reading
from desktop_app.domain.requests import Evaluation
from desktop_app.domain.sides import Side
from desktop_app.figures.intervals import is_thin, wilson


@dataclass(frozen=True)
class Observed:
    """How some users turned out; without anything, users of whom nothing was asked.

    Attributes: known and bads count users; low and high bound the bad rate by Wilson's 95 % interval; lift is the bad
    rate over the book's; goods_per_bad is goods hit for each bad one; thin says that too few cases stand behind it.
    Rates are None where nobody's outcome is known, goods_per_bad where nobody is bad.
    """

    known: int | None = None
    bads: int | None = None
    bad_rate: float | None = None
    low: float | None = None
    high: float | None = None
    lift: float | None = None
    goods_per_bad: float | None = None
    thin: bool | None = None


NOTHING: Final = Observed()


@dataclass(frozen=True)
class RuleObserved:
    """How those turned out whom a rule hits, whom no other rule hits, and on whom the live system did not act.

    Each is empty where the rule was not evaluated, or the book knows no outcomes.
    """

    hits: Observed = NOTHING
    sole_hits: Observed = NOTHING
    untreated: Observed = NOTHING


def rules_observed(evaluation: Evaluation, side: Side, found: Mapping[str, Reading]) -> dict[str, RuleObserved]:
    """Every rule of one side by its id, beside the bad rates of the whole book that `found` has."""
    rate, rate_untreated = found["bad_rate"].value, found["bad_rate_untreated"].value
    known = {one.rule: one for one in evaluation.outcomes.get(side, ())}
    rules = [counts.rule for counts in evaluation.rules[side]]
    return {
        rule: RuleObserved(
            observed(known[rule].hits, rate),
            observed(known[rule].sole_hits, rate),
            observed(known[rule].hits_untreated, rate_untreated),
        )
        if rule in known
        else RuleObserved()
        for rule in rules
    }


def observed(outcomes: Outcomes | None, book_rate: float | None) -> Observed:
    """The rates of some users beside the book's bad rate; outcomes None for a rule that was not evaluated."""
    if outcomes is None:
        return NOTHING
    known, bads = outcomes.known, outcomes.bads
    if not known:
        return Observed(0, 0, thin=True)
    hits, of = np.array([float(bads)]), np.array([float(known)])
    low, high = wilson(hits, of)
    rate = bads / known
    return Observed(
        known=known,
        bads=bads,
        bad_rate=rate,
        low=float(low[0]),
        high=float(high[0]),
        lift=rate / book_rate if book_rate else None,
        goods_per_bad=outcomes.goods / bads if bads else None,
        thin=bool(is_thin(hits, of)[0]),
    )
