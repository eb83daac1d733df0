"""numba: one fused loop over the accounts, compiled, two halves at once; what one would write in C.

The loop is written out as Python text from the policy and the catalogue, so that nothing in it is looked up.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from desktop_app.domain.outcomes import OUTCOMES
from desktop_app.domain.policy import Policy
from tests.benchmarks.peers.accounts import COUNT, Accounts
from tests.benchmarks.peers.algebra import Algebra
from tests.benchmarks.peers.answers import Cells, Hits
from tests.benchmarks.peers.arrays import Array, columns_of
from tests.benchmarks.peers.moving import changes
from tests.benchmarks.peers.peer import Baseline, Peer
from tests.benchmarks.peers.rules import Decided, cut_places, decided

_LOOP = """
def loop({arguments}, before, cells, added, hits, slots, rows, part):
    for i in range(rows[part], rows[part + 1]):
{decide}
        slots[i] = slot
        hits[part, signature, slot, 0] += 1
        hits[part, signature, slot, 1] += lone[i]
        cell = (np.int64(before[i]) * {slots} + slot) * {groups} + group[i]
        cells[part, cell, 0] += 1
{sums}
{change}
"""
_DECIDE = """
def decide({arguments}, slots, signatures, moved):
    for i in range(len(slots)):
{decide}
        slots[i] = slot
        signatures[i] = signature
        moved[i] = {moves}
"""


class Lines(Algebra[str]):
    """Python text for one row; what is kept becomes a variable."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.read: set[str] = set()

    def column(self, name: str) -> str:
        self.read.add(name)
        return f"{name}[i]"

    def whole(self, value: int) -> str:
        return str(value)

    def binary(self, operator: str, left: str, right: str) -> str:
        return f"({left} { {'=': '==', '<>': '!='}.get(operator, operator) } {right})"

    def both(self, parts: Sequence[str]) -> str:
        return f"({' and '.join(parts)})"

    def either(self, parts: Sequence[str]) -> str:
        return f"({' or '.join(parts)})"

    def negated(self, part: str) -> str:
        return f"(not {part})"

    def choose(self, cases: Sequence[tuple[str, str]], default: str) -> str:
        return reduce(lambda rest, case: f"({case[1]} if {case[0]} else {rest})", reversed(cases), default)

    def larger(self, left: str, right: str) -> str:
        return f"max({left}, {right})"

    def smaller(self, left: str, right: str) -> str:
        return f"min({left}, {right})"

    def kept(self, name: str, value: str) -> str:
        self.lines.append(f"{name} = {value}")
        return name


class Numba(Peer):
    """Plain columns, and one compiled loop for each policy."""

    name = "compiled loop (numba)"

    def __init__(self, accounts: Accounts, baseline: Baseline) -> None:
        super().__init__(accounts, baseline)
        numba.set_num_threads(self.threads)
        self._columns = columns_of(accounts.table)
        self._shared = columns_of(accounts.shared)
        self._loops: dict[str, _Loop] = {}

    def summed(self, policy: Policy) -> tuple[list[Cells], list[Hits], NDArray[np.integer]]:
        loop = self._loop(policy)
        rows = self.accounts.table.num_rows
        slots, groups = len(OUTCOMES) * (len(policy.rules) + 1), len(self.accounts.groups)
        ends = np.linspace(0, rows, self.threads + 1).astype(np.int64)
        cells = np.zeros((self.threads, slots * slots * groups, 1 + len(loop.values)), np.int64)
        added = np.zeros((self.threads, slots * slots * groups, max(len(loop.changes), 1)), np.int64)
        hits = np.zeros((self.threads, 1 << loop.bits, slots, 2), np.int64)
        found = np.empty(rows, np.uint8)
        columns = [self._columns[name] for name in loop.columns]
        loop.run(*columns, self.baseline.slot, cells, added, hits, found, ends)
        return (
            _cells(loop, cells.sum(axis=0), added.sum(axis=0), slots, groups),
            [_hits(hits.sum(axis=0))],
            found[self.baseline.moved],
        )

    def shared_rows(self, policy: Policy) -> tuple[NDArray[np.integer], NDArray[np.integer], NDArray[np.bool_]]:
        loop = self._loop(policy)
        rows = self.accounts.shared.num_rows
        slots, signatures, moved = np.empty(rows, np.uint8), np.empty(rows, np.int32), np.empty(rows, np.bool_)
        loop.decide(*[self._shared[name] for name in loop.decided], slots, signatures, moved)
        return slots, signatures, moved

    def _loop(self, policy: Policy) -> _Loop:
        key = policy.model_dump_json()
        if key not in self._loops:
            self._loops = {key: _Loop(policy, self.accounts)}
        return self._loops[key]


