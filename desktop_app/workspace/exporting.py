"""Answers leave as files: from the command line and from the window alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from desktop_app.domain.movements import MovementsRequest
from desktop_app.domain.recorded import RecordedRequest
from desktop_app.domain.rule_effects import RuleEffects, RuleEffectsRequest
from desktop_app.domain.scenario import Scenario
from desktop_app.domain.sides import Side
from desktop_app.domain.watch import Watch
from desktop_app.engine.account_rows import account_batches
from desktop_app.engine.masking import masking_key
from desktop_app.engine.movements import movements
from desktop_app.engine.project import Project
from desktop_app.engine.recorded import COLUMN as RECORDED_COLUMN
from desktop_app.engine.recorded import recorded_check
from desktop_app.engine.rule_effects import rule_effects
from desktop_app.engine.schema import Fields
from desktop_app.reports.export import Export, ExportReport, Further, Picture, Settings, Targets
from desktop_app.reports.folder import write_export
from desktop_app.text.version import program_version
from desktop_app.text.words import Words
from desktop_app.workspace.simulation import Simulation

LANE = "background"


@dataclass(frozen=True)
class Wanted:
    """What is to be written and where, in which language; accounts says whether every account is among it."""

    targets: Targets
    words: Words
    settings: Settings = field(default_factory=Settings)
    accounts: bool = True
    pictures: Sequence[Picture] = ()


def write_simulation(project: Project, simulation: Simulation, wanted: Wanted, watch: Watch) -> ExportReport:
    """The files of a simulation; raises ExportFailed or Cancelled with everything as it was."""
    key = masking_key(project.id) if wanted.settings.masked else None
    has_tables = wanted.targets.folder is not None or wanted.targets.workbook is not None
    further = further_answers(project, simulation, wanted.settings.tables if has_tables else (), watch)

    def accounts() -> Iterable[pa.RecordBatch]:
        return account_batches(project.cursor(LANE), simulation.prepared, simulation.request, watch, key)

    return write_export(
        wanted.targets,
        export_of(project, simulation, wanted.settings, further),
        accounts if wanted.accounts else None,
        words=wanted.words,
        watch=watch,
        pictures=wanted.pictures,
    )


def further_answers(project: Project, simulation: Simulation, tables: Sequence[str], watch: Watch) -> Further:
    """What some of the tables need beside the evaluation; that takes scans of its own."""
    asked, prepared, cursor = simulation.request, simulation.prepared, project.cursor(LANE)
    about = (asked.data_hash, asked.as_of)
    sides: dict[Side, Scenario] = {"baseline": asked.baseline, "scenario": asked.scenario}
    effects: dict[Side, RuleEffects] = {}
    if "rules" in tables:
        effects = {
            side: rule_effects(cursor, prepared, RuleEffectsRequest(*about, scenario), watch)
            for side, scenario in sides.items()
        }
    moved = None
    if "movements" in tables:
        moved = movements(cursor, prepared, MovementsRequest(*about, asked.baseline, asked.scenario), watch)
    checked = None
    if "recorded" in tables and RECORDED_COLUMN in prepared.fields.columns:
        question = RecordedRequest.of(*about, asked.baseline)
        calm = project.prepared(cursor, simulation.book, question.scenario, watch)
        checked = recorded_check(cursor, calm, question, watch)
    return Further(effects, moved, checked)


def export_of(project: Project, simulation: Simulation, settings: Settings, further: Further | None = None) -> Export:
    """Everything that the files of a simulation hold, but the accounts."""
    request, book = simulation.request, simulation.book
    fields = Fields.of(book)
    warnings = (*fields.warnings(request.baseline.policy), *fields.warnings(request.scenario.policy))
    return Export.of(
        simulation.evaluation,
        request.baseline,
        request.scenario,
        book,
        grouping=request.grouping,
        version=program_version(),
        imported=project.report,
        warnings=tuple(dict.fromkeys(warnings)),
        settings=settings,
        further=further,
    )
