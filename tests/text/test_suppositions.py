"""Every assumption and stress has its words, and its range is one that a scenario can keep."""

from decimal import Decimal

import pytest

from desktop_app.domain.handles import AssumptionHandle, StressHandle, supposed, supposing
from desktop_app.domain.policy import Policy
from desktop_app.domain.scenario import Assumptions, GroupOdds, Scenario, Stress
from desktop_app.text.language import Language
from desktop_app.text.suppositions import SUPPOSITIONS, Supposition, supposed_words
from desktop_app.text.words import Words

CCF = SUPPOSITIONS[AssumptionHandle("ccf")]


def scenario() -> Scenario:
    return Scenario(id="one", policy=Policy(id="none"))


def test_no_field_is_left_out() -> None:
    known = {(type(handle), handle.name) for handle in SUPPOSITIONS}
    fields = {(AssumptionHandle, name) for name in Assumptions.model_fields}
    fields |= {(StressHandle, name) for name in Stress.model_fields}
    assert known == fields


@pytest.mark.parametrize("one", SUPPOSITIONS.values(), ids=lambda one: one.handle.name)
def test_both_ends_of_a_range_can_be_kept(one: Supposition) -> None:
    ends = [value for value, _ in one.choices] or [end / one.factor for end in (one.minimum, one.maximum)]
    for end in ends:
        assert supposed(supposing(scenario(), one.handle, end), one.handle) == end


def test_a_value_beyond_its_meaning_is_refused() -> None:
    with pytest.raises(ValueError, match="less than or equal to 1"):
        supposing(scenario(), CCF.handle, Decimal("1.01"))


@pytest.mark.parametrize(
    ("handle", "value", "said"),
    [
        (AssumptionHandle("ccf"), Decimal("0.4"), "40 %"),
        (AssumptionHandle("review_cost"), Decimal(15), "15 CNY a review"),
        (AssumptionHandle("review_capacity"), None, "no limit"),
        (AssumptionHandle("capital_floors"), False, "off"),
        (AssumptionHandle("asset_correlation"), Decimal("0.04"), "0.04"),
        (StressHandle("pd_odds"), Decimal("1.5"), "1.5 ×"),
        (StressHandle("group_odds"), None, "none"),
        (
            StressHandle("group_odds"),
            GroupOdds(column="segment", factors={"prime": "1.50", "thin_file": 2}),
            "Segment: prime × 1.5, thin_file × 2",
        ),
    ],
)
def test_a_value_is_said_with_its_unit(handle: AssumptionHandle, value: object, said: str) -> None:
    assert Words(Language.ENGLISH).say(supposed_words(SUPPOSITIONS[handle], value, "CNY")) == said
