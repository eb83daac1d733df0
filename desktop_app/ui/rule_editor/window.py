"""The rule editor's window: a rule is written here while the desk beside it stays in use."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QWidget,
)

from desktop_app.analysis.charts import histogram_with
from desktop_app.domain.book import Column
from desktop_app.domain.chart_values import HistogramValue
from desktop_app.domain.columns import NUMERIC
from desktop_app.domain.conditions import Operator, Scalar
from desktop_app.domain.handles import ThresholdHandle
from desktop_app.text.words import Words
from desktop_app.ui.controller import Controller
from desktop_app.ui.looks import bring_to_front
from desktop_app.ui.rule_editor.action_panel import ActionPanel
from desktop_app.ui.rule_editor.condition_panel import ConditionPanel
from desktop_app.ui.rule_editor.frame import RuleFrame
from desktop_app.ui.rule_editor.frame_words import (
    IN_ACTION,
    IN_CONDITION,
    chart_hint,
    hits_shown,
)
from desktop_app.ui.rule_editor.offer import Offer
from desktop_app.ui.rule_editor.reason_panel import ReasonPanel
from desktop_app.ui.rule_editor.side_panel import SidePanel
from desktop_app.ui.rule_editor.work import RuleWork
from desktop_app.workspace.condition_draft import Branch, Path, with_node
from desktop_app.workspace.draft_faults import Place, known_columns
from desktop_app.workspace.draft_lines import (
    edge_lines,
    field_at,
    is_leaf,
    labelled_columns,
    leaf_at,
    path_of,
    threshold_lines,
    with_line,
)
from desktop_app.workspace.latest import Latest
from desktop_app.workspace.leaf_values import choosing, chosen_labels, labels_of
from desktop_app.workspace.matrix_draft import Axis
from desktop_app.workspace.rule_draft import RuleDraft
from desktop_app.workspace.rule_writing import RuleWriting

SIZE, SMALLEST = (1120, 680), (940, 600)
_REST_MS = 250
_CONDITION, _ACTION, _REASON = range(3)
_CHOSEN = (Operator.EQUAL, Operator.IN)


class RuleEditor(RuleFrame):
    """Shows a RuleWriting.

    Attributes: writing is what is shown, None before the first rule; condition, action and reason are the tabs, side
    what stands beside them.

    Signals:
        applied: Changes' rule id, after the rule was put into its scenario.
    """

    applied = Signal(str)

    def __init__(self, controller: Controller, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self._controller, self._words = controller, words
        self.writing: RuleWriting | None = None
        self.work = RuleWork(controller, self)
        self._path: Path | None = None
        self._axis: Axis = "rows"
        self._held: RuleDraft | None = None
        self._columns: Latest[dict[str, Column]] = Latest()
        self._resting = QTimer(self, singleShot=True, interval=_REST_MS)
        self._resting.timeout.connect(self._look_for_doubts)
        self.condition, self.action, self.reason = ConditionPanel(), ActionPanel(), ReasonPanel()
        self.side = SidePanel(words)
        self.arrange((self.condition, self.action, self.reason), self.side)
        self._connect()
        self.resize(*SIZE)
        self.setMinimumSize(*SMALLEST)

    def _connect(self) -> None:
        self.condition.edited.connect(self._take_condition)
        self.condition.looked.connect(self._look_at)
        self.action.edited.connect(self._take)
        self.reason.edited.connect(self._take)
        self.action.looked.connect(self._look_along)
        self.enabled.clicked.connect(self._switch)
        self.tabs.currentChanged.connect(lambda _: self.refresh())
        lines = self.side.histogram
        lines.moved.connect(self._drag)
        lines.released.connect(self._let_go)
        lines.returned.connect(lambda _: self._put_back())
        self.side.labels.edited.connect(self._tick)
        self.side.faults.wanted.connect(self.go_to)
        self.work.answered.connect(self.refresh)
        self.undo_button.clicked.connect(self.undo)
        self.redo_button.clicked.connect(self.redo)
        self.revert.clicked.connect(self._revert)
        self.shut.clicked.connect(self.close)
        self.apply.clicked.connect(self.put)
        bindings = QKeySequence.keyBindings
        undo, redo = bindings(QKeySequence.StandardKey.Undo), bindings(QKeySequence.StandardKey.Redo)
        putting = [QKeySequence("Ctrl+Return"), QKeySequence("Ctrl+Enter")]
        for keys, run in ((putting, self.put), (undo, self.undo), (redo, self.redo)):
            shortcut = QShortcut(self)
            shortcut.setKeys(keys)
            shortcut.activated.connect(run)

    def show_rule(self, writing: RuleWriting, *, at: Place | None = None) -> None:
        """Show a rule; begin at a place, else with its condition."""
        if writing is not self.writing:
            self.work.forget()
        self.writing, self._path, self._axis, self._held = writing, None, "rows", None
        writing.follow()
        self.refresh()
        self.tabs.setCurrentIndex(_CONDITION)
        bring_to_front(self)
        self.go_to(at or Place("field", self._first_path()))

    def follow(self) -> None:
        """The desk changed."""
        if self.writing is not None and self.isVisible():
            self.writing.follow()
            self.refresh()

    def set_words(self, words: Words) -> None:
        """Speak another language."""
        self._words = words
        self.side.set_words(words)
        self.refresh()

    def undo(self) -> None:
        """Take back the last step of the draft."""
        if self.writing is not None:
            self.writing.undo()
            self.refresh()

    def redo(self) -> None:
        """Do a step of the draft again."""
        if self.writing is not None:
            self.writing.redo()
            self.refresh()

    def put(self) -> None:
        """Put the rule into its scenario: one step on the desk. Where something stops it, go there."""
        writing = self.writing
        if writing is None or not writing.changed:
            return
        stopping = next((fault for fault in writing.faults() if fault.stops), None)
        if stopping is not None:
            self.go_to(stopping.place)
            return
        if self._controller.do(writing.apply):
            self.applied.emit(writing.draft.id)
        self.refresh()

    def go_to(self, place: Place) -> None:
        """Bring the field of a fault to the front."""
        if place.part in IN_CONDITION:
            self.tabs.setCurrentIndex(_CONDITION)
            self.condition.focus_on(place.path)
        elif place.part in IN_ACTION:
            self.tabs.setCurrentIndex(_ACTION)
            self.action.focus_on(place)
        elif place.part != "rule":
            self.tabs.setCurrentIndex(_REASON)
            self.reason.focus_on(place)

    def refresh(self) -> None:
        """Write the draft, what is wrong with it, and what was counted; ask for what was not."""
        writing, words = self.writing, self._words
        if writing is None:
            return
        draft, columns = writing.draft, self._columns.of((writing.book,), lambda: known_columns(writing.book))
        faults = writing.faults()
        if self._path is not None and not is_leaf(draft, self._path):
            self._path = None
        field = self._field(draft)
        numeric = field in columns and columns[field].type in NUMERIC
        labelled = tuple(name for name in labelled_columns(draft) if name in columns and labels_of(columns[name]))
        self.work.ask(writing, field if numeric else "", labelled)
        offer = Offer(words, writing.book, columns, self.work.labels, faults)
        self.write(writing, self._controller.workspace.desk, faults, words)
        self.condition.show_condition(draft.condition, draft.free_leaf_id(), offer, self._path)
        # A tab that is not seen is written when it is turned to.
        if self.tabs.currentIndex() == _ACTION:
            self.action.show_action(draft, writing.policy, offer)
        elif self.tabs.currentIndex() == _REASON:
            self.reason.show_reason(draft, offer, new=writing.new)
        self._draw(draft, field, offer)
        self.side.show_hits(hits_shown(writing, self.work), words)
        self._list_faults()

    def _list_faults(self) -> None:
        """What is known to be doubtful; what takes a moment to find is looked for once the hand rests."""
        writing = self.writing
        if writing is None:
            return
        doubts = writing.known_doubts()
        if doubts is None:
            self._resting.start()
        self.side.show_faults((*writing.faults(), *(doubts or ())), writing.draft, self._words)

    def _look_for_doubts(self) -> None:
        if self.writing is not None:
            self.writing.doubts()
            self._list_faults()

    def _draw(self, draft: RuleDraft, field: str, offer: Offer) -> None:
        """The histogram of a number, the labels of a category."""
        column, leaf = offer.columns.get(field), leaf_at(draft, self._path)
        if column and leaf and labels_of(column) and leaf.operator in _CHOSEN and not self._on_matrix(draft):
            self.side.show_labels(column, chosen_labels(leaf), offer)
            return
        numeric = column is not None and column.type in NUMERIC
        hint = self._words.say(chart_hint(field, column))
        self.side.show_chart(self._chart(draft, field if numeric else ""), fresh=self.work.chart_fresh, hint=hint)

    def _field(self, draft: RuleDraft) -> str:
        """The field whose histogram is shown."""
        bands = draft.target.matrix.bands(self._axis) if self._on_matrix(draft) else None
        return bands.field if bands else field_at(draft, self._path)

    def _on_matrix(self, draft: RuleDraft) -> bool:
        return self.tabs.currentIndex() == _ACTION and bool(edge_lines(draft, self._axis))

    def _chart(self, draft: RuleDraft, field: str) -> HistogramValue | None:
        counts, writing = self.work.histogram, self.writing
        if counts is None or counts.field != field or writing is None:
            return None
        lines = edge_lines(draft, self._axis) if self._on_matrix(draft) else threshold_lines(draft, field)
        return histogram_with(counts, writing.book, lines)

    def _first_path(self) -> Path:
        found = list(self.condition.rows)
        return found[0] if found else ()

    def _take(self, draft: RuleDraft, merge: str) -> None:
        if self.writing is not None:
            self.writing.write(draft, merge)
            self.refresh()

    def _take_condition(self, condition: Branch, merge: str) -> None:
        if self.writing is not None:
            self._take(replace(self.writing.draft, condition=condition), merge)

    def _switch(self, on: bool) -> None:
        if self.writing is not None:
            self._take(replace(self.writing.draft, enabled=on), "")

    def _revert(self) -> None:
        if self.writing is not None:
            self.writing.revert()
            self.refresh()

    def _tick(self, labels: tuple[Scalar, ...] | None) -> None:
        """Labels were ticked in the chart: they are those of the comparison that is looked at."""
        if self.writing is None:
            return
        draft, leaf = self.writing.draft, leaf_at(self.writing.draft, self._path)
        path = path_of(draft, leaf.id) if leaf else None
        if leaf is not None and path is not None:
            self._take(replace(draft, condition=with_node(draft.condition, path, choosing(leaf, labels))), "")

    def _look_at(self, path: Path) -> None:
        if path != self._path:
            self._path = path
            self.refresh()

    def _look_along(self, axis: Axis) -> None:
        if axis != self._axis:
            self._axis = axis
            self.refresh()

    def _drag(self, handle: ThresholdHandle, value: Decimal) -> None:
        if self.writing is not None:
            if self._held is None:
                self.writing.seal()
                self._held = self.writing.draft
            self._path = path_of(self.writing.draft, handle.comparison) or self._path
            self._take(with_line(self.writing.draft, handle, value), f"line {handle}")

    def _let_go(self, handle: ThresholdHandle, value: Decimal) -> None:
        self._drag(handle, value)
        self._held = None
        if self.writing is not None:
            self.writing.seal()

    def _put_back(self) -> None:
        held, self._held = self._held, None
        if held is not None and self.writing is not None:
            self.writing.undo()
            self.refresh()

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Escape closes; what is written is kept."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Icons and colours follow the palette."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.refresh()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Closing never asks: the draft waits for its rule to be opened again."""
        super().closeEvent(event)
        parent = self.parentWidget()
        if parent is not None:
            parent.activateWindow()
