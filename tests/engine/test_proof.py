"""Sums are proven to fit before a scan."""

from __future__ import annotations

import pytest

from desktop_app.domain.problems import BookUnusable
from desktop_app.engine.proof import Totals, prove_sums_fit
from tests.reference.samples import rule
from tests.small_projects import policy

# The largest total limit whose losses still fit: 2⁶³ − 1 ÷ 100.
MOST = (2**63 - 1) // 100
ALWAYS = {"field": "credit_limit", "operator": ">=", "value": 0}


def raised_to(**target: object) -> dict:
    return rule("up", {"kind": "raise", "target": target}, ALWAYS)


def test_the_largest_total_fits() -> None:
    prove_sums_fit(Totals(1, MOST, 0, 0), [policy()])


@pytest.mark.parametrize("totals", [Totals(1, MOST + 1, 0, 0), Totals(1, 0, MOST + 1, 0)])
def test_one_more_minor_unit_does_not(totals: Totals) -> None:
    with pytest.raises(BookUnusable, match="64 bits"):
        prove_sums_fit(totals, [policy()])


@pytest.mark.parametrize(
    "target",
    [
        {"kind": "percent", "percent": 200},
        {"kind": "amount", "amount": 10**12},
        {"kind": "income_multiple", "multiple": 3},
        {
            "kind": "matrix",
            "rows": {"field": "credit_limit", "edges": [0, 1, 2]},
            "cells_are": "percent",
            "cells": [[None], [150]],
        },
    ],
)
def test_a_raise_counts_on_every_account(target: dict) -> None:
    totals = Totals(1000, MOST // 2, 0, MOST // 5)
    prove_sums_fit(totals, [policy()])
    with pytest.raises(BookUnusable):
        prove_sums_fit(totals, [policy(raised_to(**target))])


def test_a_raise_that_is_switched_off_counts_for_nothing() -> None:
    off = {**raised_to(kind="amount", amount=10**12), "enabled": False}
    prove_sums_fit(Totals(1000, MOST // 2, 0, 0), [policy(off)])
