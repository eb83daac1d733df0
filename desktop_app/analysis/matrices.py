"""The outcome matrix of two policies as a chart draws it."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.analysis.readings import Readings
from desktop_app.analysis.transitions import CELLS, Cell
from desktop_app.domain.chart_values import MatrixCell, MatrixValue
from desktop_app.domain.outcomes import OUTCOMES
from desktop_app.domain.problems import Message, message
from desktop_app.figures.catalogue import FIGURES
from desktop_app.text.words import Words


def transition_matrix(found: Mapping[Cell, Readings], figure: str, words: Words, currency: str) -> MatrixValue:
    """One of CELL_FIGURES in every cell; outcomes that neither policy gives to anyone are left out."""
    cells = {cell: found[cell][figure] for cell in CELLS}
    counts = {cell: found[cell]["accounts"].value or 0 for cell in CELLS}
    given = [one for one in OUTCOMES if any(counts[cell] for cell in CELLS if one in cell)]
    title = message("{figure} by outcome, baseline × scenario", figure=Message(FIGURES[figure].name))
    return MatrixValue(
        words.say(title),
        FIGURES[figure].unit,
        tuple(given),
        tuple(
            MatrixCell(before, after, cells[before, after].value, cells[before, after].baseline)
            for before in given
            for after in given
        ),
        currency,
    )
