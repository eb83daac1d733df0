"""What happens when a bar of the desk is picked: its rule comes to the front, and its accounts are peeked at."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QWidget

from desktop_app.analysis.selections import cause_parts, reason_parts
from desktop_app.charts.bars import Bars
from desktop_app.domain.chart_values import Bar
from desktop_app.domain.filters import Filter, FilterPart
from desktop_app.ui.controller import Controller
from desktop_app.ui.desk_view import DeskView
from desktop_app.ui.peek import Peek
from desktop_app.ui.settings import SettingsFile
from desktop_app.ui.speech import Speech


class Peeking(QObject):
    """Joins the charts of the desk to one Peek.

    Attributes:
        peek: the popover.
    """

    def __init__(self, window: QWidget, controller: Controller, settings: SettingsFile, speech: Speech) -> None:
        super().__init__(window)
        self._controller, self._speech = controller, speech
        self.peek = Peek(window, controller, settings)

    def join(self, desk: DeskView, open_accounts: Callable[[Filter], None]) -> None:
        """Peek at the bars of the desk; `open_accounts` shows all accounts of a filter."""
        self.peek.opened.connect(open_accounts)
        desk.reasons.picked.connect(lambda rule: self._peek(desk.reasons, rule, reason_parts))
        desk.causes.picked.connect(lambda cause: self._peek(desk.causes, cause, self._of_cause))

    def show(self, where: QPoint, parts: tuple[FilterPart, ...]) -> None:
        """Peek at the accounts of some parts of a filter, near a point of the screen."""
        self.peek.open_at(where, Filter(parts), self._speech.words)

    def _peek(self, bars: Bars, key: str, parts: Callable[[Bar], tuple[FilterPart, ...]]) -> None:
        bar = bars.bar(key)
        if bar is not None:
            self.show(bars.mapToGlobal(bars.end_of(bar)), parts(bar))

    def _of_cause(self, bar: Bar) -> tuple[FilterPart, ...]:
        asked = self._controller.workspace.question()
        return cause_parts(bar, asked.baseline.policy, asked.scenario.policy)
