"""The one place that knows pyqtgraph: a typed face of what the charts need from it.

The plot takes no mouse: the chart around it does, and asks the plot where a pixel lies.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QPen, QTransform
from PySide6.QtWidgets import QGraphicsItem, QGraphicsView, QVBoxLayout, QWidget

from desktop_app.charts.ink import Ink

Format: TypeAlias = Callable[[float], str]
Span: TypeAlias = tuple[float, float]

_NO_PEN = QPen(Qt.PenStyle.NoPen)
_NONE = np.zeros(0)


class _Axis(pg.AxisItem):  # type: ignore[misc]
    """An axis whose numbers are written by the analyst's language, and only from `first` on."""

    def __init__(self, orientation: str) -> None:
        super().__init__(orientation)
        self.write: Format = str
        self.first = float("-inf")
        self.setStyle(tickLength=-4, autoExpandTextSpace=True)

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:  # noqa: N802
        """One level of ticks: pyqtgraph's minor ones would be written as densely."""
        levels = super().tickValues(low, high, size)
        return [(spacing, [tick for tick in ticks if tick >= self.first]) for spacing, ticks in levels[:1]]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:  # noqa: N802
        """The labels of ticks."""
        return [self.write(value) for value in values]


class _Bars(pg.BarGraphItem):  # type: ignore[misc]
    """Bars that may stand anywhere in what is seen: pyqtgraph works their bounds out whenever it is asked for them."""

    def __init__(self) -> None:
        self._seen = QRectF()
        super().__init__(x0=_NONE, x1=_NONE, y0=_NONE, height=_NONE, pen=_NO_PEN)

    def boundingRect(self) -> QRectF:  # noqa: N802
        """All that is seen."""
        return self._seen

    def set_seen(self, seen: QRectF) -> None:
        """What the axes show."""
        self.prepareGeometryChange()
        self._seen = seen

    def set_heights(self, base: NDArray[np.float64], height: NDArray[np.float64]) -> None:
        """Other heights of the same bars."""
        self.opts["y0"], self.opts["height"] = base, height
        rectangles = self._rectarray.ndarray()
        rectangles[:, 1], rectangles[:, 3] = base, height
        self.update()


class BarLayer:
    """Bars of one colour, with a pattern laid over them that does not stretch with the axes."""

    def __init__(self, add: Callable[[Any], None]) -> None:
        self._fill, self._hatch = _Bars(), _Bars()
        self._pattern = QBrush()
        add(self._fill)
        add(self._hatch)

    def set_colours(self, fill: QColor, pattern: QBrush) -> None:
        """Fill and pattern; an empty brush for no pattern."""
        self._fill.setOpts(brush=QBrush(fill), pen=_NO_PEN)
        self._pattern = pattern
        self._hatch.setVisible(pattern.style() != Qt.BrushStyle.NoBrush)

    def set_edges(self, left: NDArray[np.float64], right: NDArray[np.float64]) -> None:
        """Where the bars stand; they have no height until `set_heights`."""
        flat = np.zeros(len(left))
        for item in (self._fill, self._hatch):
            item.setOpts(x0=left, x1=right, y0=flat, height=flat)

    def set_heights(self, base: NDArray[np.float64], height: NDArray[np.float64]) -> None:
        """How high each bar is, and where it begins."""
        for item in (self._fill, self._hatch):
            item.set_heights(base, height)

    def set_seen(self, seen: QRectF) -> None:
        """What the axes show; no bar is drawn beyond."""
        for item in (self._fill, self._hatch):
            item.set_seen(seen)

    def set_pixel_size(self, width: float, height: float) -> None:
        """How much one pixel is along each axis, so that the pattern keeps its shape."""
        if self._hatch.isVisible() and width > 0 and height > 0:
            self._pattern.setTransform(QTransform.fromScale(width, height))
            self._hatch.setOpts(brush=self._pattern, pen=_NO_PEN)


class StepLayer:
    """An outline over bins."""

    def __init__(self, add: Callable[[Any], None]) -> None:
        self._curve = pg.PlotCurveItem(np.zeros(2), np.zeros(1), stepMode="center", skipFiniteCheck=True)
        add(self._curve)
        self._steps: tuple[NDArray[np.float64], ...] = ()

    def set_colour(self, colour: QColor) -> None:
        """The line's colour; it is one pixel and a half wide."""
        pen = QPen(colour, 1.5)
        pen.setCosmetic(True)
        self._curve.setPen(pen)

    def set_steps(self, edges: NDArray[np.float64], heights: NDArray[np.float64]) -> None:
        """One height for each pair of neighbouring edges."""
        if not (self._steps and all(map(np.array_equal, self._steps, (edges, heights)))):
            self._steps = (edges, heights)
            self._curve.setData(edges, heights)


class HeatLayer:
    """A grid of coloured cells."""

    def __init__(self, add: Callable[[Any], None]) -> None:
        self._cells = pg.ImageItem()
        add(self._cells)

    def set_cells(self, colours: NDArray[np.uint8], x: Span, y: Span) -> None:
        """Cells of shape (columns, rows, red-green-blue-alpha) over these spans of the axes."""
        self._cells.setImage(colours, autoLevels=False)
        self._cells.setRect(QRectF(x[0], y[0], x[1] - x[0], y[1] - y[0]))


