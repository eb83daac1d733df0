"""The review queue, by known answers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.domain.outcomes import Outcome
from desktop_app.domain.scenario import Assumptions
from desktop_app.figures.catalogue import FIGURES
from tests.figures.sums import sums_of

# 40 accounts in review with 8,000 undrawn, of which reviews decline 30 %.
QUEUE = sums_of(
    accounts={Outcome.REFERRED: 40, Outcome.BLOCKED: 7}, undrawn={Outcome.REFERRED: 800_000, Outcome.UNCHANGED: 999}
)


def computed(figure, capacity, sums=QUEUE):
    supposed = Assumptions(review_capacity=capacity, review_decline=Decimal("0.30"))
    return float(FIGURES[figure].compute(sums, supposed))


@pytest.mark.parametrize(("capacity", "expected"), [(None, 0), (100, 0), (40, 0), (30, 10), (0, 40)])
def test_what_cannot_be_reviewed_overflows(capacity, expected):
    assert computed("review_overflow", capacity) == expected


@pytest.mark.parametrize(("capacity", "expected"), [(None, 0), (40, 0), (30, 1_400), (0, 5_600)])
def test_the_overflow_keeps_its_part_of_the_line_shut(capacity, expected):
    assert computed("review_line_lost", capacity) == pytest.approx(expected, rel=1e-12)


def test_an_empty_queue_loses_nothing():
    assert computed("review_line_lost", 0, sums_of()) == 0
