"""Loss and income measures of one account, in integers; exposure and expected loss as exact fractions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tests.reference import tails
from tests.reference.evidence import in_default
from tests.reference.quantities import MILLION, Row, exact, on_amount, rounded, units

DEFAULTS: dict[str, Any] = {
    "ccf": Decimal("0.40"),
    "lgd": Decimal("0.65"),
    "review_decline": Decimal("0.30"),
    "funding_cost": Decimal("0.03"),
    "draw_rate": Decimal("0.15"),
    "opex": 0,
    "review_cost": 15,
    "capital_method": "standardised",
    "capital_floors": True,
    "asset_correlation": Decimal("0.04"),
    "loss_quantile": Decimal("0.999"),
}


@dataclass(frozen=True)
class Risk:
    """What one account risks; pd and lgd in ppm (pd None: it has none), apr as loaded.

    Attributes: loss, income, capital and bad_year are products in 1e-9; None where the account has no PD (or, for
    income, no APR, or is in default); capital is 0 in default.
    """

    in_default: bool
    pd: int | None
    lgd: int
    loss: int | None
    income: int | None
    capital: int | None
    bad_year: int | None

    def loss_on_balance(self, row: Row) -> int:
        """Expected loss of what is drawn, in 1/10,000 of the currency unit."""
        return 0 if self.loss is None else on_amount(self.loss, row["balance"])

    def loss_on_undrawn(self, undrawn: int) -> int:
        """Expected loss of an undrawn amount were it all drawn; nothing in default."""
        return 0 if self.loss is None or self.in_default else on_amount(self.loss, undrawn)

    def income_on(self, amount: int) -> int:
        """Interest a year on an amount, times the chance of not defaulting."""
        return 0 if self.income is None else on_amount(self.income, amount)

    def capital_on(self, amount: int) -> int:
        """Capital by ratings of a drawn amount."""
        return 0 if self.capital is None else on_amount(self.capital, amount)

    def bad_year_on(self, amount: int) -> int:
        """Loss of a bad year on a drawn amount."""
        return 0 if self.bad_year is None else on_amount(self.bad_year, amount)


@dataclass(frozen=True)
class Shares:
    """The assumptions that figures are linear in."""

    ccf: Fraction
    review_decline: Fraction
    funding_cost: Fraction
    draw_rate: Fraction
    opex: Fraction
    review_cost: Fraction

    @classmethod
    def of(cls, assumptions: dict[str, Any]) -> Shares:
        values = {**DEFAULTS, **assumptions}
        return cls(**{field.name: exact(values[field.name]) for field in fields(cls)})

    def open_share(self, outcome: str) -> Fraction:
        """The part of the undrawn amount that may still be drawn."""
        return 1 - self.review_decline if outcome == "referred" else Fraction(1)


def risk_of(row: Row, assumptions: dict[str, Any], *, curve: Callable[[Row], int] | None) -> Risk:
    """The account's risk; `curve` reads a missing PD from the row with its score."""
    supposed = {**DEFAULTS, **assumptions}
    late = in_default(row)
    pd = MILLION if late else _pd(row, curve)
    lgd = row.get("lgd")
    if lgd is None:
        lgd = units(supposed["lgd"], MILLION)
    loss = None if pd is None else rounded(pd * lgd, 1000)
    apr: Any = row.get("apr")
    earns = not late and pd is not None and apr is not None
    income = rounded(apr * (MILLION - (pd or 0)), 1000) if earns else None
    return Risk(late, pd, lgd, loss, income, *_tails(row, pd, lgd, supposed, late=late))


def _tails(
    row: Row, pd: int | None, lgd: int, supposed: dict[str, Any], *, late: bool
) -> tuple[int | None, int | None]:
    """Capital and the loss of a bad year."""
    if pd is None:
        return None, None
    capital = 0 if late else tails.capital(row, pd, lgd, floors=supposed["capital_floors"])
    year = (float(supposed["asset_correlation"]), float(supposed["loss_quantile"]))
    return capital, tails.bad_year_loss(pd, lgd, *year)


def _pd(row: Row, curve: Callable[[Row], int] | None) -> int | None:
    loaded: int | None = row.get("pd")
    score = row.get("score")
    return curve(row) if loaded is None and curve and score is not None else loaded


def exposure(row: Row, risk: Risk, undrawn: int, outcome: str, shares: Shares) -> Fraction:
    """EAD in minor units: balance + CCF × open line; the balance alone in default."""
    if risk.in_default:
        return Fraction(row["balance"])
    return Fraction(row["balance"]) + shares.ccf * shares.open_share(outcome) * undrawn


def expected_loss(row: Row, risk: Risk, undrawn: int, outcome: str, shares: Shares) -> Fraction:
    """EL in 1/10,000 of the currency unit, from the two loss measures."""
    on_open = shares.ccf * shares.open_share(outcome) * risk.loss_on_undrawn(undrawn)
    return risk.loss_on_balance(row) + on_open
