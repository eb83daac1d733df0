"""The middle of the window: the histogram of the active rule's field, and who is hit and why."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.charts.bars import Bars
from desktop_app.charts.curve import Curve
from desktop_app.charts.histogram import Histogram
from desktop_app.charts.readout import readout_lines
from desktop_app.domain.problems import Message, message
from desktop_app.text.words import Words
from desktop_app.ui.elided import ElidedLabel
from desktop_app.ui.looks import label, set_property, write
from desktop_app.ui.loosest import Loosest
from desktop_app.workspace.showing import Shown

# What title, legend, a histogram that can be read and the curve need together.
_LEAST_FOR_CURVE = 330


class DeskView(QSplitter):
    """Histogram on the left, bars on the right.

    Attributes:
        histogram, curve, reasons, causes: the charts.
        loosest: the command that sets the line to the loosest value that keeps the goals.

    Signals:
        refused: a line of the locked baseline was taken hold of.
    """

    refused = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setObjectName("desk")
        self.histogram = Histogram(words)
        self.reasons, self.causes = Bars(words), Bars(words)
        self._has_curve = False
        self.curve = Curve(words, self.histogram.plot)
        self.loosest = Loosest(self)
        self._title, self._hint = ElidedLabel(), label("faint", wrap=True)
        self._title.setProperty("role", "strong")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.addWidget(_panel(self._head(), self.histogram, self.curve, self._hint))
        self.addWidget(self._impact())
        self.setSizes([540, 420])
        self.setStretchFactor(0, 3)
        self.setStretchFactor(1, 2)
        self.setChildrenCollapsible(False)
        self.histogram.lines.refused.connect(self.refused)

    def _head(self) -> QWidget:
        """The title with the command beside it."""
        button = QToolButton()
        button.setDefaultAction(self.loosest.command)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._title, 1)
        row.addWidget(button)
        head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        return head

    @property
    def charts(self) -> tuple[Histogram, Curve, Bars, Bars]:
        """Every chart."""
        return self.histogram, self.curve, self.reasons, self.causes

    def _impact(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.reasons)
        column.addWidget(self.causes)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        return _panel(scroll)

    def set_words(self, words: Words) -> None:
        """Speak another language."""
        for chart in self.charts:
            chart.set_words(words)

    def show_desk(self, shown: Shown, words: Words, rule_name: str) -> None:
        """Draw the answers; what belongs to an earlier state is dimmed."""
        self.histogram.lines.set_locked(shown.locked)
        self.histogram.set_value(shown.histogram)
        self.histogram.lines.set_readout(shown.readout)
        self.reasons.set_value(shown.reasons)
        self.causes.set_value(shown.causes)
        self.histogram.setVisible(shown.histogram is not None)
        self._hint.setVisible(shown.histogram is None)
        write(self._hint, words.say(_hint(shown, words)))
        title = message("{rule} · {chart}", rule=rule_name, chart=self.histogram.title())
        self._title.setText(words.say(title) if shown.histogram else rule_name)
        for chart in (self.reasons, self.causes):
            chart.set_fresh(shown.fresh)
        self.histogram.set_fresh(shown.fresh and shown.histogram_fresh)
        self._show_curve(shown, words)
        set_property(self._title, "stale", "false" if shown.fresh else "true")

    def _show_curve(self, shown: Shown, words: Words) -> None:
        """The curve keeps its room while it is counted: the histogram must not jump."""
        curve = shown.curve
        if curve is not None and shown.filtered is not None:
            # What a filter leaves may change along the line: the curve knows only the book.
            curve = replace(curve, label=words.say(message("{figure}, whole book,", figure=curve.label)))
        self.curve.set_value(curve)
        self.curve.set_fresh(curve is None or curve.fresh)
        self._has_curve = shown.histogram is not None
        self._make_room()
        self.histogram.lines.set_goals(curve.handle if curve else None, shown.marks)
        self.loosest.show_found(shown, words, self.palette())

    def _make_room(self) -> None:
        """A low desk has the histogram alone: both would be too flat to be read."""
        self.curve.setVisible(self._has_curve and self.height() >= _LEAST_FOR_CURVE)

    def hold_ranges(self, holding: bool) -> None:
        """Keep the axes as they are while a line is dragged."""
        for chart in (self.reasons, self.causes):
            chart.hold_range(holding)

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """A divided window may leave the desk low."""
        super().resizeEvent(event)
        self._make_room()


def _panel(*parts: QWidget) -> QFrame:
    panel = QFrame()
    panel.setProperty("role", "panel")
    layout = QVBoxLayout(panel)
    layout.setContentsMargins(10, 8, 10, 8)
    layout.setSpacing(4)
    for part in parts:
        fixed = part.sizePolicy().verticalPolicy() is QSizePolicy.Policy.Fixed
        layout.addWidget(part, 0 if fixed else 1)
    return panel


def _hint(shown: Shown, words: Words) -> Message:
    if not shown.readings:
        return message("Counting every account…")
    if shown.readout is not None:
        return Message("{effect}", (("effect", ", ".join(readout_lines(shown.readout, words))),))
    return message("This rule has no number to drag; its effect is on the right.")
