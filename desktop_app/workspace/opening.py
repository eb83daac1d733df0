"""Opening: a file becomes a project, a project a workspace; the sample opens by itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop_app.domain.document_faults import kind_of
from desktop_app.domain.documents import parse_json, validated
from desktop_app.domain.mapping import AsOf, Mapping
from desktop_app.domain.plans import Reject
from desktop_app.domain.policy import Policy, Wording
from desktop_app.domain.problems import BookUnusable, DocumentInvalid, ImportFailed, Message, ProjectInUse, message
from desktop_app.domain.scenario import Scenario
from desktop_app.domain.watch import Watch
from desktop_app.engine.connection import Limits
from desktop_app.engine.project import Project
from desktop_app.engine.project_files import PrivateFolder
from desktop_app.readers.inspect import inspect
from desktop_app.readers.suggest import suggest_mapping
from desktop_app.text.resources import bundled
from desktop_app.text.words import Words
from desktop_app.workspace.desk import BASELINE, Desk, scenario_of
from desktop_app.workspace.disk_space import check_space, explained
from desktop_app.workspace.importing import import_file, reading_folder
from desktop_app.workspace.workspace import Workspace

PROJECT_SUFFIX = ".greyline"
# Folders of temporary projects begin so; those that a killed process left are purged.
PRIVATE_PREFIX = "greyline-project-"
_STAGING = "staging.duckdb"
# How many rejects say why no row was loaded.
_TOLD = 3


@dataclass(frozen=True)
class Sample:
    """A book that comes with Greyline, with its mapping and its two policies.

    Attributes: book and tightened are the names of the book's and the tightened policy's files; grouping is the
    column that the sample is first grouped by, rule the one that is first looked at.
    """

    name: str
    book: str
    tightened: str
    grouping: str
    rule: str

    def file(self, name: str) -> Path:
        """One of the sample's files."""
        return bundled("sample_data", self.name, name)


DEMO = Sample("demo", "book.parquet", "tighten.json", "segment", "low_score")
UCI_TAIWAN = Sample("uci_taiwan", "book.csv", "policy.json", "EDUCATION", "")


def read_policy(path: Path) -> Policy:
    """A policy document; raises DocumentInvalid where it is none."""
    return Policy.from_json(_read(path), path.name)


def read_asked(path: Path) -> Policy | Scenario:
    """A policy, or a scenario with what it supposes; raises DocumentInvalid where the file is neither."""
    value = parse_json(_read(path), path.name)
    if isinstance(value, dict) and value.get("greyline") == kind_of(Scenario):
        return validated(Scenario, value, path.name)
    return validated(Policy, value, path.name)


def read_mapping(path: Path) -> Mapping:
    """A mapping document; raises DocumentInvalid where it is none."""
    return Mapping.from_json(_read(path), path.name)


def import_project(
    book: Path, mapping: Mapping | None, target: Path, watch: Watch, as_of: date | None = None
) -> Project:
    """Import a file into a new project; raises ImportFailed, and then there is no project.

    Without a mapping, the headings that name standard columns are taken; `as_of` dates a file that has no dates.
    """
    if not book.is_file():
        raise BookUnusable(message("{file}: there is no such file.", file=str(book)))
    target.parent.mkdir(parents=True, exist_ok=True)
    check_space(book, target.parent)
    with PrivateFolder(f"{target.name}.importing-", target.parent) as private, explained(book, target.parent):
        staging = private.path / _STAGING
        chosen = _dated(mapping or _suggested(book, reading_folder(staging)), as_of)
        found, report = import_file(book, chosen, staging, watch)
        if not report.rows_loaded:
            text = "{file}: none of its {n} rows could be loaded as an account."
            first = tuple(map(_told, report.rejects[:_TOLD]))
            raise ImportFailed(message(text, file=book.name, n=report.rows_in), first)
        return Project.create(target, staging, (found, report, chosen), watch)


def _suggested(book: Path, scratch: Path) -> Mapping:
    scratch.mkdir(mode=0o700)
    return suggest_mapping(inspect(book, None, scratch).headings)


def _told(reject: Reject) -> Message:
    text = "Line {line} {column}: {reason}"
    return message(text, line=reject.line, column=reject.column, reason=reject.reason)


@contextmanager
def project_of(
    book: Path, mapping: Mapping | None, watch: Watch, limits: Limits | None = None, as_of: date | None = None
) -> Iterator[Project]:
    """The project at `book`, or a temporary one made of the file there (see `import_project`); closed at the end.

    Of a project that is open elsewhere a copy is read: what is asked here changes nothing in it.
    """
    if book.suffix == PROJECT_SUFFIX:
        project = open_to_read(book, limits)
        try:
            yield project
        finally:
            project.close()
        return
    with PrivateFolder(PRIVATE_PREFIX) as private:
        project = import_project(book, mapping, private.path / f"book{PROJECT_SUFFIX}", watch, as_of)
        try:
            yield project
        finally:
            project.close()


def open_to_read(path: Path, limits: Limits | None = None) -> Project:
    """The project, or where it is open elsewhere a copy of it."""
    try:
        return Project.open(path, limits)
    except ProjectInUse:
        return Project.open_copy(path, limits)


def open_sample(sample: Sample, folder: Path, words: Words, watch: Watch) -> Workspace:
    """The sample's workspace; its project is made in `folder` the first time, and again when the sample changes."""
    return sample_workspace(sample, sample_project(sample, folder, watch), words)


def sample_project(sample: Sample, folder: Path, watch: Watch) -> Project:
    """The sample's project in `folder`, made there where there is none of this version; for any thread."""
    mapping = read_mapping(sample.file("mapping.json"))
    target = folder / f"{sample.name}{PROJECT_SUFFIX}"
    project = open_to_read(target) if target.exists() else None
    if project is not None and project.mapping == mapping:
        return project
    if project is not None:
        project.close()
    return import_project(sample.file(sample.book), mapping, target, watch)


def sample_workspace(sample: Sample, project: Project, words: Words) -> Workspace:
    """The sample's project as a workspace, looked at where its difference is easiest to see."""
    workspace = Workspace(project, sample_desk(sample), words)
    workspace.group_by(sample.grouping)
    if sample.rule in {rule.id for rule in workspace.scenario.policy.rules}:
        workspace.look_at(sample.rule)
    return workspace


def sample_desk(sample: Sample) -> Desk:
    """The locked baseline, and Scenario 1 with the sample's tightened policy."""
    baseline = scenario_of(read_policy(sample.file("baseline.json")), BASELINE, Wording(en="Baseline", zh="基准"))
    first = scenario_of(read_policy(sample.file(sample.tightened)), "scenario-1", Wording(en="Scenario 1", zh="情景 1"))
    return Desk(baseline, (first,), first.id)


def _dated(mapping: Mapping, as_of: date | None) -> Mapping:
    if as_of is None or mapping.as_of is not None or "snapshot_date" in mapping.columns:
        return mapping
    return mapping.model_copy(update={"as_of": AsOf(date=as_of)})


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise DocumentInvalid(message("{file}: there is no such file.", file=str(path))) from error
    except (OSError, UnicodeDecodeError) as error:
        raise DocumentInvalid(
            message("{file}: cannot be read as text ({reason}).", file=path.name, reason=str(error))
        ) from error
