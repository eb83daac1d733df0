"""One click to the loosest value of a line that keeps every goal."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence, QPalette

from desktop_app.domain.chart_values import LoosestValue
from desktop_app.domain.handles import value_of
from desktop_app.domain.problems import Message, message
from desktop_app.text.words import Words
from desktop_app.ui.icons import icon
from desktop_app.workspace.showing import Shown


class Loosest(QObject):
    """A command that sets the line that is looked at; greyed where there is nothing to set, with the reason.

    Signals:
        set: Handle, Decimal.
        warned: a Message, after a value was set along which the figure of a goal rises and falls.
    """

    set = Signal(object, object)
    warned = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.command = QAction(self)
        self.command.setShortcut(QKeySequence("Ctrl+G"))
        self.command.triggered.connect(self._set)
        self._found: LoosestValue | None = None
        self._dressed = 0

    def show_found(self, shown: Shown, words: Words, palette: QPalette) -> None:
        """Offer what is found for the line that is looked at."""
        found = self._found = shown.loosest
        self.command.setEnabled(found is not None and _can_set(found, shown))
        text = words.translate("Loosest value")
        if self.command.text() != text:
            self.command.setText(text)
        if palette.cacheKey() != self._dressed:
            self._dressed = palette.cacheKey()
            self.command.setIcon(icon("goal", palette))
        shortcut = self.command.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self.command.setToolTip(f"{words.say(_tip(shown))} ({shortcut})")

    def _set(self) -> None:
        found = self._found
        if found is None or found.value is None:
            return
        self.set.emit(found.handle, found.value)
        if found.parted or found.turns:
            self.warned.emit(_warning(found.value, parted=found.parted))


def _can_set(found: LoosestValue, shown: Shown) -> bool:
    return not shown.locked and found.value not in (None, value_of(shown.scenario, found.handle))


def _warning(value: Decimal, *, parted: bool) -> Message:
    if parted:
        return message(
            "The line stands at {value}, the loosest that keeps every goal. A goal's curve turns: it is kept, "
            "missed and kept again along the line, so values between may miss it.",
            value=value,
        )
    return message(
        "The line stands at {value}, the loosest that keeps every goal. A goal's curve turns: its figure rises and "
        "falls along the line, so a tighter value does not always keep it by more.",
        value=value,
    )


def _tip(shown: Shown) -> Message:
    found = shown.loosest
    if not shown.scenario.goals:
        return message("Set a goal on a reading, and the loosest value that keeps it is one click away")
    if found is None:
        return message("Counting every account…")
    if found.value is None:
        return message("No value of this line keeps every goal")
    if shown.locked:
        return message("The baseline is locked; edit a scenario")
    if value_of(shown.scenario, found.handle) == found.value:
        return message("The line stands at the loosest value that keeps every goal")
    tip = message("Set the line to {value}: the loosest that keeps every goal", value=found.value)
    if found.parted:
        return message("{tip}. A goal's curve turns along the line: values between may miss it", tip=tip)
    if found.turns:
        return message("{tip}. A goal's curve turns along the line: tighter is not always safer", tip=tip)
    return tip
