"""The registry of measures and figures: what the engine sums, and what pickers, files and help iterate."""

from __future__ import annotations

from desktop_app.domain.problems import Problem, message
from desktop_app.domain.spelling import near_miss
from desktop_app.figures import capital, counts, exposure, known, loss, margin, observed, reviews, untreated
from desktop_app.figures.measures import MEASURES
from desktop_app.figures.types import Figure

__all__ = ["FIGURES", "MEASURES", "UnknownFigure", "find_figure"]

_FAMILIES = (
    counts.FIGURES,
    exposure.FIGURES,
    loss.FIGURES,
    margin.FIGURES,
    capital.FIGURES,
    reviews.FIGURES,
    observed.FIGURES,
    untreated.FIGURES,
    known.FIGURES,
)

FIGURES: dict[str, Figure] = {figure.id: figure for family in _FAMILIES for figure in family}


class UnknownFigure(Problem):
    """A name that no figure of the catalogue has."""


def find_figure(figure_id: str) -> Figure:
    """The figure of that id; UnknownFigure, with the one probably meant, where there is none."""
    if figure_id in FIGURES:
        return FIGURES[figure_id]
    meant = near_miss(figure_id, list(FIGURES))
    if meant:
        raise UnknownFigure(
            message('There is no figure "{name}"; did you mean "{meant}"?', name=figure_id, meant=meant)
        )
    raise UnknownFigure(message('There is no figure "{name}".', name=figure_id))
