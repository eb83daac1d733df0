"""The bands along one side of a matrix: the field, its edges, a band more or less."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from desktop_app.analysis.steps import steps_of
from desktop_app.domain.problems import message
from desktop_app.ui.icons import icon
from desktop_app.ui.rule_editor.fault_label import FaultLabel
from desktop_app.ui.rule_editor.field_chooser import FieldChooser
from desktop_app.ui.rule_editor.offer import Offer
from desktop_app.ui.typed_number import TypedNumber
from desktop_app.workspace.matrix_draft import Axis, BandsDraft, MatrixDraft, first_bands

_A_LINE = 6
TITLE_WIDTH = 86
_EDGE_WIDTH = 78
_FIELD_WIDTH = 190


class BandsRow(QWidget):
    """Shows one side of a MatrixDraft.

    Attributes: field, edges, add and remove are its parts.

    Signals:
        edited: MatrixDraft, and what steps at this place are merged by.
    """

    edited = Signal(object, str)

    def __init__(self, axis: Axis) -> None:
        super().__init__()
        self.axis: Axis = axis
        self._matrix = MatrixDraft()
        self._offer: Offer | None = None
        self._title, self.field, self.fault = QLabel(), FieldChooser(), FaultLabel()
        self.add, self.remove = QToolButton(), QToolButton()
        self.edges: list[TypedNumber] = []
        self.field.setFixedWidth(_FIELD_WIDTH)
        self.field.chosen.connect(self._take_field)
        for button in (self.add, self.remove):
            # The edge that has the focus says which band is meant.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.add.clicked.connect(lambda: self._change_bands(more=True))
        self.remove.clicked.connect(lambda: self._change_bands(more=False))
        top = QHBoxLayout()
        top.setSpacing(6)
        self._title.setFixedWidth(TITLE_WIDTH)
        for part in (self._title, self.field):
            top.addWidget(part)
        top.addStretch(1)
        for button in (self.add, self.remove):
            top.addWidget(button)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(4)
        self._grid.setVerticalSpacing(2)
        edges = QHBoxLayout()
        edges.addLayout(self._grid)
        edges.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(top)
        layout.addLayout(edges)
        layout.addWidget(self.fault)

    def show_bands(self, matrix: MatrixDraft, offer: Offer) -> None:
        """Show the side's field and edges."""
        self._matrix, self._offer = matrix, offer
        say, bands = offer.words.translate, matrix.bands(self.axis)
        title = say("Rows by") if self.axis == "rows" else say("Columns by")
        self._title.setText(title)
        self.field.show_field(bands.field if bands else "", offer.numeric, offer, optional=self.axis == "columns")
        self.field.setAccessibleName(title)
        faults = tuple(fault for fault in offer.faults if fault.place.part == self.axis)
        self.fault.show_faults(faults, offer.words)
        wrong = {fault.place.cell[0] for fault in faults if fault.place.cell}
        self._show_edges(bands, wrong, offer)
        for button, name, text in (
            (self.add, "add", say("One band more")),
            (self.remove, "remove", say("One band less")),
        ):
            button.setIcon(icon(name, self.palette()))
            button.setToolTip(text)
            button.setAccessibleName(f"{title}: {text}")
            button.setVisible(bands is not None)
        self.remove.setEnabled(bands is not None and bands.count > 1)

    def _show_edges(self, bands: BandsDraft | None, wrong: set[int], offer: Offer) -> None:
        values = bands.edges if bands else ()
        while len(self.edges) > len(values):
            gone = self.edges.pop()
            self._grid.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self.edges) < len(values):
            self._add_field(len(self.edges))
        column = offer.columns.get(bands.field) if bands else None
        for place, (field, value) in enumerate(zip(self.edges, values, strict=True)):
            if column is not None:
                grid = steps_of(column)
                field.set_grid(grid.step, grid.minimum, grid.maximum)
            field.show_value(value)
            field.mark(wrong=place in wrong or value is None)
            name = message("{field}, edge {number}", field=offer.called(bands.field if bands else ""), number=place + 1)
            field.setAccessibleName(offer.words.say(name))

    def _add_field(self, place: int) -> None:
        field = TypedNumber()
        field.setFixedWidth(_EDGE_WIDTH)
        field.edited.connect(lambda value: self._take_edge(place, value))
        self._grid.addWidget(field, place // _A_LINE, place % _A_LINE)
        field.show()
        self.edges.append(field)

    def _take_edge(self, place: int, value: object) -> None:
        number = value if isinstance(value, Decimal) else None
        self.edited.emit(self._matrix.with_edge(self.axis, place, number), f"{self.axis} edge {place}")

    def _take_field(self, name: str) -> None:
        bands = self._matrix.bands(self.axis)
        if self._offer is None or name == (bands.field if bands else ""):
            return
        column = self._offer.columns.get(name)
        if column is not None and column in self._offer.numeric:
            self.edited.emit(self._matrix.over(self.axis, first_bands(column)), "")
        elif not name and self.axis == "columns":
            self.edited.emit(self._matrix.over("columns", None), "")
        elif bands is not None:
            changed = BandsDraft(name, bands.edges)
            self.edited.emit(self._matrix.over(self.axis, changed), f"{self.axis} field")

    def _change_bands(self, *, more: bool) -> None:
        """At the edge that had the focus last, else at the end."""
        bands = self._matrix.bands(self.axis)
        if bands is None:
            return
        focused = next((place for place, field in enumerate(self.edges) if field.hasFocus()), bands.count)
        band = min(focused, bands.count - 1)
        changed = self._matrix.with_band_split(self.axis, band) if more else self._matrix.without_band(self.axis, band)
        self.edited.emit(changed, "")
