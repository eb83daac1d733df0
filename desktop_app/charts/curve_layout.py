"""Where the points, grounds and ticks of a curve lie, in pixels; worked out once for many frames."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPolygonF

from desktop_app.domain.chart_values import CurveValue

_Floats = NDArray[np.float64]
# A goal further away than this many times the curve's height would press the curve flat; its text says it.
_FARTHEST = 2.0
_TICKS = 4
# Room above and below the curve, as a share of its height.
_MARGIN = 0.08
_LEFT_ROOM, _RIGHT_ROOM = 64.0, 12.0


@dataclass(frozen=True)
class CurveLayout:
    """A curve as it is drawn.

    Attributes: area is the rectangle of the plot; pieces the curve without the positions where it has no value;
    missed the spans of pixels where a goal is not kept; ticks are pixels with their labels; baseline and bound are
    pixels, None outside the area.
    """

    area: QRectF
    low: float
    high: float
    pieces: tuple[QPolygonF, ...]
    missed: tuple[tuple[float, float], ...]
    ticks: tuple[tuple[float, str], ...]
    baseline: float | None
    bound: float | None

    def y(self, value: float) -> float:
        """The vertical pixel of a value; NaN for none."""
        return _y(value, self.area, self.low, self.high)


class OwnAxis:
    """The horizontal axis of a curve that stands alone: its positions from end to end."""

    def __init__(self) -> None:
        self._left, self._right = 0.0, 1.0
        self._low, self._high = 0.0, 1.0

    def fit(self, width: float, value: CurveValue | None) -> None:
        """Span a chart of that width."""
        self._left, self._right = _LEFT_ROOM, max(width - _RIGHT_ROOM, _LEFT_ROOM + 1)
        if value is not None and len(value.positions) > 1:
            self._low, self._high = float(value.positions[0]), float(value.positions[-1])

    def area(self) -> QRectF:
        """Its ends; the height says nothing."""
        return QRectF(self._left, 0, self._right - self._left, 1)

    def x_pixel(self, value: float) -> float:
        """The horizontal pixel of a value."""
        return self._left + (value - self._low) / (self._high - self._low) * (self._right - self._left)

    def x_value(self, pixel: float) -> float:
        """The value at a horizontal pixel."""
        return self._low + (pixel - self._left) / (self._right - self._left) * (self._high - self._low)


def lay_out(value: CurveValue, area: QRectF, ends: tuple[float, float], write: Callable[[float], str]) -> CurveLayout:
    """The layout in `area`; `ends` are the pixels of the first and the last position."""
    low, high = _range(value)
    x = np.linspace(ends[0], ends[1], len(value.positions))
    seen = {
        name: None if line is None or not low <= line <= high else _y(line, area, low, high)
        for name, line in (("baseline", value.baseline), ("bound", value.bound))
    }
    return CurveLayout(
        area=area,
        low=low,
        high=high,
        pieces=_pieces(x, value.values, area, (low, high)),
        missed=() if value.kept is None else _spans(x, ~value.kept),
        ticks=_ticks(area, (low, high), write),
        **seen,
    )


def _y(value: float, area: QRectF, low: float, high: float) -> float:
    return area.bottom() - (value - low) / (high - low) * area.height()


def _range(value: CurveValue) -> tuple[float, float]:
    """What is seen of the vertical axis: the curve, the baseline, and the goal where it is near."""
    known = value.values[np.isfinite(value.values)]
    held = [*(known.tolist() if len(known) else [0.0])]
    if value.baseline is not None and math.isfinite(value.baseline):
        held.append(value.baseline)
    low, high = min(held), max(held)
    if value.bound is not None:
        low, high = _with_goal(low, high, value.bound)
    margin = (high - low) * _MARGIN or abs(high) * _MARGIN or 1.0
    return low - margin, high + margin


def _with_goal(low: float, high: float, bound: float) -> tuple[float, float]:
    farthest = (high - low) * _FARTHEST
    if low - farthest <= bound <= high + farthest:
        return min(low, bound), max(high, bound)
    return low, high


def _pieces(x: _Floats, values: _Floats, area: QRectF, ends: tuple[float, float]) -> tuple[QPolygonF, ...]:
    """The runs of positions that have a value, as lines."""
    y = _points(values, area, ends)
    return tuple(
        QPolygonF([QPointF(*point) for point in zip(x[first:end].tolist(), y[first:end].tolist(), strict=True)])
        for first, end in _runs(np.isfinite(values))
    )


def _points(values: _Floats, area: QRectF, ends: tuple[float, float]) -> _Floats:
    low, high = ends
    return area.bottom() - (values - low) / (high - low) * area.height()


def _spans(x: _Floats, there: NDArray[np.bool_]) -> tuple[tuple[float, float], ...]:
    """Runs of positions as pixels, each reaching halfway to its neighbours."""
    half = float(x[1] - x[0]) / 2 if len(x) > 1 else 0.0
    return tuple((float(x[first]) - half, float(x[end - 1]) + half) for first, end in _runs(there))


def _runs(there: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First and end of every run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], there, [False])).astype(np.int8)))
    return [(int(first), int(end)) for first, end in zip(edges[::2], edges[1::2], strict=True)]


def _ticks(area: QRectF, ends: tuple[float, float], write: Callable[[float], str]) -> tuple[tuple[float, str], ...]:
    """At most a few round values, each written differently."""
    low, high = ends
    step = _nice_step((high - low) / _TICKS)
    found: dict[str, float] = {}
    for number in range(math.ceil(low / step), math.floor(high / step) + 1):
        found.setdefault(write(number * step), _y(number * step, area, low, high))
    return tuple((pixel, text) for text, pixel in found.items())


def _nice_step(least: float) -> float:
    """The smallest of 1, 2, 5, 10, … times a power of ten that is at least `least`."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= least * (1 - 1e-9))
