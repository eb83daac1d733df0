"""Seeded draws: each block of accounts has its own counter-based stream, so threads and their order change nothing."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from scipy.special import ndtri

from desktop_app.demo.slots import Codes, Floats, Integers, Mask


class Draws:
    """The random numbers of one block of `size` slots; the order of the calls is part of the result."""

    def __init__(self, seed: int, block: int, size: int) -> None:
        sequence = np.random.SeedSequence(entropy=seed, spawn_key=(block,))
        self._generator = np.random.Generator(np.random.Philox(sequence))
        self.size = size

    def uniform(self) -> Floats:
        """One number in [0, 1) a slot."""
        return self._generator.random(self.size)

    def normal(self) -> Floats:
        """One standard normal a slot."""
        return self._generator.standard_normal(self.size)

    def tied(self, other: Floats, correlation: float) -> Floats:
        """Standard normals that have this correlation with `other`, itself standard normal: a Gaussian copula."""
        return correlation * other + math.sqrt(1 - correlation**2) * self.normal()

    def chance(self, probability: float | Floats) -> Mask:
        """True with this probability."""
        return self.uniform() < probability

    def codes(self, shares: Sequence[float]) -> Codes:
        """Codes 0, 1, … with these shares."""
        return codes_of(self.normal(), shares)

    def order(self) -> Integers:
        """All slots in random order."""
        return self._generator.permutation(self.size)


def codes_of(normals: Floats, shares: Sequence[float]) -> Codes:
    """Codes 0, 1, … with these shares, the low ones where the normals are low."""
    total = sum(shares)
    edges = ndtri(np.cumsum(shares)[:-1] / total)
    return np.searchsorted(edges, normals).astype(np.int8)


def odds_times(probability: Floats, multiplier: Floats) -> Floats:
    """The probability whose odds are `multiplier` times those of `probability`."""
    return multiplier * probability / (1 + (multiplier - 1) * probability)
