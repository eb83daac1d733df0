"""What the desk shows: frozen values made from the state and the latest answers, for views to draw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TypeAlias

from desktop_app.analysis.charts import Lens, adds_up, cause_bars, histogram, reason_bars
from desktop_app.analysis.edit_words import only_edit_words
from desktop_app.analysis.goals import Standing, standings
from desktop_app.analysis.headline import headline
from desktop_app.analysis.index import positions_of, size_positions_of
from desktop_app.analysis.readings import Half, group_slices, whole_half, whole_slices
from desktop_app.analysis.readout import readout
from desktop_app.analysis.steps import Steps, size_steps, steps_of
from desktop_app.domain.book import Book
from desktop_app.domain.chart_values import BarsValue, CurveValue, GoalMark, HistogramValue, LoosestValue, ReadoutValue
from desktop_app.domain.conditions import Comparison
from desktop_app.domain.filters import Filter
from desktop_app.domain.handles import Handle, SizeHandle, ThresholdHandle, find_comparison, threshold_handles, value_of
from desktop_app.domain.policy import Rule, Wording
from desktop_app.domain.problems import Message, message
from desktop_app.domain.readings import Reading
from desktop_app.domain.requests import EvaluateRequest, Evaluation, HistogramCounts, RuleCounts
from desktop_app.domain.scenario import Scenario
from desktop_app.engine.schema import Fields
from desktop_app.figures.catalogue import FIGURES
from desktop_app.text.words import Words
from desktop_app.workspace.desk import View
from desktop_app.workspace.latest import Latest
from desktop_app.workspace.lazy_readings import Figures, LazyReadings


@dataclass(frozen=True)
class RuleHandle:
    """What a slider needs for one number of a rule; numbers in the analyst's unit.

    Attributes: step is how finely the number can be set, rest where a dragged slider comes to rest, which an index
    can follow; column is the field of a threshold, "" for the size of an action; group is the threshold's, if any.
    """

    handle: Handle
    value: Decimal
    minimum: Decimal
    maximum: Decimal
    step: Decimal
    column: str
    rest: Decimal
    group: str = ""


@dataclass(frozen=True)
class RuleView:
    """One rule as the panel shows it; missing are the columns that make it unavailable."""

    rule: Rule
    position: int
    available: bool
    missing: tuple[str, ...]
    counts: RuleCounts | None
    handles: tuple[RuleHandle, ...]


@dataclass(frozen=True)
class GroupRow:
    """One group of the chosen grouping; label None is the group of missing values."""

    label: str | None
    readings: Mapping[str, Reading]


@dataclass(frozen=True)
class Status:
    """What the status line says; evidence is the latest date whose outcomes are known, None without any."""

    book: str
    as_of: date
    as_of_note: Wording
    accounts: int
    users: int
    milliseconds: float | None
    fresh: bool
    method: Message
    evidence: date | None = None


@dataclass(frozen=True)
class Filtered:
    """What the desk is narrowed to, and every figure of it; no figures before the first answer."""

    chosen: Filter
    readings: Mapping[str, Reading]


@dataclass(frozen=True)
class Shown:
    """Everything on the desk, for the active tab or the preview of a drag.

    Attributes: fresh is False while the figures belong to an earlier state; readings are by figure, empty before
    the first answer, and so are the goals' standings. Where a filter is chosen, filtered has its figures and the charts
    show it; readings, headline, goals and curve go on being about the whole book. curve, marks and loosest are about
    the line that is looked at, once its index is there. whole is False where the figures come from an index: hits of
    rules are then those of the answer before. histogram_fresh is False where the drag leaves the histogram behind fresh
    figures, as that of a size does.
    """

    scenario: Scenario
    baseline: Scenario
    locked: bool
    fresh: bool
    readings: Mapping[str, Reading]
    rules: tuple[RuleView, ...]
    reasons: BarsValue | None
    causes: BarsValue | None
    histogram: HistogramValue | None
    groups: tuple[GroupRow, ...]
    headline: Message | None
    status: Status
    goals: tuple[Standing, ...] = ()
    readout: ReadoutValue | None = None
    filtered: Filtered | None = None
    curve: CurveValue | None = None
    marks: tuple[GoalMark, ...] = ()
    loosest: LoosestValue | None = None
    whole: bool = True
    histogram_fresh: bool = True


@dataclass(frozen=True)
class Answered:
    """A question with its answer: figures are only ever computed from the scenario that was asked about."""

    request: EvaluateRequest
    evaluation: Evaluation


@dataclass(frozen=True)
class Grabbed:
    """A number that is being dragged, and the figures from which it was taken up."""

    handle: Handle
    answered: Answered


@dataclass(frozen=True)
class Shows:
    """What `show` makes its value from.

    Attributes: scenario is what the tab holds now; answered the latest answer and fresh whether it is about that
    scenario; counts the latest histogram and counted whether it is; grabbed what is being dragged.
    """

    book: Book
    scenario: Scenario
    baseline: Scenario
    locked: bool
    view: View
    answered: Answered | None
    fresh: bool
    counts: HistogramCounts | None
    counted: bool = True
    grabbed: Grabbed | None = None


_Made: TypeAlias = tuple[tuple[str, ...], tuple[RuleHandle, ...]]


@dataclass
class Showing:
    """Makes the desk's value; what came of the same answer, rule or language is not made again."""

    _fields: Latest[Fields] = field(default_factory=Latest)
    _rules: dict[str, Latest[_Made]] = field(default_factory=dict)
    _readings: Latest[Mapping[str, Reading]] = field(default_factory=Latest)
    _reasons: Latest[BarsValue] = field(default_factory=Latest)
    _causes: Latest[BarsValue] = field(default_factory=Latest)
    _histogram: Latest[HistogramValue] = field(default_factory=Latest)
    _groups: Latest[tuple[GroupRow, ...]] = field(default_factory=Latest)
    _before: Latest[Mapping[str, Reading]] = field(default_factory=Latest)
    _ghost: Latest[Half] = field(default_factory=Latest)

    def show(self, shows: Shows, words: Words) -> Shown:
        """The desk's value; figures are of the latest answer, rules and lines of the scenario as it is now."""
        rules = self._rule_views(shows)
        base = Shown(
            shows.scenario,
            shows.baseline,
            shows.locked,
            shows.fresh,
            {},
            rules,
            None,
            None,
            None,
            (),
            None,
            _status(shows),
            histogram_fresh=shows.counted or not shows.fresh,
        )
        return base if shows.answered is None else self._with_figures(base, shows, shows.answered, words)

    def _with_figures(self, base: Shown, shows: Shows, answered: Answered, words: Words) -> Shown:
        book, evaluation = shows.book, answered.evaluation
        sides = (answered.request.baseline, answered.request.scenario)
        parts = (evaluation, *sides)
        figures = self._readings.of((*parts, book), lambda: self._whole(answered, book))
        lens = _lens(shows)
        seen = (*parts, book, shows.view.lens)
        return replace(
            base,
            readings=figures,
            reasons=self._reasons.of((*seen, words), lambda: reason_bars(evaluation, *sides, words, lens)),
            causes=self._causes.of((*seen, words), lambda: cause_bars(evaluation, *sides, words, lens)),
            histogram=self._histogram_of(shows),
            whole=evaluation.whole,
            groups=self._groups.of((*parts, book, answered.request.grouping), lambda: _groups(answered, book)),
            readout=self._readout(shows, figures, words),
            goals=standings(shows.scenario.goals, figures),
            headline=None if shows.locked else self._headline(answered, figures, shows, words),
        )

    def _whole(self, answered: Answered, book: Book) -> LazyReadings:
        """Every figure of the whole book; the baseline's are those of the frame before, where it is the same."""
        evaluation, asked = answered.evaluation, answered.request
        before = (evaluation.by_reason["baseline"], asked.baseline)
        ghost = self._ghost.of(before, lambda: whole_half(evaluation, asked.baseline))
        return LazyReadings(Figures(whole_slices(evaluation, asked.baseline, asked.scenario, book, ghost)), 0)

    def _readout(self, shows: Shows, after: Mapping[str, Reading], words: Words) -> ReadoutValue | None:
        """What the drag does from where it began; None where nothing is dragged, or only an assumption."""
        grabbed, book = shows.grabbed, shows.book
        if grabbed is None or not isinstance(grabbed.handle, ThresholdHandle | SizeHandle):
            return None
        asked, evaluation = grabbed.answered.request, grabbed.answered.evaluation
        start, value = (value_of(scenario, grabbed.handle) for scenario in (asked.scenario, shows.scenario))
        lines: tuple[Message, ...] = (message("counting…"),)
        if shows.fresh:
            slices = (evaluation, asked.baseline, asked.scenario, book)
            before = self._before.of(slices, lambda: LazyReadings(Figures(whole_slices(*slices)), 0))
            lines = readout(before, after, shows.scenario.policy.rule(grabbed.handle.rule).action, words)
        return ReadoutValue(grabbed.handle, start, value, tuple(map(words.say, lines)))

    def _headline(self, answered: Answered, figures: Mapping[str, Reading], shows: Shows, words: Words) -> Message:
        asked, called = answered.request, words.wording(shows.scenario.name) or shows.scenario.id
        done = only_edit_words(asked.baseline, asked.scenario, figures["users_restricted"].delta, words)
        return headline(figures, done or called, words, shows.book.currency)

    def _histogram_of(self, shows: Shows) -> HistogramValue | None:
        counts, scenario, book, rule = shows.counts, shows.scenario, shows.book, shows.view.active_rule
        if counts is None:
            return None
        return self._histogram.of((counts, scenario, book, rule), lambda: histogram(counts, scenario, book, rule))

    def _rule_views(self, shows: Shows) -> tuple[RuleView, ...]:
        book = shows.book
        fields = self._fields.of((book,), lambda: Fields.of(book))
        counts = {}
        if shows.answered is not None:
            counts = {one.rule: one for one in shows.answered.evaluation.rules["scenario"]}
        views = []
        for position, rule in enumerate(shows.scenario.policy.rules):
            made = self._rules.setdefault(rule.id, Latest())
            missing, handles = made.of((rule, book), partial(_made, shows, rule, fields))
            views.append(RuleView(rule, position, not missing, missing, counts.get(rule.id), handles))
        return tuple(views)


