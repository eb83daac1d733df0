"""The assumptions and the stress of the scenario, every one of them, to be read and set."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop_app.domain.handles import AssumptionHandle, supposed
from desktop_app.domain.problems import message
from desktop_app.domain.readings import Kind
from desktop_app.text.labels import KIND_LABELS
from desktop_app.text.suppositions import SUPPOSITIONS, SuppositionHandle
from desktop_app.text.words import Words
from desktop_app.ui.looks import label
from desktop_app.ui.page import Scene
from desktop_app.ui.supposition_row import SuppositionRow
from desktop_app.workspace.latest import Latest


class SuppositionsPanel(QScrollArea):
    """A row for each of SUPPOSITIONS, the stress, which is tried most often, above the assumptions.

    Attributes: rows by handle.

    Signals:
        set: AssumptionHandle or StressHandle, its new value.
    """

    set = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[SuppositionHandle, SuppositionRow] = {}
        self._heads = {part: _Head() for part in ("stress", "assumptions")}
        self._written: Latest[None] = Latest()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(10, 8, 8, 8)
        column.setSpacing(4)
        for part, head in self._heads.items():
            column.addWidget(head)
            for handle, supposition in SUPPOSITIONS.items():
                if isinstance(handle, AssumptionHandle) == (part == "assumptions"):
                    column.addWidget(self._row(handle, SuppositionRow(supposition)))
            column.addSpacing(8)
        column.addStretch(1)
        self.setWidget(inside)

    def show_scene(self, scene: Scene) -> None:
        """Write every row, where anything is another."""
        shown = scene.shown.scenario
        look = str(self.palette().cacheKey())
        locked = str(scene.shown.locked)
        parts = (shown.assumptions, shown.stress, scene.words, scene.workspace.book.currency, look, locked)
        self._written.of(parts, lambda: self._write(scene))

    def _write(self, scene: Scene) -> None:
        words = scene.words
        self._heads["assumptions"].write(
            words.translate("Assumptions"),
            words.translate("What the figures suppose; the baseline is compared under the same."),
            words,
        )
        self._heads["stress"].write(
            words.translate("Stress"),
            words.translate("A shock to the book before the policy sees it, on the baseline and the scenario alike."),
            words,
        )
        currency = scene.workspace.book.currency
        for handle, row in self.rows.items():
            row.show_value(supposed(scene.shown.scenario, handle), words, currency, locked=scene.shown.locked)

    def _row(self, handle: SuppositionHandle, row: SuppositionRow) -> SuppositionRow:
        row.set.connect(lambda value: self.set.emit(handle, value))
        self.rows[handle] = row
        return row


class _Head(QWidget):
    """The name of a part with its kind, and what it does."""

    def __init__(self) -> None:
        super().__init__()
        self._name, self._kind, self._note = label("strong"), QLabel(), label("small", wrap=True)
        self._kind.setProperty("role", "badge")
        top = QHBoxLayout()
        top.addWidget(self._name)
        top.addWidget(self._kind)
        top.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 4)
        layout.setSpacing(2)
        layout.addLayout(top)
        layout.addWidget(self._note)

    def write(self, name: str, note: str, words: Words) -> None:
        self._name.setText(name)
        self._note.setText(note)
        kind = words.say(KIND_LABELS[Kind.ASSUMED])
        self._kind.setText(kind)
        self._kind.setToolTip(words.say(message("Figures that use what is set here are {kind}.", kind=kind)))
