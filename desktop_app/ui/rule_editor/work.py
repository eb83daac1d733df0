"""What the editor has counted: asked in the interactive lane, the newest only, and remembered as other answers are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from desktop_app.domain.requests import (
    Answer,
    HistogramCounts,
    LabelCounts,
    Request,
    RuleCounts,
    RuleHits,
)
from desktop_app.ui.controller import Controller
from desktop_app.workspace.rule_writing import RuleWriting

_T = TypeVar("_T", bound=Answer)

HITS, BEFORE, HISTOGRAM, LABELS = "rule hits", "rule before", "rule histogram", "rule labels"


class RuleWork(QObject):
    """Asks about one rule being written.

    Attributes: hits and before count the rule as it is written and as the scenario has it, fresh says whether hits
    is about the present draft; histogram belongs to the field asked for last, chart_fresh as fresh; labels are users
    by label by column.

    Signals:
        answered: something that was asked is known now.
    """

    answered = Signal()

    def __init__(self, controller: Controller, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._asked: dict[str, str] = {}
        self._refused: set[str] = set()
        self.hits: RuleCounts | None = None
        self.before: RuleCounts | None = None
        self.fresh = self.chart_fresh = False
        self.histogram: HistogramCounts | None = None
        self.labels: dict[str, Mapping[str | None, int]] = {}
        lane = controller.interactive
        lane.finished.connect(self._finish)
        lane.failed.connect(self._fail)
        lane.idle.connect(self._asked.clear)

    def ask(self, writing: RuleWriting, field: str, columns: tuple[str, ...]) -> None:
        """Have the draft's hits, the histogram of `field` ("" for none) and the labels of `columns` counted."""
        hits, before = writing.hits_question(), writing.base_question()
        found = self._known(HITS, hits, RuleHits)
        self.fresh = found is not None
        if found is not None:
            self.hits = found.counts
        earlier = self._known(BEFORE, before, RuleHits)
        self.before = earlier.counts if earlier is not None else None if before is None else self.before
        question = writing.histogram_question(field) if field else None
        counts = self._known(HISTOGRAM, question, HistogramCounts)
        self.chart_fresh = counts is not None
        if counts is not None or self.histogram is None or self.histogram.field != field:
            self.histogram = counts
        for column in columns:
            self._ask_labels(writing, column)

    def forget(self) -> None:
        """Another rule: nothing of the one before may be seen."""
        self.hits = self.before = self.histogram = None
        self.labels = {}
        self.fresh = self.chart_fresh = False
        self._refused.clear()

    def _ask_labels(self, writing: RuleWriting, column: str) -> None:
        question = writing.labels_question(column)
        known = self._known(f"{LABELS} {column}", question, LabelCounts)
        if known is not None and self.labels.get(column) is not known.users:
            self.labels = {**self.labels, column: known.users}

    def _known(self, kind: str, request: Request | None, answer: type[_T]) -> _T | None:
        """The answer where it is known; else it is asked for, unless it is on its way or was refused."""
        lane = self._controller.interactive
        if request is None:
            if self._asked.pop(kind, None):
                lane.cancel(kind)
            return None
        workspace = self._controller.workspace
        found = workspace.answers.find(request.key, answer)
        if found is None and request.key not in self._refused and self._asked.get(kind) != request.key:
            self._asked[kind] = request.key
            lane.submit(kind, workspace.job(request))
        return found

    def _finish(self, kind: str, _: object) -> None:
        if self._asked.pop(kind, None):
            self.answered.emit()

    def _fail(self, kind: str, _: object) -> None:
        # Asked again it would fail again; the window says what went wrong.
        key = self._asked.pop(kind, None)
        if key:
            self._refused.add(key)
