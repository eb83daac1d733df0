"""What the charts draw: users by reason and by cause, and the histogram of a field with its thresholds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np

from desktop_app.analysis.readings import Slices
from desktop_app.analysis.slices import reason_sums
from desktop_app.analysis.steps import steps_of
from desktop_app.domain.book import Book
from desktop_app.domain.chart_values import Bar, BarsValue, HistogramValue, ThresholdLine
from desktop_app.domain.cubes import Cube, Sums
from desktop_app.domain.handles import find_comparison, threshold_handles, value_of
from desktop_app.domain.outcomes import OUTCOMES, RESTRICTED, Outcome
from desktop_app.domain.policy import Cause, Rule
from desktop_app.domain.problems import Message, message
from desktop_app.domain.readings import Reading, Unit
from desktop_app.domain.requests import SIDES, Evaluation, HistogramCounts
from desktop_app.domain.scenario import Scenario
from desktop_app.figures.types import Figure
from desktop_app.text.labels import CAUSE_LABELS, OUTCOME_LABELS, UNIT_LABELS
from desktop_app.text.words import Words

_Counts = dict[Outcome, tuple[float, float]]

# What a sum over reasons can be counted in: the reasons' shares and ratios do not add up to the whole.
_ADDS_UP = frozenset({Unit.USERS, Unit.ACCOUNTS, Unit.MONEY})


def adds_up(figure: Figure) -> bool:
    """Whether a figure of the parts of a book adds up to that of the whole, so that bars can divide it."""
    return figure.unit in _ADDS_UP and not figure.denominator


@dataclass(frozen=True)
class Lens:
    """The figure that bars show in place of users; it must be one that adds up."""

    figure: Figure
    book: Book

    def of(self, bars: Sequence[Bar], slices: Slices) -> list[Bar]:
        """The bars, each with the figure of its own slice; those without a figure are left out."""
        readings = zip(bars, slices.figure(self.figure), strict=True)
        return [
            replace(bar, value=reading.value, baseline=reading.baseline)
            for bar, reading in readings
            if reading.value is not None and reading.baseline is not None
        ]


def reason_bars(
    evaluation: Evaluation, baseline: Scenario, scenario: Scenario, words: Words, lens: Lens | None = None
) -> BarsValue:
    """Users, or the figure of the lens, by the rule that gives the reason, whatever the outcome.

    Rules that touch nobody are left out. A bar takes the colour of the outcome that most of its users have.
    """
    rules = _rules(baseline, scenario)
    users = _users_by_rule(evaluation, tuple(rules))
    bars = [_bar(rule, words.wording(rules[rule].name) or rule, counts) for rule, counts in users.items()]
    title = message("Users by reason")
    if lens is None:
        return _bars(title, bars, words)
    sums = {side: reason_sums(evaluation.by_reason[side], tuple(rules)) for side in SIDES}
    title = message("{figure} by reason", figure=Message(lens.figure.name))
    return _bars(title, lens.of(bars, Slices(sums, baseline, scenario, lens.book)), words, lens)


def outcome_bars(found: Mapping[str, Reading], words: Words) -> BarsValue:
    """Users by outcome, the most severe first, from the readings of a whole book; the unchanged are left out."""
    drawn = [outcome for outcome in OUTCOMES if outcome is not Outcome.UNCHANGED]
    pairs = [(outcome, found[f"users_{outcome}"]) for outcome in drawn]
    bars = [
        Bar(outcome, words.say(OUTCOME_LABELS[outcome]), outcome, reading.value or 0.0, reading.baseline or 0.0)
        for outcome, reading in pairs
    ]
    shown = tuple(bar for bar in bars if bar.value or bar.baseline)
    return BarsValue(words.say(message("Users by outcome")), words.say(UNIT_LABELS[Unit.USERS]), shown)


def cause_bars(
    evaluation: Evaluation, baseline: Scenario, scenario: Scenario, words: Words, lens: Lens | None = None
) -> BarsValue:
    """Restricted users, or the figure of the lens over them, by the cause of their reason.

    Causes that restrict nobody are left out. A rule that both policies have counts under the cause that the scenario
    gives it.
    """
    rules = _rules(baseline, scenario)
    by_cause: dict[Cause, _Counts] = {cause: {} for cause in Cause}
    for rule, counts in _users_by_rule(evaluation, tuple(rules)).items():
        added = by_cause[rules[rule].reason.cause]
        for outcome in RESTRICTED:
            before, now = added.get(outcome, (0.0, 0.0)), counts[outcome]
            added[outcome] = (before[0] + now[0], before[1] + now[1])
    bars = [_bar(cause, words.say(CAUSE_LABELS[cause]), counts) for cause, counts in by_cause.items()]
    title = message("Restricted users by cause")
    if lens is None:
        return _bars(title, bars, words)
    places = [[place for place, rule in enumerate(rules.values()) if rule.reason.cause is cause] for cause in Cause]
    sums = {
        side: reason_sums(evaluation.by_reason[side], tuple(rules)).only(*RESTRICTED).grouped(places) for side in SIDES
    }
    title = message("{figure} of the restricted, by cause", figure=Message(lens.figure.name))
    return _bars(title, lens.of(bars, Slices(sums, baseline, scenario, lens.book)), words, lens)


def histogram(counts: HistogramCounts, scenario: Scenario, book: Book, rule: str | None = None) -> HistogramValue:
    """Users by bin and outcome, with a line for every threshold on the field that an enabled rule has.

    rule leaves only the lines of that rule; KeyError where the book has no such column.
    """
    return histogram_with(counts, book, _lines(scenario, counts.field, rule))


def histogram_with(counts: HistogramCounts, book: Book, lines: tuple[ThresholdLine, ...]) -> HistogramValue:
    """Users by bin and outcome, with these lines; KeyError where the book has no such column."""
    column = book.column(counts.field)
    grid = steps_of(column, *(Decimal(repr(line.position)) for line in lines))
    edges = np.asarray(counts.edges, dtype=np.float64)
    return HistogramValue(
        field=counts.field,
        type=column.type,
        edges=edges,
        counts=dict(counts.counts),
        baseline=_restricted(counts.baseline, len(edges) - 1),
        missing=counts.missing,
        lines=lines,
        step=grid.step,
        minimum=grid.minimum,
        maximum=grid.maximum,
    )


def _rules(baseline: Scenario, scenario: Scenario) -> dict[str, Rule]:
    rules = {rule.id: rule for rule in scenario.policy.rules}
    return rules | {rule.id: rule for rule in baseline.policy.rules if rule.id not in rules}


def _users_by_rule(evaluation: Evaluation, rules: tuple[str, ...]) -> dict[str, _Counts]:
    """Users by reason and outcome, under the scenario and the baseline."""
    after, before = (reason_sums(_only_users(evaluation.by_reason[side]), rules) for side in ("scenario", "baseline"))
    pairs = {outcome: (after.over("users", outcome), before.over("users", outcome)) for outcome in OUTCOMES}
    return {
        rule: {outcome: (float(now[place]), float(ghost[place])) for outcome, (now, ghost) in pairs.items()}
        for place, rule in enumerate(rules)
    }


def _only_users(cube: Cube) -> Cube:
    return Cube(cube.axes, {"users": cube.sums["users"]})


def _bar(key: str, label: str, counts: _Counts) -> Bar:
    values = [sum(pair[side] for pair in counts.values()) for side in (0, 1)]
    # Ties, and bars of nobody, take the more severe outcome, so that the colour never depends on dict order.
    outcome = max(OUTCOMES, key=lambda one: (counts.get(one, (0.0, 0.0)), -OUTCOMES.index(one)))
    return Bar(key, label, outcome, values[0], values[1])


def _bars(title: Message, bars: Iterable[Bar], words: Words, lens: Lens | None = None) -> BarsValue:
    """The bars that show anything, longest first."""
    shown = [bar for bar in bars if bar.value or bar.baseline]
    ordered = tuple(sorted(shown, key=lambda bar: (-abs(bar.value), -abs(bar.baseline))))
    unit, currency = (lens.figure.unit, lens.book.currency) if lens else (Unit.USERS, "")
    name = words.symbol(currency) if unit is Unit.MONEY and currency else words.say(UNIT_LABELS[unit])
    return BarsValue(words.say(title), name, ordered, unit, currency)


def _lines(scenario: Scenario, field: str, only: str | None) -> tuple[ThresholdLine, ...]:
    enabled = {rule.id: rule for rule in scenario.policy.enabled_rules if only is None or rule.id == only}
    return tuple(
        ThresholdLine(handle, float(value_of(scenario, handle)), handle.group or "")
        for handle in threshold_handles(scenario.policy)
        if handle.rule in enabled and find_comparison(enabled[handle.rule], handle.comparison).field == field
    )


def _restricted(baseline: Mapping[Outcome, Sums], bins: int) -> Sums:
    total = np.zeros(bins, dtype=np.int64)
    for outcome in RESTRICTED & baseline.keys():
        total = total + baseline[outcome]
    return total
