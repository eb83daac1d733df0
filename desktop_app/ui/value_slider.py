"""A slider with a number field for one number of a rule: drag to preview, let go or type to set."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QSlider, QWidget

from desktop_app.charts.snapping import snapped
from desktop_app.ui.elided import ElidedLabel
from desktop_app.workspace.showing import RuleHandle

_FIELD_WIDTH = 84
_CAPTION_WIDTH = 92


class ValueSlider(QWidget):
    """One RuleHandle as slider and field.

    Signals:
        moved: Decimal, while the slider is dragged.
        set: Decimal, when it is let go, typed or stepped.
        returned: the slider was let go where it was taken up, or Escape was pressed.
        touched: it took the focus.
    """

    moved = Signal(object)
    set = Signal(object)
    returned = Signal()

    def __init__(self, handle: RuleHandle) -> None:
        super().__init__()
        self._handle = handle
        self._step = handle.step
        self._bounds: tuple[object, ...] = ()
        self._caption = ElidedLabel()
        self._caption.setProperty("role", "small")
        self._caption.setFixedWidth(_CAPTION_WIDTH)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.field = QDoubleSpinBox()
        self.field.setFixedWidth(_FIELD_WIDTH)
        self.field.setGroupSeparatorShown(True)
        self.field.setKeyboardTracking(False)
        self.field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._arrange()
        self._connect()
        self.show_handle(handle)

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._caption)
        row.addWidget(self.slider, 1)
        row.addWidget(self.field)

    def _connect(self) -> None:
        self.slider.sliderMoved.connect(self._slide)
        self.slider.sliderReleased.connect(self._release)
        self.slider.valueChanged.connect(self._step_by_key)
        self.field.valueChanged.connect(self._type)

    @property
    def handle(self) -> RuleHandle:
        """What is shown."""
        return self._handle

    def show_handle(self, handle: RuleHandle) -> None:
        """Show another state of the same number; a slider in the hand is left alone."""
        self._handle = handle
        if self.slider.isSliderDown():
            return
        span = handle.maximum - handle.minimum
        self._step = handle.rest
        with QSignalBlocker(self.slider), QSignalBlocker(self.field):
            self._set_bounds(handle, int(span / self._step))
            self.slider.setValue(round((handle.value - handle.minimum) / self._step))
            # A field paints itself anew for the number that it has.
            if self.field.value() != float(handle.value):
                self.field.setValue(float(handle.value))

    def _set_bounds(self, handle: RuleHandle, positions: int) -> None:
        """Everything but the number itself, which alone changes during a drag."""
        bounds = (handle.minimum, handle.maximum, handle.step, positions, _decimals(handle))
        if bounds == self._bounds:
            return
        self._bounds = bounds
        self.slider.setRange(0, positions)
        self.slider.setSingleStep(1)
        self.slider.setPageStep(max(positions // 20, 1))
        self.field.setDecimals(_decimals(handle))
        self.field.setRange(float(handle.minimum), float(handle.maximum))
        self.field.setSingleStep(float(handle.step))

    def set_texts(self, caption: str, name: str) -> None:
        """What stands before the slider, and what a screen reader says."""
        self._caption.setText(caption)
        self._caption.setToolTip(name)
        self.slider.setAccessibleName(name)
        self.field.setAccessibleName(name)

    def set_locked(self, locked: bool) -> None:
        """Whether the number can be changed."""
        self.slider.setEnabled(not locked)
        self.field.setEnabled(not locked)

    def _at(self, position: int) -> Decimal:
        handle = self._handle
        raw = float(handle.minimum + position * self._step)
        return snapped(raw, handle.minimum, handle.maximum, self._step)

    def _slide(self, position: int) -> None:
        value = self._at(position)
        with QSignalBlocker(self.field):
            self.field.setValue(float(value))
        self.moved.emit(value)

    def _release(self) -> None:
        self._commit(self._at(self.slider.value()))

    def _step_by_key(self, position: int) -> None:
        if not self.slider.isSliderDown():
            self._commit(self._at(position))

    def _type(self, number: float) -> None:
        handle = self._handle
        value = Decimal(repr(number)).quantize(Decimal(1).scaleb(-self.field.decimals()))
        self._commit(min(max(value, handle.minimum), handle.maximum))

    def _commit(self, value: Decimal) -> None:
        if value == self._handle.value:
            self.returned.emit()
        else:
            self.set.emit(value)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Escape gives up a drag."""
        if event.key() == Qt.Key.Key_Escape and self.slider.isSliderDown():
            with QSignalBlocker(self.slider):
                self.slider.setSliderDown(False)
            self.show_handle(self._handle)
            self.returned.emit()
        else:
            super().keyPressEvent(event)


def _decimals(handle: RuleHandle) -> int:
    """Decimals that the number field needs: those of the step, the bounds and the value itself."""
    numbers = (handle.step, handle.minimum, handle.maximum, handle.value)
    exponents = [number.normalize().as_tuple().exponent for number in numbers]
    return max(-exponent if isinstance(exponent, int) and exponent < 0 else 0 for exponent in exponents)
