"""The row of six pinned figures."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.figures.catalogue import FIGURES
from desktop_app.text.words import Words
from desktop_app.ui.settings import PINNED
from desktop_app.ui.tile import Tile
from desktop_app.workspace.showing import Shown


class ReadingsStrip(QWidget):
    """A tile for each pinned figure.

    Attributes:
        figures: their ids, in order.

    Signals:
        pinned: the ids, after another figure was pinned.
    """

    pinned = Signal(tuple)

    def __init__(self, figures: tuple[str, ...]) -> None:
        super().__init__()
        # A settings file may name a figure that this version does not know.
        self.figures = tuple(mine if mine in FIGURES else usual for mine, usual in zip(figures, PINNED, strict=True))
        self.tiles = tuple(Tile() for _ in self.figures)
        self._last: tuple[Shown, Words, str] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for place, tile in enumerate(self.tiles):
            tile.chosen.connect(lambda figure, place=place: self._pin(place, figure))
            row.addWidget(tile, 1)

    def show_readings(self, shown: Shown, words: Words, currency: str) -> None:
        """Write all tiles."""
        self._last = (shown, words, currency)
        for tile, figure in zip(self.tiles, self.figures, strict=True):
            reading, evidence = shown.readings.get(figure), shown.status.evidence
            tile.show_reading(FIGURES[figure], reading, words, currency, fresh=shown.fresh, evidence=evidence)

    def _pin(self, place: int, figure: str) -> None:
        self.figures = (*self.figures[:place], figure, *self.figures[place + 1 :])
        if self._last:
            self.show_readings(*self._last)
        self.pinned.emit(self.figures)
