"""What every peer answers with, and how its sums become it: the cubes and counts of one evaluation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from desktop_app.domain.actions import Block, Refer
from desktop_app.domain.cubes import Sums
from desktop_app.domain.outcomes import OUTCOMES
from desktop_app.domain.policy import Policy
from desktop_app.domain.requests import Evaluation, RuleCounts
from tests.benchmarks.measured import MEASURES
from tests.benchmarks.peers.accounts import Accounts
from tests.benchmarks.peers.rules import cut_places

_OUTCOMES = len(OUTCOMES)


@dataclass(frozen=True)
class Cells:
    """Sums by the baseline's slot, the scenario's and the group, as a peer found them; one entry a cell.

    Attributes: sums are by column of values, and `count`; changes are what the moved limits of one side add to each
    measure, by side and measure.
    """

    baseline: NDArray[np.integer]
    scenario: NDArray[np.integer]
    group: NDArray[np.integer]
    sums: Mapping[str, Sums] = field(default_factory=dict)
    changes: Mapping[tuple[str, str], Sums] = field(default_factory=dict)


@dataclass(frozen=True)
class Hits:
    """How many accounts and users have a signature of the scenario's rules and a slot."""

    signature: NDArray[np.integer]
    slot: NDArray[np.integer]
    accounts: Sums
    users: Sums


@dataclass(frozen=True)
class Answer:
    """The figures of one evaluation: outcome × reason × group, outcome × outcome, and the counts of each rule.

    Attributes: reasons are under the scenario; transitions are by side; rules has per rule any-hit users and
    accounts, first-reason users and accounts, sole-hit users, marginal users.
    """

    reasons: Mapping[str, Sums]
    transitions: Mapping[str, Mapping[str, Sums]]
    rules: tuple[tuple[int, ...], ...]


def assembled(accounts: Accounts, policy: Policy, cells: Sequence[Cells], hits: Sequence[Hits]) -> Answer:
    """The answer from what a peer summed."""
    rules = len(policy.rules)
    reasons = {name: np.zeros((_OUTCOMES, rules + 1, len(accounts.groups)), np.int64) for name in MEASURES}
    sides = ("baseline", "scenario")
    transitions = {side: {name: np.zeros((_OUTCOMES, _OUTCOMES), np.int64) for name in MEASURES} for side in sides}
    for part in cells:
        codes = {"baseline": part.baseline.astype(np.intp), "scenario": part.scenario.astype(np.intp)}
        before, after = (codes[side] // (rules + 1) for side in sides)
        for name in MEASURES:
            for side, outcome in (("baseline", before), ("scenario", after)):
                value = _value(accounts, part, side, name, outcome)
                if value is not None:
                    np.add.at(transitions[side][name], (before, after), value)
                    if side == "scenario":
                        place = (after, codes[side] % (rules + 1), part.group.astype(np.intp))
                        np.add.at(reasons[name], place, value)
    return Answer(reasons, transitions, _rule_counts(policy, hits))


def _value(accounts: Accounts, part: Cells, side: str, name: str, outcome: NDArray[np.intp]) -> Sums | None:
    """One measure in each cell: what its outcome gives while the limit stays, and what the moved limits add."""
    found: Sums | None = part.changes.get((side, name))
    if part.sums:
        zero = np.zeros(len(outcome), np.int64)
        of_outcome = accounts.value_of[name]
        choices = [zero if column is None else part.sums[column] for column in of_outcome]
        stayed = np.choose(outcome, choices) if len(set(of_outcome)) > 1 else choices[0]
        found = stayed if found is None else found + stayed
    return found


def _rule_counts(policy: Policy, hits: Sequence[Hits]) -> tuple[tuple[int, ...], ...]:
    rules = len(policy.rules)
    signature, slot, accounts, users = (
        np.concatenate([np.asarray(getattr(part, name), np.int64) for part in hits])
        for name in ("signature", "slot", "accounts", "users")
    )
    fires = signature & ((1 << rules) - 1)
    alone = sum(1 << place for place, rule in enumerate(policy.rules) if isinstance(rule.action, Block | Refer))
    restricts = fires & alone
    for number, place in enumerate(cut_places(policy)):
        restricts |= (signature >> (rules + number) & 1) << place
    counts = []
    for place, rule in enumerate(policy.rules):
        any_hit, first = (fires >> place & 1) == 1, slot % (rules + 1) == place + 1
        sole, marginal = fires == 1 << place, restricts == 1 << place
        counted = [users[any_hit], accounts[any_hit], users[first], accounts[first], users[sole], users[marginal]]
        counts.append(tuple(int(each.sum()) for each in counted) if rule.enabled else (0,) * 6)
    return tuple(counts)


def answer_of(evaluation: Evaluation) -> Answer:
    """Greyline's own answer in the same form."""
    reasons = {name: np.asarray(sums) for name, sums in evaluation.by_reason["scenario"].sums.items()}
    transitions = {side: dict(cube.sums) for side, cube in evaluation.transitions.items()}
    return Answer(reasons, transitions, tuple(_plain(rule) for rule in evaluation.rules["scenario"]))


def _plain(rule: RuleCounts) -> tuple[int, ...]:
    counts = (
        rule.any_hit_users,
        rule.any_hit_accounts,
        rule.first_reason_users,
        rule.first_reason_accounts,
        rule.sole_hit_users,
        rule.marginal_users,
    )
    return tuple(count or 0 for count in counts)


def differences(ours: Answer, theirs: Answer) -> list[str]:
    """Where two answers differ, in words; empty where every digit is the same."""
    found = [
        f"{name} by outcome, reason and group"
        for name in MEASURES
        if not np.array_equal(ours.reasons[name], theirs.reasons[name])
    ]
    found += [
        f"{name} under the {side} by both outcomes"
        for side in ours.transitions
        for name in MEASURES
        if not np.array_equal(ours.transitions[side][name], theirs.transitions[side][name])
    ]
    return found + (["the counts of the rules"] if ours.rules != theirs.rules else [])
