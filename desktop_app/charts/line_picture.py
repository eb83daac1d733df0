"""How a histogram's lines are drawn: where each stands on the plot and where its label lies."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetrics, QPainter

from desktop_app.charts.hand import Hand
from desktop_app.charts.line_labels import LABEL_ROWS, LabelPainter, LineMark
from desktop_app.charts.plotting import Plot
from desktop_app.charts.readout import ReadoutPainter
from desktop_app.domain.chart_values import ReadoutValue


class LinePicture:
    """Paints the lines of a Hand over a plot."""

    def __init__(self, plot: Plot, labels: LabelPainter, readouts: ReadoutPainter) -> None:
        self._plot, self._labels, self._readouts = plot, labels, readouts

    def paint(self, painter: QPainter, hand: Hand, metrics: QFontMetrics, *, focused: bool) -> None:
        """Every line, then every label, so that no line crosses a number; the active one last, on top."""
        order = sorted(range(len(hand.lines)), key=lambda index: index == hand.active)
        marks = [(_mark(hand, index, focused), self.label_area(hand, index, metrics)) for index in order]
        plot = self._plot.area()
        for mark, area in marks:
            foot = QPointF(self._plot.x_pixel(float(mark.value)), plot.bottom())
            # A number beyond the axis has only its label, at the end that it lies behind.
            if plot.left() <= foot.x() <= plot.right():
                self._labels.paint_line(painter, mark, area, foot)
        for mark, area in marks:
            self._labels.paint_label(painter, mark, area)

    def paint_readout(self, painter: QPainter, hand: Hand, value: ReadoutValue, metrics: QFontMetrics) -> None:
        """The card beside the line that it is about, over everything else."""
        line = next((one for one in hand.lines if one.handle == value.handle), None)
        pixel = self._plot.x_pixel(float(hand.position(line))) if line else None
        self._readouts.paint(painter, value, self._readouts.area(value, self._plot.area(), pixel, metrics))

    def label_area(self, hand: Hand, index: int, metrics: QFontMetrics) -> QRectF:
        """The room of a line's label, inside the plot."""
        mark = _mark(hand, index, focused=False)
        size = self._labels.size(mark, metrics)
        area = self._plot.area()
        left = self._plot.x_pixel(float(mark.value)) - size.width() / 2
        left = min(max(left, area.left()), area.right() - size.width())
        return QRectF(left, area.top() + (index % LABEL_ROWS) * (size.height() + 2), size.width(), size.height())


def _mark(hand: Hand, index: int, focused: bool) -> LineMark:
    line = hand.lines[index]
    held = hand.held if hand.held and hand.held.line.handle == line.handle else None
    is_focused = index == hand.active and (focused or held is not None)
    return LineMark(line, hand.position(line), held.start if held else None, is_focused)
