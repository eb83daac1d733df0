"""Users with several accounts: one row each from their accounts' rows, the same for every peer.

They are a few in a hundred, so that numpy serves all peers alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop_app.domain.cubes import Sums
from desktop_app.domain.outcomes import OUTCOMES, USER_SEVERITY, Outcome
from tests.benchmarks.peers.accounts import Accounts
from tests.benchmarks.peers.answers import Cells, Hits
from tests.benchmarks.peers.arrays import Arrays
from tests.benchmarks.peers.texts import computed

_SEVERITY = np.array([USER_SEVERITY.index(outcome) for outcome in OUTCOMES])
_CUTTABLE = [OUTCOMES.index(outcome) for outcome in (Outcome.REFERRED, Outcome.REDUCED)]


@dataclass(frozen=True)
class OfUsers:
    """What a policy does to each user: the slot of the most severe account, and whether any account is cut."""

    slot: NDArray[np.integer]
    cut: NDArray[np.bool_]


@dataclass(frozen=True)
class SharedRows:
    """Where each user's rows begin among those of users with several accounts, and what holds of the user alone."""

    starts: NDArray[np.intp]
    group: NDArray[np.integer]
    open: Sums

    @classmethod
    def of(cls, accounts: Accounts) -> SharedRows:
        """From the rows as they stand: a user's together, the first account first."""
        user = accounts.shared["user"].to_numpy()
        starts = np.flatnonzero(np.diff(user, prepend=-1))
        group, opened = (accounts.shared[name].to_numpy() for name in ("group", "user_open"))
        return cls(starts, group[starts], opened[starts])

    def decided(self, slot: NDArray[np.integer], moved: NDArray[np.bool_], rules: int) -> OfUsers:
        """Each user from the slots of their rows and whether each row's limit is lowered."""
        outcome = slot.astype(np.int64) // (rules + 1)
        place = np.arange(len(slot), dtype=np.int64)
        worst = np.minimum.reduceat(_SEVERITY[outcome] << 48 | place, self.starts)
        cut = np.logical_or.reduceat(moved & np.isin(outcome, _CUTTABLE), self.starts)
        return OfUsers(slot[worst & (1 << 48) - 1], cut)

    def cells(self, accounts: Accounts, sides: Mapping[str, OfUsers], rules: int) -> Cells:
        """Every measure of users under both sides."""
        changes = {}
        for side, users in sides.items():
            outcome = users.slot.astype(np.int64) // (rules + 1)
            columns = {"user_open": self.open, "any_cut": users.cut, "outcome": outcome}
            for measure in accounts.per_user:
                value = computed(measure.sql, Arrays(columns), columns.__getitem__)
                changes[side, measure.id] = np.broadcast_to(np.asarray(value, np.int64), outcome.shape)
        return Cells(sides["baseline"].slot, sides["scenario"].slot, self.group, {}, changes)

    def hits(self, signature: NDArray[np.integer], users: OfUsers) -> Hits:
        """The users by all their accounts' signatures together."""
        merged = np.bitwise_or.reduceat(signature, self.starts)
        ones = np.ones(len(self.starts), np.int64)
        return Hits(merged, users.slot, np.zeros_like(ones), ones)
