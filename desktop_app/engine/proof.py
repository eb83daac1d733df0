"""The proof, before a scan, that no sum passes 64 bits (domain rules, section 2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop_app.domain.actions import FixedAmount, IncomeMultiple, Matrix, PercentOfLimit, Raise, Target
from desktop_app.domain.policy import Policy
from desktop_app.domain.problems import BookUnusable, message
from desktop_app.engine.connection import Connection, first_row
from desktop_app.engine.schema import Fields

_MINOR_PER_UNIT = 100
_PERCENT = 100
# A loss is at most the whole amount, in 1/10,000 of a currency unit: 100 for each minor unit.
_LOSS_PER_MINOR = 100
_MOST = 2**63 - 1


@dataclass(frozen=True)
class Totals:
    """Sums over the whole prepared book, in minor units, made in 128 bits; rows counts the accounts."""

    rows: int
    credit_limit: int
    balance: int
    income: int


def measured_totals(cursor: Connection, table: str, fields: Fields) -> Totals:
    """The totals of a prepared table."""
    income = "income_monthly" if "income_monthly" in fields.columns else "0"
    sums = ", ".join(f"CAST(coalesce(sum({part}), 0) AS VARCHAR)" for part in ("credit_limit", "balance", income))
    rows, *found = first_row(cursor, f"SELECT count(*), {sums} FROM {table}")
    return Totals(rows, *(int(total) for total in found))


def prove_sums_fit(totals: Totals, policies: Iterable[Policy]) -> None:
    """Raise BookUnusable where a sum under any of the policies might pass 64 bits.

    Cuts never lift a limit, so the limits of today bound them; a raise is bounded by its target on every account.
    """
    for policy in policies:
        targets = [rule.action.target for rule in policy.enabled_rules if isinstance(rule.action, Raise)]
        limits = totals.credit_limit + sum(_bound(target, totals) for target in targets)
        if max(limits, totals.balance) * _LOSS_PER_MINOR > _MOST:
            text = "The amounts of this book add up to more than 64 bits can hold; check the unit of its amounts."
            raise BookUnusable(message(text))


def _bound(target: Target, totals: Totals) -> int:
    """More than the target can add up to over the book, in minor units."""
    match target:
        case PercentOfLimit(percent=percent):
            return int(totals.credit_limit * percent / _PERCENT) + 1
        case FixedAmount(amount=amount):
            return int(totals.rows * amount * _MINOR_PER_UNIT)
        case IncomeMultiple(multiple=multiple):
            return int(totals.income * multiple) + 1
        case Matrix(cells=cells, cells_are=unit):
            most = max((cell for row in cells for cell in row if cell is not None), default=0)
            if unit == "percent":
                return int(totals.credit_limit * most / _PERCENT) + 1
            return int(totals.rows * most * _MINOR_PER_UNIT)
