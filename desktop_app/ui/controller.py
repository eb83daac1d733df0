"""Between the workspace and the lanes: what changed is told, what is wanted is asked, answers are handed back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, Signal

from desktop_app.domain.changes import Changes, Part
from desktop_app.domain.problems import Problem, message
from desktop_app.domain.requests import Answer, EvaluateRequest, HistogramRequest, Request
from desktop_app.engine.project import Project
from desktop_app.tasks.collecting import set_aside_anew
from desktop_app.tasks.lane import Lane
from desktop_app.workspace.desk import first_desk
from desktop_app.workspace.exporting import Wanted
from desktop_app.workspace.workspace import Workspace

EXPORT = "export"
REPORT = "report"
BACKUP = "backup"


class Controller(QObject):
    """Runs mutations of the workspace and keeps its questions answered.

    Attributes:
        workspace: the state; widgets read `workspace.shown()`, and change it only through `do`.
        interactive, browsing, background: the lanes.

    Signals:
        changed: Changes, after every mutation and every accepted answer.
        failed: a Problem to show.
        exported: the ExportReport of the finished files.
        noticed: a Message about the project's file, such as that it was opened again after the disk was full.
    """

    changed = Signal(object)
    failed = Signal(object)
    exported = Signal(object)
    noticed = Signal(object)

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.interactive = Lane("interactive", self)
        self.browsing = Lane("browsing", self)
        self.background = Lane("background", self)
        self._stopped = False
        self._asked: dict[str, str] = {}
        self._refused: dict[str, str] = {}
        self.interactive.finished.connect(self._accept)
        self.interactive.failed.connect(self._refuse)
        self.background.finished.connect(self._finish)
        for lane in (self.browsing, self.background):
            lane.failed.connect(lambda _, problem: self.failed.emit(problem))

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """Every lane."""
        return self.interactive, self.browsing, self.background

    @property
    def settled(self) -> bool:
        """Whether every figure on the desk is up to date."""
        return not self.interactive.busy and not self.workspace.wanted()

    def do(self, mutation: Callable[[], Changes]) -> bool:
        """Run a mutation; tell what changed, or the Problem. Says whether it went well."""
        try:
            changes = mutation()
        except Problem as problem:
            self.failed.emit(problem)
            return False
        self._spread(changes)
        return True

    def ask(self) -> None:
        """Send what the workspace wants to know to the interactive lane, unless it is on its way already."""
        if self._stopped:
            # A line that is let go because the window closes is still kept, but nobody waits for its figures.
            return
        wanted = {_kind(request): request for request in self.workspace.wanted()}
        for kind in self._asked.keys() - wanted.keys():
            del self._asked[kind]
            self.interactive.cancel(kind)
        for kind, request in wanted.items():
            if request.key not in (self._asked.get(kind), self._refused.get(kind)):
                self._asked[kind] = request.key
                self.interactive.submit(kind, self.workspace.job(request))
        for notice in self.workspace.take_notices():
            self.noticed.emit(notice)

    def back_up(self) -> None:
        """Make a dated backup of the project in the background, where anything changed since the last."""
        self.background.submit(BACKUP, self.workspace.backup_job())

    def open_project(self, project: Project) -> bool:
        """Show another project in place of the present one, which is closed; says whether that went well."""
        old = self.workspace
        try:
            new = Workspace(project, first_desk(), old.words)
        except Problem as problem:
            project.close()
            self.failed.emit(problem)
            return False
        for lane in self.lanes:
            lane.drain()
        self._asked.clear()
        self._refused.clear()
        group_at_first(new)
        new.look_through(old.view.lens)
        new.unfold(old.ladder.open)
        new.beside = old.beside  # The pages that are looked at stay so, and ask of whatever is open.
        self.workspace = new
        old.close()
        del old
        set_aside_anew()
        self._spread(Changes(frozenset(Part)))
        self.back_up()
        return True

    def write_report(self, folder: Path) -> None:
        """Write the report of the import into `folder`, in the background."""
        self.background.submit(REPORT, self.workspace.report_job(folder))

    def export(self, wanted: Wanted, grouping: str | None) -> None:
        """Write the files of the active tab, broken down by a column of the book, in the background."""
        try:
            job = self.workspace.export_job(wanted, grouping)
        except Problem as problem:
            self.failed.emit(problem)
            return
        self.background.submit(EXPORT, job)

    def cancel(self) -> None:
        """Give up what is being worked on; the figures stay as they were."""
        self._refused.update(self._asked)
        self._asked.clear()
        for lane in self.lanes:
            lane.cancel_all()

    def retry(self) -> None:
        """Ask again for what was given up or failed."""
        self._refused.clear()
        self.ask()

    def stop(self) -> None:
        """End every lane; the workspace stays open."""
        self._stopped = True
        for lane in self.lanes:
            lane.stop()

    def _spread(self, changes: Changes) -> None:
        if changes:
            self.changed.emit(changes)
        self.ask()

    def _accept(self, kind: str, answer: object) -> None:
        self._asked.pop(kind, None)
        self._refused.pop(kind, None)
        self.do(lambda: self.workspace.accept(cast(Answer, answer)))

    def _refuse(self, kind: str, problem: object) -> None:
        # Asked again it would fail again: not until the question is another.
        self._refused[kind] = self._asked.pop(kind, "")
        self.failed.emit(problem)

    def _finish(self, key: str, result: object) -> None:
        if key == EXPORT:
            self.exported.emit(result)
        elif key == REPORT:
            files = cast("list[Path]", result)
            names = ", ".join(path.name for path in files)
            self.noticed.emit(message("Wrote {names} to {folder}.", names=names, folder=str(files[0].parent)))


def _kind(request: Request) -> str:
    """Of each kind the newest request takes the place of the one before; each filter has questions of its own."""
    chosen = request.chosen.key if isinstance(request, EvaluateRequest | HistogramRequest) else ""
    return type(request).__name__ + chosen


def group_at_first(workspace: Workspace) -> None:
    """Group by the first column that tells accounts apart, where nothing was chosen yet."""
    groupings = [column.name for column in workspace.book.groupings() if column.distinct != 1]
    if workspace.view.grouping is None and groupings:
        workspace.group_by(groupings[0])
