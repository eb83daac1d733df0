"""The main job without a window: one policy over one book, beside a baseline, as figures and as files."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from desktop_app.domain.book import Book
from desktop_app.domain.policy import Policy
from desktop_app.domain.problems import BookUnusable, message
from desktop_app.domain.requests import EvaluateRequest, Evaluation
from desktop_app.domain.scenario import Assumptions
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
    """What to simulate: the policy beside a baseline, at a date (None: the latest), by a grouping (None: none)."""

    policy: Policy
    baseline: Policy
    as_of: date | None = None
    grouping: str | None = None
    assumptions: Assumptions = field(default_factory=Assumptions)


def simulate(project: Project, asked: Asked, lane: str, watch: Watch) -> Simulation:
    """Answer on the cursor of `lane`; raises PolicyInvalid, BookUnusable or Cancelled."""
    book = project.book if asked.as_of is None else project.at(asked.as_of)
    _check_grouping(book, asked.grouping)
    for policy in (asked.policy, asked.baseline):
        Fields.of(book).check(policy)
    scenario, baseline = (
        scenario_of(policy, name).model_copy(update={"assumptions": asked.assumptions})
        for policy, name in ((asked.policy, "scenario"), (asked.baseline, BASELINE))
    )
    request = EvaluateRequest(book.data_hash, book.as_of, baseline, scenario, asked.grouping)
    return run(project, book, request, lane, watch)


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
