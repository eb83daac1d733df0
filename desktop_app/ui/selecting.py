"""What happens when something is picked in a chart: its accounts are peeked at, or the desk is narrowed to it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QCursor, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop_app.analysis.selections import bin_parts, cause_parts, missing_parts, reason_parts
from desktop_app.charts.bars import Bars
from desktop_app.charts.histogram import MISSING
from desktop_app.domain.chart_values import Bar
from desktop_app.domain.filters import Filter, FilterPart, InRange, IsMissing
from desktop_app.ui.controller import Controller
from desktop_app.ui.desk_view import DeskView
from desktop_app.ui.peek import Peek
from desktop_app.ui.settings import SettingsFile
from desktop_app.ui.speech import Speech

Parts = tuple[FilterPart, ...]


class Selecting(QObject):
    """Joins the charts to one Peek and to the desk's filter; Alt with ← and → goes through the filters.

    Attributes:
        peek: the popover.
    """

    def __init__(self, window: QWidget, controller: Controller, settings: SettingsFile, speech: Speech) -> None:
        super().__init__(window)
        self._controller, self._speech = controller, speech
        self.peek = Peek(window, controller, settings)
        self.peek.narrowed.connect(lambda chosen: self.narrow(chosen.parts))
        for key, step in ((Qt.Key.Key_Left, self._back), (Qt.Key.Key_Right, self._forward)):
            QShortcut(QKeySequence(Qt.KeyboardModifier.AltModifier | key), window, step)

    def join(self, desk: DeskView, open_accounts: Callable[[Filter], None]) -> None:
        """Take what is picked on the desk; `open_accounts` shows all accounts of a filter."""
        self.peek.opened.connect(open_accounts)
        for bars, parts in ((desk.reasons, reason_parts), (desk.causes, self._of_cause)):
            bars.picked.connect(lambda key, bars=bars, parts=parts: self._peek_at_bar(bars, key, parts))
            bars.narrowed.connect(lambda key, bars=bars, parts=parts: self._narrow_to_bar(bars, key, parts))
        desk.histogram.picked.connect(lambda place: self._peek_at_bins(desk, place))
        desk.histogram.swept.connect(lambda first, last: self._narrow_to_bins(desk, first, last))

    def peek_at(self, where: QPoint, parts: Parts) -> None:
        """Peek at the accounts of some parts of a filter, near a point of the screen."""
        self.peek.open_at(where, Filter(parts), self._speech.words)

    def narrow(self, parts: Parts) -> None:
        """Look only at these, too; at them no longer where that is what is looked at."""
        trail = self._controller.workspace.filters
        there = set(parts) <= set(trail.chosen.parts)
        rest = Filter(tuple(part for part in trail.chosen if part not in parts))
        self._controller.do(lambda: trail.choose(rest if there else trail.chosen.also(*parts)))

    def choose(self, chosen: Filter) -> None:
        """Look only at what a filter leaves."""
        self._controller.do(lambda: self._controller.workspace.filters.choose(chosen))

    def mark(self, desk: DeskView) -> None:
        """Tint what the desk is narrowed to in the charts that it was chosen in."""
        chosen = self._controller.workspace.filters.chosen
        for bars, parts in ((desk.reasons, reason_parts), (desk.causes, self._of_cause)):
            bars.mark(frozenset(bar.key for bar in bars.bars if chosen and set(parts(bar)) <= set(chosen.parts)))
        value = desk.histogram.value
        ranges = [part for part in chosen if isinstance(part, InRange | IsMissing)]
        desk.histogram.mark(next((part for part in ranges if value and part.field == value.field), None))

    def _peek_at_bar(self, bars: Bars, key: str, parts: Callable[[Bar], Parts]) -> None:
        bar = bars.bar(key)
        if bar is not None:
            self.peek_at(bars.mapToGlobal(bars.end_of(bar)), parts(bar))

    def _narrow_to_bar(self, bars: Bars, key: str, parts: Callable[[Bar], Parts]) -> None:
        bar = bars.bar(key)
        if bar is not None:
            self.narrow(parts(bar))

    def _peek_at_bins(self, desk: DeskView, place: int) -> None:
        value = desk.histogram.value
        if value is not None:
            parts = missing_parts(value) if place == MISSING else bin_parts(value, place, place)
            self.peek_at(QCursor.pos(), parts)

    def _narrow_to_bins(self, desk: DeskView, first: int, last: int) -> None:
        value = desk.histogram.value
        if value is not None:
            self.narrow(bin_parts(value, first, last))

    def _of_cause(self, bar: Bar) -> Parts:
        asked = self._controller.workspace.question()
        return cause_parts(bar, asked.baseline.policy, asked.scenario.policy)

    def _back(self) -> None:
        self._controller.do(self._controller.workspace.filters.back)

    def _forward(self) -> None:
        self._controller.do(self._controller.workspace.filters.forward)
