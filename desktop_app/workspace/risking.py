"""The risk of the scenario in front, case by case: asked while it is looked at, one case after another."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.analysis.readings import whole_slices
from desktop_app.analysis.risk import Concentration, RiskCase, RiskView, cases, concentration
from desktop_app.domain.book import Book
from desktop_app.domain.changes import Changes, Part
from desktop_app.domain.requests import EvaluateRequest, Evaluation
from desktop_app.workspace.comparing import tab_question
from desktop_app.workspace.ladder import Readings
from desktop_app.workspace.latest import Latest
from desktop_app.workspace.lazy_readings import Figures, LazyReadings
from desktop_app.workspace.opened import Opened


@dataclass(frozen=True)
class RiskRow:
    """One case with its figures, None until it is counted; spread is for the cases of a concentration."""

    case: RiskCase
    readings: Readings | None
    spread: Concentration | None = None


class Risking:
    """Asks for the cases of one view, and shows what is counted.

    Attributes: open says that they are looked at; view is which.
    """

    def __init__(self) -> None:
        self.open = False
        self.view = RiskView.STRESS
        self._questions: Latest[tuple[tuple[RiskCase, EvaluateRequest], ...]] = Latest()
        self._rows: dict[str, tuple[Evaluation, RiskCase, RiskRow]] = {}

    def look_by(self, view: RiskView) -> Changes:
        """Look by something else."""
        self.view = view
        return Changes(frozenset({Part.ANSWER}))

    def wanted(self, opened: Opened) -> list[EvaluateRequest]:
        """What is still to be counted, in the order of the rows."""
        if not self.open:
            return []
        return [one for _, one in self._ask(opened) if opened.answers.find(one.key, Evaluation) is None]

    def rows(self, opened: Opened) -> tuple[RiskRow, ...]:
        """Every case of the view; those of a scenario as it is kept: a drag changes nothing yet."""
        return tuple(self._row(case, request, opened) for case, request in self._ask(opened))

    def _ask(self, opened: Opened) -> tuple[tuple[RiskCase, EvaluateRequest], ...]:
        desk, book = opened.desk, opened.book
        return self._questions.of(
            (desk.baseline, desk.scenario, book, self.view), lambda: _questions(self.view, opened)
        )

    def _row(self, case: RiskCase, request: EvaluateRequest, opened: Opened) -> RiskRow:
        evaluation = opened.answers.find(request.key, Evaluation)
        if evaluation is None:
            return RiskRow(case, None)
        name = f"{self.view}:{case.key}"
        known = self._rows.get(name)
        if known is None or known[0] is not evaluation or known[1] is not case:
            row = counted(case, request, evaluation, opened.book)
            known = self._rows[name] = (evaluation, case, row)
        return known[2]


def _questions(view: RiskView, opened: Opened) -> tuple[tuple[RiskCase, EvaluateRequest], ...]:
    desk, book = opened.desk, opened.book
    return tuple(
        (case, tab_question(book, desk.baseline, case.scenario, case.grouping, case.chosen))
        for case in cases(view, desk.scenario, book)
    )


def counted(case: RiskCase, request: EvaluateRequest, evaluation: Evaluation, book: Book) -> RiskRow:
    """The row of a case that was asked as `request`."""
    sides = (request.baseline, request.scenario, book)
    spread = concentration(evaluation, *sides) if case.grouping is not None else None
    return RiskRow(case, LazyReadings(Figures(whole_slices(evaluation, *sides)), 0), spread)
