"""Threshold lines over a histogram: seen, held by mouse or keyboard, typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TypeAlias

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QToolTip, QWidget

from desktop_app.charts.ink import Ink
from desktop_app.charts.line_labels import LABEL_ROWS, LabelPainter, LineMark
from desktop_app.charts.plotting import Plot
from desktop_app.charts.snapping import coarse_step, snapped
from desktop_app.domain.chart_values import HistogramValue, ThresholdLine
from desktop_app.text.words import Words

Tip: TypeAlias = Callable[[float], str]

GRAB_PIXELS = 8
# With Shift the line moves a tenth of the way that the mouse moves.
FINE = 0.1
# Mouse moves that arrive within one frame are one move.
FRAME_MS = 16
_PAGE = 10
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_PageDown: -_PAGE,
    Qt.Key.Key_PageUp: _PAGE,
}


@dataclass
class _Held:
    """A line in the hand: where it was, where the hand is, where it rests."""

    line: ThresholdLine
    start: Decimal
    raw: float
    value: Decimal
    pixel: float


class LineLayer(QWidget):
    """Covers the plot, draws the lines and takes mouse and keyboard for it.

    Attributes:
        editor: the field that a number is typed in, None while there is none.

    Signals:
        moved: ThresholdHandle, Decimal; at most once a frame while a line is held.
        released: ThresholdHandle, Decimal; the line was let go, or a number was typed.
        returned: ThresholdHandle; Escape put the line back, or it was let go where it was.
        refused: a line was taken hold of, but they are locked.
    """

    moved = Signal(object, object)
    released = Signal(object, object)
    returned = Signal(object)
    refused = Signal()

    def __init__(self, plot: Plot, words: Words, ink: Ink) -> None:
        super().__init__(plot.parentWidget())
        self._plot = plot
        self._labels = LabelPainter(words, ink)
        self._value: HistogramValue | None = None
        self._held: _Held | None = None
        self._active = 0
        self._locked = False
        self._tip: Tip = lambda value: ""
        self._frame = QTimer(self, singleShot=True, interval=FRAME_MS)
        self._frame.timeout.connect(self._say_moved)
        self.editor: QLineEdit | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        plot.moved.connect(self.update)

    @property
    def held(self) -> bool:
        """Whether a line is in the hand."""
        return self._held is not None

    def x_pixel(self, value: float) -> float:
        """Where a value of the axis lies."""
        return self._plot.x_pixel(value)

    def set_value(self, value: HistogramValue | None) -> None:
        """Show the lines of a histogram; one that is held stays where the hand is."""
        self._value = value
        if value is None or (self._held and self._held.line.handle not in [line.handle for line in value.lines]):
            self._held = None
        self._active = min(self._active, max(len(value.lines) - 1, 0)) if value else 0
        self._describe()
        self.update()

    def set_locked(self, locked: bool) -> None:
        """Whether the lines can only be looked at."""
        self._locked = locked

    def set_tip(self, tip: Tip) -> None:
        """What the pointer says over a value of the axis."""
        self._tip = tip

    def restyle(self, words: Words, ink: Ink) -> None:
        """Another language or theme."""
        self._labels = LabelPainter(words, ink)
        self._describe()
        self.update()

    def type_number(self) -> None:
        """Open a field at the active line; Enter sets the number, Escape closes the field."""
        line = self._active_line()
        if line is None or self.editor is not None or self._refuse():
            return
        editor = QLineEdit(self._labels.written(self._position(line)), self)
        editor.setAccessibleName(self._labels.name(line))
        area = self._label_area(self._active)
        editor.setGeometry(area.adjusted(0, 0, 24, 4).toRect())
        editor.selectAll()
        editor.returnPressed.connect(self._take_typed)
        editor.editingFinished.connect(self._close_editor)
        self.editor = editor
        editor.show()
        editor.setFocus()

    def _take_typed(self) -> None:
        line, value = self._active_line(), self._value
        if self.editor is None or line is None or value is None:
            return
        try:
            typed = Decimal(self.editor.text().replace(",", "").replace("−", "-").strip())
        except InvalidOperation:
            return
        if typed.is_finite():
            self.released.emit(line.handle, min(max(typed, value.minimum), value.maximum))

    def _close_editor(self) -> None:
        editor, self.editor = self.editor, None
        if editor is not None:
            editor.deleteLater()
            self.setFocus()

    def _active_line(self) -> ThresholdLine | None:
        return self._value.lines[self._active] if self._value and self._value.lines else None

    def _position(self, line: ThresholdLine) -> Decimal:
        if self._held and self._held.line.handle == line.handle:
            return self._held.value
        return Decimal(repr(line.position))

    def _nearest(self, pixel: float) -> int | None:
        """The line within reach of a pixel; the active one where several are."""
        lines = self._value.lines if self._value else ()
        gaps = [abs(self._plot.x_pixel(float(self._position(line))) - pixel) for line in lines]
        near = [index for index, gap in enumerate(gaps) if gap <= GRAB_PIXELS]
        return min(near, key=lambda index: (gaps[index], index != self._active), default=None)

    def _refuse(self) -> bool:
        """Whether the lines are locked; says so where they are."""
        if self._locked:
            self.refused.emit()
        return self._locked

    def _grab(self, index: int, pixel: float) -> None:
        assert self._value is not None
        line = self._value.lines[index]
        start = self._position(line)
        self._active = index
        self._held = _Held(line, start, float(start), start, pixel)
        self.update()

    def _move_to(self, raw: float, fine: bool) -> None:
        held, value = self._held, self._value
        if held is None or value is None:
            return
        held.raw = min(max(raw, float(value.minimum)), float(value.maximum))
        step = value.step if fine else coarse_step(value.minimum, value.maximum, value.step)
        rest = snapped(held.raw, value.minimum, value.maximum, step)
        if rest != held.value:
            held.value = rest
            self.update()
            if not self._frame.isActive():
                self._frame.start()

    def _say_moved(self) -> None:
        if self._held:
            self.moved.emit(self._held.line.handle, self._held.value)

    def _let_go(self) -> None:
        held, self._held = self._held, None
        self._frame.stop()
        if held is None:
            return
        if held.value == held.start:
            self.returned.emit(held.line.handle)
        else:
            self._rest(held)
            self.released.emit(held.line.handle, held.value)
        self._describe()
        self.update()

    def _rest(self, held: _Held) -> None:
        """Keep the line where it was let go until the next value says the same."""
        if self._value is None:
            return
        line = ThresholdLine(held.line.handle, float(held.value), held.line.label)
        lines = tuple(line if old.handle == line.handle else old for old in self._value.lines)
        self._value = HistogramValue(**{**self._value.__dict__, "lines": lines})

    def _put_back(self) -> None:
        held, self._held = self._held, None
        self._frame.stop()
        if held is not None:
            self.returned.emit(held.line.handle)
            self.update()

    def _step(self, steps: int, fine: bool) -> None:
        value = self._value
        if value is None or not value.lines or self._refuse():
            return
        if self._held is None:
            self._grab(self._active, 0.0)
        assert self._held is not None
        step = value.step if fine else coarse_step(value.minimum, value.maximum, value.step)
        self._move_to(float(self._held.value + steps * step), fine)

    def _choose(self, by: int) -> None:
        if self._value and self._value.lines:
            self._let_go()
            self._active = (self._active + by) % len(self._value.lines)
            self._describe()
            self.update()

    def _describe(self) -> None:
        lines = self._value.lines if self._value else ()
        self.setAccessibleDescription("; ".join(self._labels.spoken(line, self._position(line)) for line in lines))

    def _mark(self, index: int) -> LineMark:
        assert self._value is not None
        line = self._value.lines[index]
        held = self._held if self._held and self._held.line.handle == line.handle else None
        focused = index == self._active and (self.hasFocus() or held is not None)
        return LineMark(line, self._position(line), held.start if held else None, focused)

    def _label_area(self, index: int) -> QRectF:
        mark = self._mark(index)
        size = self._labels.size(mark, self.fontMetrics())
        area = self._plot.area()
        left = self._plot.x_pixel(float(mark.value)) - size.width() / 2
        left = min(max(left, area.left()), area.right() - size.width())
        return QRectF(left, area.top() + (index % LABEL_ROWS) * (size.height() + 2), size.width(), size.height())

    # Qt overrides

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Every line with its label; the active one last, so that it lies on top."""
        if self._value is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        order = sorted(range(len(self._value.lines)), key=lambda index: index == self._active)
        for index in order:
            mark = self._mark(index)
            foot = QPointF(self._plot.x_pixel(float(mark.value)), self._plot.area().bottom())
            self._labels.paint(painter, mark, self._label_area(index), foot)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Take hold of the line under the pointer."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        index = self._nearest(event.position().x())
        if index is not None and not self._refuse():
            self._grab(index, event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Move the held line, or tell what is under the pointer."""
        pixel = event.position().x()
        if self._held is None:
            over = self._nearest(pixel) is not None
            self.setCursor(Qt.CursorShape.SplitHCursor if over else Qt.CursorShape.ArrowCursor)
            return
        fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        moved = self._plot.x_value(pixel) - self._plot.x_value(self._held.pixel)
        self._held.pixel = pixel
        self._move_to(self._held.raw + moved * (FINE if fine else 1.0), fine)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Let the line go."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._let_go()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Type a number for the line under the pointer."""
        index = self._nearest(event.position().x())
        if index is not None:
            self._active = index
            self.type_number()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows move, Up and Down choose another line, Enter types, Escape puts back."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._step(_STEPS[key], bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._choose(1 if key is Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.type_number()
        elif key is Qt.Key.Key_Escape and self._held:
            self._put_back()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """An arrow let go is a line let go."""
        if Qt.Key(event.key()) in _STEPS and not event.isAutoRepeat():
            self._let_go()
        else:
            super().keyReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Show which line the keyboard moves."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Whatever is held by the keyboard is let go."""
        super().focusOutEvent(event)
        self._let_go()
        self.update()

    def event(self, event: QEvent) -> bool:
        """Exact values under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            text = self._tip(self._plot.x_value(event.pos().x()))
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)
