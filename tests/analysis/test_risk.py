"""The cases that a scenario's risk is looked at by."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.analysis.risk import QUANTILES, STRESSES, RiskView, cases, concentration
from desktop_app.domain.book import Column
from desktop_app.domain.columns import ColumnType
from desktop_app.domain.filters import InRange
from desktop_app.domain.scenario import Stress
from tests.analysis.answers import book, by_reason, evaluation, scenario

LATE = Column("days_past_due", ColumnType.INTEGER, Decimal(0), Decimal(180))


def bands(view: RiskView, *columns: Column) -> list[tuple[Decimal | None, Decimal | None]]:
    parts = [case.chosen.parts[0] for case in cases(view, scenario(), book(*columns))]
    return [(part.low, part.high) for part in parts if isinstance(part, InRange)]


@pytest.mark.parametrize("most", [351, 640, 950])
def test_score_bands_leave_nothing_between_them(most: int) -> None:
    found = bands(RiskView.SCORE, Column("score", ColumnType.NUMBER, Decimal(350), Decimal(most), distinct=500))
    assert len(found) <= 10
    assert [high for _, high in found[:-1]] == [low for low, _ in found[1:]]
    assert found[-1][1] is None


def test_the_five_categories_begin_above_these_days() -> None:
    assert bands(RiskView.CATEGORY, LATE) == [(None, 1), (1, 91), (91, 271), (271, 361), (361, None)]


def test_stages_begin_above_thirty_and_ninety_days() -> None:
    assert bands(RiskView.STAGE, LATE) == [(None, 31), (31, 91), (91, None)]


def test_arrears_are_named_by_their_days() -> None:
    found = cases(RiskView.ARREARS, scenario(), book(LATE))
    assert [case.name.text.format(**dict(case.name.values)) for case in found] == [
        "0",
        "1 – 30",
        "31 – 60",
        "61 – 90",
        "91 or more",
    ]


def test_missing_values_are_a_band() -> None:
    missing = Column("days_past_due", ColumnType.INTEGER, Decimal(0), Decimal(180), missing=3)
    assert cases(RiskView.STAGE, scenario(), book(missing))[-1].key == "missing"


def test_book_without_the_field_has_no_bands() -> None:
    assert cases(RiskView.ARREARS, scenario(), book()) == ()


def test_own_stress_stands_first_where_there_is_one() -> None:
    calm, stressed = (cases(RiskView.STRESS, scenario(stress=one), book()) for one in (Stress(), STRESSES[1][2]))
    assert len(calm) == len(STRESSES)
    assert [stressed[0].key, stressed[0].scenario.stress] == ["own", STRESSES[1][2]]


def test_quantiles_change_nothing_else() -> None:
    found = cases(RiskView.LOSS, scenario(), book())
    assert tuple(case.scenario.assumptions.loss_quantile for case in found) == QUANTILES
    assert {case.scenario.stress for case in found} == {Stress()}


def test_concentration_is_the_sum_of_squared_shares() -> None:
    cells = [
        ("unchanged", "", group, {"accounts": 1, "balance": amount})
        for group, amount in (("east", 600), ("west", 300), (None, 100))
    ]
    sums = by_reason(*cells)
    found = concentration(evaluation(sums), scenario(), scenario(), book())
    assert found is not None
    assert found.index.value == pytest.approx(0.36 + 0.09 + 0.01)
    assert found.index.baseline == found.index.value
    assert (found.groups, found.largest, found.share.value) == (3, "east", pytest.approx(0.6))


def test_book_without_exposure_has_no_concentration() -> None:
    assert concentration(evaluation(by_reason()), scenario(), scenario(), book()) is None
