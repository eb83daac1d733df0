"""The figures of each group of the chosen grouping, with their change against the baseline."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedLayout

from desktop_app.domain.problems import message
from desktop_app.domain.readings import Reading
from desktop_app.figures.catalogue import FIGURES
from desktop_app.text.formats import EM_DASH
from desktop_app.text.labels import column_label
from desktop_app.text.words import Words
from desktop_app.ui.looks import label
from desktop_app.ui.page import Page, PageHost, Scene
from desktop_app.ui.table_model import Cell
from desktop_app.ui.table_view import TableView
from desktop_app.workspace.latest import Latest
from desktop_app.workspace.showing import GroupRow

FIGURES_OF_A_GROUP = ("users", "users_blocked", "users_restricted", "restricted_rate", "ead", "el", "el_rate")
_WITH_CHANGE = frozenset({"restricted_rate"})


class GroupsPage(Page):
    """A table, or the hint how to get one."""

    name = "groups"
    title = message("Groups")

    def __init__(self, host: PageHost) -> None:
        super().__init__(host)
        self.table = TableView()
        self._hint = label("faint", wrap=True)
        self._hint.setMargin(12)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._hint)
        self._stack.addWidget(self.table)
        self._written: Latest[None] = Latest()

    def write(self, scene: Scene) -> None:
        """Write the groups, where they are others."""
        parts = (scene.shown.groups, scene.workspace.view.grouping, scene.words, scene.workspace.book)
        self._written.of(parts, lambda: self._write(scene))

    def _write(self, scene: Scene) -> None:
        groups, words, currency = scene.shown.groups, scene.words, scene.workspace.book.currency
        self._hint.setText(words.translate("Choose a grouping above to see every figure by group."))
        self._stack.setCurrentWidget(self.table if groups else self._hint)
        if not groups:
            return
        column = scene.workspace.view.grouping
        grouping = words.say(column_label(column)) if column else ""
        headings = [Cell(grouping)]
        for figure in FIGURES_OF_A_GROUP:
            name = words.translate(FIGURES[figure].name)
            headings.append(Cell(name, tip=words.translate(FIGURES[figure].help)))
            if figure in _WITH_CHANGE:
                headings.append(Cell("Δ", tip=words.say(message("{figure}: change against the baseline", figure=name))))
        self.table.set_table(headings, [_row(row, words, currency) for row in groups])
        self.table.setAccessibleName(words.say(message("Figures by {grouping}", grouping=grouping)))


def _row(row: GroupRow, words: Words, currency: str) -> tuple[Cell, ...]:
    name = words.translate("(missing)") if row.label is None else row.label
    cells = [Cell(name, name)]
    for figure in FIGURES_OF_A_GROUP:
        reading = row.readings.get(figure)
        cells.append(_value(reading, words, currency))
        if figure in _WITH_CHANGE:
            cells.append(_change(reading, words, currency))
    return tuple(cells)


def _value(reading: Reading | None, words: Words, currency: str) -> Cell:
    if reading is None or reading.value is None:
        return Cell(EM_DASH, float("-inf"))
    thin = f" {words.translate('thin')}" if reading.thin else ""
    baseline = words.quantity(reading.baseline, reading.unit, currency)
    tip = words.say(message("Baseline: {value}", value=baseline))
    return Cell(words.quantity(reading.value, reading.unit, currency) + thin, reading.value, tip)


def _change(reading: Reading | None, words: Words, currency: str) -> Cell:
    if reading is None or reading.delta is None:
        return Cell(EM_DASH, float("-inf"))
    return Cell(words.change(reading.delta, reading.unit, currency), reading.delta)
