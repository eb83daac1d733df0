"""Looking through the accounts of an open project: jobs for a lane of their own, so that no drag waits for a sort."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from desktop_app.domain.accounts import AccountRow, Listing, ListingRequest, PageRequest, Question
from desktop_app.domain.book import Book
from desktop_app.domain.nearest import Nearest
from desktop_app.domain.requests import EvaluateRequest
from desktop_app.domain.watch import Watch
from desktop_app.engine.account_listing import Permutations, list_accounts
from desktop_app.engine.account_pages import account_page
from desktop_app.engine.connection import Connection
from desktop_app.engine.explain import AccountTrace, explain_row
from desktop_app.engine.nearest import nearest
from desktop_app.engine.prepare import Prepared
from desktop_app.engine.project import Project

LANE = "browsing"
_Result = TypeVar("_Result")


@dataclass(frozen=True)
class Explained:
    """One account under both policies, and what is nearest to it under the scenario's."""

    scenario: AccountTrace
    baseline: AccountTrace
    nearest: Nearest


def question_about(asked: EvaluateRequest) -> Question:
    """The accounts under the policies that the desk asks about."""
    return Question(asked.data_hash, asked.as_of, asked.baseline, asked.scenario)


class AccountBrowser:
    """Makes the jobs of the browsing lane; only that lane's thread may run them, one at a time.

    Attributes: what has been sorted is kept from job to job.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._permutations = Permutations()

    def listing_job(self, book: Book, request: ListingRequest) -> Callable[[Watch], Listing]:
        """Which accounts, in which order."""

        def work(cursor: Connection, prepared: Prepared, watch: Watch) -> Listing:
            return list_accounts(cursor, prepared, request, self._permutations, watch)

        return self._job(book, request.about, work)

    def page_job(self, book: Book, request: PageRequest) -> Callable[[Watch], tuple[AccountRow, ...]]:
        """Some of them with their values."""
        return self._job(
            book, request.about, lambda cursor, prepared, watch: account_page(cursor, prepared, request, watch)
        )

    def explaining_job(self, book: Book, about: Question, row: int) -> Callable[[Watch], Explained]:
        """Why both policies do to one of them what they do, and what is nearest."""

        def work(cursor: Connection, prepared: Prepared, watch: Watch) -> Explained:
            scenario, baseline = (
                explain_row(cursor, prepared, side.policy, row) for side in (about.scenario, about.baseline)
            )
            watch.check()
            return Explained(scenario, baseline, nearest(cursor, prepared, about.scenario.policy, scenario))

        return self._job(book, about, work)

    def _job(
        self, book: Book, about: Question, work: Callable[[Connection, Prepared, Watch], _Result]
    ) -> Callable[[Watch], _Result]:
        project = self._project

        def run(watch: Watch) -> _Result:
            def on_cursor(cursor: Connection) -> _Result:
                return work(cursor, project.prepared(cursor, book, about.scenario, watch), watch)

            return project.surviving(LANE, on_cursor)

        return run
