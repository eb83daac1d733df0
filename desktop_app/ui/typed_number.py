"""A field for one number that is taken with every key, exact, and may be empty."""

from __future__ import annotations

import unicodedata
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QValidator, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QWidget

from desktop_app.ui.looks import set_property

_WRITTEN_WITH = frozenset("0123456789.,-+ 万")
# A number of more digits than this is being pasted by mistake.
_LONGEST = 40


def parsed(text: str) -> Decimal | None:
    """The number that a text says, separators and full-width digits allowed, 万 for ten thousand; None for none."""
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").replace(",", "").replace(" ", "")
    factor = Decimal(10_000) if plain.endswith("万") else Decimal(1)
    try:
        found = Decimal(plain.removesuffix("万")) * factor
    except InvalidOperation:
        return None
    return found if found.is_finite() and len(plain) <= _LONGEST else None


def written(value: Decimal | None) -> str:
    """A number with separators and no zeros at its end; "" for none."""
    return "" if value is None else f"{value.normalize() + 0:,f}"


class TypedNumber(QAbstractSpinBox):
    """A number that is typed, or stepped along a grid.

    Signals:
        edited: Decimal, or None where what stands there is no number; with every key and step.
    """

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._step, self._minimum, self._maximum = Decimal(1), Decimal(0), Decimal(10) ** 15
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(self.fontMetrics().height() + 10)
        self.lineEdit().textEdited.connect(lambda text: self.edited.emit(parsed(text)))
        self.editingFinished.connect(self._write_well)

    @property
    def value(self) -> Decimal | None:
        """The number that stands there; None where there is none."""
        return parsed(self.lineEdit().text())

    def show_value(self, value: Decimal | None) -> None:
        """Write a number; what says the same already is left as it was typed."""
        if value != self.value or (value is None and not self.hasFocus()):
            self.lineEdit().setText(written(value))

    def show_text(self, text: str) -> None:
        """Write what a document has in place of a number, so that it is seen."""
        if not self.hasFocus():
            self.lineEdit().setText(text)

    def mark(self, *, wrong: bool) -> None:
        """Tint it where its number cannot be."""
        set_property(self.lineEdit(), "wrong", "true" if wrong else "false")

    def set_grid(self, step: Decimal, minimum: Decimal, maximum: Decimal) -> None:
        """How far one step goes, and between which bounds; typed numbers may lie beyond."""
        self._step, self._minimum, self._maximum = step, minimum, maximum

    def _write_well(self) -> None:
        if self.value is not None:
            self.lineEdit().setText(written(self.value))

    # Qt overrides

    def stepBy(self, steps: int) -> None:  # noqa: N802
        """Go to the next number of the grid."""
        if self.isReadOnly():
            return
        value = self._minimum if self.value is None else self.value
        place = (value / self._step).to_integral_value(rounding=ROUND_HALF_UP) + steps
        stepped = min(max(place * self._step, min(self._minimum, value)), max(self._maximum, value))
        self.lineEdit().setText(written(stepped))
        self.lineEdit().selectAll()
        self.edited.emit(stepped)

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:  # noqa: N802
        """Both ways; the bounds stop by themselves."""
        return QAbstractSpinBox.StepEnabledFlag.StepUpEnabled | QAbstractSpinBox.StepEnabledFlag.StepDownEnabled

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Only what numbers are written with can be typed."""
        plain = unicodedata.normalize("NFKC", text).replace("−", "-")
        if not set(plain) <= _WRITTEN_WITH:
            return QValidator.State.Invalid, text, position
        good = parsed(text) is not None
        return (QValidator.State.Acceptable if good else QValidator.State.Intermediate), text, position

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Leave the wheel to the page."""
        event.ignore()
