"""The state of the import page: a file, how it is to be read, and how its columns become a book's; nothing of Qt."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from desktop_app.domain.columns import STANDARD
from desktop_app.domain.documents import validated
from desktop_app.domain.mapping import AsOf, MappedColumn, Mapping, OutcomeMeaning, ReadOptions, headings_of
from desktop_app.domain.plans import ReadPlan
from desktop_app.domain.policy import Wording
from desktop_app.domain.problems import DocumentInvalid, Message, message
from desktop_app.domain.watch import Watch
from desktop_app.engine.project import Project
from desktop_app.readers.inspect import inspect
from desktop_app.readers.suggest import suggest_mapping
from desktop_app.text.formats import NO_CURRENCY
from desktop_app.text.labels import column_label
from desktop_app.workspace.import_choices import NOTHING, ChoiceKind, ColumnChoice, choice_of, expression_of
from desktop_app.workspace.import_sample import ImportSample, take_sample
from desktop_app.workspace.opening import PROJECT_SUFFIX, import_project, open_to_read
from desktop_app.workspace.remembered import Remembered

CHOSEN_COLUMNS: tuple[str, ...] = tuple(name for name, column in STANDARD.items() if column.loadable)
_NEEDED = ("account_id", "credit_limit", "balance")


@dataclass(frozen=True)
class Fault:
    """What must be put right on the page; place is the column's name, "as_of" or "currency"."""

    sentence: Message
    place: str


@dataclass(frozen=True)
class ImportDraft:
    """An import in the making; every change makes a new draft, which `look` then looks at.

    Attributes: base is the mapping that the draft began with: what is not chosen on the page stays as it states;
    as_of is an ISO date or ""; planned is what `read` was when the plan was made; looked says that plan and sample
    belong to exactly these choices.
    """

    path: Path
    base: Mapping
    choices: Dictionary[str, ColumnChoice] = field(default_factory=dict)
    currency: str = ""
    as_of: str = ""
    invented: bool = False
    outcome: OutcomeMeaning | None = None
    keep: bool = True
    read: ReadOptions = field(default_factory=ReadOptions)
    plan: ReadPlan | None = None
    sample: ImportSample | None = None
    planned: ReadOptions | None = None
    recalled: bool = False
    looked: bool = False

    @classmethod
    def begin(cls, path: Path) -> ImportDraft:
        """A file that was not looked at yet."""
        return cls(path, Mapping(currency=NO_CURRENCY, columns={}))

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of the file, as far as they are known."""
        return self.plan.headings if self.plan else ()

    @property
    def ready(self) -> bool:
        """Whether the file may be loaded: nothing is in doubt or at fault."""
        return self.looked and self.plan is not None and not self.plan.doubts and not self.faults()

    def choice(self, name: str) -> ColumnChoice:
        """How a standard column is made."""
        return self.choices.get(name, NOTHING)

    def with_mapping(self, mapping: Mapping) -> ImportDraft:
        """Everything as a mapping states it."""
        chosen = {name: choice_of(mapping.columns.get(name)) for name in CHOSEN_COLUMNS}
        return self.changed(
            base=mapping,
            choices=chosen,
            currency="" if mapping.currency == NO_CURRENCY else mapping.currency,
            as_of=mapping.as_of.date.isoformat() if mapping.as_of else "",
            invented=mapping.as_of.invented if mapping.as_of else False,
            outcome=mapping.outcome,
            keep=mapping.keep != "none",
            read=mapping.read,
        )

    def with_choice(self, name: str, choice: ColumnChoice) -> ImportDraft:
        """Another choice for one column."""
        return self.changed(choices={**self.choices, name: choice})

    def with_read(self, **options: Any) -> ImportDraft:  # noqa: ANN401
        """Other ways to read the file; None leaves it to what is found. Raises DocumentInvalid."""
        stated = {**self.read.model_dump(exclude_unset=True), **options}
        kept = {name: value for name, value in stated.items() if value is not None}
        return self.changed(read=validated(ReadOptions, kept, self.path.name))

    def changed(self, **values: Any) -> ImportDraft:  # noqa: ANN401
        """The draft with other values, not looked at yet."""
        return replace(self, **values, looked=False)

    def faults(self) -> tuple[Fault, ...]:
        """What is missing or wrong in the choices."""
        found = [
            Fault(message('Choose the column "{column}": a book needs it.', column=column_label(name)), name)
            for name in _NEEDED
            if self.choice(name).kind is ChoiceKind.NONE
        ]
        for name, choice in self.choices.items():
            try:
                self._how(name, choice)
            except DocumentInvalid as problem:
                found.append(Fault(problem.message, name))
        if self.choice("snapshot_date").kind is ChoiceKind.NONE and self._day() is None:
            text = message("Choose the column of dates, or write one as-of date for all rows (year-month-day).")
            found.append(Fault(text, "as_of"))
        if self.currency and not (len(self.currency) == 3 and self.currency.isascii() and self.currency.isupper()):
            text = message('"{currency}" is no currency; write its three letters, as in CNY.', currency=self.currency)
            found.append(Fault(text, "currency"))
        return tuple(found)

    def mapping(self) -> Mapping:
        """The mapping that the choices make; those at fault are left out."""
        columns = {}
        for name in CHOSEN_COLUMNS:
            try:
                how = self._how(name, self.choice(name))
            except DocumentInvalid:
                continue
            if how is not None:
                columns[name] = how
        there = set(self.headings)
        keep = self.base.keep
        if isinstance(keep, tuple):
            keep = tuple(heading for heading in keep if heading in there)
        return Mapping(
            name=self.base.name,
            source=self.base.source,
            currency=NO_CURRENCY if any(one.place == "currency" for one in self.faults()) else self._currency(),
            as_of=self._as_of(),
            columns=columns,
            outcome=self.outcome if "default_12m" in columns else None,
            keep=(keep if keep != "none" else "all") if self.keep else "none",
            types={heading: kind for heading, kind in self.base.types.items() if heading in there},
            read=self.read,
        )

    def fitted(self, plan: ReadPlan) -> ImportDraft:
        """The draft with a plan: choices of headings that the file lacks give way to what its headings say."""
        there = set(plan.headings)
        suggested = suggest_mapping(plan.headings).columns
        same = plan.headings == self.headings
        chosen = dict(self.choices)
        for name in CHOSEN_COLUMNS:
            choice = self.choice(name)
            if self._reads(name, choice) <= there and (same or choice.kind is not ChoiceKind.NONE):
                continue
            chosen[name] = choice_of(suggested.get(name))
        return replace(self, plan=plan, choices=chosen, planned=self.read)

    def _reads(self, name: str, choice: ColumnChoice) -> frozenset[str]:
        if choice.kind is ChoiceKind.OTHER and name in self.base.columns:
            return headings_of(self.base.columns[name].value)
        return frozenset({choice.heading}) if choice.heading else frozenset()

    def _how(self, name: str, choice: ColumnChoice) -> MappedColumn | None:
        if choice.kind is ChoiceKind.NONE:
            return None
        stated = self.base.columns.get(name)
        if stated is not None and choice == choice_of(stated):
            return stated
        return MappedColumn(value=expression_of(name, choice))

    def _currency(self) -> str:
        return self.currency or NO_CURRENCY

    def _day(self) -> date | None:
        try:
            return date.fromisoformat(self.as_of.strip())
        except ValueError:
            return None

    def _as_of(self) -> AsOf | None:
        day = self._day()
        if day is None or self.choice("snapshot_date").kind is not ChoiceKind.NONE:
            return None
        before = self.base.as_of
        same = before is not None and (before.date, before.invented) == (day, self.invented)
        return before if same else AsOf(date=day, invented=self.invented)


def look(draft: ImportDraft, remembered: Remembered, watch: Watch) -> ImportDraft:
    """Look at the file as the draft says: its plan, and what would come of its first rows. Raises ImportFailed."""
    if draft.plan is None and not draft.choices:
        draft = _proposed(draft, remembered)
    watch.check()
    before = draft
    draft = draft.fitted(_inspected(draft))
    if draft.choices != before.choices:
        # Other columns may be in doubt now.
        draft = replace(draft, plan=_inspected(draft))
    watch.check()
    assert draft.plan is not None
    loadable = not {fault.place for fault in draft.faults()} & {*_NEEDED, "as_of"}
    sample = take_sample(draft.plan, draft.mapping(), watch) if loadable else None
    return replace(draft, sample=sample, looked=True)


def _inspected(draft: ImportDraft) -> ReadPlan:
    """The plan of the draft's file; what was found before under the same options is not searched for again."""
    mapping, plan = draft.mapping(), draft.plan
    if plan is not None and plan.dialect is not None and draft.planned == draft.read:
        found = {"delimiter": plan.dialect.delimiter, "quote": plan.dialect.quote, "escape": plan.dialect.escape}
        mapping = mapping.model_copy(update={"read": draft.read.model_copy(update=found)})
    return inspect(draft.path, mapping)


