"""A field on a threshold line in which its number is typed."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget


class LineEditor(QLineEdit):
    """Closed by Enter, Escape or leaving it.

    Signals:
        typed: Decimal; what is no number says nothing.
    """

    typed = Signal(object)

    def __init__(self, text: str, name: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.setAccessibleName(name)
        self.selectAll()
        self.returnPressed.connect(self._take)

    def _take(self) -> None:
        try:
            typed = Decimal(self.text().replace(",", "").replace("−", "-").strip())
        except InvalidOperation:
            return
        if typed.is_finite():
            self.typed.emit(typed)
