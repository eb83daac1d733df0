"""Timing of works in turn: each round runs every one of them once, so that what else the machine does meets all."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import TypeAlias

ROUNDS = 5

Work: TypeAlias = Callable[[], object]


@dataclass(frozen=True)
class Timing:
    """What one work took, a number a round: seconds on the clock, and processor seconds of all its threads.

    Of its child processes too, where they have ended.
    """

    wall: tuple[float, ...]
    cpu: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle round on the clock, in seconds."""
        return median(self.wall)

    @property
    def processor(self) -> float:
        """The middle round in processor seconds."""
        return median(self.cpu)

    def divided(self, times: int) -> Timing:
        """A work that was run `times` times a round, as one run of it."""
        return Timing(tuple(each / times for each in self.wall), tuple(each / times for each in self.cpu))

    def multiplied(self, times: int) -> Timing:
        """That many runs of the work, one after the other."""
        return Timing(tuple(each * times for each in self.wall), tuple(each * times for each in self.cpu))


def in_turn(works: Mapping[str, Work], rounds: int = ROUNDS, warm: bool = True) -> dict[str, Timing]:
    """Every work once a round, in the order given; before that, where `warm`, each once untimed."""
    if warm:
        for work in works.values():
            work()
    found: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            wall, cpu = _once(work)
            found[name][0].append(wall)
            found[name][1].append(cpu)
    return {name: Timing(tuple(wall), tuple(cpu)) for name, (wall, cpu) in found.items()}


def repeated(work: Work, times: int) -> Work:
    """A work that is too short for a clock, `times` times."""

    def run() -> None:
        for _ in range(times):
            work()

    return run


def _once(work: Work) -> tuple[float, float]:
    gc.collect()
    gc.disable()
    try:
        cpu, wall = _processor(), time.perf_counter()
        work()
        return time.perf_counter() - wall, _processor() - cpu
    finally:
        gc.enable()


def _processor() -> float:
    """Processor seconds so far; the system counts those of children in hundredths."""
    children = os.times()
    return time.process_time() + children.children_user + children.children_system


def percentile(values: Iterable[float], share: float) -> float:
    """The value below which `share` of the values lie: the nearest one that occurs."""
    ordered = sorted(values)
    return float(ordered[min(len(ordered) - 1, int(share * len(ordered)))])