def _proposed(draft: ImportDraft, remembered: Remembered) -> ImportDraft:
    """The mapping confirmed last for such headings, else what the headings say by themselves."""
    plan = inspect(draft.path)
    recalled = remembered.recall(plan.headings)
    begun = draft.with_mapping(recalled or suggest_mapping(plan.headings))
    return replace(begun, recalled=recalled is not None, plan=plan, planned=ReadOptions())


def import_job(draft: ImportDraft, target: Path, remembered: Remembered) -> Callable[[Watch], Project]:
    """What a lane runs to load the file into the new project `target`; the mapping is remembered where it went well."""
    mapping = draft.mapping()

    def run(watch: Watch) -> Project:
        project = import_project(draft.path, mapping, target, watch)
        # Cancelled now, nobody takes the project: it must not stay open.
        watch.on_cancel(project.close)
        remembered.keep(draft.headings, mapping)
        return project

    return run


def open_job(path: Path) -> Callable[[Watch], Project]:
    """What a lane runs to open a project, or a copy where it is open elsewhere."""

    def run(watch: Watch) -> Project:
        project = open_to_read(path)
        watch.on_cancel(project.close)
        return project

    return run


def free_target(folder: Path, book: Path) -> Path:
    """A path for the new project of a file where none is yet."""
    stem = book.name.split(".")[0] or "book"
    number, target = 1, folder / f"{stem}{PROJECT_SUFFIX}"
    while target.exists():
        number += 1
        target = folder / f"{stem} {number}{PROJECT_SUFFIX}"
    return target


def outcome_of(definition: str, months: int, days_past_due: int | None) -> OutcomeMeaning:
    """What `default_12m` means, in the analyst's own words."""
    return OutcomeMeaning(definition=Wording(en=definition, zh=definition), months=months, days_past_due=days_past_due)
