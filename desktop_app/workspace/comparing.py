"""Several scenarios side by side: the same question for each tab, asked while they are compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from desktop_app.analysis.readings import whole_slices
from desktop_app.domain.book import Book
from desktop_app.domain.filters import Filter
from desktop_app.domain.requests import EvaluateRequest, Evaluation
from desktop_app.domain.scenario import Scenario
from desktop_app.workspace.answer_cache import AnswerCache
from desktop_app.workspace.desk import Desk
from desktop_app.workspace.filter_trail import FilterTrail
from desktop_app.workspace.ladder import Readings
from desktop_app.workspace.latest import Latest
from desktop_app.workspace.lazy_readings import Figures, LazyReadings
from desktop_app.workspace.opened import Opened
from desktop_app.workspace.showing import Answered

# More columns than these nobody reads.
MOST_SCENARIOS = 6


def tab_question(
    book: Book, baseline: Scenario, scenario: Scenario, grouping: str | None, chosen: Filter
) -> EvaluateRequest:
    """What a tab asks: the baseline is compared under the scenario's own assumptions and stress."""
    return EvaluateRequest(
        book.data_hash, book.as_of, alike(baseline, scenario), scenario, grouping=grouping, chosen=chosen
    )


def alike(baseline: Scenario, scenario: Scenario) -> Scenario:
    """The baseline under the scenario's own assumptions and stress."""
    if baseline.assumptions is scenario.assumptions and baseline.stress is scenario.stress:
        return baseline
    return baseline.model_copy(update={"assumptions": scenario.assumptions, "stress": scenario.stress})


@dataclass(frozen=True)
class Sheet:
    """What is compared, and where its answers may be found."""

    desk: Desk
    book: Book
    grouping: str | None
    chosen: Filter
    answers: AnswerCache


class _Filtered(Opened, Protocol):
    """What a sheet is made of."""

    filters: FilterTrail


def sheet_of(opened: _Filtered) -> Sheet:
    """Every scenario of the desk, through its filter."""
    return Sheet(opened.desk, opened.book, opened.view.grouping, opened.filters.chosen, opened.answers)


@dataclass(frozen=True)
class Compared:
    """One scenario with its answer and figures; both None until it is counted."""

    scenario: Scenario
    answered: Answered | None
    readings: Readings | None


class Comparing:
    """Asks for the scenarios that are compared, and shows what is counted.

    Attributes: open says that they are looked at: only then is anything asked for them.
    """

    def __init__(self) -> None:
        self.open = False
        self._questions: Latest[tuple[EvaluateRequest, ...]] = Latest()
        self._readings: dict[str, tuple[Evaluation, Scenario, Readings]] = {}

    def wanted(self, sheet: Sheet) -> list[EvaluateRequest]:
        """What is still to be counted, in the order of the tabs."""
        if not self.open:
            return []
        return [one for one in self._ask(sheet) if sheet.answers.find(one.key, Evaluation) is None]

    def columns(self, sheet: Sheet) -> tuple[Compared, ...]:
        """The scenarios in the order of their tabs."""
        return tuple(self._column(request, sheet) for request in self._ask(sheet))

    def _ask(self, sheet: Sheet) -> tuple[EvaluateRequest, ...]:
        parts = (sheet.desk.baseline, *sheet.desk.scenarios, sheet.book, sheet.grouping, sheet.chosen)
        return self._questions.of(parts, lambda: _questions(sheet))

    def _column(self, request: EvaluateRequest, sheet: Sheet) -> Compared:
        evaluation = sheet.answers.find(request.key, Evaluation)
        if evaluation is None:
            return Compared(request.scenario, None, None)
        known = self._readings.get(request.scenario.id)
        if known is None or known[0] is not evaluation or known[1] is not request.scenario:
            slices = whole_slices(evaluation, request.baseline, request.scenario, sheet.book)
            known = (evaluation, request.scenario, LazyReadings(Figures(slices), 0))
            self._readings[request.scenario.id] = known
        return Compared(request.scenario, Answered(request, evaluation), known[2])


def _questions(sheet: Sheet) -> tuple[EvaluateRequest, ...]:
    desk = sheet.desk
    return tuple(
        tab_question(sheet.book, desk.baseline, scenario, sheet.grouping, sheet.chosen)
        for scenario in desk.scenarios[:MOST_SCENARIOS]
    )
