"""What is summed in every comparison: the measures of the as-of date."""

from __future__ import annotations

from desktop_app.figures.measures import measures_of

MEASURES = {measure.id: measure for measure in measures_of("as_of")}
