"""Figures computed from the engine's sums, and its histograms, against the reference."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from math import isnan
from pathlib import Path

import pytest

from desktop_app.domain.columns import UNITS_PER_ONE
from desktop_app.domain.cubes import Sums
from desktop_app.domain.outcomes import Outcome
from desktop_app.domain.requests import SIDES, HistogramCounts, HistogramRequest, Side
from desktop_app.domain.scenario import Scenario
from desktop_app.domain.watch import CancelWatch
from desktop_app.engine.answers import answer
from desktop_app.figures.catalogue import FIGURES
from desktop_app.figures.types import OutcomeSums
from tests.engine.random_questions import Case, cases
from tests.reference import capital, earning, summing
from tests.reference.books import AS_OF
from tests.reference.evaluate import Result

MINOR = 100
LOSS = 10_000
FIELDS = {"score", "balance", "pd", "utilisation", "days_past_due", "internal_rating"}

Exact = Callable[[Result], Fraction | None]
EXACT: dict[str, Exact] = {
    "open_line": lambda result: summing.open_line(result) / MINOR,
    "ead": lambda result: summing.ead(result) / MINOR,
    "ead_covered": lambda result: summing.ead_covered(result) / MINOR,
    "el": lambda result: summing.el(result) / LOSS,
    "el_no_policy": lambda result: summing.el_without_policy(result) / LOSS,
    "el_avoided": lambda result: summing.el_avoided(result) / LOSS,
    "el_remaining": lambda result: summing.el_remaining(result) / LOSS,
    "coverage": summing.coverage,
    "margin": earning.margin,
    "margin_no_policy": earning.margin_without_policy,
    "margin_on_balance": earning.margin_on_balance,
    "ead_earning": earning.ead_earning,
    "margin_coverage": earning.coverage,
    "margin_lost_per_el": earning.lost_per_el,
    "breakeven_pd": lambda result: earning.breakeven_pd(result.accounts, result.shares),
    "rwa": capital.rwa_standardised,
    "return_on_capital": capital.return_standardised,
    "bad_year_loss": capital.bad_year_loss,
    "bad_year_loss_beyond_el": lambda result: capital.bad_year_loss(result) - summing.el(result) / LOSS,
}
BY_RATINGS: dict[str, Exact] = {"rwa": capital.rwa_by_ratings, "return_on_capital": capital.return_by_ratings}


def answered(case: Case) -> dict[Side, OutcomeSums]:
    found = case.loaded.answer(case.policies["baseline"], case.policies["scenario"], None)
    return {side: OutcomeSums(found.by_reason[side].onto("outcome").sums) for side in SIDES}


def test_figures_are_the_exact_sums_over_accounts(tmp_path: Path) -> None:
    for case in cases(range(400, 404), tmp_path, pairs=1):
        for side, sums in answered(case).items():
            supposed, expected = case.loaded.assumptions, case.expected[side]
            for figure, exact in EXACT.items():
                found = float(FIGURES[figure].compute(sums, supposed))
                assert_same(found, exact(expected), expected)
            rated = supposed.model_copy(update={"capital_method": "irb_retail"})
            for figure, exact in BY_RATINGS.items():
                found = float(FIGURES[figure].compute(sums, rated))
                assert_same(found, exact(expected), expected)


def assert_same(found: float, exact: Fraction | None, result: Result) -> None:
    if exact is None:
        assert isnan(found)
    elif isnan(found):
        # A dash: a loss that no account's PD tells anything about.
        assert not exact
        assert summing.ead_covered(result) == 0
    else:
        assert found == pytest.approx(float(exact or 0), rel=1e-12, abs=1e-6)


def test_histograms_count_users_where_their_first_account_stands(tmp_path: Path) -> None:
    for case in cases(range(500, 503), tmp_path, pairs=1):
        for field in FIELDS & case.loaded.prepared.fields.columns.keys():
            found = histogram_of(case, field)
            assert plain(found.counts) == binned(found, case, "scenario"), field
            assert plain(found.baseline) == binned(found, case, "baseline"), field
            users = case.expected["scenario"].users.values()
            assert found.missing == sum(user.first.row[field] is None for user in users), field


def histogram_of(case: Case, field: str) -> HistogramCounts:
    before, after = (Scenario(id=side, policy=case.policies[side]) for side in SIDES)
    request = HistogramRequest(case.loaded.book.data_hash, AS_OF, before, after, field, bins=20)
    found = answer(case.loaded.cursor, case.loaded.prepared, request, CancelWatch())
    assert isinstance(found, HistogramCounts)
    return found


def plain(counts: Mapping[Outcome, Sums]) -> Counter[tuple[str, int]]:
    """Users by outcome and bin, where there are any."""
    return Counter({(str(key), place): n for key, sums in counts.items() for place, n in enumerate(sums.tolist()) if n})


def binned(found: HistogramCounts, case: Case, side: Side) -> Counter[tuple[str, int]]:
    """The reference's users in the bins of the engine's edges."""
    unit = UNITS_PER_ONE[case.loaded.prepared.fields.columns[found.field].type]
    edges = [round(edge * unit) for edge in found.edges]
    counted: Counter[tuple[str, int]] = Counter()
    for user in case.expected[side].users.values():
        value = user.first.row[found.field]
        if value is not None:
            stored = int(value * unit) if isinstance(value, Decimal) else value
            place = bisect_right(edges, stored) - 1
            assert place >= 0
            assert found.bins.open or stored <= edges[-1]
            counted[user.outcome, min(place, len(edges) - 2)] += 1
    return counted
