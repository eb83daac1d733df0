"""The risk of the scenario: under named stresses, by quantile of the loss, by score, arrears and stage, spread out."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QTabBar, QVBoxLayout

from desktop_app.analysis.reading_bars import reading_bars
from desktop_app.analysis.risk import BARS_OF_VIEW, RiskView
from desktop_app.charts.bars import Bars
from desktop_app.charts.saving import ChartTable
from desktop_app.domain.changes import Changes
from desktop_app.domain.chart_values import BarsValue
from desktop_app.domain.problems import Message, message
from desktop_app.domain.readings import Unit
from desktop_app.figures.catalogue import FIGURES
from desktop_app.text.language import Language
from desktop_app.text.words import Words
from desktop_app.ui.looks import label, scrolled
from desktop_app.ui.page import Page, PageHost, Scene
from desktop_app.ui.risk_tables import risk_rows
from desktop_app.ui.table_menu import TableMenu
from desktop_app.ui.table_view import TableView
from desktop_app.workspace.latest import Latest
from desktop_app.workspace.risking import RiskRow

_TITLES: dict[RiskView, Message] = {
    RiskView.STRESS: message("Stress"),
    RiskView.LOSS: message("Loss curve"),
    RiskView.SCORE: message("By score"),
    RiskView.ARREARS: message("By arrears"),
    RiskView.STAGE: message("By stage"),
    RiskView.CATEGORY: message("Five categories"),
    RiskView.CONCENTRATION: message("Concentration"),
}
_NOTES: dict[RiskView, Message] = {
    RiskView.STRESS: message(
        "The stress moves the fields before the policy sees them. The sizes illustrate mild to severe years; they "
        "forecast nothing."
    ),
    RiskView.LOSS: message("The loss of a year that is only exceeded in the rest: half of all years at 50 %."),
    RiskView.SCORE: message("Every account stands in one band of its own score."),
    RiskView.ARREARS: message("Days past due at the as-of date."),
    RiskView.STAGE: message("By the backstop of days past due alone, without any other sign of a risk that rose."),
    RiskView.CATEGORY: message(
        "The five categories of the Chinese risk classification, by days past due alone: its least, without a lender's "
        "own judgement."
    ),
    RiskView.CONCENTRATION: message("HHI is the sum of the squared shares of EAD: 1 where one group has everything."),
}
_LACKS: dict[RiskView, Message] = {
    RiskView.SCORE: message("The book has no scores."),
    RiskView.ARREARS: message("The book has no days past due."),
    RiskView.STAGE: message("The book has no days past due."),
    RiskView.CATEGORY: message("The book has no days past due."),
    RiskView.CONCENTRATION: message("The book has no column that groups accounts."),
}


class RiskPage(Page):
    """A table beside bars, for each of the views behind small tabs.

    Attributes: views, table, bars, menu, again: its parts, for tests.
    """

    name = "risk"
    title = message("Risk and stress")
    ROOM = 290

    def __init__(self, host: PageHost) -> None:
        super().__init__(host)
        self.views, self.table, self.bars = QTabBar(), TableView(), Bars(Words(Language.ENGLISH))
        self.again = QPushButton()
        self.menu = TableMenu(self.table, self._as_table)
        self._note = label("faint", wrap=True)
        self._parts = QSplitter(Qt.Orientation.Horizontal)
        self._scene: Scene | None = None
        self._written: Latest[None] = Latest()
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        self.views.setDrawBase(False)
        self.views.setExpanding(False)
        for _ in RiskView:
            self.views.addTab("")
        for part, share in ((self.table, 3), (scrolled(self.bars), 2)):
            self._parts.addWidget(part)
            self._parts.setStretchFactor(self._parts.count() - 1, share)
        self._parts.setChildrenCollapsible(False)
        self._parts.setSizes([600, 330])
        told = QHBoxLayout()
        told.addWidget(self._note, 1)
        told.addWidget(self.again)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 6)
        layout.setSpacing(4)
        layout.addWidget(self.views)
        layout.addLayout(told)
        layout.addWidget(self._parts, 1)

    def _connect(self) -> None:
        controller = self.host.controller
        self.views.currentChanged.connect(self._turn)
        self.again.clicked.connect(controller.retry)
        controller.interactive.started.connect(self._write_view)
        controller.interactive.idle.connect(self._write_view)
        for part in (self.bars, self.menu):
            part.failed.connect(self.failed)

    def write(self, scene: Scene) -> None:
        """Show the cases as they are counted."""
        self._scene = scene
        if not scene.workspace.risking.open:
            # Another project was opened while the page was looked at.
            self._open(True)
        self._write_view()

    def _turn(self, place: int) -> None:
        workspace = self.host.controller.workspace
        self.host.controller.do(lambda: workspace.risking.look_by(tuple(RiskView)[place]))

    def _write_view(self) -> None:
        scene = self._scene
        if scene is None or not self.isVisible():
            return
        workspace = scene.workspace
        rows = workspace.risking.rows(workspace)
        given_up = bool(workspace.risking.wanted(workspace)) and not self.host.controller.interactive.busy
        self.again.setVisible(given_up)
        view = workspace.risking.view
        parts = (*rows, view, scene.words, workspace.book, scene.shown.filtered, str(self.palette().cacheKey()))
        self._written.of(parts, lambda: self._write(scene, view, rows))

    def _write(self, scene: Scene, view: RiskView, rows: tuple[RiskRow, ...]) -> None:
        words, currency = scene.words, scene.workspace.book.currency
        self._retext(words, view, filtered=scene.shown.filtered is not None, empty=not rows)
        self._parts.setVisible(bool(rows))
        if not rows:
            return
        self.table.set_table(*risk_rows(view, rows, words, currency))
        self.table.fit()
        self.bars.set_words(words)
        self.bars.set_value(_bars(view, rows, words, currency))

    def _retext(self, words: Words, view: RiskView, *, filtered: bool, empty: bool) -> None:
        say = words.say
        for place, one in enumerate(RiskView):
            self.views.setTabText(place, say(_TITLES[one]))
        self.views.blockSignals(True)
        self.views.setCurrentIndex(tuple(RiskView).index(view))
        self.views.blockSignals(False)
        self.views.setAccessibleName(say(message("What the risk is looked at by")))
        told = [_LACKS.get(view, _NOTES[view]) if empty else _NOTES[view]]
        if filtered:
            told.append(message("The whole book, whatever is chosen above."))
        self._note.setText(" ".join(map(say, told)))
        self.again.setText(say(message("Count again")))
        self.table.setAccessibleName(say(_TITLES[view]))
        self.menu.set_words(words)

    def _as_table(self) -> ChartTable:
        return self.table.as_table(self.table.accessibleName())

    def _open(self, is_open: bool) -> None:
        self.host.controller.workspace.risking.open = is_open
        self.host.controller.do(lambda: Changes(frozenset()))

    # Qt overrides

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Cases are counted only while they are looked at."""
        self._open(True)
        super().showEvent(event)
        self._write_view()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Nothing more is counted for the page."""
        super().hideEvent(event)
        self._open(False)


def _bars(view: RiskView, rows: tuple[RiskRow, ...], words: Words, currency: str) -> BarsValue:
    """The main figure of the view, in the order of its rows."""
    if view is RiskView.CONCENTRATION:
        spread = [(row.case.key, words.say(row.case.name), row.spread.share) for row in rows if row.spread]
        return reading_bars(
            words.say(message("Share of the largest group in EAD")), spread, Unit.SHARE, words, currency
        )
    figure = FIGURES[BARS_OF_VIEW[view]]
    named = [
        (row.case.key, words.say(row.case.name), row.readings[figure.id]) for row in rows if row.readings is not None
    ]
    title = message("{figure} · {view}", figure=Message(figure.name), view=_TITLES[view])
    return reading_bars(words.say(title), named, figure.unit, words, currency)
