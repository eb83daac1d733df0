"""Two thresholds against each other: a heatmap of any figure, the efficient frontier, a click to adopt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.analysis.trade_off import threshold_name
from desktop_app.charts.frontier import Frontier
from desktop_app.charts.heatmap import Heatmap
from desktop_app.domain.changes import Changes
from desktop_app.domain.problems import message
from desktop_app.figures.catalogue import FIGURES
from desktop_app.text.language import Language
from desktop_app.text.words import Words
from desktop_app.ui.figure_picker import FigurePicker
from desktop_app.ui.looks import label
from desktop_app.ui.page import Page, PageHost, Scene
from desktop_app.workspace.trading import Traded, Trading

# As much of a threshold's name as a narrow page has room for; the list shows all of it.
_LETTERS = 12
_AS_THE_CHARTS = message("As all charts (the lens)")


class TradeOffPage(Page):
    """Both charts side by side under what is chosen for them, or a hint.

    Attributes:
        across, upwards, near, figure, costs, gains, heatmap, frontier, again: its parts, for tests.
    """

    name = "trade_off"
    title = message("Trade-off")
    ROOM = 400

    def __init__(self, host: PageHost) -> None:
        super().__init__(host)
        words = Words(Language.ENGLISH)
        self.across, self.upwards, self.near = QComboBox(), QComboBox(), QCheckBox()
        self.figure, self.gains, self.costs = QPushButton(), QPushButton(), QPushButton()
        self.heatmap, self.frontier = Heatmap(words), Frontier(words)
        self.again = QPushButton()
        self._names = [QLabel() for _ in range(5)]
        self._hint, self._whole = label("faint", wrap=True), label("faint", wrap=True)
        self._stack = QStackedWidget()
        self._scene: Scene | None = None
        self._traded: Traded | None = None
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        for combo in (self.across, self.upwards):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(_LETTERS)
        charts = QWidget()
        grid = QGridLayout(charts)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(2)
        grid.addLayout(_row([self._names[2], self.figure]), 0, 0, Qt.AlignmentFlag.AlignLeft)
        right = _row([self._names[3], self.gains, self._names[4], self.costs])
        grid.addLayout(right, 0, 1, Qt.AlignmentFlag.AlignLeft)
        for place, chart in enumerate((self.heatmap, self.frontier)):
            grid.addWidget(chart, 1, place)
            grid.setColumnStretch(place, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 6)
        layout.setSpacing(4)
        chosen = _row([self._names[0], self.across, self._names[1], self.upwards, self.near])
        for place in (1, 3):
            chosen.setStretch(place, 1)
        layout.addLayout(chosen)
        layout.addWidget(self._whole)
        self._stack.addWidget(charts)
        self._stack.addWidget(self._nothing())
        layout.addWidget(self._stack, 1)

    def _nothing(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.addWidget(self._hint)
        column.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return inside

    def _connect(self) -> None:
        for combo in (self.across, self.upwards):
            combo.activated.connect(lambda _, chosen=combo: self._choose(chosen))
        self.near.toggled.connect(lambda near: self._change(lambda trading: trading.look_near(near)))
        self.figure.clicked.connect(lambda: self.pick(self.figure))
        self.costs.clicked.connect(lambda: self.pick(self.costs))
        self.gains.clicked.connect(lambda: self.pick(self.gains))
        self.again.clicked.connect(self.host.controller.retry)
        self.host.controller.interactive.started.connect(self._write_view)
        self.host.controller.interactive.idle.connect(self._write_view)
        for chart in (self.heatmap, self.frontier):
            chart.adopted.connect(self._adopt)
            chart.failed.connect(self.failed)

    def write(self, scene: Scene) -> None:
        """Show both charts as they are counted."""
        self._scene = scene
        if not scene.workspace.trading.open:
            # Another project was opened while the page was looked at.
            self._open(True)
        self._write_view()

    def pick(self, button: QPushButton) -> FigurePicker | None:
        """Have another figure chosen for the heatmap or an axis of the frontier."""
        scene, traded = self._scene, self._traded
        if scene is None or traded is None:
            return None
        current = {self.figure: traded.figure, self.costs: traded.costs, self.gains: traded.gains}[button]
        none = _AS_THE_CHARTS if button is self.figure else None
        picker = FigurePicker(scene.words, current, none, self)
        picker.picked.connect(lambda figure: self._measure(button, figure))
        picker.open_under(button)
        return picker

    def _measure(self, button: QPushButton, figure: str) -> None:
        traded = self._traded
        if traded is None:
            return
        if button is self.figure:
            self._change(lambda trading: trading.show(figure or None))
        elif button is self.costs:
            self._change(lambda trading: trading.measure(figure, traded.gains))
        else:
            self._change(lambda trading: trading.measure(traded.costs, figure))

    def _choose(self, combo: QComboBox) -> None:
        """Weigh the two that are chosen; one that is chosen twice changes places with the other."""
        traded = self._traded
        if traded is None or traded.pair is None:
            return
        x, y = (traded.handles[one.currentIndex()] for one in (self.across, self.upwards))
        if x == y:
            x, y = traded.pair[1], traded.pair[0]
        self._change(lambda trading: trading.choose((x, y)))

    def _adopt(self, x: Decimal, y: Decimal) -> None:
        traded, workspace = self._traded, self.host.controller.workspace
        if traded is not None and traded.pair is not None:
            first, second = traded.pair
            self.host.controller.do(lambda: workspace.set_values((first, x), (second, y)))

    def _change(self, change: Callable[[Trading], Changes]) -> None:
        trading = self.host.controller.workspace.trading
        self.host.controller.do(lambda: change(trading))

    def _write_view(self) -> None:
        scene = self._scene
        if scene is None or not self.isVisible():
            return
        workspace, words = scene.workspace, scene.words
        self._traded = traded = workspace.trading.view(workspace, scene.shown.readings)
        self._retext(words, traded)
        names = [threshold_name(workspace.scenario, handle, words) for handle in traded.handles]
        for combo, place in ((self.across, 0), (self.upwards, 1)):
            _fill(combo, names, traded.handles.index(traded.pair[place]) if traded.pair else -1)
        self._whole.setVisible(scene.shown.filtered is not None)
        if traded.heatmap is None or traded.frontier is None:
            self._say_nothing(traded, words)
            return
        self._stack.setCurrentIndex(0)
        for chart in (self.heatmap, self.frontier):
            chart.set_words(words)
            chart.set_fresh(traded.fresh)
        self.heatmap.set_value(traded.heatmap)
        self.frontier.set_value(traded.frontier)

    def _say_nothing(self, traded: Traded, words: Words) -> None:
        """Why there are no charts: nothing to weigh, still counting, or given up."""
        self._stack.setCurrentIndex(1)
        counting = self.host.controller.interactive.busy
        self.again.setVisible(traded.pair is not None and not counting)
        if traded.pair is None:
            text = message("A trade-off needs two thresholds: switch a rule on, or add one that compares a number.")
        elif counting:
            text = message("Counting every account at every pair of thresholds…")
        else:
            text = message("The pairs of thresholds were not counted.")
        self._hint.setText(words.say(text))

    def _retext(self, words: Words, traded: Traded) -> None:
        say = words.translate
        texts = (say("Across"), say("Upwards"), say("Figure"), say("Frontier of"), say("against"))
        parts: tuple[QWidget, ...] = (self.across, self.upwards, self.figure, self.gains, self.costs)
        for text, name, part in zip(texts, self._names, parts, strict=True):
            name.setText(text)
            name.setBuddy(part)
            part.setAccessibleName(text)
        for button, figure in ((self.figure, traded.figure), (self.costs, traded.costs), (self.gains, traded.gains)):
            button.setText(say(FIGURES[figure].name))
            button.setToolTip(say(FIGURES[figure].help))
        self.near.setText(say("Near the present lines"))
        self.near.setToolTip(say("Try the thresholds in finer steps, near where they stand"))
        self.near.blockSignals(True)
        self.near.setChecked(traded.near)
        self.near.blockSignals(False)
        self.again.setText(say("Count again"))
        self._whole.setText(say("The trade-off is about the whole book, whatever is chosen above."))

    def _open(self, is_open: bool) -> None:
        self.host.controller.workspace.trading.open = is_open
        self.host.controller.do(lambda: Changes(frozenset()))

    # Qt overrides

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Pairs are counted only while they are looked at."""
        self._open(True)
        super().showEvent(event)
        self._write_view()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Nothing more is counted for the page."""
        super().hideEvent(event)
        self._open(False)


def _row(parts: Sequence[QWidget]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(6)
    for part in parts:
        row.addWidget(part)
    return row


def _fill(combo: QComboBox, names: list[str], chosen: int) -> None:
    combo.blockSignals(True)
    if [combo.itemText(place) for place in range(combo.count())] != names:
        combo.clear()
        combo.addItems(names)
        for place, name in enumerate(names):
            combo.setItemData(place, name, Qt.ItemDataRole.ToolTipRole)
    combo.setCurrentIndex(chosen)
    combo.setToolTip(combo.currentText())
    combo.blockSignals(False)
