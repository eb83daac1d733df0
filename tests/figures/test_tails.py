"""The tail formulas by known answers: Basel II Annex 5, and Vasicek's distribution."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.scenario import Assumptions
from desktop_app.figures.tails import PPM, RATE_BITS, RateClass, RateTable, bad_year_pd, bad_year_rates, capital_rates

NO_FLOORS = Assumptions(capital_floors=False)


def risk_weight(kind, pd, lgd):
    """In per cent."""
    k = capital_rates(np.array([round(pd * 10_000)]), kind, floors=False)[0] / 1e9
    return 12.5 * k * lgd * 100


@pytest.mark.parametrize(("pd", "expected"), [(0.03, 4.45), (0.5, 32.36), (1, 45.77), (2, 57.99)])
def test_other_retail_weighs_as_in_annex_5(pd, expected):
    assert risk_weight(RateClass.OTHER_RETAIL, pd, 0.45) == pytest.approx(expected, abs=0.02)


@pytest.mark.parametrize(("pd", "expected"), [(0.03, 1.85), (0.5, 18.97), (1, 32.53), (2, 54.63)])
def test_revolving_retail_weighs_as_in_annex_5(pd, expected):
    assert risk_weight(RateClass.QRRE, pd, 0.85) == pytest.approx(expected, abs=0.02)


def test_two_percent_become_22_63_in_one_year_of_a_thousand():
    assert 100 * float(bad_year_pd(np.array([0.02]), 0.20, 0.999)[0]) == pytest.approx(22.63, abs=0.005)


@pytest.mark.parametrize(("pd", "expected"), [(0, 0), (PPM, 10**9)])
def test_what_is_certain_stays_so_in_a_bad_year(pd, expected):
    assert bad_year_rates(np.array([pd]), Assumptions())[0] == expected


@pytest.mark.parametrize("kind", [RateClass.QRRE, RateClass.OTHER_RETAIL])
@pytest.mark.parametrize("floors", [True, False])
def test_no_capital_in_default(kind, floors):
    assert capital_rates(np.array([PPM]), kind, floors=floors)[0] == 0


@pytest.mark.parametrize(("kind", "floor"), [(RateClass.QRRE, 1000), (RateClass.OTHER_RETAIL, 500)])
def test_below_the_floor_capital_is_that_of_the_floor(kind, floor):
    rates = capital_rates(np.array([0, 1, floor, floor + 1]), kind, floors=True)
    assert rates[0] == rates[1] == rates[2] == capital_rates(np.array([floor]), kind, floors=False)[0]
    assert rates[3] > rates[2]


def test_without_floors_no_risk_takes_no_capital():
    assert capital_rates(np.array([0]), RateClass.QRRE, floors=False)[0] == 0


@given(st.integers(0, PPM))
def test_a_bad_year_beyond_the_expected_is_capital(pd):
    supposed = Assumptions(asset_correlation=Decimal("0.04"), loss_quantile=Decimal("0.999"))
    beyond = bad_year_rates(np.array([pd]), supposed)[0] - pd * 1000
    assert abs(beyond - capital_rates(np.array([pd]), RateClass.QRRE, floors=False)[0]) <= 1


@given(st.lists(st.tuples(st.sampled_from(RateClass), st.integers(0, PPM)), min_size=1, max_size=20))
def test_a_table_gives_each_class_its_own_rates(asked):
    table = RateTable(NO_FLOORS)
    places = np.array([table.place(kind) + pd for kind, pd in asked], dtype=np.int32)
    expected = [
        bad_year_rates(np.array([pd]), NO_FLOORS)[0]
        if kind is RateClass.BAD_YEAR
        else capital_rates(np.array([pd]), kind, floors=False)[0]
        for kind, pd in asked
    ]
    assert table.at(places).tolist() == expected
    assert table.at(places).tolist() == expected


@given(st.lists(st.tuples(st.sampled_from((RateClass.QRRE, RateClass.OTHER_RETAIL)), st.integers(0, PPM)), min_size=1))
def test_a_table_gives_the_rate_of_a_bad_year_along(asked):
    table = RateTable(NO_FLOORS)
    both = table.both(np.array([table.place(kind) + pd for kind, pd in asked], dtype=np.int32))
    expected = [capital_rates(np.array([pd]), kind, floors=False)[0] for kind, pd in asked]
    assert (both & ((1 << RATE_BITS) - 1)).tolist() == expected
    assert (both >> RATE_BITS).tolist() == bad_year_rates(np.array([pd for _, pd in asked]), NO_FLOORS).tolist()


@given(st.integers(0, PPM - 1))
def test_rates_rise_with_the_pd_and_fit_31_bits(pd):
    low, high = bad_year_rates(np.array([pd, pd + 1]), Assumptions())
    assert 0 <= low <= high <= 10**9
