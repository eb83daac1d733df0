"""Fields of the import page that a turning wheel does not change by accident."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QSizePolicy, QSpinBox


class Choice(QComboBox):
    """A combo of labelled values.

    Signals:
        chosen: the value that the analyst chose.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._values: list[object] = []
        self._labels: list[str] = []
        self.activated.connect(lambda place: self.chosen.emit(self._values[place]))

    @property
    def value(self) -> object:
        """The value that is shown."""
        return self._values[self.currentIndex()] if self._values else None

    def show_choices(self, choices: Sequence[tuple[str, object]], value: object) -> None:
        """Offer these labels and values, one of them chosen; an unknown value is added under its own name."""
        offered = list(choices)
        if value not in [one for _, one in offered]:
            offered.append((str(value), value))
        self._values = [one for _, one in offered]
        labels = [label for label, _ in offered]
        with QSignalBlocker(self):
            if labels != self._labels:
                self._labels = labels
                self.clear()
                self.addItems(labels)
            self.setCurrentIndex(self._values.index(value))

    def choose(self, value: object) -> None:
        """Choose as the analyst does."""
        place = self._values.index(value)
        self.setCurrentIndex(place)
        self.activated.emit(place)

    # Qt overrides

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Leave the wheel to the page."""
        event.ignore()


class Count(QSpinBox):
    """A whole number whose lowest value stands for "as found".

    Signals:
        chosen: the number, or None.
    """

    chosen = Signal(object)

    def __init__(self, lowest: int, highest: int) -> None:
        super().__init__()
        self.setRange(lowest - 1, highest)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setKeyboardTracking(False)
        self.setMinimumHeight(self.fontMetrics().height() + 10)
        self.valueChanged.connect(lambda value: self.chosen.emit(None if value == self.minimum() else value))

    def show_count(self, count: int | None, otherwise: str) -> None:
        """Show a number, or `otherwise` for None."""
        with QSignalBlocker(self):
            self.setSpecialValueText(otherwise)
            self.setValue(self.minimum() if count is None else count)

    # Qt overrides

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Leave the wheel to the page."""
        event.ignore()


def show_text(field: QLineEdit, text: str) -> None:
    """Show a text, unless the analyst is writing another just now."""
    if not (field.hasFocus() and field.isModified()):
        field.setText(text)
        # A long text is read from its beginning.
        field.setCursorPosition(0)
