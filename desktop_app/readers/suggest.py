"""A first mapping for a file that comes without one: headings that name a standard column."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.domain.columns import STANDARD
from desktop_app.domain.mapping import MappedColumn, Mapping
from desktop_app.text.aliases import plain, standard_column
from desktop_app.text.formats import NO_CURRENCY


def suggest_mapping(headings: Sequence[str]) -> Mapping:
    """Every heading that is a standard column's name or a usual word for it."""
    columns: dict[str, MappedColumn] = {}
    for heading in sorted(headings, key=lambda heading: plain(heading) not in STANDARD):
        name = standard_column(heading)
        if name and name not in columns:
            columns[name] = MappedColumn(value=heading)
    return Mapping(currency=NO_CURRENCY, columns=columns)
