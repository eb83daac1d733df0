"""What the texts of a column look like, for a first look; the load itself checks every value."""

from __future__ import annotations

import re
from collections.abc import Iterable

from desktop_app.domain.columns import ColumnType

# Beyond a double's digits, and with leading zeros, a number is a key.
_FORMS = (
    (ColumnType.INTEGER, re.compile(r"[+-]?(?:0|[1-9][0-9]{0,14})")),
    (ColumnType.NUMBER, re.compile(r"[+-]?(?:[0-9]{1,15}(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?")),
    (ColumnType.DATE, re.compile(r"[0-9]{1,4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,4}日?(?:[ T][0-9:.]+)?")),
    (ColumnType.BOOLEAN, re.compile(r"(?i:true|false|yes|no|y|n|t|f)")),
)
_KEY = re.compile(r"0[0-9]+")


def looks_like(cells: Iterable[str]) -> ColumnType:
    """The narrowest type whose form all cells have; text where none has, or where all are empty."""
    known = [cell.strip() for cell in cells if cell.strip()]
    if not known or any(_KEY.fullmatch(cell) for cell in known):
        return ColumnType.TEXT
    for kind, form in _FORMS:
        if all(form.fullmatch(cell) for cell in known):
            return kind
    return ColumnType.TEXT
