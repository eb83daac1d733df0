"""The main job without a window: one policy over one book, beside a baseline, as figures and as files."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from desktop_app.domain.book import Book
from desktop_app.domain.policy import Policy, Wording
from desktop_app.domain.problems import BookUnusable, message
from desktop_app.domain.requests import EvaluateRequest, Evaluation
from desktop_app.domain.scenario import Assumptions, Scenario, Stress
from desktop_app.domain.watch import Watch
from desktop_app.engine.evaluate import evaluate
from desktop_app.engine.prepare import Prepared
from desktop_app.engine.project import Project
from desktop_app.engine.schema import Fields
from desktop_app.workspace.desk import BASELINE, scenario_of


@dataclass(frozen=True)
class Simulation:
    """A question answered over a whole book."""

    book: Book
    request: EvaluateRequest
    evaluation: Evaluation
    prepared: Prepared


@dataclass(frozen=True)
class Asked:
    """What to simulate: the policy beside a baseline, at a date (None: the latest), by a grouping (None: none).

    Both are computed under the same assumptions and the same stress; name is the scenario's, else the policy's stands.
    """

    policy: Policy
    baseline: Policy
    as_of: date | None = None
    grouping: str | None = None
    assumptions: Assumptions = field(default_factory=Assumptions)
    stress: Stress = field(default_factory=Stress)
    name: Wording | None = None

    @classmethod
    def of(cls, given: Policy | Scenario, baseline: Policy, as_of: date | None, grouping: str | None) -> Asked:
        """A policy under the default assumptions, or a scenario under its own."""
        if isinstance(given, Policy):
            return cls(given, baseline, as_of, grouping)
        name = given.name if given.name != Wording() else None
        return cls(given.policy, baseline, as_of, grouping, given.assumptions, given.stress, name)


def simulate(project: Project, asked: Asked, lane: str, watch: Watch) -> Simulation:
    """Answer on the cursor of `lane`; raises PolicyInvalid, BookUnusable or Cancelled."""
    book, request = question_of(project, asked)
    return run(project, book, request, lane, watch)


def question_of(project: Project, asked: Asked) -> tuple[Book, EvaluateRequest]:
    """The book at the date asked for, and the question; raises PolicyInvalid or BookUnusable."""
    book = project.book if asked.as_of is None else project.at(asked.as_of)
    _check_grouping(book, asked.grouping)
    for policy in (asked.policy, asked.baseline):
        Fields.of(book).check(policy)
    supposed = {"assumptions": asked.assumptions, "stress": asked.stress}
    scenario, baseline = (
        scenario_of(policy, name, called).model_copy(update=supposed)
        for policy, name, called in ((asked.policy, "scenario", asked.name), (asked.baseline, BASELINE, None))
    )
    return book, EvaluateRequest(book.data_hash, book.as_of, baseline, scenario, asked.grouping)


def run(project: Project, book: Book, request: EvaluateRequest, lane: str, watch: Watch) -> Simulation:
    """Answer a request that is already made."""
    cursor = project.cursor(lane)
    watch.report(message("Preparing {n} accounts", n=book.accounts), 0, None)
    prepared = project.prepared(cursor, book, request.scenario, watch)
    watch.report(message("Replaying the policies"), 0, None)
    return Simulation(book, request, evaluate(cursor, prepared, request, watch), prepared)


def _check_grouping(book: Book, grouping: str | None) -> None:
    if grouping is None:
        return
    known = [column.name for column in book.groupings()]
    if grouping not in known:
        names = ", ".join(known) or "—"
        raise BookUnusable(
            message('The book cannot be grouped by "{column}"; it can by: {names}.', column=grouping, names=names)
        )
