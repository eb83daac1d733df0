"""A small window that asks for the bound of one figure."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app.domain.problems import Message, message
from desktop_app.domain.readings import Unit
from desktop_app.domain.scenario import Goal
from desktop_app.text.words import Words
from desktop_app.ui.looks import label
from desktop_app.ui.number_field import NumberField
from desktop_app.ui.popup import place_under
from desktop_app.ui.reading_words import Pinned

_MOST = Decimal(10) ** 13
_PERCENT = Decimal(100)
# Digits of a bound that is proposed: nobody aims at 16.2508 %.
_PROPOSED_DIGITS = 3
_DECIMALS = {Unit.SHARE: 4, Unit.MONEY: 2, Unit.RATIO: 4}


class GoalEditor(QDialog):
    """Asks for "at most" or "at least" and a number in the figure's unit.

    Attributes: side, bound, take, drop: its parts.

    Signals:
        set: a Goal, or None where it is to be dropped.
    """

    set = Signal(object)

    def __init__(self, pinned: Pinned, parent: QWidget) -> None:
        figure, words = pinned.figure, pinned.words
        goal = pinned.standing.goal if pinned.standing else None
        start = pinned.reading.value if pinned.reading else None
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._figure = figure
        self.side, self.bound = QComboBox(), NumberField(_DECIMALS.get(figure.unit, 0))
        self.take, self.drop = QPushButton(), QPushButton()
        self._title = label("strong")
        self._arrange()
        self._write(goal, start, _sign(pinned), words)
        self.take.clicked.connect(self._take)
        self.drop.clicked.connect(lambda: self._close_with(None))

    def open_under(self, widget: QWidget) -> None:
        """Show it under a widget, ready to be typed in."""
        place_under(self, widget)
        self.show()
        self.bound.setFocus()
        self.bound.selectAll()

    def _arrange(self) -> None:
        row, buttons = QHBoxLayout(), QHBoxLayout()
        row.addWidget(self.side)
        row.addWidget(self.bound, 1)
        buttons.addWidget(self.drop)
        buttons.addStretch(1)
        buttons.addWidget(self.take)
        self.take.setDefault(True)
        self.take.setProperty("role", "primary")
        self.drop.setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.addWidget(self._title)
        layout.addLayout(row)
        layout.addLayout(buttons)

    def _write(self, goal: Goal | None, start: float | None, unit: str, words: Words) -> None:
        name = Message(self._figure.name)
        self._title.setText(words.say(message("Goal: {figure}", figure=name)))
        self.side.addItem(words.translate("at most"), "<=")
        self.side.addItem(words.translate("at least"), ">=")
        usual = ">=" if self._figure.good == "more" else "<="
        self.side.setCurrentIndex(self.side.findData(goal.operator if goal else usual))
        self.side.setAccessibleName(words.translate("At most or at least"))
        present = goal.value if goal else proposed(start or 0.0, usual)
        if self._figure.unit is Unit.SHARE:
            present *= _PERCENT
        if unit:
            self.bound.setSuffix(f" {unit}")
        self.bound.show_number(round(present, self.bound.decimals()), -_MOST, _MOST, Decimal(1))
        self.bound.setMinimumWidth(150)
        self.bound.setAccessibleName(self._title.text())
        self.take.setText(words.translate("Set the goal"))
        self.drop.setText(words.translate("Drop the goal"))
        self.drop.setVisible(goal is not None)

    def _take(self) -> None:
        self.bound.interpretText()
        bound = self.bound.number()
        if self._figure.unit is Unit.SHARE:
            bound /= _PERCENT
        self._close_with(Goal(figure=self._figure.id, operator=self.side.currentData(), value=bound))

    def _close_with(self, goal: Goal | None) -> None:
        self.set.emit(goal)
        self.close()


def proposed(present: float, operator: str) -> Decimal:
    """A round bound near a figure that is met as it stands: at most 0.163 for 0.162508, at least 0.162."""
    exact = Decimal(repr(present))
    if not exact:
        return exact
    last = Decimal(1).scaleb(exact.adjusted() - _PROPOSED_DIGITS + 1)
    return exact.quantize(last, ROUND_CEILING if operator == "<=" else ROUND_FLOOR)


def _sign(pinned: Pinned) -> str:
    """What stands behind the number."""
    return {Unit.SHARE: "%", Unit.MONEY: pinned.currency}.get(pinned.figure.unit, "")
