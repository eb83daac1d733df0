"""Every figure is whole, and behaves alike for one book and for many groups at once."""

from __future__ import annotations

import re
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain.columns import STANDARD
from desktop_app.domain.outcomes import OUTCOMES
from desktop_app.domain.readings import Unit
from desktop_app.domain.scenario import Assumptions
from desktop_app.figures.catalogue import FIGURES, MEASURES, UnknownFigure, find_figure
from desktop_app.figures.types import OutcomeSums
from tests.figures.sums import arrays

SHARES = st.integers(0, 100).map(lambda percent: Decimal(percent) / 100)
DIVIDED = (Unit.SHARE, Unit.RATIO)
ADDITIVE = [
    figure.id for figure in FIGURES.values() if figure.unit not in DIVIDED and not (figure.needs_pd or figure.whole)
]

every_figure = pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES)


def test_measures_and_figures_are_kept_under_their_own_ids():
    assert all(key == value.id for key, value in [*MEASURES.items(), *FIGURES.items()])


def test_names_are_unique():
    assert len({figure.name for figure in FIGURES.values()}) == len(FIGURES)


@every_figure
def test_a_figure_says_what_it_is(figure):
    assert re.fullmatch(r"[a-z_]+", figure.id)
    assert all([figure.name, figure.formula, figure.source, figure.help])
    assert figure.help.endswith(".")


@every_figure
def test_a_figure_refers_to_what_exists(figure):
    assert set(figure.measures) <= set(MEASURES)
    assert set(figure.columns) <= set(STANDARD)
    assert (figure.unit in DIVIDED) == (figure.denominator in FIGURES)
    assert (figure.cases is not None) <= (figure.unit in DIVIDED)


@every_figure
def test_a_figure_reads_only_the_measures_it_declares(figure):
    declared = OutcomeSums({name: np.ones(len(OUTCOMES), dtype=np.int64) for name in figure.measures})
    assert np.isfinite(figure.compute(declared, Assumptions()))


def test_every_measure_is_used():
    assert {measure for figure in FIGURES.values() for measure in figure.measures} == set(MEASURES)


@settings(max_examples=25, deadline=None)
@given(arrays(3))
def test_many_groups_at_once_agree_with_each_alone(sums):
    for figure in FIGURES.values():
        together = figure.compute(OutcomeSums(sums), Assumptions())
        alone = [figure.compute(OutcomeSums({k: v[i] for k, v in sums.items()}), Assumptions()) for i in range(3)]
        np.testing.assert_array_equal(together, alone)


@settings(max_examples=25, deadline=None)
@given(arrays(2))
def test_plain_sums_add_up_over_groups(sums):
    whole = OutcomeSums({name: array.sum(axis=0) for name, array in sums.items()})
    for name in ADDITIVE:
        parts = FIGURES[name].compute(OutcomeSums(sums), Assumptions())
        np.testing.assert_allclose(parts.sum(), FIGURES[name].compute(whole, Assumptions()), rtol=1e-12, atol=1e-3)


@settings(max_examples=25, deadline=None)
@given(arrays(1), SHARES, SHARES)
def test_money_is_linear_in_ccf_and_in_the_decline_rate(sums, ccf, decline):
    for figure in FIGURES.values():
        if figure.unit is not Unit.MONEY:
            continue

        def at(ccf, decline, figure=figure):
            return figure.compute(OutcomeSums(sums), Assumptions(ccf=ccf, review_decline=decline))

        c, d = float(ccf), float(decline)
        zero, one = Decimal(0), Decimal(1)
        blended = (1 - c) * ((1 - d) * at(zero, zero) + d * at(zero, one))
        blended += c * ((1 - d) * at(one, zero) + d * at(one, one))
        np.testing.assert_allclose(at(ccf, decline), blended, rtol=1e-9, atol=1e-3)


def test_a_near_miss_is_suggested():
    with pytest.raises(UnknownFigure, match='did you mean "blocked_rate"'):
        find_figure("blokced_rate")


def test_a_name_far_from_all_is_just_unknown():
    with pytest.raises(UnknownFigure, match='There is no figure "zzz"'):
        find_figure("zzz")


def test_a_figure_is_found_by_its_id():
    assert find_figure("el") is FIGURES["el"]
