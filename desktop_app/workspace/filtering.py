"""The desk through a filter: each view looks at what the others have chosen, readings at all that is chosen.

A view's own choice does not narrow it: it stays whole, with the choice marked, so that the next can be made in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from desktop_app.domain.chart_values import HistogramValue
from desktop_app.domain.filters import Filter, FilterPart, HasOutcome, HasReason, InGroup, InRange, IsMissing
from desktop_app.domain.requests import EvaluateRequest, Evaluation, HistogramCounts, HistogramRequest, Request
from desktop_app.text.words import Words
from desktop_app.workspace.answer_cache import AnswerCache
from desktop_app.workspace.filter_trail import FilterTrail
from desktop_app.workspace.latest import Latest
from desktop_app.workspace.showing import Answered, Filtered, Showing, Shown, Shows

# What a view shows, and so what it asks for by itself.
READINGS, REASONS, GROUPS = "readings", "reasons", "groups"
_HISTOGRAM = "histogram"


@dataclass(frozen=True)
class FilterQuestions:
    """What the views ask where a filter is chosen, by role; histogram None where none is drawn."""

    by_role: Mapping[str, EvaluateRequest]
    histogram: HistogramRequest | None

    @classmethod
    def of(cls, asked: EvaluateRequest, histogram: HistogramRequest | None, chosen: Filter) -> FilterQuestions:
        """The desk's questions, each about what the other views have chosen; none where nothing is chosen."""
        if not chosen:
            return cls({}, None)
        by_role = {
            READINGS: chosen,
            REASONS: _without(chosen, lambda part: isinstance(part, HasReason | HasOutcome)),
            GROUPS: _without(chosen, lambda part: isinstance(part, InGroup) and part.column == asked.grouping),
        }
        field = histogram.field if histogram else ""
        along = _without(chosen, lambda part: isinstance(part, InRange | IsMissing) and part.field == field)
        return cls(
            {role: replace(asked, chosen=narrowed) for role, narrowed in by_role.items()},
            replace(histogram, chosen=along) if histogram else None,
        )

    def __iter__(self) -> Iterator[EvaluateRequest | HistogramRequest]:
        yield from self.by_role.values()
        if self.histogram is not None:
            yield self.histogram


def _without(chosen: Filter, is_own: Callable[[FilterPart], bool]) -> Filter:
    return Filter(tuple(part for part in chosen if not is_own(part)))


@dataclass
class Filtering:
    """Asks what a filter needs answered, and shows the desk through it.

    What came last stays until the present answers come.

    Attributes: trail has the filter in force.
    """

    trail: FilterTrail
    _questions: Latest[FilterQuestions] = field(default_factory=Latest)
    _showings: dict[str, Showing] = field(default_factory=dict)
    _answered: dict[str, Answered] = field(default_factory=dict)
    _counts: HistogramCounts | None = None

    def ask(self, asked: EvaluateRequest, histogram: HistogramRequest | None) -> FilterQuestions:
        """What the views ask about what the others have chosen."""
        parts = (asked, histogram, self.trail.chosen)
        return self._questions.of(parts, lambda: FilterQuestions.of(*parts))

    def wanted(self, questions: FilterQuestions, cache: AnswerCache) -> list[Request]:
        """The questions that have no answer yet; those about the whole book are the desk's own."""
        found: dict[str, Request] = {}
        for request in questions:
            kind = HistogramCounts if isinstance(request, HistogramRequest) else Evaluation
            if request.chosen and cache.find(request.key, kind) is None:
                found.setdefault(request.key, request)
        return list(found.values())

    def over(self, shown: Shown, shows: Shows, questions: FilterQuestions, cache: AnswerCache, words: Words) -> Shown:
        """The desk, each view with its own answers in place of those about the whole book."""
        if not questions.by_role:
            return shown
        views = {role: self._view(role, shows, request, cache, words) for role, request in questions.by_role.items()}
        readings, reasons, groups = (views[role] or shown for role in (READINGS, REASONS, GROUPS))
        fresh = not self.wanted(questions, cache)
        return replace(
            shown,
            fresh=shown.fresh and fresh,
            reasons=reasons.reasons,
            causes=reasons.causes,
            groups=groups.groups,
            histogram=self._histogram(shown, shows, questions, cache, words),
            filtered=Filtered(questions.by_role[READINGS].chosen, readings.readings if views[READINGS] else {}),
        )

    def _view(
        self, role: str, shows: Shows, request: EvaluateRequest, cache: AnswerCache, words: Words
    ) -> Shown | None:
        """The desk as one role's answer has it; None where it is about the whole book, or nothing is answered yet."""
        if not request.chosen:
            return None
        evaluation = cache.find(request.key, Evaluation)
        if evaluation is not None:
            self._answered[role] = Answered(request, evaluation)
        answered = self._answered.get(role)
        if answered is None or answered.request.data_hash != request.data_hash:
            return None
        showing = self._showings.setdefault(role, Showing())
        return showing.show(replace(shows, answered=answered, grabbed=None), words)

    def _histogram(
        self, shown: Shown, shows: Shows, questions: FilterQuestions, cache: AnswerCache, words: Words
    ) -> HistogramValue | None:
        asked = questions.histogram
        if asked is None or not asked.chosen:
            return shown.histogram
        found = cache.find(asked.key, HistogramCounts)
        if found is not None or (self._counts is not None and self._counts.field != asked.field):
            self._counts = found
        showing = self._showings.setdefault(_HISTOGRAM, Showing())
        return showing.show(replace(shows, counts=self._counts), words).histogram
