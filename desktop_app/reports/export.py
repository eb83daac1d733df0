"""What an export is made from, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from desktop_app.analysis.headline import headline
from desktop_app.analysis.movements import movement_readings
from desktop_app.analysis.readings import Readings, group_readings, readings, reason_cell_readings
from desktop_app.analysis.transitions import Cell, transition_readings
from desktop_app.domain.book import Book
from desktop_app.domain.movements import Movement, Movements
from desktop_app.domain.outcomes import Outcome
from desktop_app.domain.plans import ImportReport
from desktop_app.domain.problems import Message
from desktop_app.domain.recorded import RecordedCheck
from desktop_app.domain.requests import Evaluation
from desktop_app.domain.rule_effects import RuleEffects
from desktop_app.domain.scenario import Scenario
from desktop_app.domain.sides import Side
from desktop_app.text.words import Words

# The tables of an export; accounts are left out unless they are asked for.
TABLES: Final = ("summary", "reasons", "groups", "rules", "transitions", "overlap", "movements", "recorded")
ACCOUNTS_TABLE: Final = "accounts"


@dataclass(frozen=True)
class Settings:
    """What the user chose of an export.

    Attributes: tables are the names of those wanted; neutralise says whether texts that a spreadsheet would take for
    formulas are guarded; masked whether ids leave as codes.
    """

    tables: tuple[str, ...] = TABLES
    neutralise: bool = True
    masked: bool = False


@dataclass(frozen=True, eq=False)
class Further:
    """Answers that only files hold, beside the evaluation.

    Attributes: effects are what each rule adds, by side; movements who may draw less or more; recorded what the
    live system did beside the baseline; empty or None where they were not asked.
    """

    effects: Mapping[Side, RuleEffects] = field(default_factory=dict)
    movements: Movements | None = None
    recorded: RecordedCheck | None = None


@dataclass(frozen=True, eq=False)
class Export:
    """Everything that the files of an export hold, but the accounts.

    Attributes: readings are of the whole book, groups by group of `grouping`, reasons by (rule, outcome), transitions
    by (baseline outcome, scenario outcome); version is the program's; imported is what came of the book's rows, None
    where nobody knows; warnings name the rules that were not evaluated; settings are what the user chose;
    effects, movements and recorded are as in Further.
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
    imported: ImportReport | None = None
    warnings: tuple[Message, ...] = ()
    settings: Settings = Settings()
    effects: Mapping[Side, RuleEffects] = field(default_factory=dict)
    movements: Mapping[Movement, Readings] = field(default_factory=dict)
    recorded: RecordedCheck | None = None

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
        imported: ImportReport | None = None,
        warnings: tuple[Message, ...] = (),
        settings: Settings | None = None,
        further: Further | None = None,
    ) -> Export:
        """The export of an answer; grouping is that of its request, baseline and scenario are too."""
        beside = further or Further()
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
            imported=imported,
            warnings=warnings,
            settings=settings or Settings(),
            effects=beside.effects,
            movements=movement_readings(beside.movements, *question[1:]) if beside.movements else {},
            recorded=beside.recorded,
        )

    def headline(self, words: Words) -> Message:
        """What the scenario does, in one sentence."""
        return headline(self.readings, named(self.scenario, words), words, self.book.currency)


def named(scenario: Scenario, words: Words) -> str:
    """What a scenario is called: by its name, or that of its policy, or its policy's id."""
    return words.wording(scenario.name) or words.wording(scenario.policy.name) or scenario.policy.id


@dataclass(frozen=True)
class Targets:
    """Where an export goes: a folder of CSV files, an Excel workbook, a report; None for what is not wanted."""

    folder: Path | None = None
    workbook: Path | None = None
    report: Path | None = None

    @property
    def first(self) -> Path:
        """What a problem with the export as a whole is about."""
        return self.folder or self.workbook or self.report or Path()


@dataclass(frozen=True)
class Picture:
    """A picture of a chart as a report shows it, made by whoever can draw: an SVG or PNG file's bytes."""

    title: str
    data: bytes


@dataclass(frozen=True)
class WrittenFile:
    """One file of an export; sha256 is of its bytes in hexadecimal, rows do not count headings (None: no rows)."""

    name: str
    bytes: int
    sha256: str
    rows: int | None = None


@dataclass(frozen=True)
class ExportReport:
    """Where an export went and what it holds; the manifest is not among the files."""

    targets: Targets
    files: tuple[WrittenFile, ...]
