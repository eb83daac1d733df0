"""One rule being written beside the desk: its draft with an undo of its own, and what is to be counted about it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop_app.domain.book import Book
from desktop_app.domain.changes import Changes
from desktop_app.domain.policy import Policy, Rule
from desktop_app.domain.problems import BookUnusable, message
from desktop_app.domain.requests import HistogramRequest, LabelCountsRequest, RuleHitsRequest
from desktop_app.domain.scenario import Scenario
from desktop_app.engine.schema import Fields
from desktop_app.workspace.draft_faults import Fault, draft_doubts, draft_faults
from desktop_app.workspace.latest import Latest
from desktop_app.workspace.rule_draft import RuleDraft
from desktop_app.workspace.rule_edits import rules_of, with_rule_put
from desktop_app.workspace.workspace import Workspace


@dataclass(frozen=True)
class _Step:
    draft: RuleDraft
    merge: str


class RuleWriting:
    """The draft of one rule of one scenario.

    Attributes: tab is the scenario's id; base is the rule as the scenario has it, None for one that it lacks; moved
    says that the scenario's rule became another while this one was written.
    """

    def __init__(self, workspace: Workspace, tab: str, draft: RuleDraft) -> None:
        self._workspace = workspace
        self.tab = tab
        self._rule = draft.id if draft.id in rules_of(self.policy) else None
        self.base = self._found()
        self.moved = False
        self._first = draft
        self._steps = [_Step(draft, "")]
        self._cursor = 0
        self._faults: Latest[tuple[Fault, ...]] = Latest()
        self._doubts: tuple[RuleDraft, Policy, tuple[Fault, ...]] | None = None

    @property
    def draft(self) -> RuleDraft:
        """The rule as it is written now."""
        return self._steps[self._cursor].draft

    @property
    def new(self) -> bool:
        """Whether the rule was never in the scenario."""
        return self._rule is None

    @property
    def changed(self) -> bool:
        """Whether there is something to apply."""
        return self.base is None or RuleDraft.of(self.base) != self.draft

    @property
    def can_undo(self) -> bool:
        """Whether a step can be taken back."""
        return self._cursor > 0

    @property
    def can_redo(self) -> bool:
        """Whether a step can be done again."""
        return self._cursor + 1 < len(self._steps)

    @property
    def book(self) -> Book:
        """The book on the desk."""
        return self._workspace.book

    @property
    def open(self) -> bool:
        """Whether the scenario is still there."""
        return self._scenario() is not None

    @property
    def policy(self) -> Policy:
        """The scenario's policy as it is on the desk; an empty one where the scenario was closed."""
        scenario = self._scenario()
        return scenario.policy if scenario else Policy(id="none")

    def write(self, draft: RuleDraft, merge: str = "") -> None:
        """Take another draft as a step; steps in a row with the same `merge` key are one."""
        if draft == self.draft:
            return
        del self._steps[self._cursor + 1 :]
        if merge and self._cursor and self._steps[-1].merge == merge:
            self._steps.pop()
        self._steps.append(_Step(draft, merge))
        self._cursor = len(self._steps) - 1

    def seal(self) -> None:
        """Keep the last step from merging with the next: the analyst let go."""
        self._steps[self._cursor] = _Step(self.draft, "")

    def undo(self) -> None:
        """Take the last step back."""
        self._cursor = max(self._cursor - 1, 0)

    def redo(self) -> None:
        """Do a step again."""
        self._cursor = min(self._cursor + 1, len(self._steps) - 1)

    def revert(self) -> None:
        """Begin again from the rule on the desk, or from the template; undo brings the draft back."""
        self.moved = False
        self.write(RuleDraft.of(self.base) if self.base else self._first)

    def follow(self) -> None:
        """The desk changed: a draft without changes takes the rule as it is now, another is told (`moved`)."""
        before, self.base = self.base, self._found()
        if before == self.base or self.base is None:
            return
        now = RuleDraft.of(self.base)
        if before is not None and RuleDraft.of(before) == self.draft:
            self._steps, self._cursor, self._first = [_Step(now, "")], 0, now
        else:
            self.moved = now != self.draft

    def apply(self) -> Changes:
        """Put the rule into its scenario, which comes to the front: one step of undo.

        Raises PolicyInvalid where it does not fit the book, BookUnusable where its scenario was closed or where
        something is missing.
        """
        rule, workspace = self.draft.rule(), self._workspace
        if not self.open:
            raise BookUnusable(message("The scenario of this rule was closed; undo brings it back."))
        if rule is None:
            raise BookUnusable(message("The rule is not complete."))
        changes = Changes(frozenset())
        if workspace.desk.active != self.tab:
            changes = workspace.activate(self.tab)
        changes |= workspace.put_rule(rule, self.draft.settings)
        self._rule = rule.id
        # The policy has them now.
        self._steps[self._cursor] = _Step(replace(self.draft, settings=None), "")
        self.base, self.moved = self._found(), False
        return changes

    def faults(self) -> tuple[Fault, ...]:
        """What is wrong or doubtful."""
        draft, policy, book, new = self.draft, self.policy, self.book, self.new
        return self._faults.of((draft, policy, book, str(new)), lambda: draft_faults(draft, policy, book, new=new))

    def doubts(self) -> tuple[Fault, ...]:
        """What is doubtful about the whole rule beside the others; this takes a moment."""
        known = self.known_doubts()
        if known is None:
            known = draft_doubts(self.draft, self.policy, self.book) if self.ready else ()
            self._doubts = (self.draft, self.policy, known)
        return known

    def known_doubts(self) -> tuple[Fault, ...] | None:
        """The doubts of the present draft where they were looked for already."""
        if self._doubts is None or self._doubts[0] is not self.draft or self._doubts[1] is not self.policy:
            return None
        return self._doubts[2]

    @property
    def ready(self) -> bool:
        """Whether nothing stops the rule."""
        return self.open and not any(fault.stops for fault in self.faults())

    def hits_question(self) -> RuleHitsRequest | None:
        """How often the rule acts as it is written, as if it were switched on; None while that cannot be said."""
        drafted = self._drafted()
        return self._hits(drafted, self.draft.id) if drafted else None

    def base_question(self) -> RuleHitsRequest | None:
        """How often the rule acts as the scenario has it; None where it has none, or it is off or unavailable."""
        scenario = self._scenario()
        usable = self.base is not None and self.base.enabled and not Fields.of(self.book).missing(self.base)
        return self._hits(scenario, self._rule) if scenario and self._rule and usable else None

    def histogram_question(self, field: str) -> HistogramRequest | None:
        """The users by a field and by what happens to them with the rule, or without it while it is incomplete."""
        scenario, desk, book = self._drafted() or self._scenario(), self._workspace.desk, self.book
        if scenario is None:
            return None
        alike = {"assumptions": scenario.assumptions, "stress": scenario.stress}
        baseline = desk.baseline.model_copy(update=alike)
        return HistogramRequest(book.data_hash, book.as_of, baseline, scenario, field)

    def labels_question(self, field: str) -> LabelCountsRequest | None:
        """The users of each label of a column."""
        scenario, book = self._scenario(), self.book
        return LabelCountsRequest(book.data_hash, book.as_of, scenario, field) if scenario else None

    def _drafted(self) -> Scenario | None:
        """The scenario with the rule as it is written, switched on; None where it cannot be evaluated."""
        scenario, rule = self._scenario(), self.draft.rule()
        if scenario is None or rule is None or not self.ready or Fields.of(self.book).missing(rule):
            return None
        policy = with_rule_put(scenario.policy, rule.model_copy(update={"enabled": True}))
        settings = self.draft.settings
        return scenario.with_policy(policy.with_settings(settings) if settings else policy)

    def _hits(self, scenario: Scenario, rule: str) -> RuleHitsRequest:
        return RuleHitsRequest(self.book.data_hash, self.book.as_of, scenario, rule)

    def _scenario(self) -> Scenario | None:
        return next((one for one in self._workspace.desk.scenarios if one.id == self.tab), None)

    def _found(self) -> Rule | None:
        """The rule as the scenario has it."""
        return next((rule for rule in self.policy.rules if rule.id == self._rule), None)
