"""The row of six pinned figures."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.figures.catalogue import FIGURES
from desktop_app.ui.page import Scene
from desktop_app.ui.reading_words import Pinned
from desktop_app.ui.settings import PINNED
from desktop_app.ui.tile import Tile


class ReadingsStrip(QWidget):
    """A tile for each pinned figure.

    Attributes:
        figures: their ids, in order.

    Signals:
        pinned: the ids, after another figure was pinned.
        looked: the id of the figure that is to be the lens, "" for none.
        aimed: the id of a figure, a Goal for it or None.
    """

    pinned = Signal(tuple)
    looked = Signal(str)
    aimed = Signal(str, object)

    def __init__(self, figures: tuple[str, ...]) -> None:
        super().__init__()
        # A settings file may name a figure that this version does not know.
        self.figures = tuple(mine if mine in FIGURES else usual for mine, usual in zip(figures, PINNED, strict=True))
        self.tiles = tuple(Tile() for _ in self.figures)
        self._last: Scene | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for place, tile in enumerate(self.tiles):
            tile.chosen.connect(lambda figure, place=place: self._pin(place, figure))
            tile.looked.connect(self._look)
            tile.aimed.connect(self.aimed)
            row.addWidget(tile, 1)

    def show_scene(self, scene: Scene) -> None:
        """Write all tiles."""
        self._last, shown, workspace = scene, scene.shown, scene.workspace
        goals = {one.goal.figure: one for one in shown.goals}
        readings = shown.filtered.readings if shown.filtered else shown.readings
        for tile, figure in zip(self.tiles, self.figures, strict=True):
            tile.show_pinned(
                Pinned(
                    FIGURES[figure],
                    readings.get(figure),
                    scene.words,
                    workspace.book.currency,
                    shown.fresh,
                    shown.status.evidence,
                    workspace.view.lens == figure,
                    goals.get(figure),
                    shown.readings.get(figure) if shown.filtered else None,
                ),
                locked=shown.locked,
            )

    def hold(self, holding: bool) -> None:
        """Keep every number in its place while a line is dragged."""
        for tile in self.tiles:
            tile.hold(holding)

    def _pin(self, place: int, figure: str) -> None:
        self.figures = (*self.figures[:place], figure, *self.figures[place + 1 :])
        if self._last:
            self.show_scene(self._last)
        self.pinned.emit(self.figures)

    def _look(self, figure: str) -> None:
        present = self._last.workspace.view.lens if self._last else None
        self.looked.emit("" if figure == present else figure)
