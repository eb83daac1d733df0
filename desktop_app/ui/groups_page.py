"""The figures of each group of the chosen grouping: a table with ratios to a reference group, and bars."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
)

from desktop_app.analysis.reading_bars import ratio, reading_bars
from desktop_app.analysis.selections import group_parts
from desktop_app.charts.bars import Bars
from desktop_app.charts.saving import ChartTable
from desktop_app.domain.filters import FilterPart
from desktop_app.domain.problems import Message, message
from desktop_app.domain.readings import Reading
from desktop_app.figures.catalogue import FIGURES
from desktop_app.text.formats import EM_DASH
from desktop_app.text.labels import column_label
from desktop_app.text.language import Language
from desktop_app.text.words import Words
from desktop_app.ui.figure_picker import FigurePicker
from desktop_app.ui.looks import label, scrolled
from desktop_app.ui.page import Page, PageHost, Scene
from desktop_app.ui.table_menu import TableMenu
from desktop_app.ui.table_model import Cell
from desktop_app.ui.table_view import TableView
from desktop_app.workspace.latest import Latest
from desktop_app.workspace.showing import GroupRow

FIGURES_OF_A_GROUP = ("users", "users_blocked", "users_restricted", "restricted_rate", "ead", "el", "el_rate")
_WITH_CHANGE = frozenset({"restricted_rate"})
# Rates that are compared with those of the reference group.
_WITH_RATIO = frozenset({"restricted_rate", "el_rate"})
_CHANGE, _TIMES = _SIGNS = ("Δ", "×")
_AT_FIRST = "restricted_rate"
_TABLE, _BARS, _HINT = range(3)


class GroupsPage(Page):
    """A table and bars behind small tabs, or the hint how to get them.

    Attributes: views, table, bars, reference, figure, menu: its parts, for tests.
    """

    name = "groups"
    title = message("Groups")

    def __init__(self, host: PageHost) -> None:
        super().__init__(host)
        self.views, self.table, self.bars = QTabBar(), TableView(), Bars(Words(Language.ENGLISH))
        self.reference, self.figure = QComboBox(), QPushButton()
        self.menu = TableMenu(self.table, self._as_table)
        self._referred, self._drawn, self._hint = QLabel(), QLabel(), label("faint", wrap=True)
        self._stack = QStackedWidget()
        # The label of the reference group, None for the largest one.
        self._chosen: tuple[str | None] | None = None
        self._figure: str | None = None
        self._headings: list[Cell] = []
        self._scene: Scene | None = None
        self._written: Latest[None] = Latest()
        self._named: Latest[None] = Latest()
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        self.views.setDrawBase(False)
        self.views.setExpanding(False)
        for _ in range(2):
            self.views.addTab("")
        top = QHBoxLayout()
        top.addWidget(self.views)
        top.addStretch(1)
        for part in (self._referred, self.reference, self._drawn, self.figure):
            top.addWidget(part)
        self._referred.setBuddy(self.reference)
        self._drawn.setBuddy(self.figure)
        self._hint.setMargin(12)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        scroll = scrolled(self.bars)
        for view in (self.table, scroll, self._hint):
            self._stack.addWidget(view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 6)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.views.currentChanged.connect(lambda _: self._write_view())
        self.reference.activated.connect(self._refer)
        self.figure.clicked.connect(self.pick)
        self.bars.picked.connect(lambda key: self._with_group(key, self._peek))
        self.bars.narrowed.connect(lambda key: self._with_group(key, lambda parts, _: self.host.narrow(parts)))
        self.table.picked.connect(self._peek_at_row)
        self.table.narrowed.connect(self._narrow_to_row)
        self.menu.more = self._offer_row
        for part in (self.bars, self.menu):
            part.failed.connect(self.failed)

    def write(self, scene: Scene) -> None:
        """Write the groups, where they are others."""
        self._scene = scene
        self._write_view()

    def keeps_up(self) -> bool:
        """Bars move with the hand; numbers could not be read so fast."""
        return self.views.currentIndex() == _BARS

    def pick(self) -> FigurePicker | None:
        """Have another figure chosen for the bars."""
        if self._scene is None:
            return None
        picker = FigurePicker(self._scene.words, self._shown_figure(self._scene), message("As all charts"), self)
        picker.picked.connect(self._draw)
        picker.open_under(self.figure)
        return picker

    def _draw(self, figure: str) -> None:
        self._figure = figure or None
        self._write_view()

    def _refer(self, place: int) -> None:
        """Compare with another group; the first entry is whichever is the largest."""
        groups = self._scene.shown.groups if self._scene else ()
        self._chosen = (groups[place - 1].label,) if 0 < place <= len(groups) else None
        self._write_view()

    def _write_view(self) -> None:
        scene = self._scene
        if scene is None:
            return
        self.bars.set_fresh(scene.shown.fresh)
        view, book = scene.workspace.view, scene.workspace.book
        chosen = (self._chosen, self._figure, view.lens or "", str(self.views.currentIndex()))
        parts = (scene.shown.groups, view.grouping, scene.words, book, *chosen, str(self.palette().cacheKey()))
        self._written.of(parts, lambda: self._write(scene))

    def _write(self, scene: Scene) -> None:
        groups, words, currency = scene.shown.groups, scene.words, scene.workspace.book.currency
        labels = "\n".join(_name(row, words) for row in groups)
        named = (words, scene.workspace.view.grouping or "", self._shown_figure(scene), labels, self._chosen)
        self._named.of(named, lambda: self._retext(scene))
        view = self.views.currentIndex() if groups else _HINT
        self._stack.setCurrentIndex(view)
        # Once each: what is shown and hidden again has the whole window laid out and painted.
        self.views.setVisible(view != _HINT)
        tools = {_TABLE: (self._referred, self.reference), _BARS: (self._drawn, self.figure)}
        for place, parts in tools.items():
            for part in parts:
                part.setVisible(view == place)
        if view == _HINT:
            return
        if view == _TABLE:
            reference = self._reference(groups)
            rows = [_row(row, reference, words, currency) for row in groups]
            self._headings = _headings(self._grouping(scene), reference, words)
            self.table.set_table(self._headings, rows)
        else:
            self._write_bars(scene)

    def _write_bars(self, scene: Scene) -> None:
        figure, words = self._shown_figure(scene), scene.words
        named = [(str(place), _name(row, words), row.readings[figure]) for place, row in enumerate(scene.shown.groups)]
        named.sort(key=lambda one: -(one[2].value if one[2].value is not None else float("-inf")))
        title = message("{figure} by {group}", figure=Message(FIGURES[figure].name), group=self._grouping(scene))
        self.bars.set_value(
            reading_bars(words.say(title), named, FIGURES[figure].unit, words, scene.workspace.book.currency)
        )

    def _shown_figure(self, scene: Scene) -> str:
        return self._figure or scene.workspace.view.lens or _AT_FIRST

    def _reference(self, groups: Sequence[GroupRow]) -> GroupRow:
        """The chosen reference group, else the one with the most users."""
        chosen = self._chosen
        found = next((row for row in groups if chosen is not None and row.label == chosen[0]), None)
        return found or max(groups, key=lambda row: row.readings["users"].value or 0)

    def _retext(self, scene: Scene) -> None:
        words, groups = scene.words, scene.shown.groups
        say = words.translate
        for place, text in enumerate((say("Table"), say("Bars"))):
            # A tab that is named again, though alike, has the whole window laid out.
            if self.views.tabText(place) != text:
                self.views.setTabText(place, text)
        self.views.setAccessibleName(say("How the groups are shown"))
        self._hint.setText(say("Choose a grouping above to see every figure by group."))
        self._referred.setText(say("Compared with"))
        self.reference.setAccessibleName(say("Compared with"))
        self._drawn.setText(say("Figure"))
        self.figure.setAccessibleName(say("Figure"))
        self.figure.setText(say(FIGURES[self._shown_figure(scene)].name))
        for part in (self.menu, self.bars):
            part.set_words(words)
        self.table.setAccessibleName(words.say(message("Figures by {grouping}", grouping=self._grouping(scene))))
        names = [say("The largest group"), *(_name(row, words) for row in groups)]
        if [self.reference.itemText(place) for place in range(self.reference.count())] != names:
            self.reference.clear()
            self.reference.addItems(names)
        labels = [row.label for row in groups]
        chosen = self._chosen
        self.reference.setCurrentIndex(1 + labels.index(chosen[0]) if chosen and chosen[0] in labels else 0)

    def _grouping(self, scene: Scene) -> str:
        column = scene.workspace.view.grouping
        return scene.words.say(column_label(column)) if column else ""

    def _as_table(self) -> ChartTable:
        """The table with headings that say by themselves what a change or a ratio is about."""
        table = self.table.as_table(self.table.accessibleName())
        headings = tuple(one.tip if one.text in _SIGNS else one.text for one in self._headings)
        return ChartTable(table.title, headings, table.rows)

    def _with_group(self, key: str, act: Callable[[tuple[FilterPart, ...], str], None]) -> None:
        if parts := self._parts_of(int(key)):
            act(parts, key)

    def _parts_of(self, row: int) -> tuple[FilterPart, ...]:
        """What the group of a row is in a filter; nothing while there are no groups."""
        scene = self._scene
        column = scene.workspace.view.grouping if scene is not None else None
        groups = scene.shown.groups if scene is not None else ()
        return group_parts(column, groups[row].label) if column is not None and row < len(groups) else ()

    def _peek_at_row(self, row: int) -> None:
        if parts := self._parts_of(row):
            self.host.peek(self.table.viewport().mapToGlobal(self.table.foot_of(row)), parts)

    def _narrow_to_row(self, row: int) -> None:
        if parts := self._parts_of(row):
            self.host.narrow(parts)

    def _offer_row(self, menu: QMenu, where: QPoint) -> None:
        """What can be done with the group under a point."""
        row = self.table.row_at(where)
        if row is not None and self._scene is not None:
            say = self._scene.words.translate
            menu.addAction(say("Peek at its accounts"), lambda: self._peek_at_row(row))
            menu.addAction(say("Look only at this group"), lambda: self._narrow_to_row(row))
            menu.addSeparator()

    def _peek(self, parts: tuple[FilterPart, ...], key: str) -> None:
        bar = self.bars.bar(key)
        if bar is not None:
            self.host.peek(self.bars.mapToGlobal(self.bars.end_of(bar)), parts)


def _name(row: GroupRow, words: Words) -> str:
    return words.translate("(missing)") if row.label is None else row.label


def _headings(grouping: str, reference: GroupRow, words: Words) -> list[Cell]:
    headings = [Cell(grouping)]
    for figure in FIGURES_OF_A_GROUP:
        name = words.translate(FIGURES[figure].name)
        headings.append(Cell(name, tip=words.translate(FIGURES[figure].help)))
        if figure in _WITH_CHANGE:
            headings.append(Cell(_CHANGE, tip=words.say(message("{figure}: change against the baseline", figure=name))))
        if figure in _WITH_RATIO:
            tip = message("{figure}: how many times that of {group}", figure=name, group=_name(reference, words))
            headings.append(Cell(_TIMES, tip=words.say(tip)))
    return headings


def _row(row: GroupRow, reference: GroupRow, words: Words, currency: str) -> tuple[Cell, ...]:
    name = _name(row, words)
    cells = [Cell(name, name)]
    for figure in FIGURES_OF_A_GROUP:
        reading = row.readings.get(figure)
        cells.append(_value(reading, words, currency))
        if figure in _WITH_CHANGE:
            cells.append(_change(reading, words, currency))
        if figure in _WITH_RATIO:
            cells.append(_times(reading, reference.readings.get(figure), words))
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


def _times(reading: Reading | None, reference: Reading | None, words: Words) -> Cell:
    """How many times the reference's figure."""
    found = ratio(reading.value if reading else None, reference.value if reference else None)
    return Cell(EM_DASH, float("-inf")) if found is None else Cell(words.decimal(found, 2), found)
