"""Every assumption and stress as the analyst meets it: its name, its unit, its range and what it means."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import TypeAlias

from desktop_app.domain.handles import AssumptionHandle, StressHandle
from desktop_app.domain.problems import Message, message
from desktop_app.domain.scenario import GroupOdds
from desktop_app.text.labels import ASSUMPTION_LABELS, STRESS_LABELS, column_label

SuppositionHandle: TypeAlias = AssumptionHandle | StressHandle

_PERCENT, _PERCENT_A_YEAR = message("%"), message("% a year")
_NO_UNIT = Message("")
_HUNDRED, _MANY = Decimal(100), Decimal(1_000_000)


@dataclass(frozen=True)
class Supposition:
    """One field of Assumptions or Stress.

    Attributes: minimum, maximum and step are in the unit as shown, which is `factor` times what the scenario keeps;
    money says that the unit is the book's currency; choices are the values that can be chosen where it is no number;
    optional, that it can be left open.
    """

    handle: SuppositionHandle
    help: Message
    unit: Message = _NO_UNIT
    minimum: Decimal = Decimal(0)
    maximum: Decimal = _HUNDRED
    step: Decimal = Decimal(1)
    factor: Decimal = Decimal(1)
    decimals: int = 4
    money: bool = False
    choices: tuple[tuple[object, Message], ...] = ()
    optional: bool = False


def _share(name: str, help_: Message, unit: Message = _PERCENT, step: str = "1") -> Supposition:
    return Supposition(AssumptionHandle(name), help_, unit, step=Decimal(step), factor=_HUNDRED)


_ASSUMPTIONS = (
    _share(
        "ccf",
        message("The share of an open line that is drawn by the time of default. EAD = balance + CCF × open line."),
    ),
    _share("lgd", message("Loss given default of the accounts that come without one; the others keep their own.")),
    _share("funding_cost", message("What the lender pays for the money it lends."), _PERCENT_A_YEAR, "0.1"),
    _share("draw_rate", message("The share of an open line that is drawn on average; margin is earned on it.")),
    Supposition(
        AssumptionHandle("opex"),
        message("What it costs to run one performing account for a year."),
        message("{currency} a year"),
        maximum=_MANY,
        decimals=2,
        money=True,
    ),
    _share(
        "review_decline",
        message("The share of referred accounts that manual review declines, taken to be independent of PD."),
    ),
    Supposition(
        AssumptionHandle("review_cost"),
        message("What one manual review costs; there is one a year for each referred account."),
        message("{currency} a review"),
        maximum=_MANY,
        decimals=2,
        money=True,
    ),
    Supposition(
        AssumptionHandle("review_capacity"),
        message("How many accounts can be reviewed in a month; those above it overflow."),
        message("reviews a month"),
        maximum=Decimal(10_000_000),
        step=_HUNDRED,
        decimals=0,
        optional=True,
    ),
    Supposition(
        AssumptionHandle("capital_method"),
        message(
            "Standardised: risk-weighted assets are 75 % of EAD, 100 % in default. IRB retail: the Basel formula with"
            " each account's PD and LGD. Illustrative: few lenders of this kind are under IRB."
        ),
        choices=(("standardised", message("Standardised")), ("irb_retail", message("IRB retail"))),
    ),
    Supposition(
        AssumptionHandle("capital_floors"),
        message("Whether PD and LGD are raised to the regulatory floors in the IRB formula."),
        choices=((True, message("on")), (False, message("off"))),
    ),
    Supposition(
        AssumptionHandle("asset_correlation"),
        message("How strongly accounts default together (ρ), in the book loss at a quantile."),
        minimum=Decimal("0.001"),
        maximum=Decimal("0.999"),
        step=Decimal("0.01"),
    ),
    Supposition(
        AssumptionHandle("loss_quantile"),
        message("The quantile of the book loss: 99.9 % is the loss exceeded in one year of a thousand."),
        _PERCENT,
        minimum=Decimal("0.01"),
        maximum=Decimal("99.99"),
        step=Decimal("0.1"),
        factor=_HUNDRED,
    ),
)

_STRESS = (
    Supposition(
        StressHandle("balance_growth"),
        message("Balances rise by this share, up to the limit; one above its limit stays."),
        _PERCENT,
        maximum=Decimal(1000),
        factor=_HUNDRED,
    ),
    Supposition(
        StressHandle("income_fall"),
        message("Incomes fall by this share; a debt-service ratio that the book gives rises with it."),
        _PERCENT,
        maximum=Decimal("99.99"),
        factor=_HUNDRED,
    ),
    Supposition(
        StressHandle("score_fall"),
        message("Every score falls by so many points. A PD that was read from the score moves with it, no other."),
        message("points"),
        maximum=Decimal(1000),
    ),
    Supposition(
        StressHandle("pd_odds"),
        message("What the odds of default are multiplied by; 1 leaves every PD as it is. Rules see the stressed PD."),
        message("×"),
        minimum=Decimal("0.01"),
        maximum=_HUNDRED,
        step=Decimal("0.1"),
    ),
    Supposition(
        StressHandle("group_odds"),
        message("What the odds of default of single groups are multiplied by beside; a scenario file sets it."),
        choices=((None, message("none")),),
    ),
    Supposition(
        StressHandle("lgd_rise"),
        message("What is added to every LGD, up to 100 % in all."),
        message("percentage points"),
        factor=_HUNDRED,
    ),
)

SUPPOSITIONS: MappingProxyType[SuppositionHandle, Supposition] = MappingProxyType(
    {one.handle: one for one in (*_ASSUMPTIONS, *_STRESS)}
)


def supposition_label(handle: SuppositionHandle) -> Message:
    """What an assumption or the stress is called; KeyError for one that does not exist."""
    return (ASSUMPTION_LABELS if isinstance(handle, AssumptionHandle) else STRESS_LABELS)[handle.name]


def unit_words(supposition: Supposition, currency: str) -> Message:
    """The unit that stands behind the number; the book's currency has no name where the mapping gave none."""
    if not supposition.money:
        return supposition.unit
    return message(supposition.unit.text, currency=currency or message("currency units"))


def supposed_words(supposition: Supposition, value: object, currency: str) -> Message:
    """A value with its unit: 40 %, 15 CNY a review, Standardised, none."""
    for choice, name in supposition.choices:
        if choice == value:
            return name
    if value is None:
        return message("no limit")
    if isinstance(value, GroupOdds):
        return group_odds_words(value)
    shown = Decimal(str(value)) * supposition.factor
    unit = unit_words(supposition, currency)
    return message("{value} {unit}", value=shown, unit=unit) if unit.text else Message("{number}", (("number", shown),))


def group_odds_words(odds: GroupOdds) -> Message:
    """The column with every group's factor: segment: thin_file × 2, new_to_credit × 1.5."""
    factors = ", ".join(f"{group} × {factor.normalize():f}" for group, factor in odds.factors.items())
    return message("{column}: {what}", column=column_label(odds.column), what=factors)