class _Loop:
    """The compiled functions of one policy, and what they read."""

    def __init__(self, policy: Policy, accounts: Accounts) -> None:
        self.values = accounts.values
        self.changes: tuple[str, ...] = ()
        self.bits = len(policy.rules) + len(cut_places(policy))
        lines = Lines()
        found = decided(policy, accounts.fields, lines)
        decide = _indented(lines.lines, 2)
        self.decided = tuple(sorted(lines.read))
        self.decide = _compiled(
            _DECIDE.format(arguments=", ".join(self.decided), decide=decide, moves=_moves(found)), "decide"
        )
        change = self._change(policy, accounts, found)
        read = {*lines.read, *self.values, "lone", "group", *change.read}
        self.columns = tuple(sorted(read))
        text = _LOOP.format(
            arguments=", ".join(self.columns),
            decide=decide,
            slots=len(OUTCOMES) * (len(policy.rules) + 1),
            groups=len(accounts.groups),
            sums=_indented(
                [f"cells[part, cell, {1 + place}] += {name}[i]" for place, name in enumerate(self.values)], 2
            ),
            change=_indented([f"if {_moves(found)}:", *(f"    {line}" for line in [*change.lines, "pass"])], 2),
        )
        self.run = _in_parts(_compiled(text, "loop"), len(self.columns))

    def _change(self, policy: Policy, accounts: Accounts, found: Decided[str]) -> Lines:
        lines = Lines()
        if found.new_limit is not None:
            added = changes(accounts, lines, found.new_limit, f"(slot // {len(policy.rules) + 1})")
            self.changes = tuple(added)
            lines.lines += [f"added[part, cell, {place}] += {value}" for place, value in enumerate(added.values())]
        return lines


def _moves(found: Decided[str]) -> str:
    return "False" if found.new_limit is None else f"{found.new_limit} != credit_limit[i]"


def _indented(lines: Sequence[str], steps: int) -> str:
    return "\n".join("    " * steps + line for line in lines)


def _compiled(text: str, name: str) -> Callable[..., None]:
    scope: dict[str, Any] = {"np": np}
    exec(compile(text, f"<{name}>", "exec"), scope)
    return numba.njit(nogil=True)(scope[name])


def _in_parts(loop: Callable[..., None], columns: int) -> Callable[..., None]:
    """The loop over each part of the rows in a thread of its own."""
    names = ", ".join(f"c{number}" for number in range(columns))
    rest = "before, cells, added, hits, slots, rows"
    text = f"def run({names}, {rest}):\n    for part in prange(len(rows) - 1):\n        loop({names}, {rest}, part)\n"
    scope: dict[str, Any] = {"prange": numba.prange, "loop": loop}
    exec(compile(text, "<run>", "exec"), scope)
    return numba.njit(parallel=True)(scope["run"])


def _cells(loop: _Loop, cells: Array, added: Array, slots: int, groups: int) -> list[Cells]:
    used = np.flatnonzero(cells[:, 0])
    sums = {name: cells[used, 1 + place] for place, name in enumerate(loop.values)} | {COUNT: cells[used, 0]}
    changed = {("scenario", name): added[used, place] for place, name in enumerate(loop.changes)}
    return [Cells(used // groups // slots, used // groups % slots, used % groups, sums, changed)]


def _hits(hits: Array) -> Hits:
    signature, slot = np.nonzero(hits[:, :, 0])
    return Hits(signature, slot, hits[signature, slot, 0], hits[signature, slot, 1])
