"""What a peer is: something that answers the same evaluation from the same columns."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from desktop_app.domain.cubes import Sums
from desktop_app.domain.policy import Policy
from tests.benchmarks.peers.accounts import Accounts
from tests.benchmarks.peers.answers import Answer, Cells, Hits, assembled
from tests.benchmarks.peers.arrays import Array, Arrays, columns_of
from tests.benchmarks.peers.moving import changes
from tests.benchmarks.peers.rules import Decided, decided
from tests.benchmarks.peers.users import OfUsers, SharedRows

_ROWS_AT_ONCE = 1_000_000


@dataclass(frozen=True)
class Baseline:
    """The baseline over the accounts, decided once: what a locked policy leaves in columns.

    Attributes: slot is of every account; moved are the rows whose limit it moves, with what that adds by measure;
    users are those with several accounts.
    """

    policy: Policy
    slot: NDArray[np.uint8]
    moved: NDArray[np.intp]
    changes: Mapping[str, Sums]
    users: OfUsers


class Peer(ABC):
    """One library; a subclass prepares its own columns once and then answers again and again.

    The scenario must have as many rules as the baseline.
    """

    name: ClassVar[str]
    threads: ClassVar[int] = 2

    def __init__(self, accounts: Accounts, baseline: Baseline) -> None:
        self.accounts = accounts
        self.baseline = baseline
        self.shared = SharedRows.of(accounts)

    def evaluate(self, policy: Policy) -> Answer:
        """All figures of the policy beside the baseline."""
        rules = len(policy.rules)
        cells, hits, slot = self.summed(policy)
        slots, signatures, moved = self.shared_rows(policy)
        users = self.shared.decided(slots, moved, rules)
        sides = {"baseline": self.baseline.users, "scenario": users}
        parts = [*cells, self._moved_before(slot), self.shared.cells(self.accounts, sides, rules)]
        return assembled(self.accounts, policy, parts, [*hits, self.shared.hits(signatures, users)])

    @abstractmethod
    def summed(self, policy: Policy) -> tuple[list[Cells], list[Hits], NDArray[np.integer]]:
        """The sums over all accounts, and the slots of the rows whose limit the baseline moves."""

    @abstractmethod
    def shared_rows(self, policy: Policy) -> tuple[NDArray[np.integer], NDArray[np.integer], NDArray[np.bool_]]:
        """Slot, signature and whether the limit moved, of the rows of users with several accounts."""

    def close(self) -> None:  # noqa: B027
        """Let go of what is open; most have nothing to let go of."""

    def _moved_before(self, slot: NDArray[np.integer]) -> Cells:
        """What the baseline's moved limits add, by the scenario's slot."""
        keys = np.stack([self.baseline.slot[self.baseline.moved].astype(np.int64), slot.astype(np.int64)])
        cells, place = np.unique(keys[0] << 8 | keys[1], return_inverse=True)
        found = {}
        for name, values in self.baseline.changes.items():
            found["baseline", name] = np.zeros(len(cells), np.int64)
            np.add.at(found["baseline", name], place, values)
        return Cells(cells >> 8, cells & 255, np.zeros_like(cells), {}, found)


def decide_baseline(accounts: Accounts, policy: Policy) -> Baseline:
    """The baseline once over every account, with numpy."""
    rules = len(policy.rules)
    slots, moved, found = [], [], []
    for first in range(0, accounts.table.num_rows, _ROWS_AT_ONCE):
        columns = columns_of(accounts.table.slice(first, _ROWS_AT_ONCE))
        result = decide_arrays(policy, accounts, columns)
        rows = np.flatnonzero(_moves(result, columns))
        slots.append(result.slot.astype(np.uint8))
        moved.append(rows + first)
        found.append(_changed(accounts, result, {name: column[rows] for name, column in columns.items()}, rows, rules))
    shared = columns_of(accounts.shared)
    result = decide_arrays(policy, accounts, shared)
    users = SharedRows.of(accounts).decided(result.slot, _moves(result, shared), rules)
    joined = {measure.id: np.concatenate([part[measure.id] for part in found]) for measure in accounts.moving}
    return Baseline(policy, np.concatenate(slots), np.concatenate(moved), joined, users)


def decide_arrays(policy: Policy, accounts: Accounts, columns: Mapping[str, Array]) -> Decided[Array]:
    """A policy over columns of numpy, each result as long as they are."""
    found = decided(policy, accounts.fields, Arrays(columns))
    rows = columns["credit_limit"].shape
    limit = None if found.new_limit is None else np.broadcast_to(found.new_limit, rows)
    return Decided(np.broadcast_to(found.slot, rows), np.broadcast_to(found.signature, rows), limit)


def _moves(found: Decided[Array], columns: Mapping[str, Array]) -> NDArray[np.bool_]:
    limit = columns["credit_limit"]
    return np.zeros(limit.shape, bool) if found.new_limit is None else found.new_limit != limit


def _changed(
    accounts: Accounts, found: Decided[Array], columns: Mapping[str, Array], rows: NDArray[np.intp], rules: int
) -> dict[str, Sums]:
    if found.new_limit is None:
        return {measure.id: np.zeros(0, np.int64) for measure in accounts.moving}
    outcome = found.slot[rows] // (rules + 1)
    values = changes(accounts, Arrays(columns), found.new_limit[rows], outcome)
    return {name: np.asarray(value, np.int64) for name, value in values.items()}
