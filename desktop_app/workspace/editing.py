"""Editing the desk: what makes a step, and what each step is called."""

from __future__ import annotations

from decimal import Decimal
from time import monotonic
from typing import assert_never

from pydantic import TypeAdapter

from desktop_app.analysis.goals import goal_words
from desktop_app.domain.changes import Changes
from desktop_app.domain.documents import Number
from desktop_app.domain.edits import Edit, all_taken, taken
from desktop_app.domain.handles import (
    AssumptionHandle,
    Handle,
    SizeHandle,
    StressHandle,
    ThresholdHandle,
    find_comparison,
    supposing,
)
from desktop_app.domain.policy import Policy
from desktop_app.domain.problems import Message, MessageValue, message
from desktop_app.domain.scenario import Goal, Scenario
from desktop_app.engine.plan import check_policy
from desktop_app.engine.project import Project
from desktop_app.engine.schema import Fields
from desktop_app.engine.stress import check_groups
from desktop_app.figures.catalogue import find_figure
from desktop_app.text.labels import column_label
from desktop_app.text.suppositions import SUPPOSITIONS, supposed_words, supposition_label
from desktop_app.text.words import Words
from desktop_app.workspace.desk import Desk, moved_rule, switched_rule
from desktop_app.workspace.stepping import Stepping

_NUMBER: TypeAdapter[Decimal] = TypeAdapter(Number)

# Seconds in which settings of one number count as one.
_KEY_REPEATS = 1.0


