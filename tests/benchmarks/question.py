"""The question that is measured: the demo's tightened policy beside its baseline, by segment, all measures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from desktop_app.domain.policy import Policy
from desktop_app.domain.requests import EvaluateRequest, Evaluation
from desktop_app.domain.watch import CancelWatch
from desktop_app.engine.answers import answer
from desktop_app.engine.connection import Connection
from desktop_app.engine.prepare import Prepared
from desktop_app.engine.project import Project
from desktop_app.workspace.desk import BASELINE, scenario_of
from desktop_app.workspace.opening import DEMO, read_policy
from tests.benchmarks.peers.accounts import Accounts, accounts_of
from tests.benchmarks.peers.peer import Baseline, decide_baseline

GROUPING = "segment"
_LANE = "interactive"


@dataclass(frozen=True)
class Question:
    """Both policies over an open project whose columns are prepared.

    Attributes: prepared is what is timed beside peers, who know no outcomes: without the table of the evidence date;
    whole has it.
    """

    project: Project
    baseline: Policy
    tightened: Policy
    prepared: Prepared
    whole: Prepared

    @classmethod
    def of(cls, project: Project) -> Question:
        """Prepare the columns; nothing of this is timed."""
        baseline, tightened = (read_policy(DEMO.file(name)) for name in ("baseline.json", DEMO.tightened))
        scenario = scenario_of(tightened, "scenario-1")
        whole = project.prepared(project.cursor(_LANE), project.book, scenario, CancelWatch())
        return cls(project, baseline, tightened, replace(whole, evidence=None), whole)

    @property
    def cursor(self) -> Connection:
        """The cursor that questions are asked on."""
        return self.project.cursor(_LANE)

    def evaluate(self, policy: Policy, *, whole: bool = False) -> Evaluation:
        """Greyline's full evaluation, `whole` with the outcomes; the baseline may be known, the scenario is not."""
        book = self.project.book
        before, after = scenario_of(self.baseline, BASELINE), scenario_of(policy, "scenario-1")
        request = EvaluateRequest(book.data_hash, book.as_of, before, after, GROUPING)
        found = answer(self.cursor, self.whole if whole else self.prepared, request, CancelWatch())
        assert isinstance(found, Evaluation)
        return found

    @cached_property
    def accounts(self) -> Accounts:
        """The same columns for the peers."""
        return accounts_of(self.cursor, self.prepared, (self.baseline, self.tightened), GROUPING)

    @cached_property
    def decided_before(self) -> Baseline:
        """The baseline over them, decided once."""
        return decide_baseline(self.accounts, self.baseline)
