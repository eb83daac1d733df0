"""The risk of the scenario, case by case: asked while it is looked at, and equal to what the desk reads."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.analysis.risk import RiskView
from desktop_app.domain.handles import AssumptionHandle, StressHandle, ThresholdHandle, threshold_handles
from desktop_app.domain.watch import CancelWatch
from desktop_app.text.language import Language
from desktop_app.text.words import Words
from desktop_app.workspace.desk import BASELINE, Desk, scenario_of
from desktop_app.workspace.risking import RiskRow
from desktop_app.workspace.workspace import Workspace
from tests.reference.samples import rule
from tests.small_projects import make_project, policy

CSV = """account_id,credit_limit,balance,score,pd,days_past_due,segment
a,10000,2500.50,550,0.05,0,prime
b,5000,0,700,0.01,31,prime
c,8000,900,590,0.08,10,thin_file
d,20000,0,,0.02,120,thin_file
e,1000,999.99,640,0.03,,thin_file
"""
LOW = rule("low", "block", {"field": "score", "operator": "<", "value": 600})


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    desk = Desk(scenario_of(policy(), BASELINE), (scenario_of(policy(LOW), "one"),), "one")
    made = Workspace(make_project(tmp_path, CSV), desk, Words(Language.ENGLISH))
    made.risking.open = True
    yield made
    made.close()


def settle(workspace: Workspace) -> int:
    asked = 0
    while wanted := workspace.wanted():
        workspace.accept(workspace.job(wanted[0])(CancelWatch()))
        asked += 1
    return asked


def counted(workspace: Workspace, view: RiskView) -> dict[str, RiskRow]:
    workspace.risking.look_by(view)
    settle(workspace)
    return {row.case.key: row for row in workspace.risking.rows(workspace)}


def read(workspace: Workspace, figure: str) -> float | None:
    settle(workspace)
    return workspace.shown().readings[figure].value


@pytest.mark.parametrize("view", [RiskView.SCORE, RiskView.ARREARS, RiskView.STAGE, RiskView.CATEGORY])
def test_bands_add_up_to_the_book(workspace: Workspace, view: RiskView) -> None:
    rows = counted(workspace, view)
    for figure in ("accounts", "ead", "el"):
        total = sum(row.readings[figure].value for row in rows.values())
        assert total == pytest.approx(read(workspace, figure), abs=1e-9)


def test_stressed_row_is_what_the_desk_reads_under_that_stress(workspace: Workspace) -> None:
    found = counted(workspace, RiskView.STRESS)["odds"].readings
    workspace.set_value(StressHandle("pd_odds"), Decimal(2))
    for figure in ("el", "el_no_policy", "users_restricted"):
        assert found[figure].value == read(workspace, figure)


def test_lower_scores_restrict_more(workspace: Workspace) -> None:
    workspace.set_value(threshold_handles(workspace.scenario.policy)[0], Decimal(560))
    rows = counted(workspace, RiskView.STRESS)
    assert rows["scores"].readings["users_restricted"].value == 1
    workspace.set_value(threshold_handles(workspace.scenario.policy)[0], Decimal(565))
    rows = counted(workspace, RiskView.STRESS)
    assert rows["scores"].readings["users_restricted"].value == 2
    assert rows["none"].readings["users_restricted"].value == 1


def test_loss_at_a_quantile_is_what_the_desk_reads_at_it(workspace: Workspace) -> None:
    found = counted(workspace, RiskView.LOSS)["0.99"].readings["bad_year_loss"].value
    workspace.set_value(AssumptionHandle("loss_quantile"), Decimal("0.99"))
    assert found == read(workspace, "bad_year_loss")


def test_loss_rises_with_the_quantile(workspace: Workspace) -> None:
    losses = [row.readings["bad_year_loss"].value for row in counted(workspace, RiskView.LOSS).values()]
    assert losses == sorted(losses)
    assert losses[0] < losses[-1]


def test_concentration_stands_for_every_grouping(workspace: Workspace) -> None:
    rows = counted(workspace, RiskView.CONCENTRATION)
    spread = rows["segment"].spread
    assert spread is not None
    assert spread.groups == 2
    assert 0.5 <= spread.index.value < 1


def test_cases_come_one_after_another(workspace: Workspace) -> None:
    workspace.risking.open = False
    settle(workspace)
    workspace.risking.open = True
    wanted = workspace.wanted()
    assert len(wanted) == 1
    workspace.accept(workspace.job(wanted[0])(CancelWatch()))
    rows = workspace.risking.rows(workspace)
    assert sum(row.readings is not None for row in rows) >= 1
    assert any(row.readings is None for row in rows)


def test_nothing_is_asked_while_nobody_looks(workspace: Workspace) -> None:
    settle(workspace)
    workspace.risking.open = False
    workspace.risking.look_by(RiskView.LOSS)
    assert settle(workspace) == 0


def test_drag_asks_for_no_case(workspace: Workspace) -> None:
    settle(workspace)
    handle = threshold_handles(workspace.scenario.policy)[0]
    assert isinstance(handle, ThresholdHandle)
    workspace.preview(handle, Decimal(610))
    assert all(row.readings is not None for row in workspace.risking.rows(workspace))
