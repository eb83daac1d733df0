"""A small desk whose scenario has two rules."""

from __future__ import annotations

from pathlib import Path

from desktop_app.engine.project import Project
from desktop_app.text.language import Language
from desktop_app.text.words import Words
from desktop_app.workspace.desk import BASELINE, Desk, scenario_of
from desktop_app.workspace.workspace import Workspace
from tests.reference.samples import cut, rule
from tests.small_projects import ONE_THREAD, policy

LATE = {"field": "days_past_due", "operator": ">=", "value": 10}


def first_desk() -> Desk:
    """An empty baseline, and a scenario with a block and a cut."""
    scenario = scenario_of(policy(rule("low", "block"), rule("cut", cut(percent=50), LATE)), "scenario-1")
    return Desk(scenario_of(policy(), BASELINE), (scenario,), "scenario-1")


def opened(path: Path) -> Workspace:
    """The project at `path` on that desk."""
    return Workspace(Project.open(path, ONE_THREAD), first_desk(), Words(Language.ENGLISH))
