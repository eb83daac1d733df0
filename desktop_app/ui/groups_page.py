"""The figures of each group of the chosen grouping, with their change against the baseline."""

from __future__ import annotations

from typing import TypeAlias

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from desktop_app.domain.problems import message
from desktop_app.domain.readings import Reading
from desktop_app.figures.catalogue import FIGURES
from desktop_app.text.formats import EM_DASH
from desktop_app.text.words import Words
from desktop_app.ui.looks import label
from desktop_app.ui.table_model import Cell
from desktop_app.ui.table_view import TableView
from desktop_app.workspace.showing import GroupRow

FIGURES_OF_A_GROUP = ("users", "users_blocked", "users_restricted", "restricted_rate", "ead", "el", "el_rate")
# A table of numbers cannot be read faster than this.
_PAUSE_MS = 150
Groups: TypeAlias = tuple[GroupRow, ...]
_Wanted: TypeAlias = tuple[Groups, str, Words, str]
_WITH_CHANGE = frozenset({"restricted_rate"})


class GroupsPage(QWidget):
    """A table, or the hint how to get one."""

    def __init__(self) -> None:
        super().__init__()
        self.table = TableView()
        self._hint = label("faint", wrap=True)
        self._hint.setMargin(12)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._hint)
        self._stack.addWidget(self.table)
        self._wanted: _Wanted | None = None
        self._written: _Wanted | None = None
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._write)

    def show_groups(self, groups: Groups, grouping: str, words: Words, currency: str, *, hurried: bool = False) -> None:
        """Write the groups; grouping is what they are groups of, "" for none; hurried: a drag needs the time more."""
        self._wanted = (groups, grouping, words, currency)
        if not hurried:
            self._pause.stop()
            self._write()
        elif not self._pause.isActive():
            self._pause.start()

    def _write(self) -> None:
        if self._wanted is None or self._wanted == self._written or not self.isVisible():
            return
        groups, grouping, words, currency = self._written = self._wanted
        self._hint.setText(words.translate("Choose a grouping above to see every figure by group."))
        self._stack.setCurrentWidget(self.table if groups else self._hint)
        if not groups:
            return
        headings = [Cell(grouping)]
        for figure in FIGURES_OF_A_GROUP:
            name = words.translate(FIGURES[figure].name)
            headings.append(Cell(name, tip=words.translate(FIGURES[figure].help)))
            if figure in _WITH_CHANGE:
                headings.append(Cell("Δ", tip=words.say(message("{figure}: change against the baseline", figure=name))))
        self.table.set_table(headings, [_row(row, words, currency) for row in groups])
        self.table.setAccessibleName(words.say(message("Figures by {grouping}", grouping=grouping)))

    # Qt overrides

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """What came meanwhile is written now: a hidden table costs nothing."""
        super().showEvent(event)
        self._write()


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
