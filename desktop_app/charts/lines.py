"""Threshold lines over a histogram: seen, held by mouse or keyboard, typed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TypeAlias

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from desktop_app.charts.band import Band, paint_band
from desktop_app.charts.goal_marks import GoalMarks
from desktop_app.charts.hand import Hand
from desktop_app.charts.ink import Ink
from desktop_app.charts.line_editor import LineEditor
from desktop_app.charts.line_labels import LabelPainter
from desktop_app.charts.line_picture import LinePicture
from desktop_app.charts.plotting import Plot, Span
from desktop_app.charts.readout import ReadoutPainter, readout_lines
from desktop_app.domain.chart_values import GoalMark, HistogramValue, ReadoutValue
from desktop_app.domain.handles import ThresholdHandle
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


class LineLayer(QWidget):
    """Covers the plot, draws the lines and takes mouse and keyboard for it.

    Attributes:
        editor: the field that a number is typed in, None while there is none.

    Signals:
        moved: ThresholdHandle, Decimal; at most once a frame while a line is held.
        released: ThresholdHandle, Decimal; the line was let go, or a number was typed.
        returned: ThresholdHandle; Escape put the line back, or it was let go where it was.
        refused: a line was taken hold of, but they are locked.
        pointed: the ThresholdHandle of the line under the pointer, or of the active one while the keyboard is here;
            None for none.
        swept: two values of the axis, between which the mouse was drawn beside the lines; the same twice for a click.
    """

    moved = Signal(object, object)
    released = Signal(object, object)
    returned = Signal(object)
    refused = Signal()
    pointed = Signal(object)
    swept = Signal(float, float)

    def __init__(self, plot: Plot, words: Words, ink: Ink) -> None:
        super().__init__(plot.parentWidget())
        self._plot = plot
        self._labels = LabelPainter(words, ink)
        self._picture = LinePicture(self._plot, self._labels, ReadoutPainter(words, ink))
        self._hand, self._band = Hand(), Band()
        self._goals = GoalMarks(plot, self._hand)
        self._marked: Span | None = None
        self._locked = False
        self._words, self._ink = words, ink
        self._readout: ReadoutValue | None = None
        self._tip: Tip = lambda value: ""
        self._frame = QTimer(self, singleShot=True, interval=FRAME_MS)
        self._frame.timeout.connect(self._say_moved)
        self.editor: LineEditor | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        plot.moved.connect(self.update)

    @property
    def held(self) -> bool:
        """Whether a line is in the hand."""
        return self._hand.held is not None

    def x_pixel(self, value: float) -> float:
        """Where a value of the axis lies."""
        return self._plot.x_pixel(value)

    def set_value(self, value: HistogramValue | None) -> None:
        """Show the lines of a histogram; one that is held stays where the hand is."""
        self._hand.set_value(value)
        self._describe()
        self.update()

    def set_locked(self, locked: bool) -> None:
        """Whether the lines can only be looked at."""
        self._locked = locked

    def set_readout(self, readout: ReadoutValue | None) -> None:
        """What the number in the hand does; None where nothing is dragged."""
        if readout != self._readout:
            self._readout = readout
            self._describe()
            self.update()

    def mark(self, span: Span | None) -> None:
        """Tint the values of the axis that are looked at, None for no such choice."""
        if span != self._marked:
            self._marked = span
            self.update()

    def set_goals(self, handle: ThresholdHandle | None, marks: tuple[GoalMark, ...]) -> None:
        """The values of one line at which a goal is just met: marked at its foot, and the hand snaps to them."""
        if self._goals.set(handle, marks):
            self._describe()
            self.update()

    def set_tip(self, tip: Tip) -> None:
        """What the pointer says over a value of the axis."""
        self._tip = tip

    def restyle(self, words: Words, ink: Ink) -> None:
        """Another language or theme."""
        self._words, self._ink, self._labels = words, ink, LabelPainter(words, ink)
        self._picture = LinePicture(self._plot, self._labels, ReadoutPainter(words, ink))
        self._describe()
        self.update()

    def type_number(self) -> None:
        """Open a field at the active line; Enter sets the number, Escape closes the field."""
        line = self._hand.active_line
        if line is None or self.editor is not None or self._refuse():
            return
        editor = LineEditor(self._labels.written(self._hand.position(line)), self._labels.name(line), self)
        area = self._picture.label_area(self._hand, self._hand.active, self.fontMetrics())
        editor.setGeometry(area.adjusted(0, 0, 24, 4).toRect())
        editor.typed.connect(self._take_typed)
        editor.editingFinished.connect(self._close_editor)
        self.editor = editor
        editor.show()
        editor.setFocus()

    def _take_typed(self, typed: Decimal) -> None:
        line, value = self._hand.active_line, self._hand.value
        if line is not None and value is not None:
            self.released.emit(line.handle, min(max(typed, value.minimum), value.maximum))

    def _close_editor(self) -> None:
        editor, self.editor = self.editor, None
        if editor is not None:
            editor.deleteLater()
            self.setFocus()

    def _nearest(self, pixel: float) -> int | None:
        """The line within reach of a pixel; the active one where several are."""
        lines = self._hand.lines
        gaps = [abs(self._plot.x_pixel(float(self._hand.position(line))) - pixel) for line in lines]
        near = [index for index, gap in enumerate(gaps) if gap <= GRAB_PIXELS]
        return min(near, key=lambda index: (gaps[index], index != self._hand.active), default=None)

    def _refuse(self) -> bool:
        """Whether the lines are locked; says so where they are."""
        if self._locked:
            self.refused.emit()
        return self._locked

    def _move_to(self, raw: float, fine: bool, reach: float = 0.0) -> None:
        # Drawn when the frame is over: at once, everything under the line would be painted twice.
        if self._hand.move_to(raw, fine, reach) and not self._frame.isActive():
            self._frame.start()

    def _say_moved(self) -> None:
        held = self._hand.held
        if held:
            self.update()
            self.moved.emit(held.line.handle, held.value)

    def _let_go(self, *, back: bool = False) -> None:
        """Take the hand off: the line rests where it is, or goes `back` to where it was."""
        self._frame.stop()
        held = self._hand.drop() if back else self._hand.open()
        if held is None:
            return
        if back or held.value == held.start:
            self.returned.emit(held.line.handle)
        else:
            self.released.emit(held.line.handle, held.value)
        self._describe()
        self.update()

    def _step(self, steps: int, fine: bool) -> None:
        if not self._hand.lines or self._refuse():
            return
        if self._hand.held is None:
            self._hand.grab(self._hand.active, 0.0)
        assert self._hand.held is not None
        self._move_to(float(self._hand.held.value + steps * self._hand.step(fine)), fine)

    def _enter(self, *, look: bool) -> None:
        """Type a number for the active line, or look at who stands there."""
        line = self._hand.active_line
        if look and line is not None:
            here = float(self._hand.position(line))
            self.swept.emit(here, here)
        elif not look:
            self.type_number()

    def _say_pointed(self, under: int | None) -> None:
        """Tell which line may soon be moved; `under` is the number of the one under the pointer."""
        active = self._hand.active_line if self.hasFocus() else None
        line = active if under is None else self._hand.lines[under]
        self.pointed.emit(line.handle if line is not None and not self._locked else None)

    def _describe(self) -> None:
        lines = self._hand.lines
        spoken = [self._labels.spoken(line, self._hand.position(line)) for line in lines]
        spoken += [self._goals.said(mark, self._words) for mark in self._goals.marks]
        if self._readout is not None:
            spoken.append(", ".join(readout_lines(self._readout, self._words)))
        self.setAccessibleDescription("; ".join(spoken))

    # Qt overrides

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Every line with its label; the active one last, so that it lies on top."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        marked = self._marked and (self._plot.x_pixel(self._marked[0]), self._plot.x_pixel(self._marked[1]))
        for span in (marked, self._band.span):
            if span is not None:
                paint_band(painter, self._plot.area(), span, self._ink)
        self._goals.paint(painter, self._ink, self.fontMetrics())
        self._picture.paint(painter, self._hand, self.fontMetrics(), focused=self.hasFocus())
        if self._readout is not None:
            self._picture.paint_readout(painter, self._hand, self._readout, self.fontMetrics())

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Take hold of the line under the pointer."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        index = self._nearest(event.position().x())
        if index is None:
            self._band.begin(event.position().x())
        elif not self._refuse():
            self._hand.grab(index, event.position().x())
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Move the held line, or tell what is under the pointer."""
        pixel = event.position().x()
        held = self._hand.held
        if self._band.move(pixel):
            self.update()
            return
        if held is None:
            over = self._nearest(pixel)
            self.setCursor(Qt.CursorShape.ArrowCursor if over is None else Qt.CursorShape.SplitHCursor)
            self._say_pointed(over)
            return
        fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        moved = self._plot.x_value(pixel) - self._plot.x_value(held.pixel)
        held.pixel = pixel
        self._move_to(held.raw + moved * (FINE if fine else 1.0), fine, 0.0 if fine else self._goals.reach)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Let the line go, or end the band."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        swept = self._band.end()
        if swept is not None:
            self.update()
            self.swept.emit(*map(self._plot.x_value, swept))
        self._let_go()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Type a number for the line under the pointer."""
        index = self._nearest(event.position().x())
        if index is not None:
            self._hand.active = index
            self.type_number()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows move, Up and Down choose another line, Enter types, with Ctrl it looks, Escape puts back."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._step(_STEPS[key], bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._hand.lines:
            self._let_go()
            self._hand.choose(1 if key is Qt.Key.Key_Down else -1)
            self._say_pointed(None)
            self._describe()
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter(look=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        elif key is Qt.Key.Key_Escape and self._hand.held:
            self._let_go(back=True)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """An arrow let go is a line let go."""
        if Qt.Key(event.key()) in _STEPS and not event.isAutoRepeat():
            self._let_go()
        else:
            super().keyReleaseEvent(event)

    def event(self, event: QEvent) -> bool:
        """Exact values under the pointer; a line is let go where the keyboard goes elsewhere."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            value = self._plot.x_value(event.pos().x())
            goals = [self._goals.said(mark, self._words) for mark in self._goals.near(value)]
            text = "\n".join(line for line in (*goals, self._tip(value)) if line)
            QToolTip.showText(event.globalPos(), text, self)
            return True
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut, QEvent.Type.Leave):
            self._say_pointed(None)
        if event.type() is QEvent.Type.FocusOut:
            self._let_go()
        return super().event(event)
