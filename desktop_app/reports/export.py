"""What an export is made from, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop_app.analysis.readings import Readings, group_readings, readings, reason_cell_readings
from desktop_app.analysis.transitions import Cell, transition_readings
from desktop_app.domain.book import Book
from desktop_app.domain.outcomes import Outcome
from desktop_app.domain.requests import Evaluation
from desktop_app.domain.scenario import Scenario


@dataclass(frozen=True, eq=False)
class Export:
    """Everything that a folder of files holds, but the accounts.

    Attributes: readings are of the whole book, groups by group of `grouping`, reasons by (rule, outcome), transitions
    by (baseline outcome, scenario outcome); version is the program's; neutralise says whether texts that a
    spreadsheet would take for formulas are guarded.
    """

    book: Book
    baseline: Scenario
    scenario: Scenario
    evaluation: Evaluation
    readings: Readings
    groups: Mapping[str | None, Readings]
    reasons: Mapping[tuple[str, Outcome], Readings]
    transitions: Mapping[Cell, Readings]
    grouping: str | None
    version: str
    neutralise: bool = True

    @classmethod
    def of(
        cls,
        evaluation: Evaluation,
        baseline: Scenario,
        scenario: Scenario,
        book: Book,
        *,
        grouping: str | None,
        version: str,
        neutralise: bool = True,
    ) -> Export:
        """The export of an answer; grouping is that of its request, baseline and scenario are too."""
        question = (evaluation, baseline, scenario, book)
        return cls(
            book=book,
            baseline=baseline,
            scenario=scenario,
            evaluation=evaluation,
            readings=readings(*question),
            groups=group_readings(*question) if grouping else {},
            reasons=reason_cell_readings(*question),
            transitions=transition_readings(*question),
            grouping=grouping,
            version=version,
            neutralise=neutralise,
        )


@dataclass(frozen=True)
class WrittenFile:
    """One file of an export; rows do not count the headings, sha256 is of its bytes in hexadecimal."""

    name: str
    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True)
class ExportReport:
    """Where an export went and what it holds; the manifest is not among the files."""

    folder: Path
    files: tuple[WrittenFile, ...]
