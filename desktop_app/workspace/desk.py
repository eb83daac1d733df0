"""The desk: the locked baseline and the scenarios beside it, frozen; every edit makes a new one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from desktop_app.domain.handles import Handle, ThresholdHandle, with_value
from desktop_app.domain.policy import Policy, Rule, Wording
from desktop_app.domain.problems import BookUnusable, message
from desktop_app.domain.scenario import Scenario

# The id of the locked tab; no scenario may have it.
BASELINE = "baseline"
LOCKED = message('The baseline is locked; edit a scenario, or use "Make baseline" on one.')


@dataclass(frozen=True)
class Desk:
    """Everything that undo brings back.

    Attributes: active is the id of the scenario that is looked at, or BASELINE.
    """

    baseline: Scenario
    scenarios: tuple[Scenario, ...]
    active: str

    @property
    def locked(self) -> bool:
        """Whether the active tab is the baseline."""
        return self.active == BASELINE

    @property
    def scenario(self) -> Scenario:
        """What the active tab shows."""
        return self.baseline if self.locked else self.find(self.active)

    def find(self, tab: str) -> Scenario:
        """The scenario of that id; KeyError where there is none."""
        for scenario in self.scenarios:
            if scenario.id == tab:
                return scenario
        raise KeyError(tab)

    def activated(self, tab: str) -> Desk:
        """This desk with another tab in front."""
        if tab != BASELINE:
            self.find(tab)
        return replace(self, active=tab)

    def edited(self, edit: Callable[[Scenario], Scenario]) -> Desk:
        """The active scenario changed; raises BookUnusable on the baseline."""
        if self.locked:
            raise BookUnusable(LOCKED)
        return replace(self, scenarios=tuple(edit(one) if one.id == self.active else one for one in self.scenarios))

    def with_value(self, handle: Handle, value: Decimal) -> Desk:
        """One number of the active scenario set."""
        return self.edited(lambda scenario: with_value(scenario, handle, value))

    def with_policy(self, change: Callable[[Policy], Policy]) -> Desk:
        """The active scenario's policy changed."""
        return self.edited(lambda scenario: scenario.with_policy(change(scenario.policy)))

    def with_new_scenario(self) -> Desk:
        """A copy of the baseline in a tab of its own, in front."""
        number = 1 + max((_number(one.id) for one in self.scenarios), default=0)
        name = Wording(en=f"Scenario {number}", zh=f"情景 {number}")
        new = self.baseline.model_copy(update={"id": f"scenario-{number}", "name": name})
        return replace(self, scenarios=(*self.scenarios, new), active=new.id)

    def without(self, tab: str) -> Desk:
        """A scenario's tab closed; the one before it comes to the front."""
        place = self.scenarios.index(self.find(tab))
        left = self.scenarios[:place] + self.scenarios[place + 1 :]
        before = left[max(place - 1, 0)].id if left else BASELINE
        return replace(self, scenarios=left, active=before if self.active == tab else self.active)

    def renamed(self, tab: str, name: str) -> Desk:
        """A scenario under another name, the same in both languages."""
        named = self.find(tab).model_copy(update={"name": Wording(en=name, zh=name)})
        return replace(self, scenarios=tuple(named if one.id == tab else one for one in self.scenarios))

    def with_baseline(self, policy: Policy) -> Desk:
        """Another policy as the baseline."""
        return replace(self, baseline=self.baseline.with_policy(policy))

    def with_baseline_from_active(self) -> Desk:
        """The active scenario's policy and assumptions as the new baseline."""
        baseline = self.scenario.model_copy(update={"id": BASELINE, "name": self.baseline.name})
        return replace(self, baseline=baseline)


@dataclass(frozen=True)
class View:
    """What the analyst looks at; kept, but no part of undo.

    Attributes: handle is the line that the histogram is about, where the rule has one; lens is the figure that every
    chart shows, None for users.
    """

    active_rule: str | None = None
    handle: ThresholdHandle | None = None
    grouping: str | None = None
    lens: str | None = None


def scenario_of(policy: Policy, name: str, called: Wording | None = None) -> Scenario:
    """A policy under the default assumptions."""
    return Scenario(id=name, name=called or policy.name, policy=policy)


def no_policy() -> Policy:
    """The policy that does nothing: what a scenario is compared with where no baseline is given."""
    return Policy(id="none", name=Wording(en="No policy", zh="无策略"))


def first_desk() -> Desk:
    """The desk of a book that comes without policies: a baseline that does nothing, and a scenario of it."""
    baseline = scenario_of(no_policy(), BASELINE, Wording(en="Baseline", zh="基准"))
    return Desk(baseline, (), BASELINE).with_new_scenario()


def moved_rule(policy: Policy, rule: str, position: int) -> Policy:
    """The policy with one rule at another place, counted from 0."""
    rest = [one for one in policy.rules if one.id != rule]
    rest.insert(position, policy.rule(rule))
    return policy.with_rules(tuple(rest))


def switched_rule(policy: Policy, rule: str, enabled: bool) -> Policy:
    """The policy with one rule on or off."""
    changed: Rule = policy.rule(rule).model_copy(update={"enabled": enabled})
    return policy.with_rule(changed)


def _number(tab: str) -> int:
    digits = tab.removeprefix("scenario-")
    return int(digits) if digits.isdecimal() else 0
