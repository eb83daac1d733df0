"""One account of a project under a policy."""

from __future__ import annotations

from datetime import date

from desktop_app.domain.nearest import Nearest
from desktop_app.domain.policy import Policy
from desktop_app.domain.watch import Watch
from desktop_app.engine.explain import AccountTrace, explain_account
from desktop_app.engine.nearest import nearest
from desktop_app.engine.project import Project
from desktop_app.workspace.desk import scenario_of

_LANE = "interactive"


def explain(
    project: Project, policy: Policy, account: str, as_of: date | None, watch: Watch
) -> tuple[AccountTrace, Nearest]:
    """The account's trace at a snapshot (None: the latest) and what is nearest; PolicyInvalid or BookUnusable."""
    book = project.book if as_of is None else project.at(as_of)
    cursor = project.cursor(_LANE)
    prepared = project.prepared(cursor, book, scenario_of(policy, "scenario"), watch)
    trace = explain_account(cursor, prepared, policy, account)
    return trace, nearest(cursor, prepared, policy, trace)
