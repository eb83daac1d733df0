"""One pinned figure: value, change against the baseline, kind; a menu to pin another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QVBoxLayout

from desktop_app.domain.problems import message
from desktop_app.domain.readings import Reading
from desktop_app.figures.catalogue import FIGURES
from desktop_app.figures.types import Figure
from desktop_app.text.labels import KIND_LABELS
from desktop_app.text.words import Words
from desktop_app.ui.elided import ElidedLabel
from desktop_app.ui.looks import set_property

_UP, _DOWN = "▲", "▼"


class Tile(QFrame):
    """Shows the reading of one figure.

    Attributes:
        figure: the id of the figure shown, "" before the first.

    Signals:
        chosen: the id of the figure to show here from now on.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "tile")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._name, self._change = ElidedLabel(), ElidedLabel()
        self._value, self._kind = QLabel(), QLabel()
        for label, role in (
            (self._name, "faint"),
            (self._value, "value"),
            (self._change, "change"),
            (self._kind, "badge"),
        ):
            label.setProperty("role", role)
        # The name has the whole width, the badge stands where there is room: beside the number.
        middle = QHBoxLayout()
        middle.addWidget(self._value, 1)
        middle.addWidget(self._kind, 0, Qt.AlignmentFlag.AlignVCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 6, 8, 6)
        layout.setSpacing(0)
        layout.addWidget(self._name)
        layout.addLayout(middle)
        layout.addWidget(self._change)
        self._words: Words | None = None
        self.figure = ""
        self._seen: tuple[object, ...] = ()
        self._explain: Callable[[], str] = str

    def show_reading(
        self,
        figure: Figure,
        reading: Reading | None,
        words: Words,
        currency: str,
        *,
        fresh: bool,
        evidence: date | None = None,
    ) -> None:
        """Write a figure; `fresh` False dims it, reading None is an em dash; evidence is the date of known outcomes."""
        seen = (figure, reading, words, currency, fresh, evidence)
        if seen == self._seen:
            return
        self._words, self._seen, self.figure = words, seen, figure.id
        value = words.quantity(reading.value if reading else None, figure.unit, currency)
        self._name.setText(words.translate(figure.name))
        self._value.setText(value)
        self._kind.setText(words.say(KIND_LABELS[reading.kind if reading else figure.kind]))
        change, direction = self._change_words(figure, reading, words, currency)
        self._change.setText(change)
        set_property(self._change, "direction", direction if fresh else "")
        for label in (self._value, self._change):
            set_property(label, "stale", "false" if fresh else "true")
        self._explain = lambda: _explained(figure, reading, words, currency, evidence)
        self.setAccessibleName(f"{self._name.text()}: {value}. {change}".strip())

    def menu(self) -> QMenu:
        """Every figure of the catalogue, to be pinned here."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for figure in FIGURES.values():
            name = self._words.translate(figure.name) if self._words else figure.name
            menu.addAction(name).triggered.connect(lambda _=False, chosen=figure.id: self.chosen.emit(chosen))
        return menu

    def _open_menu(self) -> None:
        self.menu().popup(self.mapToGlobal(self.rect().bottomLeft()))

    @staticmethod
    def _change_words(figure: Figure, reading: Reading | None, words: Words, currency: str) -> tuple[str, str]:
        """The change in words with its arrow, and whether it is better, worse or neither."""
        delta = reading.delta if reading else None
        if delta is None or delta == 0:
            return (words.translate("as the baseline") if delta == 0 else ""), ""
        written = f"{_UP if delta > 0 else _DOWN} {words.change(delta, figure.unit, currency)}"
        if figure.good == "neither":
            return written, ""
        better = (delta > 0) == (figure.good == "more")
        judged = message("better") if better else message("worse")
        return f"{written} · {words.say(judged)}", "better" if better else "worse"

    # Qt overrides

    def event(self, event: QEvent) -> bool:
        """What the figure is, written only when it is asked for."""
        if event.type() is QEvent.Type.ToolTip:
            self.setToolTip(self._explain())
        return super().event(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A click opens the menu."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._open_menu()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter or Space opens the menu."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open_menu()
        else:
            super().keyPressEvent(event)


def _explained(figure: Figure, reading: Reading | None, words: Words, currency: str, evidence: date | None) -> str:
    lines = [words.translate(figure.help), words.translate(figure.formula)]
    if reading is None:
        return "\n".join(lines)
    lines.append(words.say(message("Current: the accounts of {day}", day=reading.day)))
    if evidence is not None:
        lines.append(words.say(message("Outcomes are known for the accounts of {day}", day=evidence)))
    if reading.baseline is not None:
        baseline = words.quantity(reading.baseline, figure.unit, currency)
        lines.append(words.say(message("Baseline: {value}", value=baseline)))
    if reading.denominator in FIGURES:
        divided = words.translate(FIGURES[reading.denominator].name)
        lines.append(words.say(message("Divided by: {figure}", figure=divided)))
    if reading.coverage is not None:
        lines.append(words.say(message("Covers {share} of EAD", share=words.share(reading.coverage))))
    if reading.thin:
        lines.append(words.say(message("Thin: too few cases to rely on")))
    return "\n".join(lines)