def heat_colours() -> NDArray[np.uint8]:
    """256 colours from little to much, uint8 (256, 3): cividis, which looks alike to colour-blind eyes."""
    table: NDArray[np.uint8] = pg.colormap.get("cividis").getLookupTable(0.0, 1.0, 256)
    return table


class Plot(QWidget):
    """A plot with two titled axes and a range that only `set_range` changes.

    Signals:
        moved: pixels and values have a new relation (a resize, a new range).
    """

    moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._x_axis, self._y_axis = _Axis("bottom"), _Axis("left")
        self._view = pg.PlotWidget(self, axisItems={"bottom": self._x_axis, "left": self._y_axis})
        self._box = self._view.getViewBox()
        self._layers: list[BarLayer] = []
        self._titles = ("", "")
        self._text_colour = ""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._view)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        # A cached ground would enter an SVG as a picture.
        self._view.setCacheMode(QGraphicsView.CacheModeFlag.CacheNone)
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.setMouseEnabled(x=False, y=False)
        self._view.setMenuEnabled(False)
        self._view.hideButtons()
        self._box.setDefaultPadding(0)
        self._box.sigResized.connect(self._relate)
        self._box.sigRangeChanged.connect(self._relate)

    def add_bars(self) -> BarLayer:
        """A layer of bars above those added before."""
        layer = BarLayer(self._view.addItem)
        self._layers.append(layer)
        return layer

    def add_steps(self) -> StepLayer:
        """An outline above everything added before."""
        return StepLayer(self._view.addItem)

    def add_heat(self) -> HeatLayer:
        """Coloured cells above everything added before."""
        return HeatLayer(self._view.addItem)

    def set_ink(self, ink: Ink, *, grid: bool = True) -> None:
        """Ground, axes and grid in the colours of `ink`; the layers have their own."""
        self._view.setBackground(QColor(ink.ground))
        for axis in (self._x_axis, self._y_axis):
            axis.setPen(QColor(ink.faint))
            axis.setTextPen(QColor(ink.faint))
            axis.setTickFont(self.font())
        self._view.showGrid(x=False, y=grid, alpha=0.18)
        self._text_colour = ink.faint
        self.set_titles(*self._titles)

    def set_titles(self, x: str, y: str) -> None:
        """What the axes show, units included."""
        self._titles = (x, y)
        style = {"font-size": f"{self.font().pointSizeF():.1f}pt", "color": self._text_colour}
        for axis, title in ((self._x_axis, x), (self._y_axis, y)):
            axis.setLabel(title, **style)

    def set_formats(self, x: Format, y: Format) -> None:
        """How the axes write their numbers."""
        for axis, write in ((self._x_axis, x), (self._y_axis, y)):
            axis.write = write
            axis.picture = None
            axis.update()

    def set_range(self, x: Span, y: Span, first_tick: float) -> None:
        """What is seen; the horizontal axis has numbers from `first_tick` on."""
        self._x_axis.first = first_tick
        seen = QRectF(x[0], y[0], x[1] - x[0], y[1] - y[0])
        for layer in self._layers:
            layer.set_seen(seen)
        self._box.setRange(xRange=x, yRange=y, padding=0, disableAutoRange=True)

    def hold(self, holding: bool) -> None:
        """Whether axes and grid are kept as pictures, since nothing but heights changes."""
        mode = QGraphicsItem.CacheMode.DeviceCoordinateCache if holding else QGraphicsItem.CacheMode.NoCache
        for axis in (self._x_axis, self._y_axis):
            axis.setCacheMode(mode)

    def area(self) -> QRectF:
        """The rectangle inside the axes, in this widget's pixels."""
        area: QRectF = self._box.sceneBoundingRect()
        return area

    def x_pixel(self, value: float) -> float:
        """The horizontal pixel of a value."""
        area, (low, high) = self.area(), self._box.viewRange()[0]
        return area.left() + float((value - low) / (high - low)) * area.width()

    def x_value(self, pixel: float) -> float:
        """The value at a horizontal pixel."""
        area, (low, high) = self.area(), self._box.viewRange()[0]
        return float(low + (pixel - area.left()) / max(area.width(), 1.0) * (high - low))

    def y_pixel(self, value: float) -> float:
        """The vertical pixel of a value."""
        area, (low, high) = self.area(), self._box.viewRange()[1]
        return area.bottom() - float((value - low) / (high - low)) * area.height()

    def y_value(self, pixel: float) -> float:
        """The value at a vertical pixel."""
        area, (low, high) = self.area(), self._box.viewRange()[1]
        return float(low + (area.bottom() - pixel) / max(area.height(), 1.0) * (high - low))

    def _relate(self) -> None:
        area, (x, y) = self.area(), self._box.viewRange()
        for layer in self._layers:
            layer.set_pixel_size((x[1] - x[0]) / max(area.width(), 1), (y[1] - y[0]) / max(area.height(), 1))
        self.moved.emit()
