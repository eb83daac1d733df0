"""Charts as they go into a printed page: drawn anew on white, at a size of their own, as vectors."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QWidget

from desktop_app.charts.histogram import Histogram
from desktop_app.charts.saving import svg_of
from desktop_app.domain.chart_values import HistogramValue
from desktop_app.text.words import Words

# As wide as a page of text, whatever the screen.
_SIZE = QSize(900, 320)


def printed_histogram(value: HistogramValue, words: Words, palette: QPalette, parent: QWidget) -> tuple[str, bytes]:
    """The title and the SVG file of a histogram, in the colours of `palette`."""
    chart = Histogram(words, parent)
    try:
        chart.setPalette(palette)
        chart.lines.set_locked(True)
        chart.resize(_SIZE)
        chart.set_value(value)
        chart.ensurePolished()
        return chart.title(), svg_of(chart, chart.title())
    finally:
        chart.deleteLater()
