"""What is looked at on the desk, and what is asked about it."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.domain.book import Book
from desktop_app.domain.changes import Changes, Part
from desktop_app.domain.filters import EVERYTHING
from desktop_app.domain.handles import ThresholdHandle, find_comparison, threshold_handles
from desktop_app.domain.policy import Policy
from desktop_app.domain.requests import (
    EvaluateRequest,
    HistogramRequest,
)
from desktop_app.domain.scenario import Scenario
from desktop_app.engine.project import Project
from desktop_app.engine.schema import Fields
from desktop_app.figures.catalogue import find_figure
from desktop_app.text.words import Words
from desktop_app.workspace.comparing import alike, tab_question
from desktop_app.workspace.desk import Desk, View
from desktop_app.workspace.latest import Latest
from desktop_app.workspace.rule_editing import RuleEditing


class Looking(RuleEditing):
    """The desk with what of it is in view: the active rule and its line, the grouping, the lens."""

    def __init__(self, project: Project, first: Desk, words: Words) -> None:
        super().__init__(project, first, words)
        self._chosen = View()
        self._view: Latest[View] = Latest()
        self._compared: Latest[Scenario] = Latest()
        self._question: Latest[EvaluateRequest] = Latest()
        self._histogram_question: Latest[HistogramRequest] = Latest()

    @property
    def view(self) -> View:
        """What is looked at; the active rule and its line are always the scenario's, where it has any."""
        return self._view.of((self._chosen, self.scenario, self.book), self._look)

    def _look(self) -> View:
        chosen = self._chosen
        rules = {rule.id for rule in self.scenario.policy.rules}
        with_line = _drawn_handles(self.scenario.policy, self.book)
        if chosen.active_rule in rules:
            if chosen.handle is None or chosen.handle in with_line:
                return chosen
            # Another policy's rule of the same id may have other lines.
            of_rule = [handle for handle in with_line if handle.rule == chosen.active_rule]
            return replace(chosen, handle=of_rule[0] if of_rule else None)
        first = with_line[0].rule if with_line else next((rule.id for rule in self.scenario.policy.rules), None)
        return replace(self._chosen, active_rule=first, handle=with_line[0] if with_line else None)

    def look_at(self, rule: str, handle: ThresholdHandle | None = None) -> Changes:
        """Make a rule the active one; the histogram shows the field of `handle`, or of the rule's first number."""
        of_rule = [one for one in _drawn_handles(self.scenario.policy, self.book) if one.rule == rule]
        chosen = handle or (of_rule[0] if of_rule else None)
        self._chosen = replace(self._chosen, active_rule=rule, handle=chosen)
        return Changes(frozenset({Part.ACTIVE_RULE}))

    def group_by(self, column: str | None) -> Changes:
        """Group by a column of the book, or not at all; KeyError for one that groups nothing."""
        if column is not None and not self.book.column(column).is_grouping:
            raise KeyError(column)
        self._chosen = replace(self._chosen, grouping=column)
        return Changes(frozenset({Part.GROUPING}))

    def look_through(self, figure: str | None) -> Changes:
        """Have every chart show a figure, or users again; UnknownFigure for one that the catalogue lacks."""
        lens = find_figure(figure).id if figure is not None else None
        self._chosen = replace(self._chosen, lens=lens)
        return Changes(frozenset({Part.LENS}))

    def question(self) -> EvaluateRequest:
        """What the desk asks: the baseline is compared under the scenario's own assumptions and stress."""
        before, scenario = self.desk.baseline, self.scenario
        # Made once for a whole drag: what is remembered of the baseline is found by its identity.
        supposed = (before, scenario.assumptions, scenario.stress)
        compared = self._compared.of(supposed, lambda: alike(before, scenario))
        parts = (self.book, compared, scenario, self.view.grouping)
        return self._question.of(parts, lambda: tab_question(*parts, EVERYTHING))

    def histogram_question(self) -> HistogramRequest | None:
        """What the histogram asks; None where the active rule has no number to draw."""
        handle = self.view.handle
        if handle is None:
            return None
        asked = self.question()
        field = find_comparison(asked.scenario.policy.rule(handle.rule), handle.comparison).field
        return self._histogram_question.of(
            (asked, field),
            lambda: HistogramRequest(asked.data_hash, asked.as_of, asked.baseline, asked.scenario, field),
        )


def _drawn_handles(policy: Policy, book: Book) -> list[ThresholdHandle]:
    """The thresholds of the rules that the book has every column of."""
    fields = Fields.of(book)
    return [handle for handle in threshold_handles(policy) if not fields.missing(policy.rule(handle.rule))]
