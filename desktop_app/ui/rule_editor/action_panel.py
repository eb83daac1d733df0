"""What the rule does: the action, what a cut or raise aims at, and what happens where something is missing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.policy import OnMissing, Policy, PolicySettings
from desktop_app.domain.problems import Message, message
from desktop_app.text.labels import ACTION_LABELS, ON_MISSING_LABELS, TARGET_LABELS
from desktop_app.ui.import_fields import Choice
from desktop_app.ui.looks import label
from desktop_app.ui.rule_editor.bands_row import TITLE_WIDTH, BandsRow
from desktop_app.ui.rule_editor.fault_label import FaultLabel
from desktop_app.ui.rule_editor.matrix_grid import MatrixGrid
from desktop_app.ui.rule_editor.offer import Offer
from desktop_app.ui.typed_number import TypedNumber
from desktop_app.workspace.draft_faults import Place
from desktop_app.workspace.matrix_draft import CellsAre, MatrixDraft, first_matrix
from desktop_app.workspace.rule_draft import (
    ACTION_KINDS,
    SIZED,
    TARGET_KINDS,
    ActionKind,
    RuleDraft,
    TargetDraft,
    TargetKind,
)

EXPLAINED: dict[ActionKind, Message] = {
    "block": message("No further drawing; what is drawn stays."),
    "refer": message("Nothing changes until a person has looked at it."),
    "cut": message("The limit falls to the target, never rises; the lowest target of all cuts counts."),
    "watch": message("The account is flagged and nothing changes."),
    "raise": message("The limit rises to the target, where no rule of another kind fires."),
}
MISSING_EXPLAINED: dict[OnMissing, Message] = {
    OnMissing.SKIP: message("Who cannot be decided is left alone."),
    OnMissing.FIRE: message("Who cannot be decided is treated as if the condition held; without a target, referred."),
    OnMissing.REFER: message("Who cannot be decided goes to manual review."),
}
FREEZE = PolicySettings(floor=Decimal(0), protect_balance=True)
_NUMBER_WIDTH = 130
_STEPS: dict[TargetKind, tuple[Decimal, Decimal]] = {
    "percent": (Decimal(5), Decimal(300)),
    "amount": (Decimal(1000), Decimal(10) ** 9),
    "income_multiple": (Decimal("0.5"), Decimal(100)),
    "matrix": (Decimal(1), Decimal(1)),
}
_FIRST_FIELD = "score"


class ActionPanel(QScrollArea):
    """Shows the action of a draft.

    Attributes: action, target, amount, rows, columns, cells_are, grid, on_missing and freeze are its parts.

    Signals:
        edited: RuleDraft, and what steps at this place are merged by.
        looked: Axis, the side of the matrix that took the focus.
    """

    edited = Signal(object, str)
    looked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._draft = RuleDraft("")
        self._offer: Offer | None = None
        self.action, self.target, self.amount, self.on_missing = Choice(), Choice(), TypedNumber(), Choice()
        self.rows, self.columns, self.cells_are, self.grid = (
            BandsRow("rows"),
            BandsRow("columns"),
            Choice(),
            MatrixGrid(),
        )
        self.freeze = QCheckBox()
        self._unit, self._size_fault, self._cells_fault = QLabel(), FaultLabel(), FaultLabel()
        self._explained, self._missing_explained = label("small", wrap=True), label("small", wrap=True)
        self._settings_hint, self._grid_hint = label("small", wrap=True), label("small", wrap=True)
        self._titles = {name: QLabel() for name in ("action", "target", "size", "cells", "missing")}
        self._matrix, self._sized = QWidget(), QWidget()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        for field in (self.action, self.target, self.on_missing, self.cells_are):
            field.setMinimumContentsLength(22)
            field.setSizePolicy(field.sizePolicy().Policy.Fixed, field.sizePolicy().Policy.Fixed)
        self.amount.setFixedWidth(_NUMBER_WIDTH)
        size = QHBoxLayout()
        size.setSpacing(6)
        size.addWidget(self.amount)
        size.addWidget(self._unit, 1)
        sized = QFormLayout(self._sized)
        sized.setContentsMargins(0, 0, 0, 0)
        sized.addRow(self._titles["size"], size)
        sized.addRow("", self._size_fault)
        sized.addRow("", self.freeze)
        matrix = QVBoxLayout(self._matrix)
        matrix.setContentsMargins(0, 0, 0, 0)
        matrix.setSpacing(6)
        unit = QHBoxLayout()
        self._titles["cells"].setFixedWidth(TITLE_WIDTH)
        unit.addWidget(self._titles["cells"])
        unit.addWidget(self.cells_are)
        unit.addStretch(1)
        matrix.addWidget(self.rows)
        matrix.addWidget(self.columns)
        matrix.addLayout(unit)
        for part in (self.grid, self._cells_fault, self._grid_hint):
            matrix.addWidget(part)
        inside = QWidget()
        form, missing = QFormLayout(), QFormLayout()
        for rows in (form, missing, sized):
            rows.setVerticalSpacing(4)
        form.addRow(self._titles["action"], self.action)
        form.addRow("", self._explained)
        form.addRow(self._titles["target"], self.target)
        missing.addRow(self._titles["missing"], self.on_missing)
        missing.addRow("", self._missing_explained)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(8)
        column.addLayout(form)
        column.addWidget(self._sized)
        column.addWidget(self._matrix)
        column.addWidget(self._settings_hint)
        column.addSpacing(6)
        column.addLayout(missing)
        column.addStretch(1)
        self.setWidget(inside)

    def _connect(self) -> None:
        self.action.chosen.connect(lambda kind: self.edited.emit(self._draft.acting(kind), ""))
        self.target.chosen.connect(self._take_kind)
        self.amount.edited.connect(self._take_size)
        self.on_missing.chosen.connect(lambda what: self.edited.emit(replace(self._draft, on_missing=what), ""))
        self.freeze.clicked.connect(
            lambda on: self.edited.emit(replace(self._draft, settings=FREEZE if on else None), "")
        )
        self.cells_are.chosen.connect(
            lambda unit: self._take_matrix(replace(self._draft.target.matrix, cells_are=unit), "")
        )
        self.grid.edited.connect(lambda matrix: self._take_matrix(matrix, ""))
        for side in (self.rows, self.columns):
            side.edited.connect(self._take_matrix)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow_focus)

    def show_action(self, draft: RuleDraft, policy: Policy, offer: Offer) -> None:
        """Show the action; `policy` is the scenario's, for its settings."""
        self._draft, self._offer = draft, offer
        words = offer.words
        self._write_titles(offer)
        self.action.show_choices([(words.say(ACTION_LABELS[kind]), kind) for kind in ACTION_KINDS], draft.action)
        self._explained.setText(words.say(EXPLAINED[draft.action]))
        sized, matrix = draft.action in SIZED, draft.target.kind == "matrix"
        for part in (self._titles["target"], self.target):
            part.setVisible(sized)
        self._sized.setVisible(sized and not matrix)
        self._matrix.setVisible(sized and matrix)
        self.target.show_choices([(words.say(TARGET_LABELS[kind]), kind) for kind in TARGET_KINDS], draft.target.kind)
        self._show_size(draft.target, offer)
        if sized and matrix:
            self._show_matrix(draft.target.matrix, offer)
        self._show_settings(draft, policy, offer)
        self._show_missing(draft, offer)

    def focus_on(self, place: Place) -> None:
        """Begin at the place of a fault."""
        parts: dict[str, QWidget] = {
            "size": self.amount,
            "rows": self.rows.field,
            "columns": self.columns.field,
            "cells": self.grid,
        }
        found: QWidget = parts.get(place.part, self.action)
        found.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(found)
        if place.part in ("rows", "columns") and place.cell:
            side = self.rows if place.part == "rows" else self.columns
            side.edges[place.cell[0]].setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow_focus(self, _: QWidget | None, now: QWidget | None) -> None:
        for side in (self.rows, self.columns):
            if now is not None and side.isAncestorOf(now):
                self.looked.emit(side.axis)

    def _write_titles(self, offer: Offer) -> None:
        say = offer.words.translate
        texts = {
            "action": say("Action"),
            "target": say("New limit"),
            "size": say("Size"),
            "cells": say("Cells are"),
            "missing": say("Where something is missing"),
        }
        for name, text in texts.items():
            self._titles[name].setText(text)
        # The forms stand under one another: their fields begin where the widest title ends.
        width = max(title.sizeHint().width() for title in self._titles.values())
        for name in ("action", "target", "size", "missing"):
            self._titles[name].setFixedWidth(width)
        fields: dict[str, QWidget] = {
            "action": self.action,
            "target": self.target,
            "size": self.amount,
            "cells": self.cells_are,
        }
        for name, field in (*fields.items(), ("missing", self.on_missing)):
            field.setAccessibleName(texts[name])

    def _show_size(self, target: TargetDraft, offer: Offer) -> None:
        sizes = {"percent": target.percent, "amount": target.amount, "income_multiple": target.multiple}
        step, most = _STEPS[target.kind]
        self.amount.set_grid(step, Decimal(0), most)
        self.amount.show_value(sizes.get(target.kind))
        units = {
            "percent": offer.words.translate("% of the present limit"),
            "amount": offer.words.symbol(offer.book.currency) or offer.book.currency,
            "income_multiple": offer.words.translate("× monthly income"),
        }
        self._unit.setText(units.get(target.kind, ""))
        faults = offer.at(Place("size"))
        self._size_fault.show_faults(faults, offer.words)
        self.amount.mark(wrong=any(fault.stops for fault in faults))

    def _show_matrix(self, matrix: MatrixDraft, offer: Offer) -> None:
        say = offer.words.translate
        self.rows.show_bands(matrix, offer)
        self.columns.show_bands(matrix, offer)
        units = ((say("% of the present limit"), "percent"), (say("amounts"), "amount"))
        self.cells_are.show_choices(units, matrix.cells_are)
        faults = tuple(fault for fault in offer.faults if fault.place.part == "cells")
        wrong = frozenset(fault.place.cell for fault in faults if fault.place.cell)
        self.grid.show_matrix(matrix, offer.words, wrong)
        self.grid.setAccessibleName(say("Cells of the matrix"))
        self._cells_fault.show_faults(faults[:1], offer.words)
        self._grid_hint.setText(say("Type in a cell; Delete makes a hole; copy and paste as in a spreadsheet."))

    def _show_settings(self, draft: RuleDraft, policy: Policy, offer: Offer) -> None:
        zero = draft.action == "cut" and draft.target.kind == "percent" and draft.target.percent == 0
        frozen = policy.floor == 0 and policy.protect_balance
        self.freeze.setVisible(draft.settings is not None or (zero and not frozen))
        self.freeze.setChecked(draft.settings is not None)
        self.freeze.setText(
            offer.words.translate("A freeze: also set the policy's floor to 0, and spare what is drawn")
        )
        settings = policy.with_settings(draft.settings) if draft.settings else policy
        spared = message("; a cut spares what is drawn") if settings.protect_balance else ""
        text = (
            "The policy rounds limits down to {step}; no cut goes below {floor}{spared}. Both are settings of the"
            " policy, in the menu above its rules."
        )
        hint = message(text, step=settings.round_to, floor=settings.floor, spared=spared)
        self._settings_hint.setText(offer.words.say(hint))
        self._settings_hint.setVisible(draft.action in SIZED)

    def _show_missing(self, draft: RuleDraft, offer: Offer) -> None:
        words, only = offer.words, draft.action in ("watch", "raise")
        allowed = (OnMissing.SKIP,) if only else tuple(OnMissing)
        self.on_missing.show_choices([(words.say(ON_MISSING_LABELS[one]), one) for one in allowed], draft.on_missing)
        self.on_missing.setEnabled(not only)
        text = words.say(MISSING_EXPLAINED[draft.on_missing])
        if only:
            text = words.translate("A rule that watches or raises can only be skipped.")
        self._missing_explained.setText(text)

    def _take_kind(self, kind: TargetKind) -> None:
        target = replace(self._draft.target, kind=kind)
        if kind == "matrix" and not target.matrix.rows.field and self._offer is not None:
            numeric = {column.name: column for column in self._offer.numeric}
            first = numeric.get(_FIRST_FIELD) or next(iter(numeric.values()))
            target = replace(target, matrix=first_matrix(first, target.percent))
        self._take_target(target, "")

    def _take_size(self, size: Decimal | None) -> None:
        target = self._draft.target
        match target.kind:
            case "percent":
                target = replace(target, percent=size)
            case "amount":
                target = replace(target, amount=size)
            case _:
                target = replace(target, multiple=size)
        self._take_target(target, "size")

    def _take_unit(self, unit: CellsAre) -> None:
        self._take_matrix(replace(self._draft.target.matrix, cells_are=unit), "")

    def _take_matrix(self, matrix: MatrixDraft, merge: str) -> None:
        self._take_target(replace(self._draft.target, matrix=matrix), merge)

    def _take_target(self, target: TargetDraft, merge: str) -> None:
        self.edited.emit(replace(self._draft, target=target), merge)
