"""Derived columns: utilisation, dti, sums of a user."""

from __future__ import annotations

from tests.reference.preparing import prepared_rows, prepared_types
from tests.reference.samples import COLUMNS, account


def test_user_sums_cover_interleaved_accounts() -> None:
    rows = [account("a", "u", balance=1), account("b", "v", balance=10), account("c", "u", balance=100)]
    found = prepared_rows(rows, COLUMNS)
    assert [(row["user_limit"], row["user_balance"]) for row in found] == [
        (2_000_000, 101),
        (1_000_000, 10),
        (2_000_000, 101),
    ]


def test_over_limit_utilisation_is_above_one() -> None:
    assert prepared_rows([account(balance=1_234_567)], COLUMNS)[0]["utilisation"] == 12_346


def test_dti_is_debt_service_over_income() -> None:
    row = account(income_monthly=300_000, debt_service_monthly=100_000)
    assert prepared_rows([row], COLUMNS)[0]["dti"] == 3_333


def test_loaded_dti_stands_and_is_capped() -> None:
    rows = [account(dti=200_000, income_monthly=1, debt_service_monthly=1), account("b", dti=None)]
    assert [row["dti"] for row in prepared_rows(rows, {**COLUMNS, "dti": "ratio"})] == [100_000, None]


def test_dti_is_absent_without_its_parts() -> None:
    assert "dti" not in prepared_types({"credit_limit": "money", "balance": "money", "income_monthly": "money"})