class Editing(Stepping):
    """An open project's desk with everything that changes it, each change one step."""

    def __init__(self, project: Project, first: Desk, words: Words) -> None:
        super().__init__(project, first, words)
        self._set_at = -_KEY_REPEATS

    def set_value(self, handle: Handle, value: Decimal, *, apart: bool = False) -> Changes:
        """Set one number; settings of it that follow within a second, as when a key repeats, are one step.

        apart makes it a step of its own, whatever came just before or follows.
        Raises ValueError for a number of more digits than a document holds: the journal could not be read again.
        """
        _NUMBER.validate_python(value)
        label = message("Set {what} to {value}", what=self._called(handle), value=self._said(handle, value))
        return self._edit(self.desk.with_value(handle, value), label, "" if apart else self._merge(handle))

    def set_values(self, first: tuple[Handle, Decimal], second: tuple[Handle, Decimal]) -> Changes:
        """Set two numbers of the scenario in one step; ValueError as in `set_value`."""
        desk = self.desk
        for handle, value in (first, second):
            _NUMBER.validate_python(value)
            desk = desk.with_value(handle, value)
        (one, value), (other, another) = first, second
        label = message(
            "Set {one} to {value} and {other} to {another}",
            one=self._called(one),
            value=self._said(one, value),
            other=self._called(other),
            another=self._said(other, another),
        )
        return self._edit(desk, label)

    def suppose(self, handle: AssumptionHandle | StressHandle, value: object) -> Changes:
        """Set an assumption or the stress, also one that is no number; steps merge as in `set_value`.

        Raises ValueError for a value that it cannot have.
        """
        desk = self.desk.edited(lambda scenario: supposing(scenario, handle, value))
        label = message("Set {what} to {value}", what=self._called(handle), value=self._said(handle, value))
        return self._edit(desk, label, self._merge(handle))

    def set_goal(self, figure: str, goal: Goal | None) -> Changes:
        """Set the goal for a figure, or drop it; UnknownFigure for one that the catalogue lacks."""
        known = find_figure(figure)
        desk = self.desk.edited(lambda scenario: scenario.with_goal(figure, goal))
        if goal is None:
            return self._edit(desk, message("Drop the goal for {figure}", figure=Message(known.name)))
        return self._edit(desk, message("Set the goal {goal}", goal=goal_words(goal, self.book.currency)))

    def revert(self, edit: Edit, title: Message) -> Changes:
        """Take one edit since the baseline back; `title` is what it is called in the step's label."""
        baseline = self.desk.baseline
        desk = self.desk.edited(lambda scenario: taken(edit, scenario, baseline))
        return self._edit(desk, message("Revert: {edit}", edit=title))

    def revert_all(self) -> Changes:
        """Take every edit since the baseline back; name and goals of the scenario stay."""
        desk = self.desk.edited(lambda scenario: all_taken(scenario, self.desk.baseline))
        return self._edit(desk, message("Revert everything"))

    def switch_rule(self, rule: str, enabled: bool) -> Changes:
        """Switch a rule on or off."""
        name = self._rule_name(rule)
        label = message("Switch {rule} on", rule=name) if enabled else message("Switch {rule} off", rule=name)
        return self._edit(self.desk.with_policy(lambda policy: switched_rule(policy, rule, enabled)), label)

    def move_rule(self, rule: str, position: int) -> Changes:
        """Move a rule to another place, counted from 0."""
        label = message("Move {rule}", rule=self._rule_name(rule))
        return self._edit(self.desk.with_policy(lambda policy: moved_rule(policy, rule, position)), label)

    def replace_policy(self, policy: Policy, label: Message) -> Changes:
        """Put another policy into the scenario; raises PolicyInvalid where it does not fit the book."""
        check_policy(self.book, policy)
        return self._edit(self.desk.with_policy(lambda _: policy), label)

    def replace_scenario(self, given: Scenario, label: Message) -> Changes:
        """Put another scenario's policy, assumptions, stress and goals into the one in front.

        Raises PolicyInvalid, BookUnusable or UnknownFigure where they do not fit the book.
        """
        check_policy(self.book, given.policy)
        check_groups(given.stress, Fields.of(self.book))
        for goal in given.goals:
            find_figure(goal.figure)
        taken_over = {part: getattr(given, part) for part in ("policy", "assumptions", "stress", "goals")}
        return self._edit(self.desk.edited(lambda scenario: scenario.model_copy(update=taken_over)), label)

    def replace_baseline(self, policy: Policy, label: Message) -> Changes:
        """Compare with another policy; raises PolicyInvalid where it does not fit the book."""
        check_policy(self.book, policy)
        return self._edit(self.desk.with_baseline(policy), label)

    def new_scenario(self) -> Changes:
        """Open a copy of the baseline in a tab of its own."""
        return self._edit(self.desk.with_new_scenario(), message("New scenario"))

    def close_scenario(self, tab: str) -> Changes:
        """Close a scenario's tab; undo brings it back."""
        name = self.words.wording(self.desk.find(tab).name)
        return self._edit(self.desk.without(tab), message("Close {scenario}", scenario=name))

    def rename_scenario(self, tab: str, name: str) -> Changes:
        """Give a scenario another name."""
        return self._edit(self.desk.renamed(tab, name), message("Rename to {name}", name=name))

    def make_baseline(self) -> Changes:
        """Make the scenario's policy the baseline that every scenario is compared with."""
        name = self.words.wording(self.desk.scenario.name)
        return self._edit(self.desk.with_baseline_from_active(), message("Make {scenario} the baseline", scenario=name))

    def _merge(self, handle: Handle) -> str:
        """The merge key of a setting; a pause ends the step that it would merge with."""
        now = monotonic()
        if now - self._set_at > _KEY_REPEATS:
            self._history.seal()
        self._set_at = now
        return repr((self._active, handle))

    def _rule_name(self, rule: str) -> str:
        return self.words.wording(self.desk.scenario.policy.rule(rule).name) or rule

    def _called(self, handle: Handle) -> Message:
        """What a number is called in the label of a step."""
        match handle:
            case ThresholdHandle(rule=rule, comparison=comparison, group=group):
                field = find_comparison(self.desk.scenario.policy.rule(rule), comparison).field
                column = column_label(field)
                return message("{column} for {group}", column=column, group=group) if group else column
            case SizeHandle(rule=rule):
                return message("the size of {rule}", rule=self._rule_name(rule))
            case AssumptionHandle() | StressHandle():
                return supposition_label(handle)
            case _:
                assert_never(handle)

    def _said(self, handle: Handle, value: object) -> MessageValue:
        """A value as the label of a step says it."""
        if isinstance(handle, AssumptionHandle | StressHandle):
            return supposed_words(SUPPOSITIONS[handle], value, self.book.currency)
        assert isinstance(value, Decimal)
        return value
