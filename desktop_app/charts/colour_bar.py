"""The colours of a heatmap with the values that they stand for."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.charts.ink import Ink
from desktop_app.charts.plotting import heat_colours

_WIDTH, _PAD, _EDGE = 14, 6, 8
_MARKS = (0.0, 0.25, 0.5, 0.75, 1.0)
_STOPS = 32


def colours_of(values: NDArray[np.float64]) -> NDArray[np.uint8]:
    """The colour of every value, uint8 (…, red-green-blue-alpha), from the least to the most; clear for NaN."""
    low, high = span_of(values)
    part = (values - low) / (high - low) if high > low else np.full(values.shape, 0.5)
    places = np.nan_to_num(part * 255, nan=0.0).round().astype(np.intp)
    known = np.isfinite(values)
    alpha = np.where(known, 255, 0).astype(np.uint8)
    return np.concatenate([heat_colours()[places][..., :3], alpha[..., None]], axis=-1)


def span_of(values: NDArray[np.float64]) -> tuple[float, float]:
    """The least and the most value that there is; both 0 where there is none."""
    known = values[np.isfinite(values)]
    return (float(known.min()), float(known.max())) if len(known) else (0.0, 0.0)


class ColourBar(QWidget):
    """An upright bar of the colours, with five values at its side and the figure along it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts: tuple[str, ...] = ()
        self._name = ""
        self._ink: Ink | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def set_values(self, texts: tuple[str, ...], name: str, ink: Ink) -> None:
        """The values at the marks, least first: one where all are alike; and the figure's name."""
        self._texts, self._name, self._ink = texts, name, ink
        self.setAccessibleName(f"{name}: {texts[0]} – {texts[-1]}" if texts else name)
        self.updateGeometry()
        self.update()

    # Qt overrides

    def sizeHint(self) -> QSize:  # noqa: N802
        """Room for the widest value and the name."""
        metrics = self.fontMetrics()
        widest = max(map(metrics.horizontalAdvance, self._texts), default=0)
        return QSize(_WIDTH + 3 * _PAD + widest + metrics.height(), 80)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """As the hint."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Bar, values, name."""
        if self._ink is None or not self._texts:
            return
        painter = QPainter(self)
        bar = QRectF(0, _EDGE, _WIDTH, self.height() - 2 * _EDGE)
        gradient = QLinearGradient(bar.bottomLeft(), bar.topLeft())
        table = heat_colours()
        for stop in range(_STOPS + 1):
            gradient.setColorAt(stop / _STOPS, QColor(*map(int, table[round(stop / _STOPS * 255)][:3])))
        painter.fillRect(bar, gradient)
        painter.setPen(QColor(self._ink.faint))
        line = self.fontMetrics().height()
        marks = _MARKS if len(self._texts) > 1 else (0.5,)
        for mark, text in zip(marks, self._texts, strict=True):
            middle = bar.bottom() - mark * bar.height()
            area = QRectF(bar.right() + _PAD, middle - line / 2, self.width(), line)
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.translate(self.width() - line, self.height())
        painter.rotate(-90)
        name = self.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, self.height())
        painter.drawText(QRectF(0, 0, self.height(), line), Qt.AlignmentFlag.AlignCenter, name)
