"""What the import page has done off the main thread: looking at a file, loading it, opening a project."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, Signal

from desktop_app.engine.project import Project
from desktop_app.tasks.lane import Lane
from desktop_app.workspace.import_draft import ImportDraft, import_job, look, open_job
from desktop_app.workspace.remembered import Remembered

LOOK = "look"
LOAD = "load"


class ImportWork(QObject):
    """A lane of its own, so that neither a backup nor an export waits for an import.

    Signals:
        looked: the ImportDraft with its plan and sample.
        opened: the Project that was loaded or opened; whoever takes it closes it.
        failed: the Problem.
        progressed: stage, units done, total units or None.
        busy: whether a file is being looked at or loaded.
    """

    looked = Signal(object)
    opened = Signal(object)
    failed = Signal(object)
    progressed = Signal(object, object, object)
    busy = Signal(bool)

    def __init__(self, remembered: Remembered, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._remembered = remembered
        self.lane = Lane("import", self)
        self.lane.finished.connect(self._finish)
        self.lane.failed.connect(lambda _, problem: self.failed.emit(problem))
        self.lane.progressed.connect(lambda _, stage, done, total: self.progressed.emit(stage, done, total))
        self.lane.started.connect(lambda: self.busy.emit(True))
        self.lane.idle.connect(lambda: self.busy.emit(False))

    def look(self, draft: ImportDraft) -> None:
        """Look at the file as the draft says; an earlier look is given up."""
        remembered = self._remembered
        self.lane.submit(LOOK, lambda watch: look(draft, remembered, watch))

    def load(self, draft: ImportDraft, target: Path) -> None:
        """Load the file into a new project."""
        self.lane.cancel(LOOK)
        self.lane.submit(LOAD, import_job(draft, target, self._remembered))

    def open(self, project: Path) -> None:
        """Open a project."""
        self.lane.cancel(LOOK)
        self.lane.submit(LOAD, open_job(project))

    def cancel(self) -> None:
        """Give everything up."""
        self.lane.cancel_all()

    def stop(self) -> None:
        """End the lane."""
        self.lane.stop()

    def _finish(self, key: str, result: object) -> None:
        if key == LOOK:
            self.looked.emit(result)
        else:
            self.opened.emit(cast(Project, result))
