"""Up to six scenarios side by side: their figures, what each changes rule by rule, and who moves where."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.analysis.matrices import transition_matrix
from desktop_app.analysis.readings import CELL_FIGURES
from desktop_app.analysis.selections import cell_parts
from desktop_app.analysis.transitions import swap_readings, transition_readings
from desktop_app.charts.matrix import Matrix
from desktop_app.charts.saving import ChartTable
from desktop_app.domain.changes import Changes
from desktop_app.domain.outcomes import Outcome
from desktop_app.domain.problems import message
from desktop_app.figures.catalogue import FIGURES
from desktop_app.text.language import Language
from desktop_app.text.words import Words
from desktop_app.ui.compare_tables import difference_rows, figure_rows, swap_rows
from desktop_app.ui.figure_picker import FigurePicker
from desktop_app.ui.icons import icon
from desktop_app.ui.looks import label
from desktop_app.ui.page import Page, PageHost, Scene
from desktop_app.ui.table_menu import TableMenu
from desktop_app.ui.table_view import TableView
from desktop_app.workspace.comparing import Compared, sheet_of
from desktop_app.workspace.latest import Latest

FIGURES_AT_FIRST = (
    "users_blocked",
    "users_referred",
    "users_reduced",
    "restricted_rate",
    "open_line",
    "ead",
    "el",
    "el_avoided",
    "el_rate",
    "margin",
)


class ComparePage(Page):
    """Three views behind small tabs: figures, differences, who moves.

    Attributes:
        views, figures, differences, matrix, swaps, measure, add: its parts, for tests.
    """

    name = "compare"
    title = message("Compare")
    ROOM = 300

    def __init__(self, host: PageHost) -> None:
        super().__init__(host)
        self.views, self._stack = QTabBar(), QStackedWidget()
        self.add, self.measure, self._measured = QToolButton(), QComboBox(), QLabel()
        self.figures, self.differences, self.swaps = TableView(), TableView(), TableView()
        self.matrix = Matrix(Words(Language.ENGLISH))
        self._hint = label("faint", wrap=True)
        kept = tuple(figure for figure in host.settings.settings.compared if figure in FIGURES)
        self._figures = kept or tuple(figure for figure in FIGURES_AT_FIRST if figure in FIGURES)
        self._scene: Scene | None = None
        self._written: Latest[None] = Latest()
        self._menus = [TableMenu(table, partial(_named_table, table)) for table in self._tables]
        self._arrange()
        self._connect()

    @property
    def _tables(self) -> tuple[TableView, TableView, TableView]:
        return self.figures, self.differences, self.swaps

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.views)
        top.addStretch(1)
        for part in (self._measured, self.measure, self.add):
            top.addWidget(part)
        self._measured.setBuddy(self.measure)
        self.views.setDrawBase(False)
        self.views.setExpanding(False)
        for _ in range(3):
            self.views.addTab("")
        self.differences.setWordWrap(True)
        self.differences.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self._stack.addWidget(self.figures)
        self._stack.addWidget(self.differences)
        self._stack.addWidget(self._moves())
        self._stack.addWidget(self._hint)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 6)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addWidget(self._stack, 1)

    def _moves(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.matrix)
        row = self.swaps.verticalHeader().defaultSectionSize()
        self.swaps.setFixedHeight(6 * row)
        column.addWidget(self.swaps)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        return scroll

    def _connect(self) -> None:
        self.views.currentChanged.connect(lambda _: self._write_view())
        self.add.clicked.connect(self.pick)
        self.measure.currentIndexChanged.connect(lambda _: self._write_view())
        self.matrix.picked.connect(self._peek)
        self.matrix.failed.connect(self.failed)
        for menu in self._menus:
            menu.failed.connect(self.failed)
        remove = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.figures, self._remove)
        remove.setContext(Qt.ShortcutContext.WidgetShortcut)

    def write(self, scene: Scene) -> None:
        """Show the scenarios as they are counted."""
        self._scene = scene
        self._write_view()

    def pick(self) -> FigurePicker | None:
        """Have another figure chosen for the table."""
        if self._scene is None:
            return None
        picker = FigurePicker(self._scene.words, "", None, self)
        picker.picked.connect(self._add)
        picker.open_under(self.add)
        return picker

    def _add(self, figure: str) -> None:
        if figure and figure not in self._figures:
            self._keep((*self._figures, figure))

    def _remove(self) -> None:
        """Take the figure of the current row out of the table."""
        chosen = self.figures.key_at(self.figures.currentIndex().row())
        if chosen in self._figures and len(self._figures) > 1:
            self._keep(tuple(figure for figure in self._figures if figure != chosen))

    def _keep(self, figures: tuple[str, ...]) -> None:
        self._figures = figures
        self.host.settings.change(compared=figures)
        self._write_view()

    def _write_view(self) -> None:
        scene = self._scene
        if scene is None:
            return
        columns = scene.workspace.comparing.columns(sheet_of(scene.workspace))
        answers = tuple(one.answered and one.answered.evaluation for one in columns)
        view = self.views.currentIndex()
        parts = (*answers, *(one.scenario for one in columns), scene.words, self._figures, str(view))
        more = (scene.workspace.scenario, scene.workspace.desk.baseline, str(self.measure.currentIndex()))
        self._written.of((*parts, *more, str(self.palette().cacheKey())), lambda: self._write(scene, columns))

    def _write(self, scene: Scene, columns: tuple[Compared, ...]) -> None:
        self._retext(scene.words)
        words, currency = scene.words, scene.workspace.book.currency
        view = self.views.currentIndex()
        self.add.setVisible(view == 0)
        for part in (self.measure, self._measured):
            part.setVisible(view == 2)
        if not columns:
            self._say(words.translate("Open a scenario with + above to compare it with the baseline."))
            return
        self._stack.setCurrentIndex(view)
        if view == 0:
            self.figures.set_table(*figure_rows(self._figures, columns, words, currency))
            self.figures.fit()
        elif view == 1:
            self._write_differences(scene, columns)
        else:
            self._write_moves(scene, columns)

    def _write_differences(self, scene: Scene, columns: tuple[Compared, ...]) -> None:
        scenarios = [one.scenario for one in columns]
        headings, rows = difference_rows(scene.workspace.desk.baseline.policy, scenarios, scene.words)
        if not rows:
            self._say(scene.words.translate("No scenario changes a rule of the baseline."))
            return
        self.differences.set_table(headings, rows)
        self.differences.resizeRowsToContents()

    def _write_moves(self, scene: Scene, columns: tuple[Compared, ...]) -> None:
        words, workspace = scene.words, scene.workspace
        answered = next((one.answered for one in columns if one.scenario.id == workspace.desk.active), None)
        if workspace.desk.locked:
            self._say(words.translate("Bring a scenario to the front to see who moves from the baseline to it."))
        elif answered is None:
            self._say(words.translate("Counting every account…"))
        else:
            asked = (answered.evaluation, answered.request.baseline, answered.request.scenario, workspace.book)
            figure = CELL_FIGURES[max(self.measure.currentIndex(), 0)]
            currency = workspace.book.currency
            self.matrix.set_value(transition_matrix(transition_readings(*asked), figure, words, currency))
            self.swaps.set_table(*swap_rows(swap_readings(*asked), words, currency))

    def _say(self, sentence: str) -> None:
        self._hint.setText(sentence)
        self._stack.setCurrentWidget(self._hint)

    def _retext(self, words: Words) -> None:
        say = words.translate
        for place, text in enumerate((say("Figures"), say("Differences"), say("Who moves"))):
            self.views.setTabText(place, text)
        self.views.setAccessibleName(say("What is compared"))
        self.add.setIcon(icon("add", self.palette()))
        self.add.setToolTip(say("Add a figure; Delete takes the current one away"))
        self.add.setAccessibleName(say("Add a figure"))
        self._measured.setText(say("Counted in"))
        names = [say(FIGURES[figure].name) for figure in CELL_FIGURES]
        if [self.measure.itemText(place) for place in range(self.measure.count())] != names:
            chosen = max(self.measure.currentIndex(), 0)
            self.measure.blockSignals(True)
            self.measure.clear()
            self.measure.addItems(names)
            self.measure.setCurrentIndex(chosen)
            self.measure.blockSignals(False)
        self.measure.setAccessibleName(say("Counted in"))
        self.matrix.set_words(words)
        titles = (say("Figures by scenario"), say("Differences by rule"), say("Who was swapped"))
        for table, menu, title in zip(self._tables, self._menus, titles, strict=True):
            table.setAccessibleName(title)
            menu.set_words(words)

    def _peek(self, before: Outcome, after: Outcome) -> None:
        where = self.matrix.mapToGlobal(self.matrix.cell_point(before, after))
        self.host.peek(where, cell_parts(before, after))

    def _open(self, is_open: bool) -> None:
        workspace = self.host.controller.workspace
        workspace.comparing.open = is_open
        self.host.controller.do(lambda: Changes(frozenset()))

    # Qt overrides

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Scenarios are counted only while they are looked at."""
        super().showEvent(event)
        self._open(True)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Nothing more is counted for the page."""
        super().hideEvent(event)
        self._open(False)


def _named_table(table: TableView) -> ChartTable:
    return table.as_table(table.accessibleName())
