"""What a bar, a bin, a cell or a group of a chart stands for, as parts of a filter."""

from __future__ import annotations

from decimal import Decimal

from desktop_app.domain.chart_values import Bar, HistogramValue
from desktop_app.domain.filters import FilterPart, HasOutcome, HasReason, InGroup, InRange, IsMissing
from desktop_app.domain.outcomes import OUTCOMES, RESTRICTED, Outcome
from desktop_app.domain.policy import Policy
from desktop_app.domain.sides import Side

_RESTRICTED = tuple(outcome for outcome in OUTCOMES if outcome in RESTRICTED)
# Edges of bins are whole stored units, of which the finest is a millionth.
_DECIMALS = 6


def reason_parts(bar: Bar) -> tuple[FilterPart, ...]:
    """Those for whom the rule of a bar gives the reason; under the baseline where the scenario leaves none."""
    return (HasReason(_side(bar), (bar.key,)),)


def cause_parts(bar: Bar, baseline: Policy, scenario: Policy) -> tuple[FilterPart, ...]:
    """The restricted whose reason is of the cause of a bar; a rule that both policies have is of the scenario's."""
    causes = {rule.id: rule.reason.cause for policy in (baseline, scenario) for rule in policy.rules}
    rules = tuple(rule for rule, cause in causes.items() if cause == bar.key)
    return (HasReason(_side(bar), rules), HasOutcome(_side(bar), _RESTRICTED))


def outcome_parts(outcome: Outcome) -> tuple[FilterPart, ...]:
    """Those with one outcome under the scenario."""
    return (HasOutcome("scenario", (outcome,)),)


def cell_parts(before: Outcome, after: Outcome) -> tuple[FilterPart, ...]:
    """Those with one outcome under the baseline and one under the scenario."""
    return (HasOutcome("baseline", (before,)), HasOutcome("scenario", (after,)))


def group_parts(column: str, label: str | None) -> tuple[FilterPart, ...]:
    """One group."""
    return (InGroup(column, (label,)),)


def bin_parts(value: HistogramValue, first: int, last: int) -> tuple[FilterPart, ...]:
    """Those in the bins from `first` to `last`; the last bin of all has no upper bound."""
    low = _decimal(float(value.edges[first]))
    beyond = last + 1 == len(value.edges) - 1
    return (InRange(value.field, low, None if beyond else _decimal(float(value.edges[last + 1]))),)


def missing_parts(value: HistogramValue) -> tuple[FilterPart, ...]:
    """Those without a value of the histogram's field."""
    return (IsMissing(value.field),)


def _side(bar: Bar) -> Side:
    return "scenario" if bar.value or not bar.baseline else "baseline"


def _decimal(edge: float) -> Decimal:
    return Decimal(repr(round(edge, _DECIMALS))).normalize() + 0
