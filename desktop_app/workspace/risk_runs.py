"""The risk of a scenario without a window: the cases of a view one after the other, and the reverse stress."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.analysis.readings import whole_slices
from desktop_app.analysis.reverse_stress import Reached, reverse_stress
from desktop_app.analysis.risk import RiskView, cases
from desktop_app.domain.book import Book
from desktop_app.domain.problems import BookUnusable, Message, message
from desktop_app.domain.readings import Reading
from desktop_app.domain.requests import EvaluateRequest, Evaluation
from desktop_app.domain.scenario import Goal
from desktop_app.domain.watch import Watch
from desktop_app.engine.project import Project
from desktop_app.figures.catalogue import find_figure
from desktop_app.workspace.comparing import tab_question
from desktop_app.workspace.risking import RiskRow, counted
from desktop_app.workspace.simulation import Asked, question_of, run


def risk_rows(project: Project, asked: Asked, view: RiskView, lane: str, watch: Watch) -> Iterator[RiskRow]:
    """Every case of a view with its figures, as it is counted; none where the book lacks what the view needs."""
    book, question = question_of(project, asked)
    for case in cases(view, question.scenario, book):
        request = tab_question(book, question.baseline, case.scenario, case.grouping, case.chosen)
        yield counted(case, request, run(project, book, request, lane, watch).evaluation, book)


def odds_reached(project: Project, asked: Asked, bound: Goal, lane: str, watch: Watch) -> Reached:
    """The smallest factor on the odds of default at which a figure reaches a bound.

    Raises UnknownFigure, and BookUnusable for a figure that no stress moves.
    """
    figure = find_figure(bound.figure)
    if figure.day == "evidence":
        text = "{figure} is counted at the evidence date, which no stress moves."
        raise BookUnusable(message(text, figure=Message(figure.name)))
    book, question = question_of(project, asked)
    search, value = reverse_stress(question.scenario, bound), None
    while True:
        try:
            scenario = search.send(value)
        except StopIteration as found:
            return _reached(found.value)
        request = tab_question(book, question.baseline, scenario, question.grouping, question.chosen)
        value = _read(run(project, book, request, lane, watch).evaluation, request, book, figure.id).value


def _reached(found: object) -> Reached:
    assert isinstance(found, Reached)
    return found


def _read(evaluation: Evaluation, request: EvaluateRequest, book: Book, figure: str) -> Reading:
    slices = whole_slices(evaluation, request.baseline, request.scenario, book)
    return slices.figure(find_figure(figure))[0]
