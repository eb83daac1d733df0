"""Small projects for tests: lines of CSV become a project file in this process."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from desktop_app.domain.columns import STANDARD
from desktop_app.domain.mapping import Mapping
from desktop_app.domain.policy import Policy, Wording
from desktop_app.domain.requests import EvaluateRequest, HistogramRequest
from desktop_app.domain.watch import CancelWatch
from desktop_app.engine.connection import Limits
from desktop_app.engine.project import Project
from desktop_app.workspace.desk import BASELINE, scenario_of
from desktop_app.workspace.importing import import_inline
from tests.reference.samples import policy as policy_document

AS_OF = "2026-06-30"
ONE_THREAD = Limits(threads=1)
BOOK = """account_id,user_id,credit_limit,balance,score,days_past_due,segment,kyc_complete
00123,u1,10000,2500.50,550,0,prime,true
a-2,u1,5000,0,700,0,prime,true
a-3,u2,8000,9000,590,10,thin_file,true
a-4,u3,20000,0,,0,,false
a-5,u4,1000,999.99,640,95,thin_file,true
"""
TYPES = {"segment": "category"}


def mapping_of(csv: str, **more: Any) -> Mapping:
    """Every standard heading under its own name, dated AS_OF where the file has no dates."""
    headings = [name for name in csv.split("\n", 1)[0].split(",") if name in STANDARD]
    document: dict[str, Any] = {"currency": "CNY", "columns": {name: {"value": name} for name in headings}, **more}
    if "snapshot_date" not in headings:
        document.setdefault("as_of", {"date": AS_OF})
    return Mapping.model_validate(document)


def make_project(folder: Path, csv: str = BOOK, how: Mapping | None = None, limits: Limits = ONE_THREAD) -> Project:
    """An open project in `folder` made of a CSV file's text."""
    source, staging = folder / "book.csv", folder / "staging.duckdb"
    source.write_text(csv, encoding="utf-8", newline="")
    chosen = how or mapping_of(csv)
    book, report = import_inline(source, chosen, staging, CancelWatch())
    project = Project.create(folder / "book.greyline", staging, (book, report, chosen), CancelWatch(), limits)
    staging.unlink()
    return project


def policy(*rules: dict[str, Any], **more: Any) -> Policy:
    """A policy of rules as `tests.reference.samples.rule` makes them."""
    return Policy.model_validate(policy_document(*rules, **more))


def question(
    project: Project, scenario: Policy, baseline: Policy | None = None, grouping: str | None = None
) -> EvaluateRequest:
    """What the desk would ask about two policies."""
    sides = scenario_of(baseline or policy(), BASELINE), scenario_of(scenario, "scenario", Wording(en="S"))
    return EvaluateRequest(project.book.data_hash, project.book.as_of, *sides, grouping)


def histogram_question(project: Project, scenario: Policy, field: str, bins: int = 80) -> HistogramRequest:
    """A histogram of one field under a policy, beside no policy."""
    asked = question(project, scenario)
    return HistogramRequest(asked.data_hash, asked.as_of, asked.baseline, asked.scenario, field, bins)


def lines(heading: str, rows: Sequence[Sequence[object]]) -> str:
    """CSV text of rows."""
    return "\n".join([heading, *(",".join(map(str, row)) for row in rows)]) + "\n"
