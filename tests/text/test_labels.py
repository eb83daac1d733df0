"""Every term that can reach the screen has a name."""

from __future__ import annotations

from typing import get_args

import pytest

from desktop_app.domain.actions import Action, Target
from desktop_app.domain.columns import STANDARD, ColumnType
from desktop_app.domain.conditions import Operator
from desktop_app.domain.outcomes import Outcome
from desktop_app.domain.policy import Cause, OnMissing
from desktop_app.domain.problems import Message
from desktop_app.domain.readings import Kind, Unit
from desktop_app.domain.scenario import Assumptions, Stress
from desktop_app.text import labels


def kinds(union: object) -> set[str]:
    members = get_args(get_args(union)[0])
    return {member.model_fields["kind"].default for member in members}


@pytest.mark.parametrize(
    ("names", "terms"),
    [
        (labels.COLUMN_LABELS, STANDARD),
        (labels.TYPE_LABELS, ColumnType),
        (labels.OUTCOME_LABELS, Outcome),
        (labels.CAUSE_LABELS, Cause),
        (labels.ACTION_LABELS, kinds(Action) | {"none"}),
        (labels.TARGET_LABELS, kinds(Target)),
        (labels.ON_MISSING_LABELS, OnMissing),
        (labels.OPERATOR_LABELS, Operator),
        (labels.UNIT_LABELS, Unit),
        (labels.KIND_LABELS, Kind),
        (labels.ASSUMPTION_LABELS, Assumptions.model_fields),
        (labels.CAPITAL_METHOD_LABELS, get_args(Assumptions.model_fields["capital_method"].annotation)),
        (labels.STRESS_LABELS, Stress.model_fields),
    ],
)
def test_every_term_has_a_name(names: dict[str, Message], terms: set[str]) -> None:
    assert set(names) == set(terms)


def test_no_two_columns_have_one_name() -> None:
    assert len({label.text for label in labels.COLUMN_LABELS.values()}) == len(labels.COLUMN_LABELS)


def test_an_unknown_column_keeps_its_name() -> None:
    assert str(labels.column_label("PAY_0 {x}")) == "PAY_0 {x}"
