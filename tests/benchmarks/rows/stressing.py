"""Row 13: from a moved stress to columns that every question can be asked of."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from desktop_app.domain.scenario import Stress
from desktop_app.domain.watch import CancelWatch
from desktop_app.workspace.desk import scenario_of
from tests.benchmarks.question import Question
from tests.benchmarks.results import Result
from tests.benchmarks.timing import in_turn


def measure(question: Question, rounds: int) -> Iterator[Result]:
    """Other odds of default each round, as a drag has them; the calm book is prepared."""
    project, percents = question.project, count(101)
    calm = scenario_of(question.tightened, "scenario-1")

    def stressed() -> object:
        scenario = calm.model_copy(update={"stress": Stress(pd_odds=f"{next(percents) / 100:.2f}")})
        return project.prepared(question.cursor, project.book, scenario, CancelWatch())

    ours = in_turn({"ours": stressed}, rounds)["ours"]
    yield Result("13", project.book.accounts, 1000 * ours.median, ours, processor=1000 * ours.processor)
