"""The nearest account that a policy restricts less: a search over few changes, each decided by the policy's own SQL.

A field changes its mind only at the edges of comparisons, so one value for each stretch between them stands for all.
Sets of one change are tried first, then of two, then of three, the nearest first within each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from math import prod

from desktop_app.domain.actions import Cut
from desktop_app.domain.nearest import Ageing, Lift, Nearest, RuleDistance
from desktop_app.domain.outcomes import OUTCOMES, RESTRICTED, Outcome
from desktop_app.domain.policy import Policy, Rule
from desktop_app.engine.changed_accounts import Changed, ChangedAccounts, Stored, Verdict
from desktop_app.engine.connection import Connection
from desktop_app.engine.edges import Step, steps_by_field
from desktop_app.engine.explain import AccountTrace
from desktop_app.engine.prepare import Prepared

# Sets of at most so many changes are tried, and of three only while they are few enough to be decided at once.
MOST_CHANGES = 3
_MOST_SETS = 20_000
_MOST_WAYS = 3
# Fields that rise by one each month where they are known.
AGEING = ("months_since_delinquency", "months_on_book")
_MOST_MONTHS = 1200


def nearest(cursor: Connection, prepared: Prepared, policy: Policy, trace: AccountTrace) -> Nearest:
    """What is nearest to the account of a trace; nothing where the policy does not restrict it."""
    if trace.outcome not in RESTRICTED:
        return Nearest()
    account = ChangedAccounts(cursor, prepared, policy, trace.row)
    steps = steps_by_field(trace, prepared.fields, account.row)
    search = _Search(account, steps)
    lift = search.first(lambda verdict: _severity(verdict.outcome) < _severity(trace.outcome))
    free = search.first(lambda verdict: verdict.outcome not in RESTRICTED)
    return Nearest(
        tuple(_distance(search, place, rule) for place, rule in _restricting(policy, trace)),
        lift,
        None if free == lift else free,
        _ageing(account, steps),
    )


@dataclass(frozen=True)
class _Tried:
    """A set of changes and what comes of it."""

    steps: tuple[Step, ...]
    verdict: Verdict

    @property
    def lift(self) -> Lift:
        return Lift(tuple(step.change for step in self.steps), self.verdict.outcome)


class _Search:
    """Sets of changes by their size, decided when they are first asked for."""

    def __init__(self, account: ChangedAccounts, steps: Mapping[str, list[Step]]) -> None:
        self._account, self._steps = account, steps
        self._decided: dict[int, list[_Tried]] = {}

    def only(self, fields: Iterable[str]) -> _Search:
        """The sets of changes of those fields alone."""
        return _Search(self._account, {name: self._steps[name] for name in fields if name in self._steps})

    def first(self, wanted: Callable[[Verdict], bool]) -> Lift | None:
        """The smallest set, and the nearest of its size, of which the verdict is wanted."""
        for size in range(1, MOST_CHANGES + 1):
            for tried in self.of_size(size):
                if wanted(tried.verdict):
                    return tried.lift
        return None

    def of_size(self, size: int) -> list[_Tried]:
        """All sets of that size, the nearest first; none where there are too many."""
        if size not in self._decided:
            sets = list(self._sets(size))
            verdicts = self._account.decided([changes for _, changes in sets])
            found = [_Tried(steps, verdict) for (steps, _), verdict in zip(sets, verdicts, strict=True)]
            found.sort(key=lambda one: sum(step.distance for step in one.steps))
            self._decided[size] = found
        return self._decided[size]

    def _sets(self, size: int) -> Iterator[tuple[tuple[Step, ...], Changed]]:
        fields = list(combinations(self._steps.values(), size))
        if sum(prod(map(len, steps)) for steps in fields) > _MOST_SETS:
            return
        for steps in fields:
            for chosen in product(*steps):
                changes = _together(self._account, chosen)
                if changes is not None:
                    yield chosen, changes


def _together(account: ChangedAccounts, steps: Sequence[Step]) -> Changed | None:
    """The loaded fields after all the changes; None where two would set the same one, or none can."""
    merged: dict[str, Stored] = {}
    for step in steps:
        made = account.made_of(step.change.field, step.stored)
        if made is None or made.keys() & merged.keys():
            return None
        merged.update(made)
    return merged


def _severity(outcome: Outcome) -> int:
    """The more severe, the larger; raised and watched count as unchanged does."""
    return len(OUTCOMES) - OUTCOMES.index(outcome) if outcome in RESTRICTED else 0


def _restricting(policy: Policy, trace: AccountTrace) -> Iterator[tuple[int, Rule]]:
    """The rules that would restrict the account by themselves, with their places."""
    for place, one in enumerate(trace.rules):
        match one.act:
            case None:
                continue
            case Cut():
                if one.target is not None and one.target < trace.credit_limit:
                    yield place, policy.rules[place]
            case act if act.kind in ("block", "refer"):
                yield place, policy.rules[place]
            case _:
                continue


def _distance(search: _Search, place: int, rule: Rule) -> RuleDistance:
    """The nearest ways out of one rule by changes of what it reads: single ones, else the nearest pair or triple."""
    own = search.only(rule.fields)
    for size in range(1, MOST_CHANGES + 1):
        ways = [tried.lift.changes for tried in own.of_size(size) if not tried.verdict.restricts >> place & 1]
        if ways:
            return RuleDistance(rule, tuple(ways[: _MOST_WAYS if size == 1 else 1]))
    return RuleDistance(rule, ())


def _ageing(account: ChangedAccounts, steps: Mapping[str, list[Step]]) -> Ageing | None:
    """The first month in which the account is restricted no longer, where that depends on how old it is."""
    ages = {name: age for name in AGEING if isinstance(age := account.row.get(name), int)}
    edges = {step.stored - ages[name] for name in ages for step in steps.get(name, ()) if isinstance(step.stored, int)}
    months = sorted(month for month in edges if 0 < month <= _MOST_MONTHS)
    aged = [{name: age + month for name, age in ages.items()} for month in months]
    for month, verdict in zip(months, account.decided(aged), strict=True):
        if verdict.outcome not in RESTRICTED:
            return Ageing(month, verdict.outcome)
    return None
