"""A field for one number that writes no digits which nobody typed."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QDoubleSpinBox


class NumberField(QDoubleSpinBox):
    """A number with at most so many decimals; 40, not 40.0000.

    Signals:
        typed: Decimal, once it was entered, left or stepped.
    """

    typed = Signal(object)

    def __init__(self, decimals: int) -> None:
        super().__init__()
        self.setDecimals(decimals)
        self.setKeyboardTracking(False)
        self.setGroupSeparatorShown(True)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.valueChanged.connect(lambda value: self.typed.emit(self._exact(value)))

    def show_number(self, value: Decimal, minimum: Decimal, maximum: Decimal, step: Decimal) -> None:
        """Write a number; bounds that it exceeds give way."""
        with QSignalBlocker(self):
            self.setRange(float(min(minimum, value)), float(max(maximum, value)))
            self.setSingleStep(float(step))
            self.setValue(float(value))

    def number(self) -> Decimal:
        """The number as it stands."""
        return self._exact(self.value())

    def _exact(self, value: float) -> Decimal:
        return Decimal(repr(round(value, self.decimals()))).normalize() + 0

    # Qt overrides

    def textFromValue(self, value: float) -> str:  # noqa: N802
        """The number without zeros at its end."""
        text = super().textFromValue(value)
        point = self.locale().decimalPoint()
        return text.rstrip("0").rstrip(point) if point in text else text
