"""Cubes: slices and sums are those of plain loops over the cells."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.cubes import Axis, Cube

LABELS = {"outcome": ("blocked", "kept"), "group": ("new", None, "thin"), "rule": ("a", "b")}
NAMES = tuple(LABELS)
LARGE = 2**62


def cube(seed: int = 7) -> Cube:
    axes = tuple(Axis(name, labels) for name, labels in LABELS.items())
    shape = tuple(len(axis.labels) for axis in axes)
    numbers = np.random.default_rng(seed)
    return Cube(axes, {name: numbers.integers(-(10**15), 10**15, shape, np.int64) for name in ("accounts", "balance")})


def cells(of: Cube, measure: str) -> dict[tuple[str | None, ...], int]:
    """The sums of a measure by the labels of its axes."""
    labels = product(*(axis.labels for axis in of.axes))
    return dict(zip(labels, of.sums[measure].ravel().tolist(), strict=True))


@given(st.permutations(NAMES), st.integers(0, 3), st.integers(0, 99))
def test_summing_down_is_adding_up_the_cells(order: list[str], kept: int, seed: int) -> None:
    whole, names = cube(seed), tuple(order[:kept])
    places = [NAMES.index(name) for name in names]
    expected: dict[tuple[str | None, ...], int] = {}
    for labels, value in cells(whole, "balance").items():
        key = tuple(labels[place] for place in places)
        expected[key] = expected.get(key, 0) + value
    reduced = whole.onto(*names)
    assert tuple(axis.name for axis in reduced.axes) == names
    assert cells(reduced, "balance") == expected


@pytest.mark.parametrize("name", NAMES)
def test_the_slices_of_an_axis_add_up_to_the_whole(name: str) -> None:
    whole = cube()
    slices = [whole.at(name, label) for label in LABELS[name]]
    assert all(name not in [axis.name for axis in piece.axes] for piece in slices)
    assert sum(piece.total("accounts") for piece in slices) == whole.total("accounts")


def test_a_slice_has_the_cells_of_its_label() -> None:
    whole = cube()
    expected = {(one, three): value for (one, two, three), value in cells(whole, "balance").items() if two is None}
    assert cells(whole.at("group", None), "balance") == expected


def test_sums_beyond_a_double_are_exact() -> None:
    whole = Cube((Axis("x", ("a", "b")),), {"m": np.array([LARGE, 1], np.int64)})
    assert whole.total("m") == LARGE + 1
    assert int(whole.onto().sums["m"]) == LARGE + 1


def test_small_integers_are_summed_in_64_bits() -> None:
    whole = Cube((Axis("x", ("a", "b")),), {"m": np.array([2**31 - 1, 2**31 - 1], np.int32)})
    assert (whole.total("m"), int(whole.onto().sums["m"])) == (2**32 - 2, 2**32 - 2)


@pytest.mark.parametrize("ask", [lambda c: c.axis("no"), lambda c: c.onto("no"), lambda c: c.at("no", "a")])
def test_an_axis_that_is_not_there_is_refused(ask: object) -> None:
    with pytest.raises(KeyError):
        ask(cube())


def test_a_label_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="not in tuple"):
        cube().at("group", "old")