def _made(shows: Shows, rule: Rule, fields: Fields) -> _Made:
    missing = fields.missing(rule)
    return missing, () if missing else tuple(_rule_handles(shows, rule))


def _rule_handles(shows: Shows, rule: Rule) -> list[RuleHandle]:
    found = []
    for handle in threshold_handles(shows.scenario.policy):
        if handle.rule == rule.id:
            comparison: Comparison = find_comparison(rule, handle.comparison)
            value = value_of(shows.scenario, handle)
            grid = steps_of(shows.book.column(comparison.field), value)
            rest = positions_of(grid).step
            found.append(_with_grid(handle, value, grid, comparison.field, rest, group=handle.group or ""))
    size = size_steps(rule.action, shows.book)
    if size is not None:
        sized = SizeHandle(rule.id)
        rest = size_positions_of(size).step
        found.append(_with_grid(sized, value_of(shows.scenario, sized), size, "", rest))
    return found


def _with_grid(
    handle: Handle, value: Decimal, grid: Steps, column: str, rest: Decimal, *, group: str = ""
) -> RuleHandle:
    return RuleHandle(handle, value, grid.minimum, grid.maximum, grid.step, column, rest, group)


def _groups(answered: Answered, book: Book) -> tuple[GroupRow, ...]:
    request = answered.request
    if request.grouping is None:
        return ()
    labels, slices = group_slices(answered.evaluation, request.baseline, request.scenario, book)
    figures = Figures(slices)
    # A group that nobody is in says nothing; the missing one is often so.
    accounts = slices.sums["scenario"].over("accounts")
    return tuple(GroupRow(label, LazyReadings(figures, place)) for place, label in enumerate(labels) if accounts[place])


def _lens(shows: Shows) -> Lens | None:
    """What the bars show; users where no figure is chosen, or one that reasons and causes cannot divide."""
    figure = FIGURES[shows.view.lens] if shows.view.lens else None
    return Lens(figure, shows.book) if figure is not None and adds_up(figure) else None


def _status(shows: Shows) -> Status:
    book = shows.book
    milliseconds = shows.answered.evaluation.milliseconds if shows.answered else None
    method = message("Every account was read again for this answer; nothing is sampled or estimated.")
    if shows.answered and not shows.answered.evaluation.whole:
        method = message(
            "Read from sums of every account at every position of this line; they equal a full count, digit for digit."
        )
    return Status(
        book.name,
        book.as_of,
        book.as_of_note,
        book.accounts,
        book.users,
        milliseconds,
        shows.fresh,
        method,
        book.evidence,
    )
