"""Scenarios: a policy with its assumptions, stress and goals; the unit of undo (domain rules, section 4)."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, StrictStr

from desktop_app.domain.documents import Document, Number
from desktop_app.domain.policy import Identifier, Policy, Wording

Share = Annotated[Number, Field(ge=0, le=1, decimal_places=6)]


class Assumptions(Document):
    """What the figures suppose; shown beside them and part of an export's hash.

    Attributes: ccf is the share of an open line drawn by default time; lgd stands in where an account has none;
    funding_cost, draw_rate and review_decline are shares (the first per year); opex is a year's cost of a
    performing account and review_cost that of one review, both in currency units; review_capacity is reviews a
    month; capital_method and the correlation and quantile belong to capital and book loss.
    """

    ccf: Share = Decimal("0.40")
    lgd: Share = Decimal("0.65")
    funding_cost: Share = Decimal("0.03")
    draw_rate: Share = Decimal("0.15")
    opex: Annotated[Number, Field(ge=0)] = Decimal(0)
    review_decline: Share = Decimal("0.30")
    review_cost: Annotated[Number, Field(ge=0)] = Decimal(15)
    review_capacity: Annotated[int, Field(ge=0)] | None = None
    capital_method: Literal["standardised", "irb_retail"] = "standardised"
    capital_floors: bool = True
    asset_correlation: Annotated[Number, Field(gt=0, lt=1)] = Decimal("0.04")
    loss_quantile: Annotated[Number, Field(gt=0, lt=1)] = Decimal("0.999")


# Those that change measures, and so need a scan; figures are linear in all others.
MEASURED_ASSUMPTIONS = ("lgd", "capital_floors", "asset_correlation", "loss_quantile")


Odds = Annotated[Number, Field(gt=0, le=1_000_000, decimal_places=6)]


class GroupOdds(Document):
    """Factors on the odds of default by the groups of one column; missing values and unlisted groups keep theirs.

    Attributes: column names the grouping; factors maps a group to what its odds are multiplied by.
    """

    column: StrictStr
    factors: Annotated[dict[StrictStr, Odds], Field(min_length=1)]


class Stress(Document):
    """A shock to the book's fields before the policy sees them; the defaults leave everything as it is.

    Attributes: balance_growth and income_fall are shares; score_fall is in score points; pd_odds multiplies the
    odds of default, and group_odds those of single groups beside; lgd_rise is added to LGD.
    """

    balance_growth: Annotated[Number, Field(ge=0, le=10, decimal_places=6)] = Decimal(0)
    income_fall: Annotated[Number, Field(ge=0, lt=1, decimal_places=6)] = Decimal(0)
    score_fall: Annotated[Number, Field(ge=0, le=1_000_000, decimal_places=6)] = Decimal(0)
    pd_odds: Odds = Decimal(1)
    group_odds: GroupOdds | None = None
    lgd_rise: Share = Decimal(0)

    @property
    def moves_odds(self) -> bool:
        """Whether the odds of anyone are other than they were."""
        return self.pd_odds != 1 or self.group_odds is not None


class Goal(Document):
    """A bound that the analyst wants a figure to keep, in the figure's own unit."""

    figure: StrictStr
    operator: Literal["<=", ">="]
    value: Number

    def is_met(self, value: float | None) -> bool | None:
        """Whether a figure of that value keeps the bound; None where there is no figure."""
        if value is None:
            return None
        return value <= float(self.value) if self.operator == "<=" else value >= float(self.value)


class Scenario(Document):
    """One column of the desk: everything that an answer depends on, beside the book."""

    greyline: Literal["scenario"] = "scenario"
    version: Literal[1] = 1
    id: Identifier
    name: Wording = Wording()
    policy: Policy
    assumptions: Assumptions = Assumptions()
    stress: Stress = Stress()
    goals: tuple[Goal, ...] = ()

    def with_policy(self, policy: Policy) -> Scenario:
        """This scenario under another policy."""
        return self.model_copy(update={"policy": policy})

    def with_goal(self, figure: str, goal: Goal | None) -> Scenario:
        """This scenario with another goal for a figure, in the place of the old one; None drops it."""
        goals = [goal if one.figure == figure else one for one in self.goals]
        if goal is not None and goal not in goals:
            goals.append(goal)
        return self.model_copy(update={"goals": tuple(one for one in goals if one is not None)})
