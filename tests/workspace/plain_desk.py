"""The desk and its history once more, in plain Python: what the workspace is held against."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from desktop_app.domain.conditions import comparisons
from desktop_app.domain.policy import Policy
from desktop_app.workspace.desk import BASELINE, Desk

# Rule ids in order, each with whether it is on and its threshold.
Rules: TypeAlias = tuple[tuple[str, bool, int], ...]
_TOGETHER = 1.0


@dataclass(frozen=True)
class PlainDesk:
    """Everything on the desk; scenarios map ids to a name and rules, in the order of the tabs."""

    baseline: Rules
    scenarios: dict[str, tuple[str, Rules]]
    active: str

    @property
    def locked(self) -> bool:
        return self.active == BASELINE

    @property
    def rules(self) -> Rules:
        return self.baseline if self.locked else self.scenarios[self.active][1]

    def with_rules(self, rules: Rules) -> PlainDesk:
        named = self.scenarios[self.active][0], rules
        return replace(self, scenarios={**self.scenarios, self.active: named})

    def with_new(self) -> PlainDesk:
        number = 1 + max((int(tab.split("-")[1]) for tab in self.scenarios), default=0)
        added = {f"scenario-{number}": (f"Scenario {number}", self.baseline)}
        return replace(self, scenarios={**self.scenarios, **added}, active=f"scenario-{number}")

    def without(self, tab: str) -> PlainDesk:
        tabs = list(self.scenarios)
        left = [other for other in tabs if other != tab]
        before = tabs[tabs.index(tab) - 1] if tabs.index(tab) else (left[0] if left else BASELINE)
        scenarios = {other: self.scenarios[other] for other in left}
        return replace(self, scenarios=scenarios, active=before if self.active == tab else self.active)

    def renamed(self, tab: str, name: str) -> PlainDesk:
        return replace(self, scenarios={**self.scenarios, tab: (name, self.scenarios[tab][1])})


@dataclass
class PlainHistory:
    """Undo and redo over whole copies."""

    desks: list[PlainDesk]
    cursor: int = 0
    merges: list[str] = field(default_factory=lambda: [""])
    active: str = ""
    set_at: float = -10.0

    @property
    def desk(self) -> PlainDesk:
        return replace(self.desks[self.cursor], active=self.active)

    def edit(self, desk: PlainDesk, merge: str = "") -> None:
        if desk == self.desk and list(desk.scenarios) == list(self.desk.scenarios):
            return
        self.active = desk.active
        del self.desks[self.cursor + 1 :], self.merges[self.cursor + 1 :]
        if merge and self.merges[-1] == merge:
            self.desks.pop()
            self.merges.pop()
        self.desks.append(deepcopy(desk))
        self.merges.append(merge)
        self.cursor = len(self.desks) - 1

    def set(self, desk: PlainDesk, what: str, now: float) -> None:
        if now - self.set_at > _TOGETHER:
            self.seal()
        self.set_at = now
        self.edit(desk, f"{self.active} {what}")

    def seal(self) -> None:
        self.merges[self.cursor] = ""

    def undo(self) -> None:
        if self.cursor:
            touched = self.desks[self.cursor].active
            self.cursor -= 1
            self._arrived(touched)

    def redo(self) -> None:
        if self.cursor < len(self.desks) - 1:
            self.cursor += 1
            self._arrived(self.desks[self.cursor].active)

    def crash(self) -> None:
        """What is left after the program ended at any moment."""
        self.merges = [""] * len(self.merges)
        self.active = self.desks[self.cursor].active
        self.set_at = -10.0

    def _arrived(self, touched: str) -> None:
        here = self.desks[self.cursor]
        self.active = touched if touched in here.scenarios else here.active
        self.seal()


def plain_rules(policy: Policy) -> Rules:
    """The rules of a policy whose conditions are one comparison each."""
    return tuple((rule.id, rule.enabled, int(next(comparisons(rule.condition)).value)) for rule in policy.rules)


def plain_desk(desk: Desk) -> PlainDesk:
    """A desk of the product in plain values."""
    scenarios = {one.id: (one.name.en, plain_rules(one.policy)) for one in desk.scenarios}
    return PlainDesk(plain_rules(desk.baseline.policy), scenarios, desk.active)
