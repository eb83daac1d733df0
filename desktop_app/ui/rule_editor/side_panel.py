"""Beside the rule: the histogram of the field that is being looked at, the hits, and what is to be settled."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout

from desktop_app.charts.histogram import Histogram
from desktop_app.domain.book import Column
from desktop_app.domain.chart_values import HistogramValue
from desktop_app.domain.conditions import Scalar
from desktop_app.domain.problems import message
from desktop_app.text.labels import column_label
from desktop_app.text.words import Words
from desktop_app.ui.looks import label
from desktop_app.ui.rule_editor.fault_list import FaultList
from desktop_app.ui.rule_editor.hits_panel import HitsPanel, HitsShown
from desktop_app.ui.rule_editor.label_chart import LabelChart
from desktop_app.ui.rule_editor.offer import Offer
from desktop_app.workspace.draft_faults import Fault
from desktop_app.workspace.rule_draft import RuleDraft

_LEAST_HEIGHT, _FAULTS_HEIGHT = 190, 130


class SidePanel(QFrame):
    """Attributes: histogram, labels, hits and faults are its parts."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.histogram, self.hits, self.faults = Histogram(words), HitsPanel(), FaultList()
        self.labels = LabelChart()
        self._title, self._hint = label("strong"), label("faint", wrap=True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.histogram.setMinimumHeight(_LEAST_HEIGHT)
        self._hint.setMinimumHeight(_LEAST_HEIGHT)
        self.faults.setMaximumHeight(_FAULTS_HEIGHT)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.setSpacing(6)
        layout.addWidget(self._title)
        layout.addWidget(self.histogram, 1)
        layout.addWidget(self.labels, 1)
        layout.addWidget(self._hint, 1)
        layout.addWidget(self.hits)
        layout.addWidget(self.faults)

    def set_words(self, words: Words) -> None:
        """Speak another language."""
        self.histogram.set_words(words)

    def show_chart(self, value: HistogramValue | None, *, fresh: bool, hint: str) -> None:
        """Draw the histogram, or say why there is none."""
        self.labels.hide()
        self.histogram.setVisible(value is not None)
        self._hint.setVisible(value is None)
        self._hint.setText(hint)
        self._title.setVisible(value is not None)
        if value is not None:
            self.histogram.set_value(value)
            self.histogram.set_fresh(fresh)
            self._title.setText(self.histogram.title())

    def show_labels(self, column: Column, ticked: tuple[Scalar, ...], offer: Offer) -> None:
        """Draw the labels of a column in the histogram's place."""
        for part in (self.histogram, self._hint):
            part.hide()
        self.labels.show_labels(column, ticked, offer)
        self.labels.show()
        self._title.setText(offer.words.say(message("Users by {field}", field=column_label(column.name))))
        self._title.show()

    def show_hits(self, shown: HitsShown, words: Words) -> None:
        """Write the counts."""
        self.hits.show_hits(shown, words)

    def show_faults(self, faults: tuple[Fault, ...], draft: RuleDraft, words: Words) -> None:
        """List what is to be settled."""
        self.faults.show_faults(faults, draft, words)
